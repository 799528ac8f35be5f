extension Machine {
    /// What a variable's slot holds, absent or not.
    @inline(__always)
    func raw(_ path: borrowing Path, _ frame: borrowing Frame) -> Value {
        slots[(path.isOuter ? frame.rootBase : frame.base) + path.slot]
    }

    /// The value of a variable or of a member of one.
    ///
    /// A missing one is a value, too: `default` may follow.
    @inline(__always)
    mutating func value(of path: borrowing Path, _ unit: Unit, _ frame: borrowing Frame) throws(Fault) -> Value {
        let slot = (path.isOuter ? frame.rootBase : frame.base) + path.slot
        if path.members.isEmpty {
            if case .undefined(let undefined) = slots[slot], undefined.reason == .unset {
                return .undefined(Undefined(.variable, unit: frame.unit, site: path.site))
            }
            return slots[slot]
        }
        if case .record(let record) = slots[slot] { return try follow(path.members, record, unit, frame.unit) }
        var value = slots[slot]
        if case .undefined(let undefined) = value, undefined.reason == .unset {
            value = .undefined(Undefined(.variable, unit: frame.unit, site: path.site))
        }
        return try follow(path.members, value, unit, frame.unit)
    }

    /// Goes from record to record, as most paths do all the way.
    ///
    /// Each is only looked at: to hold it would cost more than the look.
    private mutating func follow(
        _ members: Range<Int32>, _ record: Record, _ unit: Unit, _ number: Int
    ) throws(Fault) -> Value {
        guard let slot = record.shape.slot(of: unit.numbers[Int(members.lowerBound)]) else {
            return try follow(members, .record(record), unit, number)
        }
        let rest = members.lowerBound + 1..<members.upperBound
        if rest.isEmpty { return record.values[slot] }
        if case .record(let next) = record.values[slot] { return try follow(rest, next, unit, number) }
        return try follow(rest, record.values[slot], unit, number)
    }

    /// Goes from object to object.
    private mutating func follow(
        _ members: Range<Int32>, _ start: Value, _ unit: Unit, _ number: Int
    ) throws(Fault) -> Value {
        var value = start
        for index in members { value = try member(unit.members[Int(index)], of: value, number) }
        return value
    }

    mutating func store(_ value: Value, in slot: Int) throws(Fault) {
        if case .sequence(let elements) = value, elements.kind == .generator {
            throw Fault(.refused(.lazySequence))
        }
        slots[slot] = value
    }

    // MARK: Members

    // `mutating`, though they change nothing: the machine is large, and is lent out then instead of copied.

    /// `a.b`: in Python's order the attribute, then the key.
    mutating func member(_ member: borrowing Member, of object: Value, _ unit: Int) throws(Fault) -> Value {
        switch object {
        case .record(let record):
            if member.isDictMethod { throw Fault(.refused(.methodWithoutCall(member.key.name))) }
            if let slot = record.shape.slot(of: member.number) { return record.values[slot] }
            return missing(member.site, unit, .shape(record.shape))
        case .dict(let dict):
            if member.isDictMethod { throw Fault(.refused(.methodWithoutCall(member.key.name))) }
            return dict.value(of: member.key) ?? missing(member.site, unit, .dict(dict))
        case .undefined(let undefined): throw Fault(undefined)
        case .handle(let handle): return try self.member(member.key.name, of: handle, member.site, unit)
        case .sequence(let elements) where elements.kind == .group && member.key.name == "grouper":
            return elements.elements[0]
        case .sequence(let elements) where elements.kind == .group && member.key.name == "list":
            return elements.elements[1]
        case .text, .int, .bool, .list, .sequence:
            if member.isPythonAttribute || member.key.name.hasPrefix("_") {
                throw Fault(.refused(.methodWithoutCall(member.key.name)))
            }
            return missing(member.site, unit)
        case .none: return missing(member.site, unit)
        }
    }

    private func missing(_ site: Int, _ unit: Int, _ keys: Undefined.KeySource = .unknown) -> Value {
        .undefined(Undefined(.member, unit: unit, site: site, keys: keys))
    }

    private func member(
        _ name: String, of handle: Handle, _ site: Int, _ unit: Int
    ) throws(Fault) -> Value {
        switch handle.kind {
        case .namespace:
            return namespaces[Int(handle.index)].first { sameBytes($0.name, name) }?.value
                ?? missing(site, unit)
        case .module:
            guard !name.hasPrefix("_") else { throw Fault(.refused(.handleAsValue("an imported template"))) }
            return exported(name, of: handle) ?? missing(site, unit)
        default: throw Fault(.refused(.handleAsValue(handle.words)))
        }
    }

    /// What an imported template defines under a name; macros come bound to their template.
    func exported(_ name: String, of module: Handle) -> Value? {
        let instance = instances[Int(module.index)]
        guard let slot = program.units[instance.unit].exports[name] else { return nil }
        let value = slots[instance.base + slot]
        if case .undefined(let undefined) = value, undefined.reason == .unset { return nil }
        return value
    }

    // MARK: Elements

    /// `a[b]`: in Python's order the element, then the attribute.
    mutating func item(_ index: Value, of object: Value, _ unit: Int, site: Int) throws(Fault) -> Value {
        switch (object, index) {
        case (.undefined(let undefined), _): throw Fault(undefined)
        case (.record(let record), .text(let key)):
            if let value = record[key.string] { return value }
            try refuseMethod(key.string, isMapping: true)
            return missing(site, unit, .shape(record.shape))
        case (.dict(let dict), .text(let key)):
            if let value = dict[key.string] { return value }
            try refuseMethod(key.string, isMapping: true)
            return missing(site, unit, .dict(dict))
        case (.record, .undefined(let undefined)), (.dict, .undefined(let undefined)):
            throw Fault(undefined)
        case (.record, .sequence), (.dict, .sequence), (.record, .list), (.dict, .list):
            throw Fault(.wrongType(operation: "a key of a dict", found: index.typeName))
        case (.list(let list), .int(let number, _)): return element(number, of: list) ?? missing(site, unit)
        case (.sequence(let sequence), .int(let number, _)) where sequence.isIndexable:
            return element(number, of: sequence.elements) ?? missing(site, unit)
        case (.text(let text), .int(let number, _)):
            return text.scalar(at: number).map { .text($0) } ?? missing(site, unit)
        case (.list, .bool), (.sequence, .bool), (.text, .bool):
            throw Fault(.refused(.other("a truth value as the number of an element")))
        case (.handle(let handle), .text(let key)):
            return try member(key.string, of: handle, site, unit)
        case (.handle(let handle), _): throw Fault(.refused(.handleAsValue(handle.words)))
        case (_, .text(let key)):
            try refuseMethod(key.string, isMapping: false)
            return missing(site, unit)
        default: return missing(site, unit)
        }
    }

    private func refuseMethod(_ name: String, isMapping: Bool) throws(Fault) {
        let names = isMapping ? PythonNames.dictMethods : PythonNames.otherAttributes
        if names.contains(name) || name.hasPrefix("_") { throw Fault(.refused(.methodWithoutCall(name))) }
    }

    private func element(_ number: Int, of list: [Value]) -> Value? {
        let index = number < 0 ? number + list.count : number
        return index >= 0 && index < list.count ? list[index] : nil
    }

    /// `a[from:to]` with Python's rules: negative numbers count from the end, nothing is out of range.
    mutating func slice(_ object: Value, from: Value, to: Value) throws(Fault) -> Value {
        func bound(_ value: Value, _ fallback: Int, _ count: Int) throws(Fault) -> Int {
            switch value {
            case .none: return fallback
            case .int(let number, _):
                return number < 0
                    ? max(0, number.addingReportingOverflow(count).partialValue) : min(number, count)
            case .undefined(let undefined): throw Fault(undefined)
            default: throw Fault(.wrongType(operation: "a bound of a slice", found: value.typeName))
            }
        }
        func range(_ count: Int) throws(Fault) -> Range<Int> {
            let start = try bound(from, 0, count)
            return start..<max(start, try bound(to, count, count))
        }
        switch object {
        case .list(let list):
            let range = try range(list.count)
            try spend(elements: range.count)
            return .list(Array(list[range]))
        case .sequence(let sequence) where sequence.isIndexable:
            let range = try range(sequence.elements.count)
            try spend(elements: range.count)
            let kind: Elements.Kind = sequence.kind == .group ? .tuple : sequence.kind
            return .sequence(Elements(kind, Array(sequence.elements[range])))
        case .text(let text):
            try spend(bytes: text.string.utf8.count)
            return .text(text.slice(try range(text.scalarCount)))
        case .undefined(let undefined): throw Fault(undefined)
        case .handle(let handle): throw Fault(.refused(.handleAsValue(handle.words)))
        default: throw Fault(.wrongType(operation: "a slice", found: object.typeName))
        }
    }

    // MARK: Namespaces

    func namespace(_ path: Path, _ frame: Frame) throws(Fault) -> Int {
        if case .handle(let handle) = raw(path, frame), handle.kind == .namespace { return Int(handle.index) }
        throw Fault(.wrongType(operation: "`set` of an attribute", found: raw(path, frame).typeName))
    }

    mutating func setAttribute(of namespace: Int, _ name: Value, to value: Value) throws(Fault) {
        guard case .text(let name) = name else { return }
        try refuseInContainer(value)
        if let known = namespaces[namespace].firstIndex(where: { sameBytes($0.name, name.string) }) {
            namespaces[namespace][known].value = value
        } else {
            namespaces[namespace].append((name.string, value))
        }
    }

    /// Macros, imported templates and lazy results live too short, or once, to be kept in something.
    func refuseInContainer(_ value: Value) throws(Fault) {
        switch value {
        case .handle(let handle) where handle.kind != .namespace:
            throw Fault(.refused(.handleAsValue(handle.words)))
        case .sequence(let elements) where elements.kind == .generator:
            throw Fault(.refused(.lazySequence))
        default: break
        }
    }
}

extension Elements {
    /// Whether Python gives its elements by number.
    var isIndexable: Bool { kind == .tuple || kind == .group || kind == .range }
}
