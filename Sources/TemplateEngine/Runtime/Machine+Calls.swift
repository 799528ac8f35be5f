import Findings

extension Machine {
    /// A call of a name: a macro, `range` or `namespace`.
    ///
    /// The callee lies below its arguments.
    mutating func call(
        _ unit: Unit, _ call: Int, _ frame: borrowing Frame, at pc: Int, isPrinted: Bool
    ) throws(Fault) {
        let callee = stack[stack.count - 1 - unit.calls[call].total]
        try self.call(callee, unit, call, frame, at: pc, isPrinted: isPrinted)
    }

    mutating func callMember(_ unit: Unit, _ call: Int, _ frame: borrowing Frame, at pc: Int) throws(Fault) {
        guard let index = unit.calls[call].member else { return }
        let object = stack[stack.count - 1 - unit.calls[call].total]
        let member = unit.members[index]
        let callee: Value
        if case .handle(let handle) = object, handle.kind == .module, !member.key.name.hasPrefix("_") {
            guard let found = exported(member.key.name, of: handle) else {
                throw Fault(Undefined(.export, unit: frame.unit, site: member.site))
            }
            callee = found
        } else {
            callee = try self.member(member, of: object, frame.unit)
        }
        try self.call(callee, unit, call, frame, at: pc, isPrinted: false)
    }

