import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import Review

/// `peerconf devices`: what can be rendered for.
struct Devices: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List devices, their versions and what each can express.",
        usage: """
            peerconf devices
            peerconf devices --format markdown
            """, discussion: ExitStatus.help)

    /// Forms of the list.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case markdown
    }

    @OptionGroup var packs: PackOptions
    @Option(help: ArgumentHelp("Form of the list.", valueName: "text|json|markdown")) var format = Format.text
    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            let library = try packs.library()
            let matrix = DeviceMatrix(try library.names.map { name throws(Finding) in try library.manifest(name) })
            switch format {
            case .text: try Console.write(matrix.text)
            case .json: try Console.write(DevicesJSON.json(matrix).text)
            case .markdown: try Console.write(matrix.markdown)
            }
        }
    }
}
