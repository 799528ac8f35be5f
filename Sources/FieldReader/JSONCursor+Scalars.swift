extension JSONCursor {
    /// At an opening quote: reads the string, its escape sequences replaced, in place of what was there.
    mutating func readString(into text: inout [UInt8]) throws(ReadProblem) {
        let start = mark
        text.removeAll(keepingCapacity: true)
        advance()
        while true {
            guard text.count <= longestString else { throw problem(.tooLarge, at: start) }
            guard let byte = try peek() else { throw problem(.truncated) }
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0x20..<0x80:
                text.append(byte)
                advance()
            case 0..<0x20: throw problem(.forbiddenCharacter)
            default: try readMultibyte(into: &text)
            }
        }
    }

    /// Reads a number as JSON wants it written, its source text unchanged.
    mutating func readNumber(into text: inout [UInt8]) throws(ReadProblem) {
        let start = mark
        text.removeAll(keepingCapacity: true)
        if try skip(UInt8(ascii: "-")) { text.append(UInt8(ascii: "-")) }
        let isZero = try peek() == UInt8(ascii: "0")
        let whole = try readDigits(into: &text, from: start)
        guard !isZero || whole == 1 else { throw problem(.malformedJSON(.number), at: start) }
        if try skip(UInt8(ascii: ".")) {
            text.append(UInt8(ascii: "."))
            _ = try readDigits(into: &text, from: start)
        }
        if let byte = try peek(), byte | 0x20 == UInt8(ascii: "e") {
            text.append(byte)
            advance()
            if let sign = try peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                text.append(sign)
                advance()
            }
            _ = try readDigits(into: &text, from: start)
        }
    }

    /// Reads `true`, `false` or `null`.
    mutating func readLiteral(into text: inout [UInt8]) throws(ReadProblem) {
        let start = mark
        text.removeAll(keepingCapacity: true)
        // One letter more than the longest word, so that a longer one is noticed and never kept whole.
        while let byte = try peek(), text.count < 6, (0x61...0x7A).contains(byte | 0x20) {
            text.append(byte)
            advance()
        }
        let words: [StaticString] = ["true", "false", "null"]
        let isWord = words.contains { String(decoding: text, as: UTF8.self) == "\($0)" }
        if isWord { return }
        let isCut = try peek() == nil && words.contains { "\($0)".utf8.starts(with: text) }
        throw isCut ? problem(.truncated) : problem(.malformedJSON(.literal), at: start)
    }

    /// Reads digits, at least one, and says how many.
    private mutating func readDigits(into text: inout [UInt8], from start: Mark) throws(ReadProblem) -> Int {
        let before = text.count
        while let byte = try peek(), (0x30...0x39).contains(byte) {
            // A number of that length is no number of anything; the limit keeps memory bounded.
            guard text.count < 4096 else { throw problem(.tooLarge, at: start) }
            text.append(byte)
            advance()
        }
        guard text.count > before else {
            throw try peek() == nil ? problem(.truncated) : problem(.malformedJSON(.number), at: start)
        }
        return text.count - before
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(ReadProblem) {
        let start = mark
        advance()
        guard let byte = try peek() else { throw problem(.truncated) }
        advance()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): try readUnicodeEscape(into: &text, from: start)
        default: throw problem(.malformedJSON(.escape), at: start)
        }
    }

    private mutating func readUnicodeEscape(into text: inout [UInt8], from start: Mark) throws(ReadProblem) {
        var value = try readHexUnit(from: start)
        if (0xD800...0xDBFF).contains(value) {
            for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
                guard let byte = try peek() else { throw problem(.truncated) }
                guard byte == expected else { throw problem(.loneSurrogate, at: start) }
                advance()
            }
            let low = try readHexUnit(from: start)
            guard (0xDC00...0xDFFF).contains(low) else { throw problem(.loneSurrogate, at: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard value != 0 else { throw problem(.forbiddenCharacter, at: start) }
        guard let scalar = Unicode.Scalar(value) else { throw problem(.loneSurrogate, at: start) }
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func readHexUnit(from start: Mark) throws(ReadProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try peek() else { throw problem(.truncated) }
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
            default: throw problem(.malformedJSON(.escape), at: start)
            }
            advance()
        }
        return value
    }

    /// Reads one character of two to four bytes: the shortest form of a Unicode scalar (RFC 3629).
    private mutating func readMultibyte(into text: inout [UInt8]) throws(ReadProblem) {
        let start = mark
        guard let lead = try peek() else { throw problem(.truncated) }
        // The range of the second byte is what keeps out overlong forms, surrogates and values too large.
        let (count, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        case 0xED: (count, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: throw problem(.invalidEncoding, at: start)
        }
        text.append(lead)
        advance()
        for offset in 1..<count {
            guard let byte = try peek() else { throw problem(.truncated) }
            let allowed = offset == 1 ? second : 0x80...0xBF
            guard allowed.contains(byte) else {
                let isSurrogate = lead == 0xED && offset == 1 && (0xA0...0xBF).contains(byte)
                throw problem(isSurrogate ? .loneSurrogate : .invalidEncoding, at: start)
            }
            text.append(byte)
            advance()
            countContinuation()
        }
    }
}
