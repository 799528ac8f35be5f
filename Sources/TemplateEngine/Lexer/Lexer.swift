/// Cuts a template into tokens exactly as Jinja2's lexer does with `trim_blocks`, `lstrip_blocks` and
/// `keep_trailing_newline` on.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var tokens: [Token] = []
    /// Whether the text from `position` on begins a line, so that a tag there may take its indent away.
    private var isAtLineStart = true

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The tokens of a text whose line breaks are already `\n`.
    static func tokens(of bytes: [UInt8]) throws(SourceFault) -> [Token] {
        var lexer = Lexer(bytes)
        lexer.tokens.reserveCapacity(bytes.count / 6 + 8)
        while lexer.position < bytes.count { try lexer.lexText() }
        lexer.append(.end, bytes.count, bytes.count)
        return lexer.tokens
    }

    /// CRLF and a lone CR become LF before anything else looks at the text, as in Jinja2.
    static func normalizingLineBreaks(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\r")) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\r") {
                result.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }

    mutating func append(_ kind: Token.Kind, _ start: Int, _ end: Int) {
        tokens.append(Token(kind: kind, span: Span(start, end)))
    }

    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    func has(_ text: StaticString, at offset: Int) -> Bool {
        var index = offset
        for scalar in text.description.utf8 {
            guard index < bytes.count, bytes[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    // MARK: Text between tags

    /// Text up to the next tag, then the tag.
    private mutating func lexText() throws(SourceFault) {
        let start = position
        var tag = start
        while tag < bytes.count {
            if bytes[tag] == UInt8(ascii: "{"),
                [UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "{")].contains(byte(tag + 1))
            {
                break
            }
            tag += 1
        }
        guard tag < bytes.count else {
            append(.data, start, bytes.count)
            position = bytes.count
            return
        }
        let kind = byte(tag + 1)
        let sign = byte(tag + 2)
        let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        appendData(start, tag, sign: sign, isVariable: kind == UInt8(ascii: "{"))
        position = tag + (hasSign ? 3 : 2)
        isAtLineStart = false
        switch kind {
        case UInt8(ascii: "#"): try skipComment(from: tag)
        case UInt8(ascii: "%"):
            if let contents = rawContents(after: position) {
                try lexRaw(from: tag, contents: contents)
            } else {
                append(.blockBegin, tag, position)
                try lexTag(from: tag, isBlock: true)
            }
        default:
            append(.variableBegin, tag, position)
            try lexTag(from: tag, isBlock: false)
        }
    }

    /// Text before a tag, less what the tag takes away: everything blank for `-`; for a block or comment
    /// that stands first on its line the indent, unless `+` says to keep it.
    mutating func appendData(_ start: Int, _ end: Int, sign: UInt8, isVariable: Bool) {
        var kept = end
        if sign == UInt8(ascii: "-") {
            kept = bytes.endTrimmingSpace(start..<end)
        } else if sign != UInt8(ascii: "+"), !isVariable {
            let trimmed = bytes.endTrimmingSpace(start..<end, keepingLineBreaks: true)
            let lineStart = bytes[start..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
            if lineStart > start || isAtLineStart, trimmed <= lineStart { kept = lineStart }
        }
        if kept > start { append(.data, start, kept) }
    }

    private mutating func skipComment(from tag: Int) throws(SourceFault) {
        var index = position
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "#"), byte(index + 1) == UInt8(ascii: "}") {
                let sign = index > position ? bytes[index - 1] : 0
                position = index + 2
                skipAfterTag(sign: sign, trimsLineBreak: true)
                return
            }
            index += 1
        }
        throw SourceFault(.unclosed("the comment `{#`"), Span(tag, tag + 2))
    }

    /// What follows a tag's end: `-` eats white space, `+` nothing, otherwise one line break goes.
    mutating func skipAfterTag(sign: UInt8, trimsLineBreak: Bool) {
        let start = position
        if sign == UInt8(ascii: "-") {
            position = bytes.startSkippingSpace(position)
        } else if sign != UInt8(ascii: "+"), trimsLineBreak, byte(position) == UInt8(ascii: "\n") {
            position += 1
        }
        isAtLineStart = position > start && bytes[position - 1] == UInt8(ascii: "\n")
    }
}
