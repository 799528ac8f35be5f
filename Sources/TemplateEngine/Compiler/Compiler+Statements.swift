extension Compiler {
    mutating func compile(_ statements: [Statement]) throws(SourceFault) {
        for statement in statements { try compile(statement) }
    }

    mutating func compile(_ statement: Statement) throws(SourceFault) {
        let span = statement.span
        switch statement.kind {
        case .text: emit(.text(start: span.start, end: span.end), span)
        case .output(let expression): try compileOutput(expression)
        case .if(let branches, let otherwise): try compileIf(branches, otherwise, span)
        case .for(let loop): try compileFor(loop, span)
        case .set(let name, let value):
            try compile(value)
            emit(.store(slot: Int32(try reference(name.text, at: name.span).slot)), value.span)
        case .setAttribute(let namespace, let attribute, let value):
            let target = path(
                to: try reference(namespace.text, at: namespace.span), namespace.text, namespace.span)
            emit(.checkNamespace(path: target), namespace.span)
            try compile(value)
            emit(.setAttribute(namespace: target, name: constant(.trusted(attribute.text))), value.span)
        case .macro(let macro):
            // The function's number is its place among the macros, which are compiled after the template.
            let index = builder.functions.count
            builder.functions.append(
                Function(name: macro.name.text, place: macro.name.span, parameters: macro.parameters.map(\.text)))
            emit(.macro(Int32(index)), macro.name.span)
            emit(
                .store(slot: Int32(try reference(macro.name.text, at: macro.name.span).slot)),
                macro.name.span)
        case .include(let template):
            emit(.include(link: link(to: template), names: visibleNames()), template.span)
        case .importing(let template, let name, let withContext):
            let names = visibleNames()
            emit(
                .importing(link: link(to: template), names: names, withContext: withContext), template.span)
            emit(.store(slot: Int32(try reference(name.text, at: name.span).slot)), name.span)
        case .fromImport(let template, let names, let withContext):
            let visible = visibleNames()
            emit(
                .importing(link: link(to: template), names: visible, withContext: withContext),
                template.span)
            for (name, alias) in names {
                let site = UnitBuilder.add(
                    Site(name: name.text, span: name.span, focus: name.span), to: &builder.sites)
                emit(.export(name: Int32(site)), name.span)
                emit(.store(slot: Int32(try reference(alias.text, at: alias.span).slot)), alias.span)
            }
            emit(.drop, template.span)
        }
    }

    private mutating func compileOutput(_ expression: Expression) throws(SourceFault) {
        if let path = try simplePath(expression) {
            emit(.printPath(path), expression.span)
        } else if case .call(let callee, let arguments) = expression.kind, case .name = callee.kind {
            try compileCall(callee, arguments, expression, isPrinted: true)
        } else if case .string(let string) = expression.kind {
            emit(.constant(constant(.trusted(string))), expression.span)
            emit(.print, expression.span)
        } else {
            try compile(expression, isPrinted: true)
            emit(.print, expression.span)
        }
    }

    private mutating func compileIf(
        _ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement], _ span: Span
    ) throws(SourceFault) {
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            let skip = try compileJumpUnless(branch.test)
            try compile(branch.body)
            if index < branches.count - 1 || !otherwise.isEmpty { exits.append(emit(.jump(0), span)) }
            land(skip)
        }
        try compile(otherwise)
        for exit in exits { land(exit) }
    }

    /// A jump that is taken if the condition is false.
    mutating func compileJumpUnless(_ test: Expression) throws(SourceFault) -> Int {
        if let path = try simplePath(test) { return emit(.jumpUnlessPath(path: path, target: 0), test.span) }
        if let comparison = try literalComparison(test) {
            let index = UnitBuilder.add(comparison, to: &builder.comparisons)
            return emit(.jumpUnlessSame(Int32(index), target: 0), test.span)
        }
        try compile(test)
        return emit(.jumpIfFalse(0), test.span)
    }

    private mutating func literalComparison(_ test: Expression) throws(SourceFault) -> LiteralComparison? {
        guard case .compare(let left, let rest) = test.kind, rest.count == 1,
            rest[0].0 == .equal || rest[0].0 == .notEqual, let literal = literal(rest[0].1),
            let path = try simplePath(left)
        else { return nil }
        return LiteralComparison(path: path, literal: literal, isEquality: rest[0].0 == .equal)
    }

    private mutating func compileFor(_ loop: ForLoop, _ span: Span) throws(SourceFault) {
        try compile(loop.iterated)
        var site = LoopSite(unpacks: loop.unpacks, span: loop.iterated.span)
        let outer = symbols
        let siteIndex = UnitBuilder.add(site, to: &builder.loops)

        if let test = loop.test {
            site.testEntry = Int(nextAddress) + 1
            let over = emit(.jump(0), test.span)
            symbols = Symbols(parent: outer, counter: counter)
            for target in loop.targets { site.testTargets.append(symbols.declareParameter(target.text).slot) }
            symbols.analyze(test)
            bindToContext()
            enterScope(isFunction: false, at: test.span)
            try compile(test)
            emit(.end, test.span)
            land(over)
        }

        symbols = Symbols(parent: outer, counter: counter)
        let loopReference = loop.body.usesLoop ? symbols.declareParameter("loop") : nil
        for target in loop.targets { site.targets.append(symbols.declareParameter(target.text).slot) }
        symbols.analyze(loop.body)
        bindToContext()
        builder.loops[siteIndex] = site

        emit(.beginLoop(loop: Int32(siteIndex)), loop.iterated.span)
        let start = nextAddress
        let next = emit(.nextElement(loop: Int32(siteIndex), exit: 0), loop.iterated.span)
        loops.append(loopReference)
        enterScope(isFunction: false, at: loop.iterated.span)
        try compile(loop.body)
        loops.removeLast()
        emit(.jump(start), span)
        land(next)
        emit(.endLoop, span)
        if let otherwise = loop.otherwise {
            let skip = emit(.jumpIfVisited(target: 0), span)
            symbols = Symbols(parent: outer, counter: counter)
            symbols.analyze(otherwise)
            bindToContext()
            enterScope(isFunction: false, at: span)
            try compile(otherwise)
            land(skip)
        }
        symbols = outer
    }

    /// The code of a macro: what its names hold, the defaults of what was not given, the body.
    mutating func compileMacroBody(_ statement: Statement) throws(SourceFault) {
        guard case .macro(let macro) = statement.kind else { return }
        compiledMacros += 1
        let index = compiledMacros
        let outerCounter = counter
        let outer = symbols
        counter = SlotCounter(function: index)
        symbols = Symbols(parent: outer, counter: counter)
        for parameter in macro.parameters { symbols.declareParameter(parameter.text) }
        for value in macro.defaults { symbols.analyze(value) }
        symbols.analyze(macro.body)
        bindToContext()
        builder.functions[index].entry = builder.code.count
        enterScope(isFunction: true, at: macro.name.span)
        for (position, parameter) in macro.parameters.enumerated() {
            let site = UnitBuilder.add(
                Site(name: parameter.text, span: parameter.span, focus: parameter.span), to: &builder.sites)
            builder.functions[index].parameterSites.append(site)
            let fromEnd = macro.parameters.count - position
            guard fromEnd <= macro.defaults.count else { continue }
            let value = macro.defaults[macro.defaults.count - fromEnd]
            let slot = Int32(try reference(parameter.text, at: parameter.span).slot)
            let given = emit(.jumpIfSet(slot: slot, target: 0), parameter.span)
            try compile(value)
            emit(.store(slot: slot), value.span)
            land(given)
        }
        builder.functions[index].requiredCount = macro.parameters.count - macro.defaults.count
        try compile(macro.body)
        emit(.end, macro.name.span)
        builder.functions[index].slotCount = counter.count
        counter = outerCounter
        symbols = outer
    }
}
