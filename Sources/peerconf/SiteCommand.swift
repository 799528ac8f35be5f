import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf site`: the file that says what the API can't know.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "The site file: what the API can't know about the routers.",
        usage: """
            peerconf site init cloud/ > peerconf.toml
            peerconf site schema > peerconf.schema.json
            """, discussion: ExitStatus.help,
        subcommands: [Initialize.self, Schema.self])

    /// `peerconf site init`.
    struct Initialize: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "Print a commented starter file for the devices of answers.",
            usage: "peerconf site init cloud/ > peerconf.toml",
            discussion: .paragraphs(
                """
                Exit status: 0 done; 2 wrong usage or unusable input; 3 some connections could not be read, the others
                are in it.
                """))

        @OptionGroup var inputs: Inputs

        @Option(
            help: ArgumentHelp("The pack to enter for each router.", valueName: "device[@version]"),
            completion: .list(PackLibrary.builtIn.names))
        var device = "strongswan"

        @Option(
            help: ArgumentHelp(
                "Make a file with a new fingerprint key too, of mode 0600; an existing one stays.", valueName: "file"))
        var fingerprintKey: String?

        @OptionGroup var terminal: TerminalOptions

        func validate() throws { try inputs.validateGiven() }

        func run() throws {
            try Console.reporting {
                if let fingerprintKey { try SiteCommand.write(key: fingerprintKey) }
                _ = try PackLibrary.builtIn.pack(device)
                // Keys may be masked: the site file is what will say where they are.
                let reading = try inputs.read(for: Purpose(needsKeys: false, takesMaskedKeys: true))
                try Console.write(SiteStarter(reading.fleet, device: device).text)
                // Doubts about the connections are told by render; here only what kept some of them away.
                let errors = reading.allFindings.filter { $0.severity == .error }
                Console.report(errors)
                let status = ExitStatus(
                    findings: errors, leftOut: reading.leftOutCount, done: reading.fleet.connections.count)
                if status != .clean { throw status.code }
            }
        }
    }

    /// 256 random bits as hexadecimal digits.
    private static func newKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        return (0..<64).map { _ in digits[Int.random(in: 0..<16, using: &generator)] } + [UInt8(ascii: "\n")]
    }

    private static func write(key path: String) throws {
        if try WholeFile.readIfPresent(path) != nil { return }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        _ = try OutputFolder(folder).write(newKey(), to: name, isSecret: true)
    }

    /// `peerconf site schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print the site file's JSON Schema, for editors.",
            usage: "peerconf site schema > peerconf.schema.json", discussion: ExitStatus.help)

        @OptionGroup var terminal: TerminalOptions

        func run() throws {
            try Console.reporting { try Console.write(SiteSchema.json.text) }
        }
    }
}
