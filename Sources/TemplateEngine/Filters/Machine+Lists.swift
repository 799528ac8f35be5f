/// Filters that walk through lists.
extension Machine {
    /// Applies a step to each element.
    mutating func mapped(
        _ elements: [Value], _ step: (inout Machine, Value) throws(Fault) -> Value
    ) throws(Fault) -> [Value] {
        try spend(elements: elements.count)
        var result: [Value] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            let value = try step(&self, element)
            try refuseInContainer(value)
            result.append(value)
        }
        return result
    }

    /// Follows `a.b.0` from an element, as `environment.getitem` does for each part.
    mutating func follow(_ path: AttributePath, _ start: Value, fallback: Value? = nil) throws(Fault) -> Value {
        var value = start
        for part in path.parts {
            if case .record(let record) = value, let slot = record.shape.slot(of: part.number) {
                value = record.values[slot]
            } else {
                value = try item(part.key, of: value, 0, site: 0)
            }
            if let fallback, !fallback.isNone, case .undefined = value { value = fallback }
            if case .undefined(let undefined) = value, undefined.reason == .member {
                value = .undefined(undefined.naming(part.key))
            }
        }
        return value
    }

    mutating func map(
        _ value: Value, _ site: CallSite, _ arguments: FilterArguments
    ) throws(Fault) -> Value {
        // Made at the first element: without any, nothing can be wrong with it.
        var path = site.attribute
        return try lazily(value, "map") { machine, item throws(Fault) in
            switch site.inner {
            case .filter(let filter): return try machine.apply(filter, item, arguments)
            case .hostFilter(let index): return try machine.applyHostFilter(index, item, arguments.all)
            case .test, nil:
                let known = if let path { path } else { try AttributePath(arguments[0] ?? .none) }
                path = known
                return try machine.follow(known, item, fallback: arguments[1])
            }
        }
    }

    mutating func select(
        _ filter: BuiltinFilter, _ value: Value, _ site: CallSite, _ arguments: FilterArguments
    ) throws(Fault) -> Value {
        let byAttribute = filter == .selectattr || filter == .rejectattr
        let wanted = filter == .select || filter == .selectattr
        let operand = arguments[byAttribute ? 1 : 0] ?? .none
        var path = site.attribute
        return try lazily(value, filter.rawValue) { machine, item throws(Fault) in
            var subject = item
            if byAttribute {
                let known = if let path { path } else { try AttributePath(arguments[0] ?? .none) }
                path = known
                subject = try machine.follow(known, item)
            }
            let passes: Bool
            if case .test(let test) = site.inner {
                passes = try machine.applyTest(test, subject, operand)
            } else {
                passes = try machine.isTrue(subject)
            }
            return passes == wanted ? item : nil
        }
    }

    /// A lazy result: what a step gives for each element, up to the one where it fails.
    private mutating func lazily(
        _ value: Value, _ operation: String, _ step: (inout Machine, Value) throws(Fault) -> Value?
    ) throws(Fault) -> Value {
        guard let elements = try lazyElements(of: value, for: operation) else {
            return Elements.generator([])
        }
        return try lazily(elements, step)
    }

    private mutating func lazily(
        _ elements: [Value], _ step: (inout Machine, Value) throws(Fault) -> Value?
    ) throws(Fault) -> Value {
        try spend(elements: elements.count)
        var result: [Value] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            do throws(Fault) {
                guard let value = try step(&self, element) else { continue }
                try refuseInContainer(value)
                result.append(value)
            } catch {
                if error.isLimit { throw error }
                return .sequence(Elements(.generator, result, failure: error))
            }
        }
        return Elements.generator(result)
    }

    /// `map` and `select` begin with `if value:`, so that nothing false is ever iterated.
    private mutating func lazyElements(of value: Value, for operation: String) throws(Fault) -> [Value]? {
        if case .sequence(let sequence) = value, sequence.kind == .generator {
            return try elements(of: value, for: operation)
        }
        guard try isTrue(value) else { return nil }
        return try elements(of: value, for: operation)
    }

    mutating func unique(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        let keys = SortKeys(
            isCaseSensitive: try flag(arguments[0]), attribute: try optionalPath(arguments[1]))
        let elements = try elements(of: value, for: "unique")
        var seen: Set<HashKey> = []
        return try lazily(elements) { machine, element throws(Fault) in
            let key = try HashKey(try machine.sortKey(element, keys))
            return seen.insert(key).inserted ? element : nil
        }
    }

    mutating func reverse(_ value: Value) throws(Fault) -> Value {
        switch value {
        case .text(let text):
            try spend(bytes: text.string.utf8.count)
            var reversed = String.UnicodeScalarView()
            reversed.append(contentsOf: text.string.unicodeScalars.reversed())
            return .text(text.derived(String(reversed)))
        case .sequence(let sequence) where sequence.kind == .generator:
            return .list(try copyElements(of: value, for: "reverse").reversed())
        default: return Elements.generator(try copyElements(of: value, for: "reverse").reversed())
        }
    }

    mutating func sum(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        var elements = try elements(of: value, for: "sum")
        if let path = try optionalPath(arguments[0]) {
            elements = try mapped(elements) { machine, item throws(Fault) in try machine.follow(path, item) }
        }
        try spend(elements.count)
        var total = arguments[1] ?? .int(0)
        guard total.number != nil else {
            if case .undefined(let undefined) = total { throw Fault(undefined) }
            throw Fault(.refused(.other("`sum` of anything but numbers")))
        }
        for element in elements { total = try binary(.add, total, element) }
        return total
    }

    func absolute(_ value: Value) throws(Fault) -> Value {
        if case .undefined(let undefined) = value { throw Fault(undefined) }
        guard let number = value.number else {
            throw Fault(.wrongType(operation: "abs", found: value.typeName))
        }
        guard number != Int.min else { throw Fault(.overflow) }
        return .int(Swift.abs(number))
    }

    mutating func items(_ value: Value) throws(Fault) -> Value {
        if case .undefined = value { return Elements.generator([]) }
        guard let mapping = value.mapping else {
            throw Fault(.wrongType(operation: "items", found: value.typeName))
        }
        try spend(elements: mapping.count)
        let pairs = mapping.pairs
        try checkNesting(of: pairs)
        return Elements.generator(pairs)
    }

    func flag(_ value: Value?) throws(Fault) -> Bool {
        guard let value else { return false }
        return try isTrue(value)
    }

    func optionalPath(_ value: Value?) throws(Fault) -> AttributePath? {
        guard let value, !value.isNone else { return nil }
        return try AttributePath(value)
    }
}

/// An attribute's name as filters take it: parts between dots, numbers among them as numbers.
struct AttributePath: Sendable {
    struct Part: Sendable {
        let key: Value
        /// What records are asked for; ``Names/none`` unless a template names the part.
        let number: UInt32
    }

    let parts: [Part]

    init(_ value: Value) throws(Fault) {
        switch value {
        case .none: parts = []
        case .int: parts = [Part(key: value, number: Names.none)]
        case .text(let text): parts = AttributePath.parts(of: text.string) { _ in Names.none }
        case .undefined(let undefined): throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "the name of an attribute", found: value.typeName))
        }
    }

    init(name: String) { parts = AttributePath.parts(of: name) { _ in Names.none } }

    /// A name that stands in a template.
    init(literal name: String) { parts = AttributePath.parts(of: name, number: Names.number) }

    private static func parts(of name: String, number: (String) -> UInt32) -> [Part] {
        name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { part in
            let string = String(Substring(part))
            if !string.isEmpty, string.utf8.allSatisfy(\.isDigit), let index = Int(string) {
                return Part(key: .int(index), number: Names.none)
            }
            return Part(key: .trusted(string), number: number(string))
        }
    }
}
