import Findings

/// What comes out of an expression, as far as that can be known; reports what can't work on the way.
extension Checker {
    mutating func infer(_ expression: Expression) -> Known {
        switch expression.kind {
        case .none: return .schema(.none)
        case .bool: return .bool
        case .int: return .int
        case .string: return .text
        case .name(let name): return variable(name, expression)
        case .list(let items):
            return .list(inferAll(items).reduce(nil) { $0?.merged(with: $1) ?? $1 } ?? .any)
        case .tuple(let items): return .tuple(inferAll(items))
        case .dict(let pairs):
            var fields: [(String, Schema)] = []
            for pair in pairs {
                if case .schema(let schema) = infer(pair.value) {
                    fields.append((pair.key, schema))
                } else {
                    fields.append((pair.key, .any))
                }
            }
            return .schema(.record(fields))
        case .attribute(let object, let name):
            if case .name("loop") = object.kind { return name == "first" || name == "last" ? .bool : .int }
            return member(name, of: infer(object), expression)
        case .item(let object, let index): return item(index, of: infer(object), expression)
        case .slice(let object, let from, let to):
            for bound in [from, to].compactMap({ $0 }) { _ = infer(bound) }
            return infer(object).present
        case .negate(let operand), .plus(let operand):
            _ = infer(operand)
            return .int
        case .not(let operand):
            _ = infer(operand)
            return .bool
        case .and(let left, let right), .or(let left, let right):
            let isAnd = if case .and = expression.kind { true } else { false }
            let first = infer(left)
            let before = assumed
            assumed.formUnion(left.definedPaths(ifTrue: isAnd))
            let second = infer(right)
            assumed = before
            // `name or ''` is the name wherever there is one.
            return !isAnd && first.isFreeText ? first.present : first.merged(with: second)
        case .binary(_, let left, let right):
            let first = infer(left)
            let second = infer(right)
            if case .schema(.int) = first, case .schema(.int) = second { return .int }
            return first.merged(with: second)
        case .concat(let parts):
            for part in parts {
                if let type = infer(part).unprintable { report(.notPrintable(type), at: part.span) }
            }
            return .text
        case .compare(let left, let rest):
            _ = inferAll([left] + rest.map(\.1))
            return .bool
        case .conditional(let test, let then, let otherwise):
            _ = infer(test)
            let before = assumed
            assumed.formUnion(test.definedPaths(ifTrue: true))
            let first = infer(then)
            assumed = before.union(test.definedPaths(ifTrue: false))
            defer { assumed = before }
            guard let otherwise else { return first }
            return first.merged(with: infer(otherwise))
        case .filter(let operand, let name, let arguments):
            return filter(name.text, operand, arguments, expression)
        case .test(let operand, let name, let arguments):
            _ = inferAll(arguments.all)
            if name.text == "defined" || name.text == "undefined" {
                inferPossiblyMissing(operand)
            } else {
                _ = infer(operand)
            }
            return .bool
        case .call(let callee, let arguments): return call(callee, arguments, expression)
        }
    }

    private mutating func inferAll(_ expressions: [Expression]) -> [Known] {
        var result: [Known] = []
        for expression in expressions { result.append(infer(expression)) }
        return result
    }

    /// An expression whose last part may be missing: what `is defined` and `default` are for.
    @discardableResult
    mutating func inferPossiblyMissing(_ expression: Expression) -> Known {
        guard let path = expression.pathText else { return infer(expression) }
        let before = assumed
        assumed.insert(path)
        defer { assumed = before }
        return infer(expression)
    }

    private mutating func variable(_ name: String, _ expression: Expression) -> Known {
        if let known = find(name) { return known }
        if !assumed.contains(name) {
            report(
                .undefinedVariable(name, nearest: nearestName(to: name, among: names)), at: expression.span)
        }
        return .any
    }

    private mutating func member(_ name: String, of object: Known, _ expression: Expression) -> Known {
        var candidates: [String] = []
        switch object.present {
        case .schema(.any), .namespace: return .any
        case .schema(.dict(let values)): return .schema(values)
        case .schema(.record(let fields)):
            if let field = fields.first(where: { $0.0 == name }) { return .schema(field.1) }
            candidates = fields.map(\.0)
        case .module(let unit):
            if let known = modules[unit]?[name] { return known }
            candidates = modules[unit]?.keys.sorted() ?? []
        case .tuple(let parts) where name == "grouper" || name == "list":
            return name == "list" ? parts.last ?? .any : parts.first ?? .any
        default: break
        }
        if let path = expression.pathText, assumed.contains(path) { return .any }
        let path = source.words(of: expression.span)
        let nearest = nearestName(to: name, among: candidates).map { path.dropLast(name.count) + $0 }
        report(
            .undefinedMember(
                path: path, missing: source.words(of: expression.focus), nearest: nearest.map { String($0) }),
            at: expression.focus)
        return .any
    }

