import Findings

extension Machine {
    /// Applies a filter whose value and arguments lie on the stack.
    mutating func applyFilter(_ filter: BuiltinFilter, _ unit: Unit, _ call: Int) throws(Fault) -> Value {
        let count = unit.calls[call].count
        let arguments =
            count == 0 ? FilterArguments.none : FilterArguments(takingLast: count, from: &stack)
        let value = pop()
        switch filter {
        case .map: return try map(value, unit.calls[call], arguments)
        case .select, .reject, .selectattr, .rejectattr:
            return try select(filter, value, unit.calls[call], arguments)
        default: return try apply(filter, value, arguments)
        }
    }

    mutating func apply(
        _ filter: BuiltinFilter, _ value: Value, _ arguments: FilterArguments
    ) throws(Fault) -> Value {
        switch filter {
        case .default, .d:
            if case .undefined = value { return arguments[0] ?? .trusted("") }
            if let flag = arguments[1], try isTrue(flag), try !isTrue(value) {
                return arguments[0] ?? .trusted("")
            }
            return value
        case .join: return try join(value, arguments[0], attribute: arguments[1])
        case .replace: return try replace(value, arguments)
        case .length, .count: return .int(try length(value))
        case .int: return try int(value, arguments)
        case .string: return .text(try text(value, allowsPython: true))
        case .upper: return .text(try changeCase(try text(value, allowsPython: true), .upper))
        case .lower: return .text(try changeCase(try text(value, allowsPython: true), .lower))
        case .capitalize: return .text(try changeCase(try text(value, allowsPython: true), .capitalized))
        case .trim:
            let text = try text(value, allowsPython: true)
            return .text(text.rewritten(try strip(text, arguments[0], .both).string))
        case .indent: return try indent(value, arguments)
        case .list: return .list(try copyElements(of: value, for: "list"))
        case .first:
            return try elements(of: value, for: "first").first ?? .undefined(Undefined(.emptySequence))
        case .last:
            if case .sequence(let sequence) = value, sequence.kind == .generator {
                throw Fault(.wrongType(operation: "last", found: value.typeName))
            }
            return try elements(of: value, for: "last").last ?? .undefined(Undefined(.emptySequence))
        case .sort: return try sort(value, arguments)
        case .unique: return try unique(value, arguments)
        case .dictsort: return try dictsort(value, arguments)
        case .items: return try items(value)
        case .min: return try extreme(value, arguments, isMaximum: false)
        case .max: return try extreme(value, arguments, isMaximum: true)
        case .groupby: return try groupby(value, arguments)
        case .reverse: return try reverse(value)
        case .sum: return try sum(value, arguments)
        case .abs: return try absolute(value)
        case .format: return .text(try formatted(try text(value, allowsPython: true), arguments.all))
        case .tojson: return .text(try json(value, indent: arguments[0]))
        case .quoted: return .text(try quote(value, "quoted", program.rules?.quoted))
        case .remark: return .text(try quote(value, "remark", program.rules?.remark))
        case .map, .select, .reject, .selectattr, .rejectattr: return value
        }
    }

    mutating func applyHostFilter(_ index: Int, _ value: Value, _ arguments: [Value]) throws(Fault) -> Value {
        let filter = program.filters[index]
        for argument in [value] + arguments {
            if case .undefined(let undefined) = argument { throw Fault(undefined) }
            try refuseInContainer(argument)
        }
        let result: Value
        do {
            result = try filter.body(value, arguments)
        } catch {
            throw Fault(.filterFailed(filter: filter.name, reason: error.reason), origin: value.origin)
        }
        // Whatever the host says: a filter can't make trusted text of untrusted, nor a mark.
        var provenance = Provenance()
        for argument in [value] + arguments { argument.addParts(to: &provenance) }
        return result.restricted(by: provenance)
    }

    /// `quoted` and `remark`: the only way to a mark, once.
    private func quote(
        _ value: Value, _ name: String, _ quoting: OutputRules.Quoting?
    ) throws(Fault) -> Text {
        let text = try text(value, allowsPython: false)
        guard text.trust != .marked else {
            throw Fault(.alreadyQuoted(filter: name), origin: text.origin)
        }
        // In plain ASCII only control characters are line breaks.
        if !text.string.isPrintableASCII, let scalar = text.string.unicodeScalars.first(where: \.isLineBreak) {
            throw Fault(.controlCharacter(expression: "", character: scalar.value), origin: text.origin)
        }
        guard let quoting else { return text }
        do {
            return Text(
                try quoting(text.string), trust: .marked, origin: text.origin, isSecret: text.isSecret)
        } catch {
            throw Fault(.filterFailed(filter: name, reason: error.reason), origin: text.origin)
        }
    }