    private mutating func call(
        _ callee: Value, _ unit: Unit, _ call: Int, _ frame: borrowing Frame, at pc: Int, isPrinted: Bool
    ) throws(Fault) {
        switch callee {
        case .handle(let handle):
            switch handle.kind {
            case .macro: try callMacro(handle, unit, call, frame, at: pc, isPrinted: isPrinted)
            case .rangeFunction, .namespaceFunction:
                let site = unit.calls[call]
                let arguments = takeArguments(site.total)
                stack.removeLast()
                let isRange = handle.kind == .rangeFunction
                let result = isRange ? try range(arguments, site) : try makeNamespace(arguments, site)
                if isPrinted { try print(result, pc, unit, frame) } else { stack.append(result) }
            default: throw Fault(.wrongType(operation: "a call", found: handle.words))
            }
        case .undefined(let undefined): throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "a call", found: callee.typeName))
        }
    }

    // MARK: Macros

    private mutating func callMacro(
        _ handle: Handle, _ caller: Unit, _ call: Int, _ frame: borrowing Frame, at pc: Int, isPrinted: Bool
    ) throws(Fault) {
        let instance = instances[Int(handle.index)]
        let unit = program.units[instance.unit]
        let index = Int(handle.macro)
        guard depth < program.limits.depth else { throw Fault(.limit(.depth(program.limits.depth))) }
        let base = slots.count
        try bindArguments(unit, index, instance.unit, caller, call)
        let moduleCount = modules.count
        let start = output.count
        let secrets = secretsPrinted
        if isRecording {
            if !isPrinted { recorder?.beginCapture(at: start) }
            recorder?.enter(frame.unit, caller.spans[pc])
        }
        depth += 1
        let callFrame = Frame(
            unit: instance.unit, base: base, rootBase: instance.base, instance: Int(handle.index),
            loopBase: loops.count)
        do throws(Fault) {
            try run(callFrame, from: unit.functions[index].entry)
        } catch {
            throw within(error, .macro(unit.functions[index].name), frame, pc)
        }
        depth -= 1
        if isRecording { recorder?.leave() }
        // A template that was imported for the first time keeps its variables.
        if modules.count == moduleCount { slots.removeLast(slots.count - base) }
        if isPrinted { return }
        let string = output.string(start..<output.count)
        let origin = isRecording ? recorder?.endCapture(output) ?? .none : .none
        output.removeLast(output.count - start)
        try spend(bytes: string.utf8.count)
        // What the macro printed was checked when it was printed.
        stack.append(
            .text(Text(string, trust: .marked, origin: origin, isSecret: secretsPrinted > secrets)))
    }

    /// Moves the arguments from the stack into the slots of a macro, and takes the callee off the stack.
    private mutating func bindArguments(
        _ unit: Unit, _ index: Int, _ unitIndex: Int, _ caller: Unit, _ call: Int
    ) throws(Fault) {
        let count = caller.calls[call].count
        let parameterCount = unit.functions[index].parameters.count
        guard count <= parameterCount else {
            throw Fault(
                .wrongArguments(
                    callee: unit.functions[index].name, problem: .tooMany(allowed: parameterCount)))
        }
        let base = slots.count
        let first = stack.count - caller.calls[call].total
        var added = 0
        while added < unit.functions[index].slotCount {
            slots.append(.undefined(.unset))
            added += 1
        }
        var position = 0
        while position < count {
            try store(stack[first + position], in: base + position)
            position += 1
        }
        if caller.calls[call].total > count { try bindKeywords(unit, index, caller.calls[call], base, first) }
        drop(stack.count - first + 1)
        for position in count..<max(count, unit.functions[index].requiredCount) {
            if case .undefined(let undefined) = slots[base + position], undefined.reason == .unset {
                slots[base + position] = .undefined(
                    Undefined(
                        .argument, unit: unitIndex, site: unit.functions[index].parameterSites[position]))
            }
        }
    }

    private mutating func bindKeywords(
        _ unit: Unit, _ index: Int, _ site: CallSite, _ base: Int, _ first: Int
    ) throws(Fault) {
        let function = unit.functions[index]
        for (offset, keyword) in site.keywords.enumerated() {
            guard let position = function.parameters.firstIndex(of: keyword) else {
                throw Fault(
                    .wrongArguments(
                        callee: function.name,
                        problem: .unknownKeyword(
                            keyword, nearest: nearestName(to: keyword, among: function.parameters))))
            }
            guard position >= site.count else {
                throw Fault(.wrongArguments(callee: function.name, problem: .duplicate(keyword)))
            }
            try store(stack[first + site.count + offset], in: base + position)
        }
    }

    // MARK: Functions

    private mutating func range(_ arguments: [Value], _ site: CallSite) throws(Fault) -> Value {
        guard site.keywords.isEmpty else {
            throw Fault(.wrongArguments(callee: "range", problem: .noKeywords))
        }
        var numbers: [Int] = []
        for argument in arguments {
            if case .undefined(let undefined) = argument { throw Fault(undefined) }
            guard let number = argument.number else {
                throw Fault(.wrongType(operation: "`range`", found: argument.typeName))
            }
            numbers.append(number)
        }
        guard !numbers.isEmpty else {
            throw Fault(.wrongArguments(callee: "range", problem: .missing("stop")))
        }
        guard numbers.count <= 3 else {
            throw Fault(.wrongArguments(callee: "range", problem: .tooMany(allowed: 3)))
        }
        let start = numbers.count > 1 ? numbers[0] : 0
        let stop = numbers.count > 1 ? numbers[1] : numbers[0]
        let step = numbers.count > 2 ? numbers[2] : 1
        guard step != 0 else { throw Fault(.badValue("the step of `range` is 0")) }
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        guard !overflow, step != Int.min else { throw Fault(.overflow) }
        let count =
            step > 0
            ? max(0, distance) / step + (max(0, distance) % step > 0 ? 1 : 0)
            : max(0, -max(distance, -Int.max)) / -step
                + (max(0, -max(distance, -Int.max)) % -step > 0 ? 1 : 0)
        try spend(elements: count)
        return .sequence(Elements(.range, (0..<count).map { .int(start &+ $0 &* step) }))
    }

    private mutating func makeNamespace(_ arguments: [Value], _ site: CallSite) throws(Fault) -> Value {
        var names: [(name: String, value: Value)] = []
        if site.count > 1 {
            throw Fault(.wrongArguments(callee: "namespace", problem: .tooMany(allowed: 1)))
        }
        if site.count == 1 {
            if case .undefined(let undefined) = arguments[0] { throw Fault(undefined) }
            guard let mapping = arguments[0].mapping else {
                throw Fault(.refused(.other("`namespace` of anything but a mapping")))
            }
            names = zip(mapping.keys, mapping.values).map { ($0.string, $1) }
        }
        for (keyword, value) in zip(site.keywords, arguments[site.count...]) {
            try refuseInContainer(value)
            if let known = names.firstIndex(where: { sameBytes($0.name, keyword) }) {
                names[known].value = value
            } else {
                names.append((keyword, value))
            }
        }
        try spend(names.count)
        namespaces.append(names)
        return .handle(Handle(.namespace, index: namespaces.count - 1))
    }
}
