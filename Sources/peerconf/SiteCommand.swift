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
        subcommands: [Initialize.self, Schema.self])

    /// `peerconf site init`.
    struct Initialize: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "Print a commented starter file for the devices of answers.",
            usage: "peerconf site init cloud/ > peerconf.toml")

        @OptionGroup var inputs: Inputs

        @Option(help: ArgumentHelp("The pack to enter for each router.", valueName: "device[@version]"))
        var device = "strongswan"

        func run() throws {
            try Console.reporting {
                _ = try PackLibrary.builtIn.pack(device)
                let reading = try inputs.read()
                try Console.write(SiteStarter(reading.fleet, device: device).text)
                // Doubts about the connections are told by render; here only what kept some of them away.
                Console.report(reading.allFindings.filter { $0.severity == .error })
            }
        }
    }

    /// `peerconf site schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the site file's JSON Schema, for editors.")

        func run() throws {
            try Console.reporting { try Console.write(SiteSchema.json.text) }
        }
    }
}
