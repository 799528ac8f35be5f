/// Goes through a TOML text once, knowing no more of it than strings, comments, dots and brackets.
struct TOMLScan {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var dots = 0
    /// The last byte that was no blank.
    private var last: UInt8 = 0x0A
    /// The closing brackets that are due, the innermost last.
    private var due: [UInt8] = []

    /// What keeps the text from being given to the parser.
    static func problem(in text: String) -> TOMLText.Problem? {
        guard text.utf8.count <= TOMLText.limit else {
            return TOMLText.Problem(reason: "it is larger than \(TOMLText.limit >> 20) MiB", line: 1, column: 1)
        }
        var scan = TOMLScan(bytes: Array(text.utf8))
        return scan.run()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() -> TOMLText.Problem? {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0: return problem("it holds a zero byte")
            case 0xEF where starts(with: [0xEF, 0xBF, 0xBD]): return problem("it is not UTF-8")
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if let problem = skipString(byte) { return problem }
            case UInt8(ascii: "."):
                dots += 1
                if dots >= TOMLText.depth { return problem("a key has more than \(TOMLText.depth) steps") }
                position += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                // In ASCII each closing bracket comes two after its opening one.
                due.append(byte + 2)
                if due.count > TOMLText.depth {
                    return problem("values are nested more than \(TOMLText.depth) levels deep")
                }
                if due.count == 1, last != UInt8(ascii: "="), !isHeader() {
                    return problem("a table's name must begin with a letter, a digit, _ or -, or stand in quotes")
                }
                dots = 0
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard due.popLast() == byte else {
                    return problem("no bracket is open that this one closes")
                }
                dots = 0
                position += 1
            case UInt8(ascii: "="), UInt8(ascii: ","):
                dots = 0
                position += 1
            case 0x80... where !(position == 0 && starts(with: [0xEF, 0xBB, 0xBF])):
                return problem("only texts in quotes and comments may hold a character that is not ASCII")
            case 0x80...: position += 3
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if isHalfTime() || isNearlyDay() { return problem("after a day stands no time of day") }
                position += 1
            default: step()
            }
            if byte != 0x20, byte != 0x09 { last = byte }
        }
        return nil
    }

    /// Whether a name follows the one or two brackets here, or nothing at all.
    private func isHeader() -> Bool {
        let rest = bytes[position...].dropFirst(starts(with: Array("[[".utf8)) ? 2 : 1)
        guard let first = rest.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return true }
        return switch first {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-\"'".utf8.contains(first)
        }
    }

    /// Whether a day stands here, and after it the beginning of a time that does not go on as one.
    private func isHalfTime() -> Bool {
        let text = bytes[position...].prefix(14)
        let isDigit = text.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let hyphen = UInt8(ascii: "-")
        guard text.count > 10, text[position + 4] == hyphen, text[position + 7] == hyphen,
            [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ isDigit[$0] })
        else { return false }
        let separator = text[position + 10]
        guard separator | 0x20 == UInt8(ascii: "t") || separator == 0x20 && text.count > 11 && isDigit[11]
        else { return false }
        return !(text.count == 14 && isDigit[11] && isDigit[12] && text[position + 13] == UInt8(ascii: ":"))
    }

    /// Whether the parser would take a word of ten for a day that is none, and the digit after a blank for its time.
    ///
    /// It counts letters as well, and leaves out each `_`.
    private func isNearlyDay() -> Bool {
        // A value begins behind one of these, and may not be looked at again for each of its digits.
        guard position > 0, " \t\n=,[".utf8.contains(bytes[position - 1]) else { return false }
        let rest = bytes[position...].prefix(128)
        let word = rest.prefix { !" \t\n\r]},#".utf8.contains($0) }
        let letters = word.filter { $0 != UInt8(ascii: "_") }
        let hyphen = UInt8(ascii: "-")
        guard letters.count == 10, letters[4] == hyphen, letters[7] == hyphen else { return false }
        let after = Array(rest.dropFirst(word.count).prefix(2))
        guard after.count == 2, after[0] == 0x20, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(after[1])
        else { return false }
        return word.count != 10
            || ![0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letters[$0]) }
    }

    private func starts(with text: [UInt8]) -> Bool { bytes[position...].starts(with: text) }

    private func problem(_ reason: String) -> TOMLText.Problem {
        TOMLText.Problem(reason: reason, line: line, column: position - lineStart + 1)
    }

    /// Goes past a byte that means nothing here, or ends the line.
    private mutating func step() {
        if bytes[position] == 0x0A {
            line += 1
            lineStart = position + 1
            dots = 0
        }
        position += 1
    }

    /// Stops at what no comment may hold either, and at the end of the line.
    private mutating func skipComment() {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0 {
            if bytes[position] == 0xEF, starts(with: [0xEF, 0xBF, 0xBD]) { return }
            position += 1
        }
    }

    /// Goes past a string; one that lacks its end is left to the parser to tell.
    private mutating func skipString(_ quote: UInt8) -> TOMLText.Problem? {
        let isLong = starts(with: [quote, quote, quote])
        let hasEscapes = quote == UInt8(ascii: "\"")
        position += isLong ? 3 : 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0 { return problem("it holds a zero byte") }
            if byte == 0xEF, starts(with: [0xEF, 0xBF, 0xBD]) { return problem("it is not UTF-8") }
            if byte == 0x0A, !isLong { return nil }
            if byte == UInt8(ascii: "\\"), hasEscapes {
                if starts(with: Array("\\u0000".utf8)) || starts(with: Array("\\U00000000".utf8)) {
                    return problem("it holds a zero byte")
                }
                position += 1
                if position < bytes.count, bytes[position] != 0 { step() }
            } else if byte == quote, !isLong || starts(with: [quote, quote, quote]) {
                position += isLong ? 3 : 1
                // A long string may end with one or two quotes of its own.
                while isLong, position < bytes.count, bytes[position] == quote { position += 1 }
                return nil
            } else {
                step()
            }
        }
        return nil
    }
}
