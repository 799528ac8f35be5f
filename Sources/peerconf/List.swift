import ArgumentParser
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf list`: the tunnels of the inputs.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tunnels that the inputs tell of.",
        usage: """
            peerconf list cloud/
            peerconf list response.xml --format json
            """,
        discussion: .paragraphs(
            """
            Exit status: 0 nothing but notes; 1 warnings; 2 wrong usage or unusable input; 3 some connections could
            not be read, the others are listed.
            """))

    /// Forms of the list.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @OptionGroup var inputs: Inputs

    @Option(help: ArgumentHelp("text: a table; json: the whole model, without keys.", valueName: "text|json"))
    var format = Format.text

    @Option(
        help: ArgumentHelp("File with the key that turns keys into fingerprints in JSON.", valueName: "file"),
        completion: .file())
    var fingerprintKey: String?

    @Option(
        help: ArgumentHelp(
            "The peerconf.lock with the tunnels' numbers; else they are derived from ids.", valueName: "peerconf.lock"),
        completion: .file(extensions: ["lock"]))
    var lock: String?

    @OptionGroup var terminal: TerminalOptions

    func validate() throws { try inputs.validateGiven() }

    func run() throws {
        try Console.reporting {
            let lock = try lock.map { path throws in
                try NumberLock(text: String(decoding: WholeFile.read(path), as: UTF8.self), file: path)
            }
            let key = try KeyOptions.fingerprint(
                fingerprintKey ?? inputs.reading.site.map(Site.init(path:))?.fingerprintKeyPath)
            var reading = try inputs.read(
                for: Purpose(knownDevices: Set(lock?.devices.keys.map(\.self) ?? []), needsKeys: key != nil))
            if var lock {
                try reading.fleet.number(with: &lock, file: self.lock ?? "")
            } else {
                try reading.fleet.numberByID()
            }
            switch format {
            case .text where reading.fleet.connections.isEmpty: break
            case .text: try Console.write(TunnelTable(reading.fleet).text)
            case .json: try Console.write(ModelJSON(reading.fleet, fingerprintKey: key).json.text)
            }
            Console.report(reading.allFindings)
            let status = ExitStatus(
                findings: reading.allFindings, leftOut: reading.leftOutCount,
                done: reading.fleet.connections.count)
            if status != .clean { throw status.code }
        }
    }
}
