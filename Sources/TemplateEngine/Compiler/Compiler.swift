/// Turns the statements of one template into a unit.
struct Compiler {
    var builder: UnitBuilder
    let host: HostNames
    /// The scope that code is being made for.
    var symbols: Symbols
    /// Slots of the function that code is being made for.
    var counter: SlotCounter
    /// Loops around the place inside this function, with the slot of `loop` for those that use it.
    var loops: [Reference?] = []
    /// Names that `import` binds somewhere in this template.
    private(set) var importedNames: Set<String> = []
    private var contextIndex: [String: Int] = [:]
    private var pendingContextPaths: [Int] = []
    private var pathIndex: [PathKey: Int] = [:]
    /// Macros whose bodies are compiled; they are compiled in the order in which they are defined.
    var compiledMacros = 0

    private struct PathKey: Hashable {
        let reference: Reference
        let start: Int32
        let end: Int32
    }

    /// The filters of the host by name, and whether its output rules bring `quoted` and `remark`.
    struct HostNames {
        let filters: [Filter]
        let index: [String: Int]
        let hasQuoted: Bool
        let hasRemark: Bool
    }

    /// The function number that stands for the context.
    static let context = -1

    static func compile(
        _ source: SourceText, host: HostNames, limits: Limits
    ) throws(SourceFault) -> Unit {
        let statements = try Parser.parse(source, limits: limits)
        let counter = SlotCounter(function: 0)
        var symbols = Symbols(parent: nil, counter: counter)
        symbols.analyze(statements)
        var compiler = Compiler(
            builder: UnitBuilder(source: source, statements: statements), host: host, symbols: symbols,
            counter: counter)
        try compiler.compileTemplate(statements)
        return Unit(compiler.builder)
    }

    private mutating func compileTemplate(_ statements: [Statement]) throws(SourceFault) {
        importedNames = statements.importedNames
        builder.functions.append(Function())
        let end = Span(builder.source.bytes.count, builder.source.bytes.count)
        bindToContext()
        enterScope(isFunction: true, at: Span(0, 0))
        let macros = statements.filter(\.isMacro)
        for statement in statements { try compile(statement) }
        emit(.end, end)
        // Macros come behind the template's own code; their bodies read its slots when they are called.
        for statement in macros { try compileMacroBody(statement) }
        builder.functions[0].slotCount = counter.count + builder.contextNames.count
        for path in pendingContextPaths {
            builder.paths[path] = builder.paths[path].shifted(by: counter.count)
        }
        try collectExports(statements)
    }

    // MARK: Code

    @discardableResult
    mutating func emit(_ instruction: Instruction, _ span: Span) -> Int {
        builder.spans.append(span)
        return UnitBuilder.add(instruction, to: &builder.code)
    }

    var nextAddress: Int32 { Int32(builder.code.count) }

    /// Fills in the target of a jump that was emitted before the target was known.
    mutating func land(_ jump: Int) {
        let target = nextAddress
        switch builder.code[jump] {
        case .jump: builder.code[jump] = .jump(target)
        case .jumpIfFalse: builder.code[jump] = .jumpIfFalse(target)
        case .jumpUnlessPath(let path, _): builder.code[jump] = .jumpUnlessPath(path: path, target: target)
        case .jumpUnlessSame(let comparison, _):
            builder.code[jump] = .jumpUnlessSame(comparison, target: target)
        case .jumpIfFalseKeeping: builder.code[jump] = .jumpIfFalseKeeping(target)
        case .jumpIfTrueKeeping: builder.code[jump] = .jumpIfTrueKeeping(target)
        case .jumpIfSet(let slot, _): builder.code[jump] = .jumpIfSet(slot: slot, target: target)
        case .jumpIfVisited: builder.code[jump] = .jumpIfVisited(target: target)
        case .compareChain(let comparison, _): builder.code[jump] = .compareChain(comparison, target: target)
        case .nextElement(let loop, _): builder.code[jump] = .nextElement(loop: loop, exit: target)
        default: break
        }
    }

    mutating func constant(_ value: Value) -> Int32 { Int32(UnitBuilder.add(value, to: &builder.constants)) }

    // MARK: Names

    /// Names that this scope only reads and nobody around it knows are the context's: no slot of their own.
    mutating func bindToContext() {
        symbols.bindToContext { name in
            if let known = contextIndex[name] { return Reference(slot: known, function: Self.context) }
            let index = UnitBuilder.add(name, to: &builder.contextNames)
            contextIndex[name] = index
            return Reference(slot: index, function: Self.context)
        }
    }

    private mutating func contextReference(_ name: String) -> Reference {
        if let known = contextIndex[name] { return Reference(slot: known, function: Self.context) }
        let index = UnitBuilder.add(name, to: &builder.contextNames)
        contextIndex[name] = index
        return Reference(slot: index, function: Self.context)
    }

