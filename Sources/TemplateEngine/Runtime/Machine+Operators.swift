import Findings

extension Machine {
    /// Truth in Python's sense.
    @inline(__always)
    func isTrue(_ value: Value) throws(Fault) -> Bool {
        switch value {
        case .bool(let value): return value
        case .none: return false
        case .text(let text): return !text.string.isEmpty
        case .int(let value, _): return value != 0
        case .list(let list): return !list.isEmpty
        case .dict(let dict): return dict.count > 0
        case .record(let record): return !record.values.isEmpty
        case .sequence(let elements):
            // A generator is true in Python even if nothing will come of it.
            if elements.kind == .generator { throw Fault(.refused(.lazySequence)) }
            return !elements.elements.isEmpty
        case .undefined(let undefined):
            if undefined.reason == .noElse { return false }
            throw Fault(undefined)
        case .handle: return true
        }
    }

    func negate(_ value: Value) throws(Fault) -> Value {
        let number = try self.number(value, for: "-")
        guard number != Int.min else { throw Fault(.overflow) }
        return .int(-number)
    }

    func plus(_ value: Value) throws(Fault) -> Value { .int(try number(value, for: "+")) }

    private func number(_ value: Value, for operation: String) throws(Fault) -> Int {
        if let number = value.number { return number }
        if case .undefined(let undefined) = value { throw Fault(undefined) }
        throw Fault(.wrongType(operation: operation, found: value.typeName))
    }

    mutating func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(Fault) -> Value {
        if case .int(let a, _) = left, case .int(let b, _) = right {
            let result = try arithmetic(operation, a, b)
            return isRecording ? .int(result, origin: joint([left, right])) : .int(result)
        }
        if case .undefined(let undefined) = left { throw Fault(undefined) }
        if case .undefined(let undefined) = right { throw Fault(undefined) }
        switch (operation, left, right) {
        case (.add, .text(let a), .text(let b)):
            try spend(bytes: a.string.utf8.count + b.string.utf8.count)
            var provenance = Provenance(a)
            provenance.add(b)
            return recorded(provenance.text(a.string + b.string), of: [left, right])
        case (.add, .list(let a), .list(let b)):
            try spend(elements: a.count + b.count)
            return .list(a + b)
        case (.add, .sequence(let a), .sequence(let b)) where a.isTuple && b.isTuple:
            try spend(elements: a.elements.count + b.elements.count)
            return Elements.tuple(a.elements + b.elements)
        case (.multiply, .text(let text), .int(let count, _)),
            (.multiply, .int(let count, _), .text(let text)):
            return .text(try repeated(text, count))
        case (.multiply, .list(let list), .int(let count, _)),
            (.multiply, .int(let count, _), .list(let list)):
            return .list(try repeated(list, count))
        case (.multiply, .sequence(let sequence), .int(let count, _)) where sequence.isTuple:
            return Elements.tuple(try repeated(sequence.elements, count))
        case (.modulo, .text(let format), _):
            if case .sequence(let sequence) = right, sequence.isTuple {
                return .text(try formatted(format, sequence.elements))
            }
            if right.mapping != nil || right.isList { throw Fault(.refused(.other("`%` with such a value"))) }
            return .text(try formatted(format, [right]))
        default:
            if let a = left.number, let b = right.number { return .int(try arithmetic(operation, a, b)) }
            let wrong = left.number == nil && !(operation == .add && left.isAddable) ? left : right
            throw Fault(.wrongType(operation: operation.words, found: wrong.typeName))
        }
    }

    /// Checked arithmetic; division rounds down, as in Python.
    private func arithmetic(_ operation: BinaryOperator, _ a: Int, _ b: Int) throws(Fault) -> Int {
        let result: (partialValue: Int, overflow: Bool)
        switch operation {
        case .add: result = a.addingReportingOverflow(b)
        case .subtract: result = a.subtractingReportingOverflow(b)
        case .multiply: result = a.multipliedReportingOverflow(by: b)
        case .floorDivide, .modulo:
            guard b != 0 else { throw Fault(.divisionByZero) }
            if b == -1 {
                result = operation == .modulo ? (0, false) : Int(0).subtractingReportingOverflow(a)
            } else {
                let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
                let roundsDown = remainder != 0 && (remainder < 0) != (b < 0)
                result =
                    operation == .modulo
                    ? (roundsDown ? remainder + b : remainder, false)
                    : (roundsDown ? quotient - 1 : quotient, false)
            }
        }
        guard !result.overflow else { throw Fault(.overflow) }
        return result.partialValue
    }

    private mutating func repeated(_ text: Text, _ count: Int) throws(Fault) -> Text {
        let (bytes, overflow) = text.string.utf8.count.multipliedReportingOverflow(by: max(0, count))
        try spend(bytes: overflow ? Int.max : bytes)
        return text.derived(String(repeating: text.string, count: bytes == 0 ? 0 : count))
    }

    private mutating func repeated(_ list: [Value], _ count: Int) throws(Fault) -> [Value] {
        let (elements, overflow) = list.count.multipliedReportingOverflow(by: max(0, count))
        try spend(elements: overflow ? Int.max : elements)
        var result: [Value] = []
        result.reserveCapacity(elements)
        if elements > 0 { for _ in 0..<count { result.append(contentsOf: list) } }
        return result
    }

    /// `a ~ b ~ c`: the texts of all of them.
    ///
    /// What Python would spell in its own way is refused.
    mutating func concat(_ count: Int) throws(Fault) -> Value {
        let start = stack.count - count
        var provenance: Provenance?
        var string = ""
        for index in start..<stack.count {
            switch stack[index] {
            case .text(let text):
                string += text.string
                if provenance == nil { provenance = Provenance(text) } else { provenance?.add(text) }
            case .int(let number, _): string += String(number)
            case .undefined(let undefined) where undefined.reason == .noElse: break
            case .undefined(let undefined): throw Fault(undefined)
            case let other: throw Fault(.notPrintable(other.typeName))
            }
        }
        let parts = isRecording ? Array(stack[start...]) : []
        drop(count)
        try spend(bytes: string.utf8.count)
        return recorded((provenance ?? Provenance()).text(string), of: parts)
    }

    /// A text made of several values: where a source map is wanted, it carries the origins of all.
    mutating func recorded(_ text: Text, of parts: [Value]) -> Value {
        guard isRecording else { return .text(text) }
        return .text(Text(text.string, trust: text.trust, origin: joint(parts), isSecret: text.isSecret))
    }

    /// One origin that stands for those of several values.
    private mutating func joint(_ values: [Value]) -> Origin { recorder?.joint(values.map(\.origin)) ?? .none }
}

extension Elements {
    var isTuple: Bool { kind == .tuple || kind == .group }

    var isView: Bool { kind == .items || kind == .keys || kind == .values }
}

extension Value {
    var isList: Bool {
        if case .list = self { return true }
        return false
    }

    /// Whether `+` knows the type at all.
    fileprivate var isAddable: Bool {
        switch self {
        case .text, .list: true
        case .sequence(let elements): elements.isTuple
        default: false
        }
    }
}
