import Findings
import TemplateEngine

/// A rule of a manifest, its condition and message compiled.
struct PackRule: Sendable {
    let rule: Manifest.Rule
    private let id: RuleID
    private let condition: Template
    private let message: Template
    /// Whether the condition asks about single tunnels.
    let isAboutTunnels: Bool

    /// Compiles the rules that hold for a version.
    ///
    /// - Throws: a `Finding` when an expression is none.
    static func compile(_ manifest: Manifest, version: String) throws(Finding) -> [PackRule] {
        // Conditions and messages print nothing to a device, so there is no syntax to keep to.
        let environment = Environment(loader: { _ in nil })
        var rules: [PackRule] = []
        for rule in manifest.rules where rule.versions.isEmpty || rule.versions.contains(version) {
            let name = "\(manifest.name).toml, rule \(rule.id)"
            do throws(TemplateError) {
                rules.append(
                    PackRule(
                        rule: rule, id: RuleID(rawValue: "\(manifest.name)/\(rule.id)"),
                        condition: try environment.template(
                            source: "{% if \(rule.when) %}yes{% endif %}", named: name),
                        message: try environment.template(source: rule.message, named: name),
                        isAboutTunnels: rule.when.contains("tunnel.") || rule.message.contains("tunnel.")))
            } catch {
                throw error.finding()
            }
        }
        return rules
    }

    /// What can't be in its condition or message, by the data model alone.
    var mistakes: [TemplateError] {
        let schema = isAboutTunnels ? ruleContext.shape.schema : connectionContext.shape.schema
        return condition.check(against: schema) + message.check(against: schema)
    }

    /// What the rule says of a connection or tunnel; `nil` when its condition does not hold.
    ///
    /// - Parameter context: must hold placeholders instead of keys: a message is printed.
    func finding(_ context: Value, at place: Place) -> Finding? {
        do throws(TemplateError) {
            guard try condition.render(context) == "yes" else { return nil }
            var place = place
            place.field = rule.field
            return Finding(id, rule.severity, try message.render(context), at: place, remedy: rule.remedy)
        } catch {
            return error.finding()
        }
    }
}
