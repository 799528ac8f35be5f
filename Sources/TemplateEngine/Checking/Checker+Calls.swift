import Findings

/// Includes, imports and macros: checked where they are entered, with what is known there.
extension Checker {
    mutating func enterInclude(_ template: Name) {
        guard let target = target(of: template), mayEnter else { return }
        let known = (scopes, unit, top)
        scopes.append([:])
        top = scopes.count - 1
        enter(.include(template.text), at: template.span, unit: target) {
            $0.check($0.program.units[target].statements)
        }
        (scopes, unit, top) = known
    }

    /// The unit of an imported template, its names worked out.
    mutating func module(_ template: Name) -> Int? {
        guard let target = target(of: template) else { return nil }
        if modules[target] == nil, mayEnter {
            modules[target] = [:]
            let known = (scopes, unit, top)
            top = 0
            // With context or without: what is unknown to both is wrong, the rest can't be told apart here.
            scopes = [[:]]
            enter(.importing(template.text), at: template.span, unit: target) {
                $0.check($0.program.units[target].statements)
                $0.modules[target] = $0.scopes[0]
            }
            (scopes, unit, top) = known
        }
        return target
    }

    private var mayEnter: Bool { chain.count < Checker.maximalDepth && entriesLeft > 0 }

    private func target(of template: Name) -> Int? {
        guard let link = program.units[unit].links.firstIndex(where: { $0.name == template.text }) else {
            return nil
        }
        return program.links[unit][link]
    }

    private mutating func enter(
        _ kind: TemplateError.Call.Kind, at span: Span, unit target: Int, _ body: (inout Checker) -> Void
    ) {
        let (line, _) = source.position(of: Int(span.start))
        entriesLeft -= 1
        chain.append(.init(kind: kind, template: source.name, line: line))
        unit = target
        body(&self)
        chain.removeLast()
    }

    /// A call of a macro: its arguments, then its body with them.
    mutating func callMacro(_ callee: MacroKey, _ arguments: Arguments, at span: Span) {
        let function = program.units[callee.unit].functions[callee.function]
        var given = Array(repeating: Known?.none, count: function.parameters.count)
        for (index, argument) in arguments.positional.enumerated() {
            let known = infer(argument)
            if index < given.count {
                given[index] = known
            } else if index == given.count {
                report(
                    .wrongArguments(callee: function.name, problem: .tooMany(allowed: given.count)),
                    at: argument.span)
            }
        }
        for (name, value) in arguments.keywords {
            let known = infer(value)
            guard let index = function.parameters.firstIndex(of: name.text) else {
                let nearest = nearestName(to: name.text, among: function.parameters)
                report(
                    .wrongArguments(
                        callee: function.name, problem: .unknownKeyword(name.text, nearest: nearest)),
                    at: name.span)
                continue
            }
            if given[index] != nil {
                report(.wrongArguments(callee: function.name, problem: .duplicate(name.text)), at: name.span)
            }
            given[index] = known
        }
        checkBody(callee, given, .macro(function.name), at: span)
    }

    private mutating func checkBody(
        _ callee: MacroKey, _ given: [Known?], _ kind: TemplateError.Call.Kind, at span: Span
    ) {
        calledMacros.insert(callee)
        guard mayEnter, let macro = definition(callee) else { return }
        let known = (scopes, unit, assumed, top)
        // A macro sees the top level of its template as it is at the call, and its arguments. To an included template
        // what was known where it is included lies below.
        scopes = (callee.unit == unit ? Array(scopes[...top]) : [modules[callee.unit] ?? [:]]) + [[:]]
        top = scopes.count - 2
        assumed = []
        enter(kind, at: span, unit: callee.unit) { checker in
            for (index, parameter) in macro.parameters.enumerated() {
                let fromEnd = macro.parameters.count - index
                var value = given[index]
                if value == nil, fromEnd <= macro.defaults.count {
                    value = checker.infer(macro.defaults[macro.defaults.count - fromEnd])
                }
                checker.scopes[checker.scopes.count - 1][parameter.text] = value ?? .any
                if value == nil { checker.assumed.insert(parameter.text) }
            }
            checker.check(macro.body)
        }
        (scopes, unit, assumed, top) = known
    }

    private func definition(_ callee: MacroKey) -> MacroDefinition? {
        var index = 0
        for statement in program.units[callee.unit].statements {
            guard case .macro(let macro) = statement.kind else { continue }
            index += 1
            if index == callee.function { return macro }
        }
        return nil
    }

    /// Macros that nobody calls are checked with arguments of which nothing is known.
    mutating func checkUncalledMacros() {
        for index in program.units[0].functions.indices.dropFirst() {
            let key = MacroKey(unit: 0, function: index)
            guard !calledMacros.contains(key), let macro = definition(key) else { continue }
            let given = Array(repeating: Known?.some(.any), count: macro.parameters.count)
            checkBody(key, given, .macro(macro.name.text), at: macro.name.span)
        }
    }
}
