import Findings

/// What filters give, and the attributes that they are told by name.
extension Checker {
    mutating func filter(
        _ name: String, _ operand: Expression, _ arguments: Arguments, _ expression: Expression
    ) -> Known {
        let isDefault = name == "default" || name == "d"
        let value = isDefault ? inferPossiblyMissing(operand) : infer(operand)
        for argument in arguments.all { _ = infer(argument) }
        if let host = program.filters.first(where: { $0.name == name }) { return .schema(host.result) }
        guard let filter = BuiltinFilter.byName[name] else { return .any }
        let element = value.element ?? .any
        switch filter {
        case .default, .d:
            let fallback = arguments.positional.first.map { infer($0) } ?? .text
            return value.isFreeText ? value.present : value.present.merged(with: fallback)
        case .length, .count, .int, .abs: return .int
        case .sum:
            follow(arguments, "attribute", 0, from: element)
            return .int
        case .join:
            follow(arguments, "attribute", 1, from: element)
            return .text
        case .replace, .string, .upper, .lower, .trim, .indent, .capitalize, .format, .tojson, .quoted,
            .remark:
            return .text
        case .list, .select, .reject: return .list(element)
        case .unique:
            follow(arguments, "attribute", 1, from: element)
            return .list(element)
        case .reverse:
            if case .schema(.text) = value.present { return .text }
            if value.isFreeText { return value }
            return .list(element)
        case .sort:
            follow(arguments, "attribute", 2, from: element)
            return .list(element)
        case .first, .last: return element
        case .min, .max:
            follow(arguments, "attribute", 1, from: element)
            return element
        case .map:
            guard arguments.positional.isEmpty else { return .list(.any) }
            let hasFallback = arguments.keywords.contains { $0.name.text == "default" }
            return .list(follow(arguments, "attribute", 0, from: element, mayMiss: hasFallback) ?? .any)
        case .selectattr, .rejectattr:
            let test: String? =
                if arguments.positional.count > 1, case .string(let name) = arguments.positional[1].kind {
                    name
                } else {
                    nil
                }
            follow(arguments, "", 0, from: element, mayMiss: test == "defined" || test == "undefined")
            return .list(element)
        case .groupby:
            let key = follow(arguments, "attribute", 0, from: element)
            return .list(.tuple([key ?? .any, .list(element)]))
        case .dictsort, .items: return .list(.tuple([.text, value.values]))
        }
    }

    /// Follows an attribute that is named by a literal argument; `nil` where none is given so.
    @discardableResult
    private mutating func follow(
        _ arguments: Arguments, _ keyword: String, _ position: Int, from start: Known, mayMiss: Bool = false
    ) -> Known? {
        let argument =
            arguments.keywords.first { $0.name.text == keyword }?.value
            ?? (position < arguments.positional.count ? arguments.positional[position] : nil)
        guard let argument, case .string(let text) = argument.kind else { return nil }
        // `sort(attribute='a,b')` names two.
        let paths = text.split(separator: ",")
        var known = start
        for path in paths {
            known = start
            for part in path.split(separator: ".") {
                guard case .schema(.record(let fields)) = known.present else {
                    known = Int(part) != nil ? known.element ?? .any : known.values
                    continue
                }
                guard let field = fields.first(where: { $0.0 == part }) else {
                    if !mayMiss {
                        let nearest = nearestName(to: String(part), among: fields.map(\.0))
                        report(
                            .undefinedMember(path: String(part), missing: String(part), nearest: nearest),
                            at: argument.span)
                    }
                    return .any
                }
                known = .schema(field.1)
            }
        }
        return paths.count == 1 ? known : .any
    }
}