    /// Gives the names of the scope what they hold when it is entered.
    ///
    /// In a function all slots are fresh.
    mutating func enterScope(isFunction: Bool, at span: Span) {
        for (reference, name, load) in symbols.loads {
            let slot = Int32(reference.slot)
            switch load {
            case .parameter: break
            case .undefined: if !isFunction { emit(.clear(slot: slot), span) }
            case .alias(let outer): emit(.copy(path: path(to: outer, name, span), slot: slot), span)
            case .resolve:
                emit(.copy(path: path(to: contextReference(name), name, span), slot: slot), span)
            }
        }
    }

    mutating func path(
        to reference: Reference, _ name: String, _ span: Span, members: [Member] = [], whole: Span? = nil
    ) -> Int32 {
        let key = PathKey(reference: reference, start: span.start, end: (whole ?? span).end)
        if let known = pathIndex[key] { return Int32(known) }
        let site = UnitBuilder.add(Site(name: name, span: span, focus: span), to: &builder.sites)
        let isOuter =
            reference.function != counter.function
            && !(reference.function == Self.context && counter.function == 0)
        let first = Int32(builder.members.count)
        builder.members += members
        let path = Path(
            slot: reference.slot, isOuter: isOuter, site: site, members: first..<Int32(builder.members.count),
            span: whole ?? span)
        let index = UnitBuilder.add(path, to: &builder.paths)
        if reference.function == Self.context { pendingContextPaths.append(index) }
        pathIndex[key] = index
        return Int32(index)
    }

    mutating func member(_ name: String, in expression: Expression) -> Member {
        let site = UnitBuilder.add(
            Site(name: name, span: expression.span, focus: expression.focus), to: &builder.sites)
        return Member(
            key: NameKey(name), number: Names.number(of: name), site: site,
            isDictMethod: PythonNames.dictMethods.contains(name),
            isPythonAttribute: PythonNames.otherAttributes.contains(name))
    }

    func reference(_ name: String, at span: Span) throws(SourceFault) -> Reference {
        guard let reference = symbols.find(name) else {
            // Every name of the template was analysed before.
            throw SourceFault(.unsupported(.variable(name)), span)
        }
        return reference
    }

    mutating func link(to template: Name) -> Int32 {
        if let known = builder.links.firstIndex(where: { $0.name == template.text }) { return Int32(known) }
        return Int32(UnitBuilder.add((template.text, template.span), to: &builder.links))
    }

    /// The names that an included template sees beside the context.
    mutating func visibleNames() -> Int32 {
        let names = symbols.visibleStores.compactMap { name, reference -> Unit.VisibleName? in
            guard name != "loop" else { return nil }
            return Unit.VisibleName(
                number: Names.number(of: name), slot: reference.slot,
                isOuter: reference.function != counter.function)
        }
        return Int32(UnitBuilder.add(names, to: &builder.nameLists))
    }

    /// Names set at the top level, in or out of an `if`, can be imported; imported ones can not.
    private mutating func collectExports(_ statements: [Statement]) throws(SourceFault) {
        for (name, span) in statements.topLevelStores where !name.hasPrefix("_") {
            guard !importedNames.contains(name) else {
                throw SourceFault(
                    .unsupported(.syntax("the same name both imported and set")), span)
            }
            if let reference = symbols.find(name) { builder.exports[name] = reference.slot }
        }
    }
}

extension Path {
    /// Slots of the context come after the template's own, whose number is known at the end only.
    func shifted(by offset: Int) -> Path {
        Path(slot: slot + offset, isOuter: isOuter, site: site, members: members, span: span)
    }
}

extension Statement {
    var isMacro: Bool {
        if case .macro = kind { return true }
        return false
    }
}

extension [Statement] {
    /// Names that imports bind, at any depth.
    var importedNames: Set<String> {
        reduce(into: []) { names, statement in
            switch statement.kind {
            case .importing(_, let name, _): names.insert(name.text)
            case .fromImport(_, let imported, _): names.formUnion(imported.map(\.alias.text))
            case .if(let branches, let otherwise):
                for branch in branches { names.formUnion(branch.body.importedNames) }
                names.formUnion(otherwise.importedNames)
            case .for(let loop):
                names.formUnion(loop.body.importedNames)
                names.formUnion(loop.otherwise?.importedNames ?? [])
            case .macro(let macro): names.formUnion(macro.body.importedNames)
            default: break
            }
        }
    }

    /// Names that `set` and `macro` bind outside of loops and macros.
    var topLevelStores: [(String, Span)] {
        flatMap { statement -> [(String, Span)] in
            switch statement.kind {
            case .set(let name, _): [(name.text, name.span)]
            case .macro(let macro): [(macro.name.text, macro.name.span)]
            case .if(let branches, let otherwise):
                branches.flatMap(\.body.topLevelStores) + otherwise.topLevelStores
            default: []
            }
        }
    }
}
