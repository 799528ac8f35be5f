import Findings

extension Parser {
    /// Statements up to one of the given tags; the tag's name is taken, what follows it is not.
    mutating func parseBody(
        until ends: [String], of opening: Span?
    ) throws(SourceFault) -> (body: [Statement], end: Name) {
        var body: [Statement] = []
        while true {
            switch kind {
            case .data: body.append(Statement(kind: .text, span: advance().span))
            case .variableBegin:
                let begin = advance()
                if kind == .variableEnd { throw unexpected("an expression") }
                let expression = try parseTuple(allowsConditional: true)
                let end = try expect(.variableEnd, "`}}` or an operator")
                body.append(Statement(kind: .output(expression), span: begin.span.to(end.span)))
            case .blockBegin:
                let begin = advance()
                let tag = try expectName("the name of a tag")
                if ends.contains(tag.text) { return (body, tag) }
                let kind = try nested { parser throws(SourceFault) in try parser.parseStatement(tag) }
                let end = try expect(.blockEnd, "`%}`")
                body.append(Statement(kind: kind, span: begin.span.to(end.span)))
            default:
                guard let opening else { return (body, Name(text: "", span: current.span)) }
                let tag = bytes.string(opening.range)
                throw SourceFault(.unclosed("`{% \(tag) %}`"), opening)
            }
        }
    }

    /// The body of a tag whose head has been read: `%}`, statements, the name of the tag that ends it.
    private mutating func parseBlock(
        _ opening: Name, until ends: [String]
    ) throws(SourceFault) -> (body: [Statement], end: Name) {
        // Jinja2 takes a colon here, as Python has it.
        _ = skip(.colon)
        _ = try expect(.blockEnd, "`%}` or an operator")
        return try parseBody(until: ends, of: opening.span)
    }

    private mutating func parseStatement(_ tag: Name) throws(SourceFault) -> Statement.Kind {
        switch tag.text {
        case "if": return try parseIf(tag)
        case "for": return try parseFor(tag)
        case "set": return try parseSet(tag)
        case "macro": return try parseMacro(tag)
        case "include": return try parseInclude()
        case "import": return try parseImport()
        case "from": return try parseFrom()
        case "do", "call", "block", "extends", "with", "filter", "autoescape", "break", "continue", "print",
            "debug", "trans", "raw":
            throw unsupported(.tag(tag.text), tag.span)
        case let name where name.hasPrefix("end") || name == "else" || name == "elif":
            throw SourceFault(
                .unexpected(found: "`{% \(name) %}`", expected: "a tag that is open"), tag.span)
        default:
            let known = ["if", "for", "set", "macro", "include", "import", "from", "raw"]
            throw SourceFault(
                .unknownTag(tag.text, nearest: nearestName(to: tag.text, among: known)), tag.span)
        }
    }

    private mutating func parseIf(_ tag: Name) throws(SourceFault) -> Statement.Kind {
        var branches: [(test: Expression, body: [Statement])] = []
        while true {
            let test = try parseTest()
            let (body, end) = try parseBlock(tag, until: ["elif", "else", "endif"])
            branches.append((test, body))
            switch end.text {
            case "elif": continue
            case "else": return .if(branches, otherwise: try parseBlock(tag, until: ["endif"]).body)
            default: return .if(branches, otherwise: [])
            }
        }
    }

    /// A condition of `if`: no inline `if` without parentheses, as in Jinja2.
    private mutating func parseTest() throws(SourceFault) -> Expression {
        let test = try parseExpression(allowsConditional: false)
        if kind == .comma { throw unsupported(.syntax("a tuple as condition"), current.span) }
        return test
    }

    private mutating func parseFor(_ tag: Name) throws(SourceFault) -> Statement.Kind {
        var targets = [try parseTarget()]
        var unpacks = false
        while skip(.comma) {
            unpacks = true
            if isKeyword("in") { throw unsupported(.syntax("a comma behind the last target"), current.span) }
            targets.append(try parseTarget())
        }
        try expectKeyword("in")
        let iterated = try parseTuple(allowsConditional: false, stoppingAt: "recursive")
        let test = skipKeyword("if") ? try parseExpression(allowsConditional: true) : nil
        if isKeyword("recursive") { throw unsupported(.syntax("`recursive`"), current.span) }
        let (body, end) = try parseBlock(tag, until: ["endfor", "else"])
        let otherwise = end.text == "else" ? try parseBlock(tag, until: ["endfor"]).body : nil
        return .for(
            ForLoop(
                targets: targets, unpacks: unpacks, iterated: iterated, test: test, body: body,
                otherwise: otherwise))
    }

    /// A name that is assigned to.
    private mutating func parseTarget() throws(SourceFault) -> Name {
        if kind == .leftParenthesis {
            throw unsupported(.syntax("a nested or parenthesised target"), current.span)
        }
        let name = try expectName("a name")
        try checkName(name, isTarget: true)
        return name
    }

