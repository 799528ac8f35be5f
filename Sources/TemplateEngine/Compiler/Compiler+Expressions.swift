extension Compiler {
    /// Leaves the value of an expression on the stack.
    mutating func compile(_ expression: Expression, isPrinted: Bool = false) throws(SourceFault) {
        let span = expression.span
        switch expression.kind {
        case .none, .bool, .int, .string: emit(.constant(constant(literal(expression) ?? Value.none)), span)
        case .name, .attribute: try compilePath(expression)
        case .list(let items):
            if let values = literals(items) {
                emit(.constant(constant(.list(values))), span)
            } else {
                for item in items { try compile(item) }
                emit(.list(count: Int32(items.count)), span)
            }
        case .tuple(let items):
            for item in items { try compile(item) }
            emit(.tuple(count: Int32(items.count)), span)
        case .dict(let pairs):
            for pair in pairs { try compile(pair.value) }
            let keys = UnitBuilder.add(pairs.map { .trusted($0.key) }, to: &builder.keyLists)
            emit(.dict(keys: Int32(keys)), span)
        case .item(let object, let index):
            try compile(object)
            try compile(index)
            emit(.item, expression.focus)
            addSite(expression)
        case .slice(let object, let from, let to):
            try compile(object)
            if let from { try compile(from) }
            if let to { try compile(to) }
            emit(.slice(hasFrom: from != nil, hasTo: to != nil), expression.focus)
        case .negate(let operand):
            try compile(operand)
            emit(.negate, span)
        case .plus(let operand):
            try compile(operand)
            emit(.plus, span)
        case .not(let operand):
            try compile(operand)
            emit(.not, operand.span)
        case .and(let left, let right):
            try refuseConstantUndefined([left, right])
            try compile(left)
            let skip = emit(.jumpIfFalseKeeping(0), left.span)
            try compile(right)
            land(skip)
        case .or(let left, let right):
            try refuseConstantUndefined([left, right])
            try compile(left)
            let skip = emit(.jumpIfTrueKeeping(0), left.span)
            try compile(right)
            land(skip)
        case .binary(let operation, let left, let right):
            try compile(left)
            try compile(right)
            emit(.binary(operation), span)
        case .concat(let parts):
            try refuseConstantUndefined(parts)
            for part in parts { try compile(part) }
            emit(.concat(count: Int32(parts.count)), span)
        case .compare(let left, let rest): try compileComparison(left, rest, span)
        case .conditional(let test, let then, let otherwise):
            try refuseConstantUndefined([test])
            let skip = try compileJumpUnless(test)
            try compile(then)
            let exit = emit(.jump(0), span)
            land(skip)
            if let otherwise { try compile(otherwise) } else { emit(.undefinedCondition, span) }
            land(exit)
        case .filter(let operand, let name, let arguments):
            try compileFilter(operand, name, arguments, expression, isPrinted: isPrinted)
        case .test(let operand, let name, let arguments): try compileTest(operand, name, arguments)
        case .call(let callee, let arguments):
            try compileCall(callee, arguments, expression, isPrinted: false)
        }
    }

    /// The elements of a list that is the same each time; `nil` where any of them must be worked out.
    private func literals(_ items: [Expression]) -> [Value]? {
        let values = items.compactMap(literal)
        return values.count == items.count ? values : nil
    }

    /// What a literal stands for; `nil` for any other expression.
    func literal(_ expression: Expression) -> Value? {
        switch expression.kind {
        case .none: .some(.none)
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .string(let value): .trusted(value)
        default: Optional.none
        }
    }

    private mutating func compileComparison(
        _ left: Expression, _ rest: [(CompareOperator, Expression)], _ span: Span
    ) throws(SourceFault) {
        try compile(left)
        var exits: [Int] = []
        for (index, (comparison, right)) in rest.enumerated() {
            try compile(right)
            if index < rest.count - 1 {
                exits.append(emit(.compareChain(comparison, target: 0), span))
            } else {
                emit(.compare(comparison), span)
            }
        }
        for exit in exits { land(exit) }
    }

    /// A variable and its members as one instruction's operand, where the expression is nothing else.
    mutating func simplePath(_ expression: Expression) throws(SourceFault) -> Int32? {
        var members: [Expression] = []
        var base = expression
        while case .attribute(let object, _) = base.kind {
            members.append(base)
            base = object
        }
        guard case .name(let name) = base.kind, name != "loop" else { return nil }
        let compiled = members.reversed().map { expression -> Member in
            guard case .attribute(_, let name) = expression.kind else { return member("", in: expression) }
            return member(name, in: expression)
        }
        return path(
            to: try reference(name, at: base.span), name, base.span, members: compiled,
            whole: expression.span)
    }

    private mutating func compilePath(_ expression: Expression) throws(SourceFault) {
        if let path = try simplePath(expression) {
            emit(.load(path: path), expression.span)
            return
        }
        switch expression.kind {
        case .attribute(let object, let name):
            if case .name("loop") = object.kind {
                try compileLoopAttribute(name, expression)
                return
            }
            try compile(object)
            let member = UnitBuilder.add(member(name, in: expression), to: &builder.members)
            emit(.attribute(member: Int32(member)), expression.focus)
        default:
            // Only `loop` itself is left.
            throw SourceFault(.unsupported(.syntax("`loop` as a value")), expression.span)
        }
    }

    private mutating func compileLoopAttribute(
        _ name: String, _ expression: Expression
    ) throws(SourceFault) {
        let known: [String: LoopAttribute] = [
            "index": .index, "index0": .index0, "first": .first, "last": .last, "length": .length,
        ]
        guard let attribute = known[name] else {
            throw SourceFault(.unsupported(.syntax("`loop.\(name)`")), expression.focus)
        }
        guard let reference = symbols.find("loop"), let depth = loops.lastIndex(of: reference) else {
            throw SourceFault(.unsupported(.syntax("`loop` outside of `for`")), expression.span)
        }
        emit(.loopAttribute(attribute, depth: Int32(depth)), expression.span)
    }

    /// `a[b]` may miss: the site with its words has the number of the instruction before it in `sites`.
    private mutating func addSite(_ expression: Expression) {
        let site = UnitBuilder.add(
            Site(name: "", span: expression.span, focus: expression.focus), to: &builder.sites)
        builder.itemSites[builder.code.count - 1] = site
    }
}
