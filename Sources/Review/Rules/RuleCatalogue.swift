import Findings
import TOMLKit

/// All rules that findings can have, each with its page.
///
/// The pages are data: `pages/*.toml`, one file for each stage, embedded. A test proves that no rule is without a page
/// and no page without a rule.
public enum RuleCatalogue {
    /// Every rule, by id.
    public static let rules: [Rule] = pages.flatMap(read).sorted { $0.id < $1.id }

    private static let pages: [(name: String, bytes: [UInt8])] = [
        ("reading", PackageResources.pages_reading_toml), ("lint", PackageResources.pages_lint_toml),
        ("values", PackageResources.pages_values_toml), ("model", PackageResources.pages_model_toml),
        ("rendering", PackageResources.pages_rendering_toml), ("site", PackageResources.pages_site_toml),
        ("diff", PackageResources.pages_diff_toml),
    ]

    private static let byID = Dictionary(rules.map { ($0.id.rawValue, $0) }) { first, _ in first }
    private static let byValue = Dictionary(
        rules.compactMap { rule in rule.value.map { ($0, rule) } }
    ) { first, _ in first }

    private static let byField = Dictionary(
        rules.flatMap { rule in rule.fields.map { ($0, rule) } }
    ) { first, _ in first }

    /// The rule of a name.
    public static func rule(_ id: String) -> Rule? { byID[id] }

    /// The rule about a value of the API.
    static func rule(forValue path: String) -> Rule? { byValue[path] }

    /// The rule about changes of a field of the API.
    static func rule(forField path: String) -> Rule? { byField[path] }

    /// The paths of all values that have a rule.
    static var valuePaths: [String] { byValue.keys.sorted() }

    /// The rule that a misspelt name was probably meant to be.
    public static func nearest(to id: String) -> String? { nearestName(to: id, among: rules.map(\.id.rawValue)) }

    /// A page that can't be read is left out, which the test of completeness tells.
    private static func read(_ page: (name: String, bytes: [UInt8])) -> [Rule] {
        let input = ReviewFile(file: "rules:\(page.name)", rule: "PC196", what: "the rule pages")
        guard let table = try? input.parse(String(decoding: page.bytes, as: UTF8.self)) else { return [] }
        return table.keys.compactMap { id in
            guard let entry = table[id]?.table, let title = entry["title"]?.string, let what = entry["what"]?.string,
                let why = entry["why"]?.string, let remedy = entry["remedy"]?.string
            else { return nil }
            return Rule(
                id: RuleID(rawValue: id), title: title, what: what, why: why, clause: entry["clause"]?.string,
                remedy: remedy, before: entry["before"]?.string, after: entry["after"]?.string,
                severity: entry["severity"]?.string.flatMap(Severity.init(rawValue:)),
                value: entry["value"]?.string, limit: entry["limit"]?.string,
                fields: entry["fields"]?.array?.compactMap(\.string) ?? [], subject: entry["subject"]?.string,
                effect: entry["effect"]?.string.flatMap(Effect.init(rawValue:)))
        }
    }
}
