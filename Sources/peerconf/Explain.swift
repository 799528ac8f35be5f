import ArgumentParser
import Findings
import Review

/// `peerconf explain`: the page of a rule, offline.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what is behind a rule; without one, list all rules.",
        usage: """
            peerconf explain PC131
            peerconf explain
            """)

    @Argument(help: ArgumentHelp("A rule that a finding names, such as PC131.", valueName: "rule"))
    var rule: String?

    func run() throws {
        try Console.reporting {
            guard let rule else { return try Console.write(RulePage.list) }
            guard let page = RuleCatalogue.rule(rule.uppercased()) else {
                let hint = RuleCatalogue.nearest(to: rule).map { "; did you mean \($0)?" } ?? ""
                throw Finding(
                    "PC198", .error, "there is no rule \(quoted(rule))\(hint)",
                    remedy: "peerconf explain lists all rules")
            }
            try Console.write(try RulePage(page).text)
        }
    }
}
