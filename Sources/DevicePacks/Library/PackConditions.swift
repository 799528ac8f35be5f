import Findings
import TemplateEngine

/// The conditions of a pack's rules, asked together: mostly none holds, and one rendering tells.
struct PackConditions: Sendable {
    private let aboutConnections: Template?
    private let aboutTunnels: Template?

    init(_ rules: [PackRule]) {
        aboutConnections = Self.template(rules.filter { !$0.isAboutTunnels })
        aboutTunnels = Self.template(rules.filter(\.isAboutTunnels))
    }

    /// Whether the condition of any rule of the kind may hold; one that can't be asked counts as such.
    func mayHold(_ context: Value, aboutTunnels isAboutTunnels: Bool) -> Bool {
        guard let template = isAboutTunnels ? aboutTunnels : aboutConnections else { return true }
        var output: [UInt8] = []
        do throws(TemplateError) {
            try template.render(context, into: &output)
        } catch {
            return true
        }
        return !output.isEmpty
    }

    /// `nil` where the conditions are no template together; then each is asked alone.
    private static func template(_ rules: [PackRule]) -> Template? {
        let source = rules.map { "{% if \($0.rule.when) %}yes{% endif %}" }.joined()
        return try? Environment().template(source: source, named: "rules")
    }
}
