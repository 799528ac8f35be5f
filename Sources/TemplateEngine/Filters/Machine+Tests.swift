extension Machine {
    /// - Parameter operand: the test's argument; `none` where it takes none.
    mutating func applyTest(_ test: BuiltinTest, _ value: Value, _ operand: Value) throws(Fault) -> Bool {
        if let comparison = test.comparison { return try compare(comparison, value, operand) }
        switch (test, value) {
        case (.defined, .undefined): return false
        case (.defined, _): return true
        case (.undefined, .undefined): return true
        case (.undefined, _): return false
        case (.none, .none): return true
        case (.string, .text): return true
        case (.number, .int), (.number, .bool): return true
        case (.integer, .int): return true
        case (.mapping, .dict), (.mapping, .record): return true
        case (.boolean, .bool): return true
        case (.true, .bool(let flag)): return flag
        case (.false, .bool(let flag)): return !flag
        case (.sequence, _): return try isSequence(value)
        case (.iterable, .undefined(let undefined)):
            if undefined.reason == .noElse { return true }
            throw Fault(undefined)
        case (.iterable, .handle(let handle)): throw Fault(.refused(.handleAsValue(handle.words)))
        case (.iterable, .text), (.iterable, .list), (.iterable, .dict), (.iterable, .record),
            (.iterable, .sequence):
            return true
        case (.sameas, _): return try isSame(value, operand)
        default: return false
        }
    }

    private func isSequence(_ value: Value) throws(Fault) -> Bool {
        switch value {
        case .text, .list, .dict, .record: return true
        case .sequence(let sequence): return sequence.isIndexable
        case .undefined(let undefined): return undefined.reason == .noElse
        case .handle(let handle): throw Fault(.refused(.handleAsValue(handle.words)))
        case .none, .bool, .int: return false
        }
    }

    /// Python compares addresses; only for `none`, `true` and `false` do those mean anything.
    private func isSame(_ a: Value, _ b: Value) throws(Fault) -> Bool {
        switch (a, b) {
        case (.none, .none): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.none, _), (.bool, _), (_, .none), (_, .bool): return false
        default: throw Fault(.refused(.other("`sameas` of anything but none, true and false")))
        }
    }
}
