/// `int`, and numbers in texts.
extension Machine {
    func int(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        if let base = arguments[1], base.number != 10 {
            throw Fault(.refused(.other("`int` with another base than 10")))
        }
        switch value {
        case .int: return value
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .undefined(let undefined): throw Fault(undefined)
        case .text(let text):
            switch NumberText(text.string) {
            case .number(let number): return .int(number, origin: text.origin)
            case .tooLarge: throw Fault(.overflow, origin: text.origin)
            case .unclear:
                throw Fault(.refused(.other("`int` of a number in this form")), origin: text.origin)
            case .other: break
            }
        default: break
        }
        if let fallback = arguments[0] { return fallback }
        // Jinja2 gives 0, which is a wrong number in a configuration, silently.
        throw Fault(.refused(.intWithoutDefault), origin: value.origin)
    }
}

/// What Python's `int(…)` and `int(float(…))` make of a text.
private enum NumberText {
    case number(Int)
    case tooLarge
    /// Python may read it, but not in a way worth following: digits of other scripts, exponents, `inf`.
    case unclear
    case other

    init(_ string: String) {
        var scalars = Substring(string).unicodeScalars
        while let first = scalars.first, first.isPythonSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isPythonSpace { scalars.removeLast() }
        if scalars.contains(where: { !$0.isASCII }) {
            self =
                scalars.contains { !$0.isASCII && $0.properties.numericType == .decimal } ? .unclear : .other
            return
        }
        var bytes = Array(Substring(scalars).utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if let first = bytes.first, isNegative || first == UInt8(ascii: "+") { bytes.removeFirst() }
        let digits = bytes.prefix(while: \.isDigit)
        if !digits.isEmpty, digits.count == bytes.count {
            let text = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
            self = Int(text).map { .number($0) } ?? .tooLarge
            return
        }
        guard NumberText.isFloat(bytes) else {
            self = .other
            return
        }
        // `42.23` is 42; beyond fifteen digits a float rounds, and may round up.
        let fraction = bytes.dropFirst(digits.count)
        guard !digits.isEmpty, fraction.first == UInt8(ascii: "."), bytes.count <= 16,
            fraction.dropFirst().allSatisfy(\.isDigit),
            let whole = Int(String(decoding: digits, as: UTF8.self))
        else {
            self = .unclear
            return
        }
        self = .number(isNegative ? -whole : whole)
    }

    /// Whether Python reads the bytes behind a sign as a float or as an integer with underscores.
    private static func isFloat(_ bytes: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: bytes, as: UTF8.self).lowercased()
        if ["inf", "infinity", "nan"].contains(word) { return true }
        var rest = bytes
        func skipDigits() -> Bool {
            guard let first = rest.first, first.isDigit else { return false }
            while let next = rest.first, next.isDigit || next == UInt8(ascii: "_") { rest.removeFirst() }
            return true
        }
        let hasWhole = skipDigits()
        var hasFraction = false
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            hasFraction = skipDigits()
        }
        guard hasWhole || hasFraction else { return false }
        if let next = rest.first, next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                rest.removeFirst()
            }
            guard skipDigits() else { return false }
        }
        return rest.isEmpty
    }
}
