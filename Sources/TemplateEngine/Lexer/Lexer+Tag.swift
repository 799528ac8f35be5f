/// What stands between the braces of a tag.
extension Lexer {
    mutating func lexTag(from tag: Int, isBlock: Bool) throws(SourceFault) {
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
                throw SourceFault(
                    .unsupported(.syntax("a name outside ASCII")), Span(start, range.upperBound))
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