    mutating func length(_ value: Value) throws(Fault) -> Int {
        switch value {
        case .text(let text): return text.scalarCount
        case .list(let list): return list.count
        case .dict(let dict): return dict.count
        case .record(let record): return record.values.count
        case .sequence(let sequence) where sequence.kind != .generator: return sequence.elements.count
        case .undefined(let undefined):
            if undefined.reason == .noElse { return 0 }
            throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "length", found: value.typeName))
        }
    }

    /// Elements for a new list, with their cost counted.
    mutating func copyElements(of value: Value, for operation: String) throws(Fault) -> [Value] {
        let elements = try elements(of: value, for: operation)
        try spend(elements: elements.count)
        for element in elements { try refuseInContainer(element) }
        return elements
    }

    /// A value as text, as Python's `str` makes it.
    ///
    /// A list or mapping is refused; `none` and truth values, which Python spells its own way, only where the
    /// template asks for exactly that.
    func text(_ value: Value, allowsPython: Bool) throws(Fault) -> Text {
        switch value {
        case .text(let text): return text
        case .int(let number, let origin): return Text(String(number), trust: .trusted, origin: origin)
        case .bool(let flag) where allowsPython: return .trusted(flag ? "True" : "False")
        case .none where allowsPython: return .trusted("None")
        case .undefined(let undefined):
            if undefined.reason == .noElse { return .trusted("") }
            throw Fault(undefined)
        default: throw Fault(.notPrintable(value.typeName))
        }
    }
}

/// The arguments of a filter by position; absent ones are `nil`.
///
/// Up to three need no memory of their own.
struct FilterArguments {
    private let first: Value?
    private let second: Value?
    private let third: Value?
    private let rest: [Value]
    private let count: Int

    static let none = FilterArguments([])

    init(_ all: [Value]) {
        count = all.count
        first = count > 0 ? .some(all[0]) : Optional<Value>.none
        second = count > 1 ? .some(all[1]) : Optional<Value>.none
        third = count > 2 ? .some(all[2]) : Optional<Value>.none
        rest = count > 3 ? Array(all[3...]) : []
    }

    /// Takes the topmost values off a stack.
    init(takingLast count: Int, from stack: inout [Value]) {
        self.count = count
        rest = count > 3 ? Array(stack[(stack.count - count + 3)...]) : []
        if count > 3 { stack.removeLast(count - 3) }
        third = count > 2 ? stack.popLast() : Optional<Value>.none
        second = count > 1 ? stack.popLast() : Optional<Value>.none
        first = count > 0 ? stack.popLast() : Optional<Value>.none
    }

    /// All of them, absent ones included.
    var all: [Value] {
        var all: [Value] = []
        all.reserveCapacity(count)
        if let first { all.append(first) }
        if let second { all.append(second) }
        if let third { all.append(third) }
        return all + rest
    }

    subscript(_ index: Int) -> Value? {
        let value: Value?
        switch index {
        case 0: value = first
        case 1: value = second
        case 2: value = third
        default: value = index < count ? .some(rest[index - 3]) : Optional<Value>.none
        }
        if case .undefined(let undefined)? = value, undefined.reason == .absent { return nil }
        return value
    }

    func dropFirst(_ count: Int) -> FilterArguments { FilterArguments(Array(all.dropFirst(count))) }
}

extension Value {
    var origin: Origin {
        switch self {
        case .text(let text): text.origin
        case .int(_, let origin): origin
        default: .none
        }
    }

    /// Takes every text inside into account.
    func addParts(to provenance: inout Provenance) {
        switch self {
        case .text(let text): provenance.addUnmarked(text)
        case .list(let list): for value in list { value.addParts(to: &provenance) }
        case .sequence(let sequence): for value in sequence.elements { value.addParts(to: &provenance) }
        case .dict, .record:
            guard let mapping else { return }
            for key in mapping.keys { provenance.addUnmarked(key) }
            for value in mapping.values { value.addParts(to: &provenance) }
        default: break
        }
    }

    /// The same value, its texts no more trusted than what they were made from.
    func restricted(by provenance: Provenance) -> Value {
        switch self {
        case .text(let text):
            let isFine = provenance.trust == .trusted && text.trust != .marked
            return .text(
                Text(
                    text.string, trust: isFine ? text.trust : .untrusted,
                    origin: text.origin == .none ? provenance.origin : text.origin,
                    isSecret: text.isSecret || provenance.isSecret))
        case .list(let list): return .list(list.map { $0.restricted(by: provenance) })
        case .dict(let dict):
            return .dict(Dict(zip(dict.keys, dict.values).map { ($0, $1.restricted(by: provenance)) }))
        case .record(let record):
            return .record(Record(record.shape, record.values.map { $0.restricted(by: provenance) }))
        default: return self
        }
    }
}
