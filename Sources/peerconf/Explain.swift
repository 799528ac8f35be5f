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
            guard let page = RuleCatalogue.rule(what) ?? RuleCatalogue.rule(what.uppercased()) else {
                let hint = didYouMean(RuleCatalogue.nearest(to: what))
                throw Finding(
                    "PC198", .error, "there is no rule \(quoted(what))\(hint)",
                    remedy: "peerconf explain lists all rules; a line of a file is FILE:LINE")
            }
            try Console.write(try RulePage(page).text)
        }
    }

    /// `file:12`, and `file:12:5` as editors copy it.
    private static func location(_ text: String) -> SourceLocation? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.reversed().prefix(2).prefix { Int($0) != nil }
        guard let line = numbers.last.flatMap({ Int($0) }), line > 0, parts.count > numbers.count else { return nil }
        return SourceLocation(file: parts.dropLast(numbers.count).joined(separator: ":"), line: line)
    }
}
