import ArgumentParser
import FieldReader
import Findings
import Review

/// `peerconf schema`: the documented form of what peerconf reads and writes for other programs.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a document that peerconf reads or writes.",
        usage: """
            peerconf schema list > list.schema.json
            """,
        discussion: ExitStatus.help)

    /// The documents that have a schema.
    enum Document: String, ExpressibleByArgument, CaseIterable {
        /// `peerconf list --format json`.
        case list
        /// `--format json` of `lint`, `diff`, `render --check` and `scan`.
        case report
        /// `peerconf devices --format json`.
        case devices
        /// The site file, as JSON for editors.
        case site
    }

    @Argument(
        help: ArgumentHelp(
            "list: what `list --format json` writes; report: what lint, diff, scan and render --check write with "
                + "--format json; devices: what `devices --format json` writes; site: the site file, for editors.",
            valueName: "list|report|devices|site"))
    var document: Document

    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            switch document {
            case .list: try Console.write(ModelJSON.schema.text)
            case .report: try Console.write(ReportJSON.schema.text)
            case .devices: try Console.write(DevicesJSON.schema.text)
            case .site: try Console.write(SiteSchema.json.text)
            }
        }
    }
}
