import TemplateEngine

// The input is a template, a zero byte and a context as JSON.

private let rules = OutputRules(
    name: "bare word", bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-"),
    quoted: { text throws(FilterFailure) in
        if text.contains("\"") { throw FilterFailure("a quotation mark") }
        return "\"" + text + "\""
    })

private let limits: Limits = {
    var limits = Limits()
    limits.steps = 200_000
    limits.outputBytes = 1 << 20
    limits.textBytes = 1 << 20
    limits.elements = 100_000
    return limits
}()

/// Compiles, checks and renders in every way; they must agree, and none may crash.
@Sendable func exerciseTemplate(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let source = Array(parts.first ?? [])
    let json = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "{}"
    let context = (try? JSON.value(json)) ?? .dict([:])
    let loader: Environment.Loader = { $0 == "self" || $0 == "main" ? source : nil }
    for rules in [nil, rules] {
        let environment = Environment(loader: loader, rules: rules, limits: limits)
        guard let template = try? environment.template(named: "main") else { continue }
        _ = template.check(against: .record(["a": .text, "l": .list(of: .record(["x": .int]))]))
        _ = template.check(against: .any)
        var plain: [UInt8] = []
        var mapped: [UInt8] = []
        do throws(TemplateError) {
            try template.render(context, into: &plain)
            let map = try template.renderWithSourceMap(context, into: &mapped)
            precondition(plain == mapped, "a source map changes the output")
            let breaks = plain.count { $0 == 0x0A }
            precondition(map.lines.count == breaks + (plain.last == 0x0A || plain.isEmpty ? 0 : 1), "lines")
        } catch {
            _ = error.finding().message
            precondition(plain.isEmpty || mapped.isEmpty, "output of a failed rendering")
        }
    }
}
