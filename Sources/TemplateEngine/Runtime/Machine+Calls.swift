import Findings

extension Machine {
    /// A call of a name: a macro, `range` or `namespace`. The callee lies below its arguments.
    mutating func call(_ site: CallSite, _ frame: Frame, at pc: Int, isPrinted: Bool) throws(Fault) {
        let arguments = takeArguments(site.count + site.keywords.count)
        let callee = pop()
        try call(callee, arguments, site, frame, at: pc, isPrinted: isPrinted)
    }

    mutating func callMember(_ site: CallSite, _ frame: Frame, at pc: Int) throws(Fault) {
        let arguments = takeArguments(site.count + site.keywords.count)
        let object = pop()
        guard let index = site.member else { return }
        let member = program.units[frame.unit].members[index]
        switch object {
        case .handle(let handle) where handle.kind == .module && !member.key.name.hasPrefix("_"):
            guard let callee = exported(member.key.name, of: handle) else {
                throw Fault(Undefined(.export, unit: frame.unit, site: member.site))
            }
            try call(callee, arguments, site, frame, at: pc, isPrinted: false)
        default:
            let callee = try self.member(member, of: object, frame.unit)
            try call(callee, arguments, site, frame, at: pc, isPrinted: false)
        }
    }

    private mutating func call(
        _ callee: Value, _ arguments: [Value], _ site: CallSite, _ frame: Frame, at pc: Int, isPrinted: Bool
    ) throws(Fault) {
        switch callee {
        case .handle(let handle):
            switch handle.kind {
            case .macro: try callMacro(handle, arguments, site, frame, at: pc, isPrinted: isPrinted)
            case .rangeFunction:
                stack.append(try range(arguments, site))
                if isPrinted { try print(pop(), program.units[frame.unit].spans[pc], frame) }
            case .namespaceFunction:
                stack.append(try makeNamespace(arguments, site))
                if isPrinted { try print(pop(), program.units[frame.unit].spans[pc], frame) }
            default: throw Fault(.wrongType(operation: "a call", found: handle.words))
            }
        case .undefined(let undefined): throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "a call", found: callee.typeName))
        }
    }

    // MARK: Macros

    private mutating func callMacro(
        _ handle: Handle, _ arguments: [Value], _ site: CallSite, _ frame: Frame, at pc: Int,
        isPrinted: Bool
    ) throws(Fault) {
        let instance = instances[Int(handle.index)]
        let function = program.units[instance.unit].functions[Int(handle.macro)]
        guard depth < program.limits.depth else { throw Fault(.limit(.depth(program.limits.depth))) }
        guard site.count <= function.parameters.count else {
            throw Fault(
                .wrongArguments(
                    callee: function.name, problem: .tooMany(allowed: function.parameters.count)))
        }
        let base = slots.count
        slots.append(contentsOf: repeatElement(.undefined(.unset), count: function.slotCount))
        for index in 0..<site.count { try store(arguments[index], in: base + index) }
        for (offset, keyword) in site.keywords.enumerated() {
            guard let index = function.parameters.firstIndex(of: keyword) else {
                throw Fault(
                    .wrongArguments(
                        callee: function.name,
                        problem: .unknownKeyword(
                            keyword, nearest: nearestName(to: keyword, among: function.parameters))))
            }
            guard index >= site.count else {
                throw Fault(.wrongArguments(callee: function.name, problem: .duplicate(keyword)))
            }
            try store(arguments[site.count + offset], in: base + index)
        }
        for index in 0..<function.requiredCount {
            if case .undefined(let undefined) = slots[base + index], undefined.reason == .unset {
                slots[base + index] = .undefined(
                    Undefined(.argument, unit: instance.unit, site: function.parameterSites[index]))
            }
        }
        let moduleCount = modules.count
        let start = output.count
        let secrets = secretsPrinted
        if !isPrinted { recorder?.beginCapture(at: start) }
        recorder?.enter(frame.unit, program.units[frame.unit].spans[pc])
        depth += 1
        let callFrame = Frame(
            unit: instance.unit, base: base, rootBase: instance.base, instance: Int(handle.index),
            loopBase: loops.count)
        do throws(Fault) {
            try run(callFrame, from: function.entry)
        } catch {
            throw within(error, .macro(function.name), frame, pc)
        }
        depth -= 1
        recorder?.leave()
        // A template that was imported for the first time keeps its variables.
        if modules.count == moduleCount { slots.removeLast(slots.count - base) }
        if isPrinted { return }
        let string = output.string(start..<output.count)
        let origin = recorder?.endCapture(output) ?? .none
        output.removeLast(output.count - start)
        try spend(bytes: string.utf8.count)
        // What the macro printed was checked when it was printed.
        stack.append(
            .text(Text(string, trust: .marked, origin: origin, isSecret: secretsPrinted > secrets)))
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
