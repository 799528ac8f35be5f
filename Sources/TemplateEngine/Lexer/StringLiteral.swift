/// Reads what stands between the quotes of a string literal, with Python's escapes.
///
/// Jinja2 sends literals through Python's `unicode-escape`. Escapes that nobody needs here, and those that
/// Python itself frowns upon (unknown letters keep their backslash), are refused.
func decodeStringLiteral(_ bytes: [UInt8], at span: Span) throws(SourceFault) -> String {
    let range = Int(span.start) + 1..<Int(span.end) - 1
    guard bytes[range].contains(UInt8(ascii: "\\")) else { return bytes.string(range) }
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
        guard bytes[index] == UInt8(ascii: "\\") else {
            result.append(bytes[index])
            index += 1
            continue
        }
        let escape = index
        let letter = bytes[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(letter)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[index..<min(index + count, range.upperBound)]
            guard digits.count == count,
                let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-"),
                let scalar = Unicode.Scalar(code)
            else {
                throw SourceFault(
                    .unsupported(.syntax("this escape: it names no character")), Span(escape, index))
            }
            result.append(contentsOf: Character(scalar).utf8)
            index += count
        default:
            throw SourceFault(.unsupported(.syntax("this escape in a string")), Span(escape, index))
        }
    }
    return String(decoding: result, as: UTF8.self)
}
