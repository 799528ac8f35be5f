/// Filters that order.
extension Machine {
    /// How a filter makes the key of an element.
    struct SortKeys {
        let isCaseSensitive: Bool
        let attribute: AttributePath?
    }

    mutating func sortKey(_ element: Value, _ keys: SortKeys) throws(Fault) -> Value {
        let key = if let path = keys.attribute { try follow(path, element) } else { element }
        return keys.isCaseSensitive ? key : try foldingCase(key)
    }

    private func foldingCase(_ value: Value) throws(Fault) -> Value {
        guard case .text(let text) = value, !text.string.isSmallASCII else { return value }
        if !text.string.isASCII {
            for scalar in text.string.unicodeScalars where !scalar.hasStableCase {
                throw Fault(.refused(.letterCase(scalar.value)), origin: text.origin)
            }
        }
        return .text(text.derived(text.string.lowercased()))
    }

    mutating func sort(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        let isCaseSensitive = try flag(arguments[1])
        let elements = try copyElements(of: value, for: "sort")
        // `attribute='a,b'` sorts by several.
        var paths: [AttributePath?] = [nil]
        if case .text(let names)? = arguments[2] {
            paths = names.string.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                .map { AttributePath(name: String(Substring($0))) }
        } else if let path = try optionalPath(arguments[2]) {
            paths = [path]
        }
        var keys: [Value] = []
        keys.reserveCapacity(elements.count * paths.count)
        for element in elements {
            for path in paths {
                keys.append(
                    try sortKey(element, SortKeys(isCaseSensitive: isCaseSensitive, attribute: path)))
            }
        }
        return .list(
            try sorted(elements, by: keys, width: paths.count, isReversed: try flag(arguments[0])))
    }

    mutating func dictsort(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        guard let mapping = value.mapping else {
            if case .undefined(let undefined) = value { throw Fault(undefined) }
            throw Fault(.wrongType(operation: "dictsort", found: value.typeName))
        }
        var byValue = false
        if let by = arguments[1] {
            guard case .text(let text) = by, text.string == "key" || text.string == "value" else {
                throw Fault(.badValue("`dictsort` sorts by `key` or `value`"))
            }
            byValue = text.string == "value"
        }
        try spend(elements: mapping.count)
        let pairs = mapping.pairs
        try checkNesting(of: pairs)
        let isCaseSensitive = try flag(arguments[0])
        var keys: [Value] = []
        for value in byValue ? mapping.values : mapping.keys.map({ .text($0) }) {
            keys.append(try isCaseSensitive ? value : foldingCase(value))
        }
        return .list(try sorted(pairs, by: keys, width: 1, isReversed: try flag(arguments[2])))
    }

    /// Least or greatest element; the first one among equals.
    mutating func extreme(
        _ value: Value, _ arguments: FilterArguments, isMaximum: Bool
    ) throws(Fault) -> Value {
        let keys = SortKeys(
            isCaseSensitive: try flag(arguments[0]), attribute: try optionalPath(arguments[1]))
        let elements = try elements(of: value, for: isMaximum ? "max" : "min")
        try spend(elements.count)
        guard var best = elements.first else { return .undefined(Undefined(.emptySequence)) }
        var bestKey = try sortKey(best, keys)
        for element in elements.dropFirst() {
            let key = try sortKey(element, keys)
            if try isMaximum ? precedes(bestKey, key, .greater) : precedes(key, bestKey) {
                best = element
                bestKey = key
            }
        }
        return best
    }

    mutating func groupby(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        let path = try AttributePath(arguments[0] ?? .none)
        let fallback = arguments[1]
        let isCaseSensitive = try flag(arguments[2])
        let elements = try copyElements(of: value, for: "groupby")
        var names: [Value] = []
        var keys: [Value] = []
        for element in elements {
            let name = try follow(path, element, fallback: fallback)
            names.append(name)
            keys.append(try isCaseSensitive ? name : foldingCase(name))
        }
        let order = try sortedOrder(keys, width: 1, isReversed: false)
        var groups: [Value] = []
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, try equal(keys[order[start]], keys[order[end]]) { end += 1 }
            let members = order[start..<end].map { elements[$0] }
            let group: [Value] = [names[order[start]], .list(members)]
            try checkNesting(of: group)
            groups.append(.sequence(Elements(.group, group)))
            start = end
        }
        return .list(groups)
    }

    private mutating func sorted(
        _ elements: [Value], by keys: [Value], width: Int, isReversed: Bool
    ) throws(Fault) -> [Value] {
        try sortedOrder(keys, width: width, isReversed: isReversed).map { elements[$0] }
    }

    /// A stable merge sort; Python keeps the order of equal elements in reverse, too.
    ///
    /// Each element has `width` keys, one behind the other.
    private mutating func sortedOrder(
        _ keys: [Value], width: Int, isReversed: Bool
    ) throws(Fault) -> [Int] {
        var order = Array(0..<keys.count / width)
        var buffer = order
        var run = 1
        while run < order.count {
            var start = 0
            while start < order.count {
                let middle = Swift.min(start + run, order.count)
                let end = Swift.min(start + 2 * run, order.count)
                var left = start
                var right = middle
                for index in start..<end {
                    let takesRight: Bool
                    if left < middle, right < end {
                        let (a, b) = (order[left], order[right])
                        takesRight =
                            try isReversed ? before(a, b, keys, width) : before(b, a, keys, width)
                    } else {
                        takesRight = left >= middle
                    }
                    buffer[index] = order[takesRight ? right : left]
                    if takesRight { right += 1 } else { left += 1 }
                }
                start = end
            }
            swap(&order, &buffer)
            run *= 2
        }
        return order
    }

    private mutating func before(
        _ a: Int, _ b: Int, _ keys: [Value], _ width: Int
    ) throws(Fault) -> Bool {
        try spend(1)
        if width == 1 { return try precedes(keys[a], keys[b]) }
        for key in 0..<width where try !equal(keys[a * width + key], keys[b * width + key]) {
            return try precedes(keys[a * width + key], keys[b * width + key])
        }
        return false
    }
}

/// A key as Python's sets compare it: numbers and truth values by number, tuples by their parts.
enum HashKey: Hashable {
    case none
    case number(Int)
    case text([UInt8])
    case tuple([HashKey])

    init(_ value: Value) throws(Fault) {
        switch value {
        case .none: self = .none
        case .int(let number, _): self = .number(number)
        case .bool(let flag): self = .number(flag ? 1 : 0)
        case .text(let text): self = .text(Array(text.string.utf8))
        case .sequence(let sequence) where sequence.isTuple:
            var parts: [HashKey] = []
            for element in sequence.elements { parts.append(try HashKey(element)) }
            self = .tuple(parts)
        case .undefined(let undefined): throw Fault(undefined)
        default: throw Fault(.wrongType(operation: "hashing", found: value.typeName))
        }
    }
}
