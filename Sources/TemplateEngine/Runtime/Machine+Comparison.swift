extension Machine {
    mutating func compare(
        _ comparison: CompareOperator, _ left: Value, _ right: Value
    ) throws(Fault) -> Bool {
        switch comparison {
        case .equal: return try equal(left, right)
        case .notEqual: return try !equal(left, right)
        case .less: return try precedes(left, right, comparison)
        case .greater: return try precedes(right, left, comparison)
        case .lessOrEqual: return try !precedes(right, left, comparison)
        case .greaterOrEqual: return try !precedes(left, right, comparison)
        case .in: return try contains(right, left)
        case .notIn: return try !contains(right, left)
        }
    }

    /// Equality in Python's sense: `1 == true`, no list is a tuple, mappings without regard to order.
    mutating func equal(_ left: Value, _ right: Value) throws(Fault) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)):
            try spend(min(a.string.utf8.count, b.string.utf8.count) >> 4)
            return sameBytes(a.string, b.string)
        case (.int(let a, _), .int(let b, _)): return a == b
        case (.bool(let a), .bool(let b)): return a == b
        case (.bool, .int), (.int, .bool): return left.number == right.number
        case (.undefined(let undefined), _) where undefined.reason != .noElse: throw Fault(undefined)
        case (_, .undefined(let undefined)) where undefined.reason != .noElse: throw Fault(undefined)
        case (.undefined, .undefined), (.none, .none): return true
        case (.list(let a), .list(let b)): return try equal(a, b)
        case (.sequence(let a), .sequence(let b)):
            if a.isTuple && b.isTuple || a.kind == .range && b.kind == .range {
                return try equal(a.elements, b.elements)
            }
            if a.isView || b.isView || a.kind == .generator || b.kind == .generator {
                throw Fault(.refused(.lazySequence))
            }
            return false
        case (.dict, .dict), (.dict, .record), (.record, .dict), (.record, .record):
            guard let a = left.mapping, let b = right.mapping, a.count == b.count else { return false }
            try spend(a.count)
            for (key, value) in zip(a.keys, a.values) {
                guard let other = b[key.string], try equal(value, other) else { return false }
            }
            return true
        case (.handle(let a), .handle(let b)): return a == b
        case (.sequence(let sequence), _) where sequence.isView || sequence.kind == .generator:
            throw Fault(.refused(.lazySequence))
        case (_, .sequence(let sequence)) where sequence.isView || sequence.kind == .generator:
            throw Fault(.refused(.lazySequence))
        default: return false
        }
    }

    private mutating func equal(_ a: [Value], _ b: [Value]) throws(Fault) -> Bool {
        guard a.count == b.count else { return false }
        try spend(a.count)
        for (left, right) in zip(a, b) where try !equal(left, right) { return false }
        return true
    }

    /// Whether the left value sorts before the right one.
    mutating func precedes(
        _ left: Value, _ right: Value, _ comparison: CompareOperator = .less
    ) throws(Fault) -> Bool {
        switch (left, right) {
        case (.int(let a, _), .int(let b, _)): return a < b
        case (.text(let a), .text(let b)):
            try spend(min(a.string.utf8.count, b.string.utf8.count) >> 4)
            return TemplateEngine.precedes(a.string, b.string)
        case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw Fault(undefined)
        case (.list(let a), .list(let b)): return try precedes(a, b, comparison)
        case (.sequence(let a), .sequence(let b)) where a.isTuple && b.isTuple:
            return try precedes(a.elements, b.elements, comparison)
        default:
            if let a = left.number, let b = right.number { return a < b }
            let wrong = left.number == nil ? left : right
            throw Fault(.wrongType(operation: comparison.words, found: wrong.typeName))
        }
    }

    private mutating func precedes(
        _ a: [Value], _ b: [Value], _ comparison: CompareOperator
    ) throws(Fault) -> Bool {
        try spend(min(a.count, b.count))
        for (left, right) in zip(a, b) where try !equal(left, right) {
            return try precedes(left, right, comparison)
        }
        return a.count < b.count
    }

    /// `element in container`.
    mutating func contains(_ container: Value, _ element: Value) throws(Fault) -> Bool {
        switch container {
        case .list(let list): return try contains(list, element)
        case .sequence(let sequence):
            // Python hashes what it looks for among keys, and only looks for pairs among items.
            if sequence.kind == .keys { _ = try HashKey(element) }
            if sequence.kind == .items {
                guard case .sequence(let pair) = element, pair.isTuple, pair.elements.count == 2 else {
                    return false
                }
                _ = try HashKey(pair.elements[0])
            }
            if try contains(sequence.elements, element) { return true }
            if let failure = sequence.failure { throw failure }
            return false
        case .dict, .record:
            switch element {
            case .text(let key): return container.mapping?[key.string] != nil
            case .undefined(let undefined): throw Fault(undefined)
            case .list, .dict, .record:
                throw Fault(.wrongType(operation: "`in` a mapping", found: element.typeName))
            case .sequence(let sequence) where sequence.isTuple:
                _ = try HashKey(element)
                return false
            case .sequence: throw Fault(.refused(.other("`in` a mapping with such a value")))
            default: return false
            }
        case .text(let text):
            switch element {
            case .text(let part):
                try spend((text.string.utf8.count + part.string.utf8.count) >> 3)
                return text.string.firstMatch(of: part.string) != nil
            case .undefined(let undefined): throw Fault(undefined)
            default: throw Fault(.wrongType(operation: "`in` text", found: element.typeName))
            }
        case .undefined(let undefined):
            if undefined.reason == .noElse { return false }
            throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "`in`", found: container.typeName))
        }
    }

    private mutating func contains(_ list: [Value], _ element: Value) throws(Fault) -> Bool {
        try spend(list.count)
        for item in list where try equal(item, element) { return true }
        return false
    }
}
