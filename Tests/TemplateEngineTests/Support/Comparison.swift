import TemplateEngine

/// A template with its context, to be rendered by the engine and by Jinja2.
struct Case: CustomStringConvertible {
    let name: String
    let templates: [(name: String, source: String)]
    let context: Value
    /// Jinja2 renders it and the engine refuses.
    let isRefused: Bool
    /// A tag goes over several lines, so that Jinja2 may name an earlier one.
    let isMultiline: Bool
    /// As Jinja2's side reads it.
    let json: String

    var description: String { name }

    init(json: String) throws {
        let value = try JSON.value(json)
        self.json = json
        name = value["name"]?.string ?? json
        guard case .dict(let templates)? = value["templates"] else { throw Jinja.Missing(description: json) }
        self.templates = zip(templates.keys, templates.values).map { ($0.string, $1.string ?? "") }
        context = value["context"] ?? .dict([:])
        isRefused = value.isSet("refused")
        isMultiline = value.isSet("multiline")
    }

    func render() throws(TemplateError) -> String {
        let sources = Dictionary(templates.map { ($0.name, Array($0.source.utf8)) }, uniquingKeysWith: { $1 })
        let environment = Environment(loader: { sources[$0] }, templateNames: sources.keys.sorted())
        return try environment.template(named: "main").render(context)
    }

    /// What is wrong with the engine's answer, if something is.
    ///
    /// - Parameters:
    ///   - jinja: what Jinja2 says.
    ///   - mayRefuse: whether a refusal is fine without being announced.
    /// - Returns: both answers in words, or `nil` if they agree.
    func difference(from jinja: Jinja.Answer, mayRefuse: Bool) -> String? {
        let ours: Result<String, TemplateError>
        do throws(TemplateError) { ours = .success(try render()) } catch { ours = .failure(error) }
        switch (ours, jinja) {
        case (.success(let output), .output(let expected)):
            if isRefused { return "renders what it should refuse: \(output)" }
            return Array(output.utf8) == Array(expected.utf8)
                ? nil : "ours:   \(output.debugDescription)\nJinja2: \(expected.debugDescription)"
        case (.success(let output), .error(let kind, _, let line)):
            return "renders \(output.debugDescription), Jinja2 raises \(kind) in line \(line ?? 0)"
        case (.failure(let error), .output(let expected)):
            if error.isRefusal, isRefused || mayRefuse { return nil }
            return
                "raises \(error.line):\(error.column) \(error.message); Jinja2: \(expected.debugDescription)"
        case (.failure(let error), .error(let kind, let template, let line)):
            if isRefused { return error.isRefusal ? nil : "is no refusal: \(error.message)" }
            if error.isRefusal {
                // A template that is refused before it runs may well be one that Jinja2 fails to run.
                let isFine = mayRefuse || error.isOfText || error.isCompileTimeKnowledge
                return isFine ? nil : "refuses: \(error.message); Jinja2 raises \(kind)"
            }
            if mayRefuse, error.isOfText, error.template != "main" { return nil }
            guard error.corresponds(to: kind) else {
                return "raises \(error.line):\(error.column) \(error.message); Jinja2: \(kind)"
            }
            // A tag over several lines is one line to Jinja2; the engine points into it.
            // What is not closed Jinja2 notices at the end; the engine says where it was opened.
            let isSameLine =
                line.map {
                    error.isUnclosed ? $0 >= error.line : isMultiline ? $0 <= error.line : $0 == error.line
                }
                ?? true
            // In random templates Jinja2's line comes from a Python traceback that may name a neighbour of the line in
            // the head of a `for` or `elif`; announced cases pin the line down.
            guard mayRefuse || ((template == nil || template == error.template) && isSameLine) else {
                return
                    "raises \(error.message) in \(error.template):\(error.line); Jinja2 in \(template ?? ""):\(line ?? 0)"
            }
            return nil
        }
    }
}

extension Value {
    fileprivate func isSet(_ key: String) -> Bool {
        if case .bool(true)? = self[key] { return true }
        return false
    }
}

extension TemplateError {
    /// Whether the engine refuses something that Jinja2 might do.
    var isRefusal: Bool {
        switch kind {
        case .unsupported, .notPrintable, .refused, .limit, .overflow, .unknownFilter, .unknownTest,
            .unknownMethod, .wrongArguments, .templateNotFound, .notUTF8:
            true
        case .unexpected(let found, _):
            // Jinja2 takes these words for variables where an expression is wanted.
            ["`and`", "`or`", "`not`", "`in`", "`is`", "`if`", "`else`", "`elif`"].contains(found)
        default: false
        }
    }

    /// Whether the template's text is wrong, which the engine notices at once in included templates, too.
    var isOfText: Bool {
        switch kind {
        case .unexpected, .unclosed, .unknownTag: true
        default: false
        }
    }

    var isUnclosed: Bool {
        if case .unclosed = kind { return true }
        return false
    }

    /// Whether Jinja2 raises for the same reason, only later.
    var isCompileTimeKnowledge: Bool {
        switch kind {
        case .unknownFilter, .unknownTest, .unknownMethod, .wrongArguments, .templateNotFound, .unsupported:
            true
        default: false
        }
    }

    func corresponds(to kind: String) -> Bool {
        switch self.kind {
        case .unexpected, .unclosed, .unknownTag:
            ["TemplateSyntaxError", "TemplateAssertionError", "SyntaxError"].contains(kind)
        case .undefinedVariable, .undefinedMember, .undefinedArgument, .undefinedExport, .emptySequence,
            .undefinedCondition:
            // Where Python meets the type first, it complains of that.
            ["UndefinedError", "TypeError"].contains(kind)
        case .wrongType:
            ["TypeError", "AttributeError", "TemplateRuntimeError", "UndefinedError", "FilterArgumentError"]
                .contains(kind)
        case .badValue: ["ValueError", "FilterArgumentError", "TypeError"].contains(kind)
        case .divisionByZero: kind == "ZeroDivisionError"
        default: false
        }
    }
}
