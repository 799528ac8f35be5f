import Findings

/// A rule's page as a person reads it on a terminal.
///
/// ```
/// PC123  Group 2 (1024 bits) in phase 1
/// lint
///
/// What     The Diffie-Hellman group of phase 1 is group2, 1024 bits.
/// …
/// ```
public struct RulePage: Sendable {
    private let rule: Rule

    /// Prepares the page of a rule.
    public init(_ rule: Rule) { self.rule = rule }

    /// The page.
    ///
    /// - Throws: a `Finding` when a policy that comes with the program can't be read.
    public var text: String {
        get throws {
            var text = "\(rule.id.rawValue)  \(rule.title)\n\(rule.stage)\n\n"
            let parts = [
                ("What", rule.what), ("Why", rule.why), ("Source", rule.clause), ("Remedy", rule.remedy),
                ("Before", rule.before), ("After", rule.after),
            ]
            for (name, content) in parts {
                if let content { text += Self.paragraph(name, content) }
            }
            if let effect = rule.effect { text += Self.paragraph("Effect", effect.words) }
            let verdicts = try Policy.builtInNames.map { name in try verdict(of: name) }
                .compactMap(\.self)
            if !verdicts.isEmpty { text += "\nPolicies\n" + verdicts.joined() }
            if let severity = rule.severity {
                text += "\nSeverity  \(severity.rawValue), where no policy says otherwise\n"
            }
            return text
        }
    }

    /// All rules with their titles.
    public static var list: String {
        RuleCatalogue.rules.map { "\($0.id.rawValue)  \($0.title)\n" }.joined()
    }

    private func verdict(of name: String) throws -> String? {
        guard rule.value != nil || rule.limit != nil else { return nil }
        let policy = try Policy.builtIn(name)
        let limit = rule.limit.flatMap { policy.limits[$0] }
        let verdict = rule.value.flatMap { policy.verdicts[$0] } ?? limit?.verdict
        var words = verdict?.severity?.rawValue ?? "accepted"
        switch limit?.bound {
        case .atMost(let most): words += ", at most \(most)"
        case .atLeast(let least): words += ", at least \(least)"
        case nil: break
        }
        if let citation = verdict?.citation { words += " (\(citation.words))" }
        if verdict?.severity != nil { words += "\nfix: \(policy.remedy(for: rule))" }
        return Self.paragraph(name, words)
    }

    /// A name and its text in two columns, the text broken at blanks.
    public static func paragraph(_ name: String, _ content: String) -> String {
        let margin = String(repeating: " ", count: 10)
        let head = name + String(repeating: " ", count: max(1, 10 - name.count))
        var lines: [String] = []
        for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
            var current = ""
            for word in line.split(separator: " ", omittingEmptySubsequences: false) {
                if !current.isEmpty, current.count + 1 + word.count > 86 {
                    lines.append(current)
                    current = String(word)
                } else {
                    current += current.isEmpty ? String(word) : " " + word
                }
            }
            lines.append(current)
        }
        return head + lines.joined(separator: "\n" + margin) + "\n"
    }
}
