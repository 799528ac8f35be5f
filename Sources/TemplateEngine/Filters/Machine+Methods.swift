/// The methods of Python's strings and dicts that change nothing.
extension Machine {
    /// Calls a method whose object and arguments lie on the stack.
    mutating func callMethod(
        _ method: BuiltinMethod, _ site: CallSite, _ frame: Frame, at pc: Int
    ) throws(Fault) {
        let arguments = FilterArguments(takingLast: site.count, from: &stack)
        let object = pop()
        if method.isOfMapping, let mapping = object.mapping {
            stack.append(try call(method, of: mapping, arguments))
        } else if !method.isOfMapping, case .text(let text) = object {
            stack.append(try call(method, of: text, arguments))
        } else {
            guard let index = site.member else { return }
            let member = program.units[frame.unit].members[index]
            switch object {
            case .undefined(let undefined): throw Fault(undefined)
            case .handle(let handle): throw Fault(.refused(.handleAsValue(handle.words)))
            case .dict, .record:
                if object.mapping?[member.key.name] != nil {
                    throw Fault(.wrongType(operation: "a call", found: "a value"))
                }
                fallthrough
            default: throw Fault(Undefined(.member, unit: frame.unit, site: member.site))
            }
        }
    }

    private mutating func call(
        _ method: BuiltinMethod, of mapping: Mapping, _ arguments: FilterArguments
    ) throws(Fault) -> Value {
        switch method {
        case .items:
            try spend(elements: mapping.count)
            let pairs = mapping.pairs
            try checkNesting(of: pairs)
            return .sequence(Elements(.items, pairs))
        case .keys:
            try spend(elements: mapping.count)
            return .sequence(Elements(.keys, mapping.keys.map { .text($0) }))
        case .values: return .sequence(Elements(.values, mapping.values))
        default:
            let fallback = arguments[1] ?? .none
            switch arguments[0] {
            case .text(let key): return mapping[key.string] ?? fallback
            case .undefined(let undefined): throw Fault(undefined)
            case .list, .dict, .record, .sequence:
                throw Fault(.wrongType(operation: "get", found: arguments[0]?.typeName ?? ""))
            default: return fallback
            }
        }
    }

    private mutating func call(
        _ method: BuiltinMethod, of text: Text, _ arguments: FilterArguments
    ) throws(Fault) -> Value {
        func string(_ index: Int) throws(Fault) -> Text {
            switch arguments[index] ?? .none {
            case .text(let text): return text
            case .undefined(let undefined): throw Fault(undefined)
            case let other: throw Fault(.wrongType(operation: method.rawValue, found: other.typeName))
            }
        }
        switch method {
        case .upper: return .text(try changeCase(text, .upper))
        case .lower: return .text(try changeCase(text, .lower))
        case .strip: return .text(try strip(text, arguments[0], .both))
        case .lstrip: return .text(try strip(text, arguments[0], .left))
        case .rstrip: return .text(try strip(text, arguments[0], .right))
        case .replace:
            if let count = arguments[2], count.isNone {
                throw Fault(.wrongType(operation: "replace", found: count.typeName))
            }
            return .text(try replace(text, try string(0), try string(1), count: arguments[2]))
        case .startswith, .endswith: return .bool(try hasAffix(text, method, arguments[0] ?? .none))
        case .split: return .list(try split(text, arguments))
        case .join:
            let parts = try elements(of: arguments[0] ?? .none, for: "join")
            for part in parts {
                switch part {
                case .text: break
                case .undefined(let undefined): throw Fault(undefined)
                default: throw Fault(.wrongType(operation: "join", found: part.typeName))
                }
            }
            return try join(.list(parts), .text(text), attribute: nil)
        case .items, .keys, .values, .get: return .none
        }
    }

    private mutating func hasAffix(
        _ text: Text, _ method: BuiltinMethod, _ affix: Value
    ) throws(Fault) -> Bool {
        switch affix {
        case .text(let part):
            try spend(part.string.utf8.count >> 3)
            let bytes = text.string.utf8
            return method == .startswith
                ? bytes.starts(with: part.string.utf8)
                : bytes.reversed().starts(with: part.string.utf8.reversed())
        case .sequence(let sequence) where sequence.isTuple:
            for element in sequence.elements {
                guard case .text = element else {
                    throw Fault(.wrongType(operation: method.rawValue, found: element.typeName))
                }
                if try hasAffix(text, method, element) { return true }
            }
            return false
        case .undefined(let undefined): throw Fault(undefined)
        default: throw Fault(.wrongType(operation: method.rawValue, found: affix.typeName))
        }
    }

    private mutating func split(_ text: Text, _ arguments: FilterArguments) throws(Fault) -> [Value] {
        var limit = Int.max
        if let count = arguments[1] {
            if case .undefined(let undefined) = count { throw Fault(undefined) }
            guard let number = count.number else {
                throw Fault(.wrongType(operation: "split", found: count.typeName))
            }
            if number >= 0 { limit = number }
        }
        let bytes = Array(text.string.utf8)
        try spend(elements: bytes.count)
        switch arguments[0] {
        case nil, .some(.none): return splitAtSpace(text, bytes, limit)
        case .text(let separator):
            guard !separator.string.isEmpty else { throw Fault(.badValue("`split` at the empty text")) }
            let search = ByteSearch(separator.string)
            var parts: [Value] = []
            var start = 0
            for match in search.matches(in: bytes, limit: limit) {
                parts.append(.text(text.derived(bytes.string(start..<match))))
                start = match + search.length
            }
            parts.append(.text(text.derived(bytes.string(start..<bytes.count))))
            return parts
        case .undefined(let undefined): throw Fault(undefined)
        case .some(let other): throw Fault(.wrongType(operation: "split", found: other.typeName))
        }
    }

    /// Without a separator: at any white space, none at the ends, what is left when the limit is reached
    /// kept as it is.
    private func splitAtSpace(_ text: Text, _ bytes: [UInt8], _ limit: Int) -> [Value] {
        var parts: [Value] = []
        var index = bytes.startSkippingSpace(0)
        while index < bytes.count {
            if parts.count == limit {
                parts.append(.text(text.derived(bytes.string(index..<bytes.count))))
                break
            }
            var end = index
            while end < bytes.count, bytes.startSkippingSpace(end) == end {
                end += bytes.scalarLength(at: end)
            }
            parts.append(.text(text.derived(bytes.string(index..<min(end, bytes.count)))))
            index = bytes.startSkippingSpace(end)
        }
        return parts
    }
}
