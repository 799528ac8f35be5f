import Findings

/// Walks through all branches of a program with what is known of the context, and collects what can't work.
struct Checker {
    let program: Program
    let context: [(String, Schema)]
    /// Whether the context is described at all; otherwise any variable may exist.
    let isClosed: Bool
    var errors: [TemplateError] = []

    /// Names set by the template, innermost scope last; the first one is the template's own.
    var scopes: [[String: Known]] = [[:]]
    /// Paths that a condition around says are defined.
    var assumed: Set<String> = []
    var unit: Int
    var chain: [TemplateError.Call] = []
    /// Macros checked with their arguments unknown, because nobody calls them.
    var calledMacros: Set<MacroKey> = []
    /// The names of imported templates, once for each.
    var modules: [Int: [String: Known]] = [:]
    /// The scope of the current template's top level.
    var top = 0

    struct MacroKey: Hashable {
        let unit: Int
        let function: Int
    }

    /// How deep includes and calls are followed: recursion ends by a condition that is not evaluated here.
    static let maximalDepth = 8
    /// How many includes and calls are followed in all: macros that call macros multiply.
    var entriesLeft = 2000

    init(_ program: Program, _ schema: Schema) {
        self.program = program
        if case .record(let fields) = schema {
            context = fields
            isClosed = true
        } else {
            context = []
            isClosed = false
        }
        unit = 0
    }

    mutating func run() -> [TemplateError] {
        check(program.units[0].statements)
        checkUncalledMacros()
        return errors
    }

    var source: SourceText { program.units[unit].source }

    mutating func report(_ kind: TemplateError.Kind, at span: Span) {
        let found = source.error(kind, at: span)
        // The same place may be reached by several ways; the first one found is told.
        let isKnown = errors.contains {
            $0.template == found.template && $0.line == found.line && $0.column == found.column
                && $0.kind == found.kind
        }
        guard !isKnown else { return }
        errors.append(chain.reversed().reduce(found) { $0.within($1) })
    }

    // MARK: Names

    func find(_ name: String) -> Known? {
        for scope in scopes.reversed() { if let known = scope[name] { return known } }
        if let field = context.first(where: { $0.0 == name }) { return .schema(field.1) }
        switch name {
        case "range", "namespace": return .function
        default: return isClosed ? nil : .any
        }
    }

    mutating func set(_ name: String, _ known: Known) {
        let last = scopes.count - 1
        // A name set twice, perhaps in branches, may be either.
        if let before = scopes[last][name] {
            scopes[last][name] = before.merged(with: known)
        } else {
            scopes[last][name] = known
        }
    }

    var names: [String] { scopes.reversed().flatMap { $0.keys.sorted() } + context.map(\.0) }

    // MARK: Statements

    mutating func check(_ statements: [Statement]) {
        for statement in statements { check(statement) }
    }

    private mutating func check(_ statement: Statement) {
        switch statement.kind {
        case .text: break
        case .output(let expression):
            let known = infer(expression)
            if let type = known.unprintable { report(.notPrintable(type), at: expression.span) }
            if known.isFreeText, program.rules?.quoted != nil { report(.notQuoted, at: expression.span) }
        case .if(let branches, let otherwise):
            let known = assumed
            for branch in branches {
                _ = infer(branch.test)
                let before = assumed
                assumed.formUnion(branch.test.definedPaths(ifTrue: true))
                check(branch.body)
                assumed = before.union(branch.test.definedPaths(ifTrue: false))
            }
            check(otherwise)
            assumed = known
        case .for(let loop): check(loop)
        case .set(let name, let value): set(name.text, infer(value))
        case .setAttribute(let namespace, _, let value):
            _ = infer(Expression(.name(namespace.text), namespace.span))
            _ = infer(value)
        case .macro(let macro):
            let functions = program.units[unit].functions
            // Of macros of the same name each definition counts from its place on.
            let index = functions.indices.first { functions[$0].place == macro.name.span } ?? 0
            scopes[scopes.count - 1][macro.name.text] = .macro(unit: unit, function: index)
        case .include(let template): enterInclude(template)
        case .importing(let template, let name, _):
            set(name.text, module(template).map { .module(unit: $0) } ?? .any)
        case .fromImport(let template, let names, _):
            guard let module = module(template) else { return }
            for (name, alias) in names {
                let known = modules[module]?[name.text]
                if known == nil { report(.undefinedExport(name.text), at: name.span) }
                set(alias.text, known ?? .any)
            }
        }
    }

    private mutating func check(_ loop: ForLoop) {
        let iterated = infer(loop.iterated)
        let element = iterated.element
        if element == nil {
            report(.wrongType(operation: "for", found: iterated.typeName), at: loop.iterated.span)
        }
        scopes.append(["loop": .any])
        let before = assumed
        if loop.unpacks {
            var parts = Array(repeating: Known.any, count: loop.targets.count)
            if case .tuple(let known)? = element, known.count == parts.count { parts = known }
            for (target, part) in zip(loop.targets, parts) { scopes[scopes.count - 1][target.text] = part }
        } else {
            scopes[scopes.count - 1][loop.targets[0].text] = element ?? .any
        }
        if let test = loop.test {
            _ = infer(test)
            assumed.formUnion(test.definedPaths(ifTrue: true))
        }
        check(loop.body)
        scopes.removeLast()
        assumed = before
        if let otherwise = loop.otherwise {
            scopes.append([:])
            check(otherwise)
            scopes.removeLast()
        }
    }
}

extension Template {
    /// Finds unknown variables, attributes and exports, calls of macros that don't fit and values that can't
    /// be printed, in all branches, loops, includes and macros, without any data.
    ///
    /// Unknown filters, tests and methods and wrong numbers of their arguments are found when the template is
    /// compiled.
    ///
    /// - Parameter schema: what the context looks like: a record of the variables.
    /// - Returns: what is wrong, in the order in which a reader comes to it.
    public func check(against schema: Schema) -> [TemplateError] {
        var checker = Checker(program, schema)
        return checker.run()
    }
}
