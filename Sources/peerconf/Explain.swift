import ArgumentParser
import DevicePacks
import Findings
import Review

/// `peerconf explain`: the page of a rule, or where a line of output comes from.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what is behind a rule, or where each value of a rendered line comes from.",
        usage: """
            peerconf explain
            peerconf explain PC131
            peerconf explain vyos/weak-esp
            peerconf explain routers/leipzig/swanctl/vco-bp1.conf:21 cloud/ --site peerconf.toml
            """,
        discussion: .paragraphs(
            """
            Without anything, lists all rules. For a line of a file that render wrote, say the same inputs, site file
            and device as for render; the numbers are those of the peerconf.lock above the file. Needs no key and
            shows none.

            \(ExitStatus.help)
            """))

    @Argument(help: ArgumentHelp("A rule that a finding names, or FILE:LINE of a rendered file.", valueName: "what"))
    var what: String?

    @OptionGroup var inputs: Inputs

    @Option(
        help: ArgumentHelp(
            "What the devices are, where the site file does not say it.", valueName: "device[@version]"),
        completion: .list(PackLibrary.builtIn.names))
    var device: String?

    @OptionGroup var packs: PackOptions

    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            guard let what else { return try Console.write(RulePage.list) }
            if let location = Self.location(what) {
                let explaining = LineExplaining(location: location, inputs: inputs, device: device, packs: packs)
                return try Console.write(try explaining.text)
            }
            if what.contains("/") { return try Console.write(packRule(what)) }
            guard let page = RuleCatalogue.rule(what) ?? RuleCatalogue.rule(what.uppercased()) else {
                let hint = didYouMean(RuleCatalogue.nearest(to: what))
                throw Finding(
                    "PC198", .error, "there is no rule \(quoted(what))\(hint)",
                    remedy: "peerconf explain lists all rules; a line of a file is FILE:LINE")
            }
            try Console.write(try RulePage(page).text)
        }
    }

    /// The page of a rule that a pack's manifest has: `vyos/weak-esp`.
    private func packRule(_ name: String) throws -> String {
        let steps = name.split(separator: "/", maxSplits: 1).map(String.init)
        let library = try packs.library()
        let manifest = try steps.first.flatMap { library.names.contains($0) ? try library.manifest($0) : nil }
        let rules = manifest?.rules.filter { $0.id == steps.last } ?? []
        guard let manifest, let first = rules.first else {
            let known = manifest.map { Set($0.rules.map(\.id)).sorted().joined(separator: ", ") }
            throw Finding(
                "PC198", .error, "there is no rule \(quoted(name))",
                remedy: known.map { "rules of \(steps[0]): \($0)" }
                    ?? "rules of packs are PACK/RULE, of \(library.names.joined(separator: ", ")); a line of a file is FILE:LINE"
            )
        }
        var text = "\(manifest.name)/\(first.id)\na rule of the pack for \(manifest.title)\n"
        for rule in rules {
            let parts: [(String, String?)] = [
                ("What", rule.message), ("When", rule.when), ("Field", rule.field),
                ("Versions", rule.versions.isEmpty ? nil : rule.versions.joined(separator: ", ")),
                ("Severity", rule.severity == .error ? "error: the connection is left out" : rule.severity.rawValue),
                ("Remedy", rule.remedy),
            ]
            text += "\n"
            for case let (name, content?) in parts { text += RulePage.paragraph(name, content) }
        }
        return text
    }

    /// `file:12`, and `file:12:5` as editors copy it.
    private static func location(_ text: String) -> SourceLocation? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.reversed().prefix(2).prefix { Int($0) != nil }
        guard let line = numbers.last.flatMap({ Int($0) }), line > 0, parts.count > numbers.count else { return nil }
        return SourceLocation(file: parts.dropLast(numbers.count).joined(separator: ":"), line: line)
    }
}
