extension Parser {
    /// An expression, or several with commas between them: a tuple.
    mutating func parseTuple(
        allowsConditional: Bool, stoppingAt keyword: String? = nil
    ) throws(SourceFault) -> Expression {
        let first = try parseExpression(allowsConditional: allowsConditional)
        guard kind == .comma else { return first }
        var items = [first]
        while skip(.comma) {
            if [.variableEnd, .blockEnd, .rightParenthesis].contains(kind) { break }
            if let keyword, isKeyword(keyword) { break }
            items.append(try parseExpression(allowsConditional: allowsConditional))
        }
        return try node(.tuple(items), first.span.to(tokens[index - 1].span), over: items)
    }

    /// `a if b else c` and everything that binds tighter.
    mutating func parseExpression(allowsConditional: Bool = true) throws(SourceFault) -> Expression {
        try nested { parser throws(SourceFault) in
            var expression = try parser.parseOr()
            while allowsConditional, parser.skipKeyword("if") {
                let test = try parser.parseOr()
                let otherwise = parser.skipKeyword("else") ? try parser.parseExpression() : nil
                expression = try parser.node(
                    .conditional(test: test, then: expression, otherwise: otherwise),
                    expression.span.to(parser.tokens[parser.index - 1].span),
                    over: [test, expression] + (otherwise.map { [$0] } ?? []))
            }
            return expression
        }
    }

    private mutating func parseOr() throws(SourceFault) -> Expression {
        var left = try parseAnd()
        while skipKeyword("or") {
            let right = try parseAnd()
            left = try node(.or(left, right), left.span.to(right.span), over: [left, right])
        }
        return left
    }

    private mutating func parseAnd() throws(SourceFault) -> Expression {
        var left = try parseNot()
        while skipKeyword("and") {
            let right = try parseNot()
            left = try node(.and(left, right), left.span.to(right.span), over: [left, right])
        }
        return left
    }

    private mutating func parseNot() throws(SourceFault) -> Expression {
        let start = current.span
        var count = 0
        while skipKeyword("not") { count += 1 }
        var expression = try parseComparison()
        for _ in 0..<count {
            expression = try node(.not(expression), start.to(expression.span), over: [expression])
        }
        return expression
    }

    private mutating func parseComparison() throws(SourceFault) -> Expression {
        let left = try parseSum()
        var rest: [(CompareOperator, Expression)] = []
        while let comparison = skipComparison() { rest.append((comparison, try parseSum())) }
        guard let last = rest.last else { return left }
        return try node(
            .compare(left, rest), left.span.to(last.1.span), over: [left] + rest.map(\.1))
    }

    private mutating func skipComparison() -> CompareOperator? {
        let found: CompareOperator
        switch kind {
        case .equal: found = .equal
        case .notEqual: found = .notEqual
        case .less: found = .less
        case .lessOrEqual: found = .lessOrEqual
        case .greater: found = .greater
        case .greaterOrEqual: found = .greaterOrEqual
        case .name where isKeyword("in"): found = .in
        case .name where isKeyword("not") && isKeyword("in", at: 1):
            _ = advance()
            found = .notIn
        default: return nil
        }
        _ = advance()
        return found
    }

    private mutating func parseSum() throws(SourceFault) -> Expression {
        var left = try parseConcatenation()
        while kind == .plus || kind == .minus {
            let isSum = advance().kind == .plus
            let right = try parseConcatenation()
            left = try node(
                .binary(isSum ? .add : .subtract, left, right), left.span.to(right.span), over: [left, right])
        }
        return left
    }

    /// `~` binds tighter than `+` and looser than `*`.
    private mutating func parseConcatenation() throws(SourceFault) -> Expression {
        let first = try parseProduct()
        guard kind == .tilde else { return first }
        var parts = [first]
        while skip(.tilde) { parts.append(try parseProduct()) }
        return try node(.concat(parts), first.span.to(tokens[index - 1].span), over: parts)
    }

