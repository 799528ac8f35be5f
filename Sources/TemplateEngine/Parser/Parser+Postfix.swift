extension Parser {
    /// Members, elements and calls.
    mutating func parsePostfix(_ start: Expression) throws(SourceFault) -> Expression {
        var expression = start
        while true {
            switch kind {
            case .dot: expression = try parseMember(of: expression)
            case .leftBracket: expression = try parseElement(of: expression)
            case .leftParenthesis: expression = try parseCall(of: expression)
            default: return expression
            }
        }
    }

    /// Filters, tests and calls of their results.
    mutating func parseFilters(_ start: Expression) throws(SourceFault) -> Expression {
        var expression = start
        while true {
            if kind == .pipe {
                _ = advance()
                let name = try parseDottedName("the name of a filter")
                let arguments = kind == .leftParenthesis ? try parseArguments() : Arguments()
                expression = try node(
                    .filter(expression, name: name, arguments),
                    expression.span.to(tokens[index - 1].span), focus: name.span,
                    over: [expression] + arguments.all)
            } else if isKeyword("is") {
                expression = try parseIs(expression)
            } else if kind == .leftParenthesis {
                expression = try parseCall(of: expression)
            } else {
                return expression
            }
        }
    }

    private mutating func parseDottedName(_ expected: String) throws(SourceFault) -> Name {
        var name = try expectName(expected)
        while skip(.dot) {
            let part = try expectName(expected)
            name = Name(text: name.text + "." + part.text, span: name.span.to(part.span))
        }
        return name
    }

    private mutating func parseIs(_ expression: Expression) throws(SourceFault) -> Expression {
        _ = advance()
        let isNegated = skipKeyword("not")
        let name = try parseDottedName("the name of a test")
        var arguments = Arguments()
        switch kind {
        case .leftParenthesis: arguments = try parseArguments()
        case .name where isKeyword("else") || isKeyword("or") || isKeyword("and"): break
        case .name where isKeyword("is"):
            throw SourceFault(
                .unexpected(found: "`is`", expected: "no second test on the same value"), current.span)
        case .name, .string, .integer, .leftBracket, .leftBrace:
            // `x is eq 5`: one argument without parentheses. Jinja2 would read `x is defined if …` that way,
            // too, and fail on the `if`; so does this.
            let argument = try nested { parser throws(SourceFault) in
                try parser.parsePostfix(try parser.parsePrimary())
            }
            arguments.positional = [argument]
        default: break
        }
        let test = try node(
            .test(expression, name: name, arguments), expression.span.to(tokens[index - 1].span),
            focus: name.span, over: [expression] + arguments.all)
        return isNegated ? try node(.not(test), test.span, focus: test.focus, over: [test]) : test
    }

    private mutating func parseMember(of object: Expression) throws(SourceFault) -> Expression {
        _ = advance()
        let token = current
        if kind == .integer {
            guard let number = Int(text(of: advance())) else { throw SourceFault(.overflow, token.span) }
            return try node(
                .item(object, Expression(.int(number), token.span)), object.span.to(token.span),
                focus: token.span, over: [object])
        }
        let name = try expectName("the name of an attribute")
        if name.text.hasPrefix("__") {
            throw unsupported(.syntax("an attribute of Python's own"), name.span)
        }
        return try node(
            .attribute(object, name.text), object.span.to(name.span), focus: name.span, over: [object])
    }

    private mutating func parseElement(of object: Expression) throws(SourceFault) -> Expression {
        let open = advance()
        var from: Expression?
        if kind != .colon {
            let index = try parseExpression()
            if kind == .comma { throw unsupported(.syntax("several indices"), current.span) }
            if kind != .colon {
                let close = try expect(.rightBracket, "`]` or an operator")
                return try node(
                    .item(object, index), object.span.to(close.span), focus: open.span.to(close.span),
                    over: [object, index])
            }
            from = index
        }
        _ = advance()
        let to = kind == .rightBracket || kind == .colon ? nil : try parseExpression()
        if kind == .colon { throw unsupported(.syntax("a slice with a step"), current.span) }
        if kind == .comma { throw unsupported(.syntax("several indices"), current.span) }
        let close = try expect(.rightBracket, "`]` or an operator")
        return try node(
            .slice(object, from: from, to: to), object.span.to(close.span), focus: open.span.to(close.span),
            over: [object] + [from, to].compactMap { $0 })
    }

    private mutating func parseCall(of callee: Expression) throws(SourceFault) -> Expression {
        let arguments = try parseArguments()
        return try node(
            .call(callee, arguments), callee.span.to(tokens[index - 1].span), focus: callee.focus,
            over: [callee] + arguments.all)
    }

    private mutating func parseArguments() throws(SourceFault) -> Arguments {
        _ = try expect(.leftParenthesis)
        var arguments = Arguments()
        while kind != .rightParenthesis {
            if !arguments.isEmpty {
                _ = try expect(.comma, "`,` or `)`")
                if kind == .rightParenthesis { break }
            }
            if kind == .times || kind == .power {
                throw unsupported(.syntax("`*` and `**` arguments"), current.span)
            }
            if kind == .name, token(after: 1).kind == .assign {
                let name = try expectName("a name")
                _ = advance()
                if arguments.keywords.contains(where: { $0.name.text == name.text }) {
                    throw SourceFault(
                        .unexpected(found: "`\(name.text)=` again", expected: "each keyword once"), name.span)
                }
                arguments.keywords.append((name, try parseExpression()))
            } else {
                guard arguments.keywords.isEmpty else {
                    throw unexpected("a keyword argument, since those come last")
                }
                arguments.positional.append(try parseExpression())
            }
        }
        _ = advance()
        return arguments
    }
}

extension Arguments {
    var all: [Expression] { positional + keywords.map(\.value) }
}
