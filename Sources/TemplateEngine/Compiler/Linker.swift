import Findings

/// Compiles a template and, each once, those that it includes and imports.
struct Linker {
    let loader: Environment.Loader
    let host: Compiler.HostNames
    let rules: OutputRules?
    let limits: Limits
    let templateNames: [String]

    func template(named name: String, source: [UInt8]?) throws(TemplateError) -> Template {
        var units: [Unit] = []
        var links: [[Int]] = []
        var index: [String: Int] = [:]
        guard let bytes = source ?? loader(name) else {
            throw TemplateError(
                kind: .templateNotFound(name, nearest: nearestName(to: name, among: templateNames)),
                template: name, line: 1, column: 1, excerpt: nil, chain: [], elements: [], origin: .none)
        }
        units.append(try compile(name, bytes))
        index[name] = 0
        var next = 0
        while next < units.count {
            let unit = units[next]
            var targets: [Int] = []
            for link in unit.links {
                if let known = index[link.name] {
                    targets.append(known)
                    continue
                }
                guard units.count < limits.templates else {
                    throw unit.source.error(.limit(.templates(limits.templates)), at: link.span)
                }
                guard let bytes = loader(link.name) else {
                    throw unit.source.error(
                        .templateNotFound(
                            link.name, nearest: nearestName(to: link.name, among: templateNames)),
                        at: link.span)
                }
                index[link.name] = units.count
                targets.append(units.count)
                do {
                    units.append(try compile(link.name, bytes))
                } catch {
                    let (line, _) = unit.source.position(of: Int(link.span.start))
                    throw error.within(
                        .init(kind: .include(link.name), template: unit.source.name, line: line))
                }
            }
            links.append(targets)
            next += 1
        }
        return Template(
            program: Program(units: units, links: links, filters: host.filters, rules: rules, limits: limits))
    }

    private func compile(_ name: String, _ bytes: [UInt8]) throws(TemplateError) -> Unit {
        guard bytes.count <= limits.templateBytes else {
            throw SourceText(name: name, bytes: []).error(
                .limit(.templateBytes(limits.templateBytes)), at: Span(0, 0))
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            // The valid beginning is the same in the repaired text; the first replaced byte differs.
            let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
            let place = zip(bytes, repaired).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let source = SourceText(name: name, bytes: Lexer.normalizingLineBreaks(repaired))
            throw source.error(.notUTF8, at: Span(place ?? bytes.count, (place ?? bytes.count) + 1))
        }
        let source = SourceText(name: name, bytes: Lexer.normalizingLineBreaks(bytes))
        do {
            return try Compiler.compile(source, host: host, limits: limits)
        } catch {
            throw source.error(error.kind, at: error.span)
        }
    }
}

extension TemplateError {
    /// The same error, told by who entered the place, with the elements that its loops are at.
    func within(_ call: Call?, _ elements: [LoopElement] = []) -> TemplateError {
        TemplateError(
            kind: kind, template: template, line: line, column: column, excerpt: excerpt,
            chain: chain + (call.map { [$0] } ?? []), elements: self.elements + elements, origin: origin)
    }
}
