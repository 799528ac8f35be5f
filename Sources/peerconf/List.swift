import ArgumentParser
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf list`: the tunnels of the inputs.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the tunnels that the inputs tell of.",
        usage: """
            peerconf list cloud/
            peerconf list response.xml --format json
            """)

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

    func run() throws {
        try Console.reporting {
            var reading = try inputs.read()
            reading.fleet.numberByID()
            switch format {
            case .text where reading.fleet.connections.isEmpty: break
            case .text: try Console.write(TunnelTable(reading.fleet).text)
            case .json:
                try Console.write(
                    ModelJSON(
                        reading.fleet,
                        fingerprintKey: try KeyOptions.fingerprint(fingerprintKey ?? reading.site.fingerprintKeyPath)
                    ).json.text)
            }
            Console.report(reading.allFindings)
            let status = ExitStatus(
                findings: reading.allFindings, leftOut: reading.leftOutCount,
                done: reading.fleet.connections.count)
            if status != .clean { throw status.code }
        }
    }
}
