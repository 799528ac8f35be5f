/// Walks statements and expressions and tells a scope what they read and write, in Jinja2's order.
extension Symbols {
    mutating func analyze(_ statements: [Statement]) {
        for statement in statements { analyze(statement) }
    }

    private mutating func analyze(_ statement: Statement) {
        switch statement.kind {
        case .text, .include: break
        case .output(let expression): analyze(expression)
        case .if(let branches, let otherwise):
            guard let first = branches.first else { return }
            analyze(first.test)
            var body = self
            body.analyze(first.body)
            // Jinja2 has every `elif` be an `if` of its own, all of them one after the other in one branch.
            var elifs = self
            for branch in branches.dropFirst() {
                elifs.analyze(
                    Statement(kind: .if([branch], otherwise: []), span: statement.span))
            }
            var rest = self
            rest.analyze(otherwise)
            merge([body, elifs, rest])
        case .for(let loop): analyze(loop.iterated)
        case .set(let name, let value):
            analyze(value)
            store(name.text)
        case .setAttribute(let namespace, _, let value):
            analyze(value)
            load(namespace.text)
        case .macro(let macro): store(macro.name.text)
        case .importing(_, let name, _): store(name.text)
        case .fromImport(_, let names, _):
            for name in names { store(name.alias.text) }
        }
    }

    mutating func analyze(_ expression: Expression) {
        expression.forEachName { name in load(name) }
    }
}

extension Expression {
    /// Calls back for each variable read, in the order of Jinja2's nodes.
    func forEachName(_ body: (String) -> Void) {
        switch kind {
        case .none, .bool, .int, .string: break
        case .name(let name): body(name)
        default: for child in children { child.forEachName(body) }
        }
    }

    /// The expressions that this one is made of.
    var children: [Expression] {
        switch kind {
        case .none, .bool, .int, .string, .name: []
        case .list(let items), .tuple(let items), .concat(let items): items
        case .dict(let pairs): pairs.map(\.value)
        case .attribute(let object, _): [object]
        case .item(let object, let index): [object, index]
        case .slice(let object, let from, let to): [object] + [from, to].compactMap { $0 }
        case .negate(let operand), .plus(let operand), .not(let operand): [operand]
        case .and(let left, let right), .or(let left, let right), .binary(_, let left, let right):
            [left, right]
        case .compare(let left, let rest): [left] + rest.map(\.1)
        case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        case .filter(let operand, _, let arguments), .test(let operand, _, let arguments),
            .call(let operand, let arguments):
            [operand] + arguments.all
        }
    }
}

extension [Statement] {
    /// Whether `loop` is read anywhere inside, nested loops included.
    var usesLoop: Bool {
        contains { statement in
            switch statement.kind {
            case .text, .include, .importing, .fromImport: false
            case .output(let value), .set(_, let value), .setAttribute(_, _, let value): value.usesLoop
            case .if(let branches, let otherwise):
                branches.contains { $0.test.usesLoop || $0.body.usesLoop } || otherwise.usesLoop
            case .for(let loop):
                loop.iterated.usesLoop || (loop.test?.usesLoop ?? false) || loop.body.usesLoop
                    || (loop.otherwise?.usesLoop ?? false)
            case .macro: false
            }
        }
    }
}

extension Expression {
    var usesLoop: Bool {
        var found = false
        forEachName { if $0 == "loop" { found = true } }
        return found
    }
}
