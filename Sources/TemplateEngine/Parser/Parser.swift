/// Turns tokens into statements: Jinja2's grammar, less what the subset leaves out.
struct Parser {
    let bytes: [UInt8]
    let tokens: [Token]
    let limits: Limits
    var index = 0
    /// Blocks and brackets that are open; the parser recurses for each.
    var depth = 0

    /// The statements of a whole template.
    static func parse(_ source: SourceText, limits: Limits) throws(SourceFault) -> [Statement] {
        var parser = Parser(
            bytes: source.bytes, tokens: try Lexer.tokens(of: source.bytes), limits: limits)
        return try parser.parseBody(until: [], of: nil).body
    }

    // MARK: Tokens

    var current: Token { tokens[index] }
    var kind: Token.Kind { tokens[index].kind }

    func token(after distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    mutating func advance() -> Token {
        let token = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    func text(of token: Token) -> String { bytes.string(token.span.range) }

    /// Whether a token is the given keyword.
    func isKeyword(_ word: String, at distance: Int = 0) -> Bool {
        let token = token(after: distance)
        return token.kind == .name && text(of: token) == word
    }

    mutating func skip(_ kind: Token.Kind) -> Bool {
        guard self.kind == kind else { return false }
        _ = advance()
        return true
    }

    mutating func skipKeyword(_ word: String) -> Bool {
        guard isKeyword(word) else { return false }
        _ = advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind, _ expected: String? = nil) throws(SourceFault) -> Token {
        guard self.kind == kind else { throw unexpected(expected ?? kind.words) }
        return advance()
    }

    mutating func expectKeyword(_ word: String) throws(SourceFault) {
        guard skipKeyword(word) else { throw unexpected("`\(word)`") }
    }

    mutating func expectName(_ expected: String) throws(SourceFault) -> Name {
        let token = try expect(.name, expected)
        return Name(text: text(of: token), span: token.span)
    }

    /// The fault that the current token is not what can stand here.
    func unexpected(_ expected: String) -> SourceFault {
        let found =
            switch kind {
            case .name, .string, .integer: "`\(text(of: current))`"
            default: kind.words
            }
        return SourceFault(.unexpected(found: found, expected: expected), current.span)
    }

    func unsupported(_ construct: TemplateError.Construct, _ span: Span) -> SourceFault {
        SourceFault(.unsupported(construct), span)
    }

    /// Runs a step one level deeper.
    mutating func nested<Result>(
        _ step: (inout Parser) throws(SourceFault) -> Result
    ) throws(SourceFault) -> Result {
        depth += 1
        guard depth <= limits.nesting else {
            throw SourceFault(.limit(.nesting(limits.nesting)), current.span)
        }
        defer { depth -= 1 }
        return try step(&self)
    }

    /// An expression made of others, if they are not too many inside one another.
    func node(
        _ kind: Expression.Kind, _ span: Span, focus: Span? = nil, over parts: [Expression]
    ) throws(SourceFault) -> Expression {
        let depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard depth <= limits.nesting * 2 else {
            throw SourceFault(.limit(.nesting(limits.nesting * 2)), focus ?? span)
        }
        return Expression(kind, span, focus: focus, depth: depth)
    }
}