    private mutating func parseSet(_ tag: Name) throws(SourceFault) -> Statement.Kind {
        if token(after: 1).kind == .dot {
            let namespace = try expectName("a name")
            try checkName(namespace)
            _ = advance()
            let attribute = try expectName("the name of an attribute")
            _ = try expect(.assign, "`=`")
            return .setAttribute(
                namespace: namespace, attribute: attribute, try parseTuple(allowsConditional: true))
        }
        let name = try parseTarget()
        if kind == .comma { throw unsupported(.syntax("`set` of several names"), current.span) }
        if kind == .blockEnd || kind == .pipe {
            throw unsupported(.syntax("`set` as a block"), tag.span)
        }
        _ = try expect(.assign, "`=`")
        return .set(name, try parseTuple(allowsConditional: true))
    }

    private mutating func parseMacro(_ tag: Name) throws(SourceFault) -> Statement.Kind {
        guard depth == 1 else {
            throw unsupported(.syntax("a macro inside another block"), tag.span)
        }
        let name = try parseTarget()
        var parameters: [Name] = []
        var defaults: [Expression] = []
        _ = try expect(.leftParenthesis)
        while kind != .rightParenthesis {
            if !parameters.isEmpty { _ = try expect(.comma, "`,` or `)`") }
            let parameter = try parseTarget()
            if parameters.contains(where: { $0.text == parameter.text }) {
                throw SourceFault(
                    .wrongArguments(callee: name.text, problem: .duplicate(parameter.text)), parameter.span)
            }
            if skip(.assign) {
                defaults.append(try parseExpression(allowsConditional: true))
            } else if !defaults.isEmpty {
                throw unexpected("`=`, since a parameter before this one has a default")
            }
            parameters.append(parameter)
        }
        _ = advance()
        let (body, _) = try parseBlock(tag, until: ["endmacro"])
        return .macro(
            MacroDefinition(name: name, parameters: parameters, defaults: defaults, body: body))
    }

    private mutating func parseTemplateName() throws(SourceFault) -> Name {
        let token = current
        guard kind == .string else {
            throw unsupported(.syntax("the name of a template that is not a literal string"), token.span)
        }
        _ = advance()
        switch kind {
        case .blockEnd: break
        case .name where ["with", "without", "ignore", "as", "import"].contains(text(of: current)): break
        default:
            throw unsupported(
                .syntax("the name of a template that is not a literal string"), current.span)
        }
        return Name(text: try decodeStringLiteral(bytes, at: token.span), span: token.span)
    }

    private mutating func parseInclude() throws(SourceFault) -> Statement.Kind {
        let name = try parseTemplateName()
        if isKeyword("ignore") { throw unsupported(.syntax("`ignore missing`"), current.span) }
        if isKeyword("without"), isKeyword("context", at: 1) {
            throw unsupported(.syntax("`include` without context"), current.span)
        }
        _ = try parseContextClause()
        return .include(name)
    }

    /// `with context` or `without context`, if that stands here.
    private mutating func parseContextClause() throws(SourceFault) -> Bool? {
        guard isKeyword("with") || isKeyword("without"), isKeyword("context", at: 1) else { return nil }
        let isWith = isKeyword("with")
        _ = advance()
        _ = advance()
        return isWith
    }

    private mutating func parseImport() throws(SourceFault) -> Statement.Kind {
        let template = try parseTemplateName()
        try expectKeyword("as")
        let name = try parseTarget()
        return .importing(template, as: name, withContext: try parseContextClause() ?? false)
    }

    private mutating func parseFrom() throws(SourceFault) -> Statement.Kind {
        let template = try parseTemplateName()
        try expectKeyword("import")
        var names: [(name: Name, alias: Name)] = []
        var withContext: Bool?
        while true {
            if !names.isEmpty { _ = try expect(.comma, "`,` or `%}`") }
            withContext = try parseContextClause()
            if withContext != nil { break }
            let name = try expectName("a name to import")
            if name.text.hasPrefix("_") {
                throw SourceFault(
                    .unexpected(found: "`\(name.text)`", expected: "a name without a leading underscore"),
                    name.span)
            }
            names.append((name, skipKeyword("as") ? try parseTarget() : name))
            if let last = names.last { try checkName(last.alias, isTarget: true) }
            withContext = try parseContextClause()
            if withContext != nil || kind != .comma { break }
        }
        return .fromImport(template, names, withContext: withContext ?? false)
    }

    /// Refuses names that mean something else in Jinja2 or in an expression.
    func checkName(_ name: Name, isTarget: Bool = false) throws(SourceFault) {
        switch name.text {
        case "and", "or", "not", "in", "is", "if", "else", "elif":
            throw SourceFault(
                .unexpected(found: "`\(name.text)`", expected: isTarget ? "a name" : "an expression"),
                name.span)
        case "self", "super", "caller", "varargs", "kwargs", "lipsum", "dict", "cycler", "joiner":
            throw unsupported(.variable(name.text), name.span)
        case "loop" where isTarget:
            throw unsupported(.syntax("an assignment to `loop`"), name.span)
        case "true", "false", "none", "True", "False", "None":
            if isTarget {
                throw SourceFault(.unexpected(found: "`\(name.text)`", expected: "a name"), name.span)
            }
        default: break
        }
    }
}
