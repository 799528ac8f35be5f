extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// A letter, digit or underscore of ASCII.
    ///
    /// Names outside ASCII are refused: Python normalises them.
    var isNameByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }
}

extension [UInt8] {
    /// How many bytes the scalar at an offset takes.
    func scalarLength(at offset: Int) -> Int {
        switch self[offset] {
        case ..<0x80: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }

    /// The first offset from here on that holds no white space in Python's sense.
    func startSkippingSpace(_ start: Int) -> Int {
        var index = start
        while index < count {
            let byte = self[index]
            if byte < 0x80 {
                guard Unicode.Scalar(byte).isPythonSpace else { return index }
                index += 1
            } else {
                let length = Swift.min(scalarLength(at: index), count - index)
                guard
                    let scalar = String(decoding: self[index..<index + length], as: UTF8.self).unicodeScalars
                        .first, scalar.isPythonSpace
                else { return index }
                index += length
            }
        }
        return index
    }

    /// The end of a range without the white space at its end; with `keepingLineBreaks`, without that on
    /// its last line.
    func endTrimmingSpace(_ range: Range<Int>, keepingLineBreaks: Bool = false) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            var start = end - 1
            while start > range.lowerBound, self[start] & 0xC0 == 0x80 { start -= 1 }
            let byte = self[start]
            if keepingLineBreaks, byte == UInt8(ascii: "\n") { return end }
            let isSpace =
                byte < 0x80
                ? Unicode.Scalar(byte).isPythonSpace
                : String(decoding: self[start..<end], as: UTF8.self).unicodeScalars.first?.isPythonSpace
                    ?? false
            guard isSpace else { return end }
            end = start
        }
        return end
    }
}

/// The operators by their bytes.
enum OperatorTable {
    private static let singles: [Token.Kind?] = {
        var table = [Token.Kind?](repeating: nil, count: 128)
        for (text, kind) in Token.Kind.operators where text.utf8.count == 1 {
            for byte in text.utf8 { table[Int(byte)] = kind }
        }
        return table
    }()

    static func single(_ byte: UInt8) -> Token.Kind? { byte < 128 ? singles[Int(byte)] : nil }

    static func pair(_ first: UInt8, _ second: UInt8) -> Token.Kind? {
        switch (first, second) {
        case (UInt8(ascii: "/"), UInt8(ascii: "/")): .floorDivide
        case (UInt8(ascii: "*"), UInt8(ascii: "*")): .power
        case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
        default: nil
        }
    }
}

extension Token.Kind {
    /// The bracket that closes this one.
    var closing: Token.Kind? {
        switch self {
        case .leftParenthesis: .rightParenthesis
        case .leftBracket: .rightBracket
        case .leftBrace: .rightBrace
        default: nil
        }
    }
}