    private mutating func item(_ index: Expression, of object: Known, _ expression: Expression) -> Known {
        // What is wrong within the index is told, whatever the object is.
        _ = infer(index)
        switch object.present {
        case .schema(.list(let element)): return .schema(element)
        case .list(let element): return element
        case .schema(.dict(let values)): return .schema(values)
        case .schema(.text), .schema(.freeText): return .text
        case .schema(.record(let fields)):
            guard case .string(let name) = index.kind else { return .any }
            if let field = fields.first(where: { $0.0 == name }) { return .schema(field.1) }
            let path = source.words(of: expression.span)
            if let text = expression.pathText, assumed.contains(text) { return .any }
            report(
                .undefinedMember(
                    path: path, missing: source.words(of: expression.focus),
                    nearest: nearestName(to: name, among: fields.map(\.0))), at: expression.focus)
            return .any
        case .tuple(let parts):
            if case .int(let number) = index.kind, parts.indices.contains(number) { return parts[number] }
            return .any
        default:
            return .any
        }
    }

    // MARK: Calls

    private mutating func call(
        _ callee: Expression, _ arguments: Arguments, _ expression: Expression
    ) -> Known {
        if case .attribute(let object, let name) = callee.kind {
            let known = infer(object)
            if case .module = known {
            } else if let method = BuiltinMethod.byName[name] {
                _ = inferAll(arguments.all)
                return result(of: method, known.present, arguments)
            }
        }
        switch infer(callee) {
        case .macro(let unit, let function):
            callMacro(MacroKey(unit: unit, function: function), arguments, at: expression.span)
            return .text
        case .function:
            _ = inferAll(arguments.all)
            if case .name("range") = callee.kind { return .list(.int) }
            return .namespace
        default:
            _ = inferAll(arguments.all)
            return .any
        }
    }

    private mutating func result(
        of method: BuiltinMethod, _ object: Known, _ arguments: Arguments
    ) -> Known {
        switch method {
        case .items: return .list(.tuple([.text, object.values]))
        case .keys: return .list(.text)
        case .values: return .list(object.values)
        case .get:
            if case .string(let name)? = arguments.positional.first?.kind,
                case .schema(.record(let fields)) = object,
                let field = fields.first(where: { $0.0 == name })
            {
                return .schema(field.1)
            }
            return .any
        case .split: return .list(.text)
        case .startswith, .endswith: return .bool
        case .join, .replace, .strip, .lstrip, .rstrip, .upper, .lower: return .text
        }
    }
}

extension Known {
    /// What the values of a mapping are.
    var values: Known {
        if case .schema(.dict(let values)) = present { return .schema(values) }
        return .any
    }
}

extension Expression {
    /// The path as text, for an expression that is nothing but names: `a.b`, `a['b']`.
    var pathText: String? {
        switch kind {
        case .name(let name): return name
        case .attribute(let object, let name): return object.pathText.map { $0 + "." + name }
        case .item(let object, let index):
            guard case .string(let name) = index.kind else { return nil }
            return object.pathText.map { $0 + "." + name }
        default: return nil
        }
    }

    /// The paths that are defined if this condition is true, or false.
    func definedPaths(ifTrue: Bool) -> Set<String> {
        switch kind {
        case .test(let operand, let name, _):
            let says = name.text == "defined" ? true : name.text == "undefined" ? false : nil
            guard let says, says == ifTrue, let path = operand.pathText else { return [] }
            return [path]
        case .not(let operand): return operand.definedPaths(ifTrue: !ifTrue)
        case .and(let left, let right) where ifTrue:
            return left.definedPaths(ifTrue: true).union(right.definedPaths(ifTrue: true))
        case .or(let left, let right) where !ifTrue:
            return left.definedPaths(ifTrue: false).union(right.definedPaths(ifTrue: false))
        default: return []
        }
    }
}
