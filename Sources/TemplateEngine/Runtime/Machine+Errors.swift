import Findings

/// Gives faults their place and their words.
extension Machine {
    /// A fault on its way out of a function: with place, source line and the loops that were at work.
    func located(_ fault: Fault, _ unit: Unit, _ pc: Int, _ frame: Frame) -> Fault {
        let elements = loopElements(frame, unit)
        if case .located(let error) = fault.cause { return Fault(error.within(nil, elements)) }
        let span = pc < unit.spans.count ? unit.spans[pc] : Span(0, 0)
        let words = words(fault.cause, unit, span)
        let (line, column) = unit.source.position(of: Int(words.span.start))
        return Fault(
            TemplateError(
                kind: words.kind, template: unit.source.name, line: line, column: column,
                excerpt: unit.source.excerpt(of: words.span), chain: [], elements: elements,
                origin: fault.origin))
    }

    /// A fault on its way through a call.
    func within(_ fault: Fault, _ kind: TemplateError.Call.Kind, _ frame: borrowing Frame, _ pc: Int) -> Fault {
        guard case .located(let error) = fault.cause else { return fault }
        let unit = program.units[frame.unit]
        let (line, _) = unit.source.position(of: Int(unit.spans[pc].start))
        return Fault(error.within(.init(kind: kind, template: unit.source.name, line: line)))
    }

    /// The elements that the loops of a function are at, innermost first.
    private func loopElements(_ frame: Frame, _ unit: Unit) -> [TemplateError.LoopElement] {
        guard loops.count > frame.loopBase else { return [] }
        // Loops of functions that were called from here have told theirs already.
        return loops[frame.loopBase...].prefix { unit.loops.indices.contains($0.site) }.reversed().compactMap {
            loop in
            guard loop.position >= 0, loop.position < loop.elements.count else { return nil }
            return TemplateError.LoopElement(
                expression: unit.source.words(of: unit.loops[loop.site].span), index: loop.position + 1,
                id: id(of: loop.elements[loop.position]))
        }
    }

    /// What names an element to a person: its `id`, unless that is secret.
    private func id(of element: Value) -> String? {
        guard case .text(let text)? = element.mapping?["id"], !text.isSecret, text.trust != .marked,
            text.string.utf8.count <= 80, !text.string.unicodeScalars.contains(where: \.isControl)
        else { return nil }
        return text.string
    }

    private func words(
        _ cause: Fault.Cause, _ unit: Unit, _ span: Span
    ) -> (kind: TemplateError.Kind, span: Span) {
        switch cause {
        case .kind(.controlCharacter(let expression, let character)) where expression.isEmpty:
            return (.controlCharacter(expression: unit.source.words(of: span), character: character), span)
        case .kind(let kind): return (kind, span)
        case .located(let error): return (error.kind, span)
        case .undefined(let undefined): return words(undefined, unit, span)
        }
    }

    /// A missing value in words.
    ///
    /// It is reported where it was used, unless that is the place where it is named anyway; then exactly the
    /// missing part is marked.
    private func words(
        _ undefined: Undefined, _ unit: Unit, _ span: Span
    ) -> (kind: TemplateError.Kind, span: Span) {
        let origin = program.units[min(Int(undefined.unit), program.units.count - 1)]
        let site = Int(undefined.site) < origin.sites.count ? origin.sites[Int(undefined.site)] : nil
        let isHere = origin === unit
        switch undefined.reason {
        case .variable:
            guard let site else { break }
            let kind = TemplateError.Kind.undefinedVariable(
                site.name, nearest: nearestName(to: site.name, among: contextNames))
            return (kind, isHere && span.contains(site.focus) ? site.focus : span)
        case .member:
            if case .attribute(let missing) = undefined.keys {
                let nearest = nearestName(to: missing.name, among: missing.known)
                return (.undefinedMember(path: missing.name, missing: missing.name, nearest: nearest), span)
            }
            guard let site else { break }
            let path = origin.source.words(of: site.span)
            var nearest: String?
            if !site.name.isEmpty, let name = nearestName(to: site.name, among: undefined.keys.names) {
                nearest = String(path.dropLast(site.name.count)) + name
            }
            let kind = TemplateError.Kind.undefinedMember(
                path: path, missing: origin.source.words(of: site.focus), nearest: nearest)
            return (kind, isHere && span.contains(site.focus) ? site.focus : span)
        case .argument: return (.undefinedArgument(site?.name ?? ""), span)
        case .export: return (.undefinedExport(site?.name ?? ""), span)
        case .emptySequence: return (.emptySequence, span)
        case .noElse: return (.undefinedCondition, span)
        case .unset, .absent: break
        }
        return (.undefinedVariable("", nearest: nil), span)
    }

    /// Names that the context knows, for hints.
    private var contextNames: [String] {
        scopes.reversed().flatMap { scope in
            scope.names.map { Names.name(of: $0.number) } + (scope.context.mapping?.keys.map(\.string) ?? [])
        }
    }
}

extension Undefined.KeySource {
    var names: [String] {
        switch self {
        case .unknown: []
        case .attribute(let missing): missing.known
        case .shape(let shape): shape.names
        case .dict(let dict): dict.names
        }
    }
}

extension Span {
    func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
