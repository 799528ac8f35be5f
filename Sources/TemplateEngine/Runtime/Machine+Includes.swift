extension Machine {
    /// Runs another template in place; what it sets stays inside.
    mutating func include(_ link: Int, _ names: Int, _ frame: Frame, at pc: Int) throws(Fault) {
        guard depth < program.limits.depth else { throw Fault(.limit(.depth(program.limits.depth))) }
        let target = program.links[frame.unit][link]
        let scopeCount = scopes.count
        let slotCount = slots.count
        let instanceCount = instances.count
        let moduleCount = modules.count
        scopes.append(visibleScope(names, frame))
        if isRecording { recorder?.enter(frame.unit, program.units[frame.unit].spans[pc]) }
        depth += 1
        do throws(Fault) {
            try enter(unit: target, scope: scopeCount)
        } catch {
            throw within(error, .include(program.units[target].source.name), frame, pc)
        }
        depth -= 1
        recorder?.leave()
        // Templates imported without context stay: Jinja2 runs them once in a rendering.
        guard modules.count == moduleCount else { return }
        slots.removeLast(slots.count - slotCount)
        scopes.removeLast(scopes.count - scopeCount)
        instances.removeLast(instances.count - instanceCount)
    }

    /// The names that an included template sees: those set around it, then the context.
    private func visibleScope(_ names: Int, _ frame: Frame) -> Scope {
        var visible: [(number: UInt32, value: Value)] = []
        for name in program.units[frame.unit].nameLists[names] {
            let value = slots[(name.isOuter ? frame.rootBase : frame.base) + name.slot]
            if case .undefined(let undefined) = value, undefined.reason == .unset { continue }
            visible.append((name.number, value))
        }
        return Scope(parent: instances[frame.instance].scope, names: visible, context: .none)
    }

    /// Runs another template for the names it sets; what it prints is dropped.
    mutating func importing(
        _ link: Int, _ names: Int, withContext: Bool, _ frame: Frame, at pc: Int
    ) throws(Fault) {
        let target = program.links[frame.unit][link]
        if !withContext, let known = modules[target] {
            stack.append(.handle(Handle(.module, index: known)))
            return
        }
        guard depth < program.limits.depth else { throw Fault(.limit(.depth(program.limits.depth))) }
        scopes.append(withContext ? visibleScope(names, frame) : Scope(parent: -1, names: [], context: .none))
        let start = output.count
        recorder?.beginCapture(at: start)
        depth += 1
        let instance: Int
        do throws(Fault) {
            instance = try enter(unit: target, scope: scopes.count - 1)
        } catch {
            throw within(error, .importing(program.units[target].source.name), frame, pc)
        }
        depth -= 1
        _ = recorder?.endCapture(output)
        output.removeLast(output.count - start)
        if !withContext { modules[target] = instance }
        stack.append(.handle(Handle(.module, index: instance)))
    }

    /// One name out of the imported template on top of the stack.
    func export(_ name: String, _ site: Int, _ frame: Frame) throws(Fault) -> Value {
        guard let last = stack.last, case .handle(let module) = last else { return .undefined(.unset) }
        return exported(name, of: module)
            ?? .undefined(Undefined(.export, unit: frame.unit, site: site))
    }
}
