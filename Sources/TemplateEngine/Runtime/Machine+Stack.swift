extension Machine {
    /// The topmost values, removed from the stack, as the elements of a new list.
    mutating func takeElements(_ count: Int) throws(Fault) -> [Value] {
        let values = takeArguments(count)
        for value in values { try refuseInContainer(value) }
        try checkNesting(of: values)
        return values
    }

    /// The topmost values, removed from the stack.
    mutating func takeArguments(_ count: Int) -> [Value] {
        guard count > 0 else { return [] }
        let values = Array(stack[(stack.count - count)...])
        drop(count)
        return values
    }

    /// Lists in lists in lists: a template could nest them without end, and freeing them recurses.
    mutating func checkNesting(of elements: [Value], limit: Int = 48) throws(Fault) {
        for element in elements {
            let inner: [Value]
            switch element {
            case .list(let list): inner = list
            case .sequence(let sequence): inner = sequence.elements
            case .dict(let dict): inner = dict.values
            default: continue
            }
            guard limit > 0 else { throw Fault(.limit(.nesting(48))) }
            try spend(inner.count)
            try checkNesting(of: inner, limit: limit - 1)
        }
    }

    /// What can be iterated, as a list.
    mutating func elements(of value: Value, for operation: String) throws(Fault) -> [Value] {
        switch value {
        case .list(let list): return list
        case .sequence(let sequence):
            if let failure = sequence.failure { throw failure }
            return sequence.elements
        case .dict(let dict): return dict.keys.map { .text($0) }
        case .record(let record): return record.shape.names.map { .trusted($0) }
        case .text(let text):
            try spend(elements: text.string.utf8.count)
            return text.string.unicodeScalars.map { .text(text.derived(String($0))) }
        case .undefined(let undefined):
            if undefined.reason == .noElse { return [] }
            throw Fault(undefined)
        case .none, .bool, .int: throw Fault(.wrongType(operation: operation, found: value.typeName))
        case .handle(let handle): throw Fault(.refused(.handleAsValue(handle.words)))
        }
    }

    // MARK: Loops

    /// Goes to the next element that passes the inline `if`; `false` at the end.
    mutating func advance(_ unit: Unit, _ site: Int, _ frame: borrowing Frame) throws(Fault) -> Bool {
        let index = loops.count - 1
        let next = loops[index].hasTest ? try nextPosition(index, site, frame) : loops[index].position + 1
        if loops[index].hasTest, !loops[index].ahead.isEmpty { loops[index].ahead.removeFirst() }
        loops[index].position = next
        guard next < loops[index].elements.count else { return false }
        loops[index].visited += 1
        if unit.loops[site].unpacks {
            try unpack(unit.loops[site].targets, loops[index].elements[next], frame)
        } else {
            try store(loops[index].elements[next], in: frame.base + unit.loops[site].targets[0])
        }
        return true
    }

    /// Where the next element that passes is.
    ///
    /// Jinja2's inline `if` is lazy: it is evaluated between the rounds, and ahead of them only where
    /// `loop.last` or `loop.length` asks.
    private mutating func nextPosition(
        _ index: Int, _ site: Int, _ frame: borrowing Frame
    ) throws(Fault) -> Int {
        if !loops[index].hasTest { return loops[index].position + 1 }
        if let known = loops[index].ahead.first { return known }
        if loops[index].isComplete { return loops[index].elements.count }
        return try scan(index, after: loops[index].position, site, frame)
    }

    private mutating func scan(
        _ index: Int, after start: Int, _ site: Int, _ frame: borrowing Frame
    ) throws(Fault) -> Int {
        let unit = program.units[frame.unit]
        var position = start + 1
        guard let entry = unit.loops[site].testEntry else { return position }
        while position < loops[index].elements.count {
            if unit.loops[site].unpacks {
                try unpack(unit.loops[site].testTargets, loops[index].elements[position], frame)
            } else {
                try store(loops[index].elements[position], in: frame.base + unit.loops[site].testTargets[0])
            }
            try run(copy frame, from: entry)
            if try isTrue(pop()) { break }
            position += 1
        }
        return position
    }

    private mutating func unpack(
        _ targets: [Int], _ element: Value, _ frame: borrowing Frame
    ) throws(Fault) {
        let parts = try elements(of: element, for: "unpacking")
        guard parts.count == targets.count else {
            throw Fault(
                .badValue("an element has \(parts.count) parts, the loop takes \(targets.count)"))
        }
        for (slot, part) in zip(targets, parts) { try store(part, in: frame.base + slot) }
    }

    mutating func loopAttribute(
        _ attribute: LoopAttribute, _ index: Int, _ frame: Frame
    ) throws(Fault) -> Value {
        switch attribute {
        case .index: return .int(loops[index].visited)
        case .index0: return .int(loops[index].visited - 1)
        case .first: return .bool(loops[index].visited == 1)
        case .last:
            let site = loops[index].site
            let next = try nextPosition(index, site, frame)
            if loops[index].hasTest, loops[index].ahead.isEmpty { loops[index].ahead = [next] }
            return .bool(next >= loops[index].elements.count)
        case .length:
            if !loops[index].hasTest { return .int(loops[index].elements.count) }
            if let known = loops[index].length { return .int(known) }
            let site = loops[index].site
            // From now on the inline `if` is not evaluated again, whatever the body changes.
            var ahead: ArraySlice<Int> = []
            var position = try nextPosition(index, site, frame)
            while position < loops[index].elements.count {
                ahead.append(position)
                position = try scan(index, after: position, site, frame)
            }
            let count = loops[index].visited + ahead.count
            loops[index].ahead = ahead
            loops[index].isComplete = true
            loops[index].length = count
            return .int(count)
        }
    }
}