    private mutating func parseProduct() throws(SourceFault) -> Expression {
        var left = try parseUnary()
        while true {
            let found: BinaryOperator
            switch kind {
            case .times: found = .multiply
            case .floorDivide: found = .floorDivide
            case .modulo: found = .modulo
            case .divide: throw unsupported(.syntax("`/`, which makes fractions"), current.span)
            case .power: throw unsupported(.syntax("`**`"), current.span)
            default: return left
            }
            _ = advance()
            let right = try parseUnary()
            left = try node(.binary(found, left, right), left.span.to(right.span), over: [left, right])
        }
    }

    /// Signs bind tighter than filters and looser than members: `-a.b|abs` is `(-(a.b))|abs`.
    private mutating func parseUnary(withFilters: Bool = true) throws(SourceFault) -> Expression {
        let start = current.span
        var expression: Expression
        if kind == .minus || kind == .plus {
            let isNegation = advance().kind == .minus
            let operand = try nested { parser throws(SourceFault) in
                try parser.parseUnary(withFilters: false)
            }
            expression = try node(
                isNegation ? .negate(operand) : .plus(operand), start.to(operand.span), over: [operand])
        } else {
            expression = try parsePrimary()
        }
        expression = try parsePostfix(expression)
        return withFilters ? try parseFilters(expression) : expression
    }

    mutating func parsePrimary() throws(SourceFault) -> Expression {
        let token = current
        switch kind {
        case .name:
            let name = Name(text: text(of: token), span: token.span)
            try checkName(name)
            _ = advance()
            switch name.text {
            case "true", "True": return Expression(.bool(true), token.span)
            case "false", "False": return Expression(.bool(false), token.span)
            case "none", "None": return Expression(.none, token.span)
            default: return Expression(.name(name.text), token.span)
            }
        case .string:
            var string = ""
            var last = token.span
            // Neighbouring literals are one string, as in Python.
            while kind == .string {
                last = advance().span
                string += try decodeStringLiteral(bytes, at: last)
            }
            return Expression(.string(string), token.span.to(last))
        case .integer:
            guard let number = Int(text(of: advance())) else { throw SourceFault(.overflow, token.span) }
            return Expression(.int(number), token.span)
        case .leftParenthesis: return try parseParentheses()
        case .leftBracket: return try parseList()
        case .leftBrace: return try parseDict()
        default: throw unexpected("an expression")
        }
    }

    private mutating func parseParentheses() throws(SourceFault) -> Expression {
        let open = advance()
        if kind == .rightParenthesis { return Expression(.tuple([]), open.span.to(advance().span)) }
        let inner = try parseTuple(allowsConditional: true)
        let close = try expect(.rightParenthesis, "`)` or an operator")
        return Expression(inner.kind, open.span.to(close.span), focus: inner.focus, depth: inner.depth)
    }

    private mutating func parseList() throws(SourceFault) -> Expression {
        let open = advance()
        var items: [Expression] = []
        while kind != .rightBracket {
            if !items.isEmpty { _ = try expect(.comma, "`,` or `]`") }
            if kind == .rightBracket { break }
            items.append(try parseExpression())
        }
        return try node(.list(items), open.span.to(advance().span), over: items)
    }

    private mutating func parseDict() throws(SourceFault) -> Expression {
        let open = advance()
        var pairs: [(key: String, value: Expression)] = []
        while kind != .rightBrace {
            if !pairs.isEmpty { _ = try expect(.comma, "`,` or `}`") }
            if kind == .rightBrace { break }
            let key = try parseExpression()
            guard case .string(let string) = key.kind else {
                throw unsupported(.syntax("a key of a dict that is not a literal string"), key.span)
            }
            _ = try expect(.colon, "`:`")
            pairs.append((string, try parseExpression()))
        }
        return try node(.dict(pairs), open.span.to(advance().span), over: pairs.map(\.value))
    }
}
