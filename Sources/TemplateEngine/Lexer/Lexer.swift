/// Cuts a template into tokens exactly as Jinja2's lexer does with `trim_blocks`, `lstrip_blocks` and
/// `keep_trailing_newline` on.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0
    private var tokens: [Token] = []
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

    private mutating func append(_ kind: Token.Kind, _ start: Int, _ end: Int) {
        tokens.append(Token(kind: kind, span: Span(start, end)))
    }

    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private func has(_ text: StaticString, at offset: Int) -> Bool {
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
    private mutating func appendData(_ start: Int, _ end: Int, sign: UInt8, isVariable: Bool) {
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
    private mutating func skipAfterTag(sign: UInt8, trimsLineBreak: Bool) {
        let start = position
        if sign == UInt8(ascii: "-") {
            position = bytes.startSkippingSpace(position)
        } else if sign != UInt8(ascii: "+"), trimsLineBreak, byte(position) == UInt8(ascii: "\n") {
            position += 1
        }
        isAtLineStart = position > start && bytes[position - 1] == UInt8(ascii: "\n")
    }

    // MARK: Raw

    /// The offset behind `raw %}` if that is what stands here.
    private func rawContents(after offset: Int) -> (start: Int, sign: UInt8)? {
        var index = bytes.startSkippingSpace(offset)
        guard has("raw", at: index) else { return nil }
        index = bytes.startSkippingSpace(index + 3)
        if has("%}", at: index) { return (index + 2, 0) }
        if has("-%}", at: index) { return (index + 3, UInt8(ascii: "-")) }
        return nil
    }

    private mutating func lexRaw(
        from tag: Int, contents: (start: Int, sign: UInt8)
    ) throws(SourceFault) {
        position = contents.start
        // The opening tag keeps its line break: Jinja2's trim_blocks does not look at it.
        skipAfterTag(sign: contents.sign, trimsLineBreak: false)
        let start = position
        var index = start
        while index < bytes.count {
            guard has("{%", at: index) else {
                index += 1
                continue
            }
            let sign = byte(index + 2)
            let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
            var after = bytes.startSkippingSpace(index + (hasSign ? 3 : 2))
            guard has("endraw", at: after) else {
                index += 1
                continue
            }
            after = bytes.startSkippingSpace(after + 6)
            let endSign = byte(after)
            let hasEndSign = endSign == UInt8(ascii: "-") || endSign == UInt8(ascii: "+")
            if hasEndSign { after += 1 }
            guard has("%}", at: after) else {
                index += 1
                continue
            }
            appendData(start, index, sign: sign, isVariable: false)
            position = after + 2
            skipAfterTag(sign: hasEndSign ? endSign : 0, trimsLineBreak: true)
            return
        }
        throw SourceFault(.unclosed("`{% raw %}`"), Span(tag, contents.start))
    }

    // MARK: Inside a tag

    private mutating func lexTag(from tag: Int, isBlock: Bool) throws(SourceFault) {
        let ending = UInt8(ascii: isBlock ? "%" : "}")
        var open: [(kind: Token.Kind, start: Int)] = []
        while position < bytes.count {
            let start = position
            let current = bytes[start]
            // The end of a tag counts only where all brackets are closed: `{{ {'a': {}} }}`.
            if open.isEmpty {
                let isSigned = current == UInt8(ascii: "-") || (isBlock && current == UInt8(ascii: "+"))
                let at = isSigned ? start + 1 : start
                if byte(at) == ending, byte(at + 1) == UInt8(ascii: "}") {
                    position = at + 2
                    append(isBlock ? .blockEnd : .variableEnd, start, position)
                    skipAfterTag(sign: isSigned ? current : 0, trimsLineBreak: isBlock)
                    return
                }
            }
            let afterSpace = bytes.startSkippingSpace(start)
            if afterSpace > start {
                position = afterSpace
                continue
            }
            switch current {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): try lexNumber()
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"):
                lexName()
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try lexString()
            default: try lexOperator(&open)
            }
        }
        if let bracket = open.last {
            throw SourceFault(
                .unclosed("the bracket \(bracket.kind.words)"), Span(bracket.start, bracket.start + 1))
        }
        throw SourceFault(.unclosed(isBlock ? "the tag `{%`" : "the tag `{{`"), Span(tag, tag + 2))
    }

    private mutating func lexName() {
        let start = position
        while position < bytes.count, bytes[position].isNameByte { position += 1 }
        append(.name, start, position)
    }

    private mutating func lexNumber() throws(SourceFault) {
        let start = position
        let followsDot = tokens.last.map { $0.kind == .dot && Int($0.span.end) == start } ?? false
        while position < bytes.count, bytes[position].isDigit { position += 1 }
        let next = byte(position)
        if !followsDot, next == UInt8(ascii: "."), byte(position + 1).isDigit {
            throw SourceFault(.unsupported(.syntax("a number with a fraction")), Span(start, position + 2))
        }
        // `1e5`, `0x1f`, `1_000`: Jinja2 reads them, nobody writes them in router templates.
        if next.isNameByte || next >= 0x80 {
            throw SourceFault(
                .unsupported(.syntax("a number in any form but decimal digits")), Span(start, position + 1))
        }
        if bytes[start] == UInt8(ascii: "0"),
            bytes[start..<position].contains(where: { $0 != UInt8(ascii: "0") })
        {
            throw SourceFault(.unsupported(.syntax("a number with leading zeros")), Span(start, position))
        }
        append(.integer, start, position)
    }

    private mutating func lexString() throws(SourceFault) {
        let start = position
        let quote = bytes[start]
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == quote {
                position = index + 1
                append(.string, start, position)
                return
            }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        throw SourceFault(.unclosed("the string"), Span(start, start + 1))
    }

    private mutating func lexOperator(
        _ open: inout [(kind: Token.Kind, start: Int)]
    ) throws(SourceFault) {
        let start = position
        let two = start + 1 < bytes.count ? OperatorTable.pair(bytes[start], bytes[start + 1]) : nil
        guard let kind = two ?? OperatorTable.single(bytes[start]) else {
            let range = start..<min(bytes.count, start + bytes.scalarLength(at: start))
            if let scalar = bytes.string(range).unicodeScalars.first, scalar.properties.isAlphabetic {
                throw SourceFault(.unsupported(.syntax("a name outside ASCII")), Span(start, range.upperBound))
            }
            throw SourceFault(
                .unexpected(found: "`\(bytes.string(range))`", expected: "an expression"),
                Span(start, range.upperBound))
        }
        position += two == nil ? 1 : 2
        switch kind {
        case .leftParenthesis, .leftBracket, .leftBrace: open.append((kind, start))
        case .rightParenthesis, .rightBracket, .rightBrace:
            guard let bracket = open.popLast(), bracket.kind.closing == kind else {
                throw SourceFault(
                    .unexpected(found: kind.words, expected: "an expression"), Span(start, position))
            }
        default: break
        }
        append(kind, start, position)
    }
}
