import ArgumentParser
import FieldReader

/// The command: its parts only wire together what the libraries do.
@main
struct Peerconf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peerconf",
        abstract: "Configuration for the device at the other end of Alibaba Cloud's IPsec-VPN connections.",
        usage: """
            peerconf render samples/dual-bgp-vpn-gateway --device strongswan
            peerconf render cloud/ --device strongswan -o routers/
            peerconf list cloud/
            """,
        discussion: .paragraphs(
            """
            Reads answers of DescribeVpnConnections, DescribeVpnGateways and DescribeCustomerGateways, XML or
            JSON, from files, folders or standard input (-). Opens no network connection.

            Exit status: 0 clean; 1 findings; 2 wrong usage, input or template; 3 some connections left out,
            the rest is done.
            """),
        version: "0.1.0",
        subcommands: [
            Render.self, List.self, DiffCommand.self, LintCommand.self, ScanCommand.self, Explain.self,
            SiteCommand.self, Devices.self, Templates.self, SchemaCommand.self,
        ])

    func run() throws { try Console.reporting { try Console.write(Welcome.text) } }

    static func main() {
        StandardStream.ignoreBrokenPipes()
        // Swift reads them from /proc; without it, any command would seem to be none.
        guard !CommandLine.arguments.isEmpty else {
            _ = try? StandardStream.error.write(Array("Error: No arguments can be read: is /proc mounted?\n".utf8))
            exit(withError: ExitStatus.failure.code)
        }
        Progress.begin()
        do {
            var command = try parseAsRoot()
            try command.run()
            Progress.end()
        } catch {
            exit(withStatusOf: error)
        }
    }

    /// ArgumentParser knows its own exit codes; usage errors become 2 as everywhere else here.
    private static func exit(withStatusOf error: any Error) -> Never {
        Progress.end()
        let code = exitCode(for: error)
        let arguments = Array(CommandLine.arguments.dropFirst())
        if code == .success, !(error is ExitCode) {
            // `help` of a command that is none would be the help of everything.
            if arguments.first == "help", let message = MisspeltCommand.message(arguments, of: Self.self) {
                _ = try? StandardStream.error.write(Array(message.utf8))
                exit(withError: ExitStatus.failure.code)
            }
            _ = try? StandardStream.output.write(Array("\(HelpPage(fullMessage(for: error)).text)\n".utf8))
            exit(withError: ExitStatus.clean.code)
        }
        if code == .validationFailure || (code == .failure && !(error is ExitCode)) {
            let message = MisspeltCommand.message(arguments, of: Self.self) ?? (fullMessage(for: error) + "\n")
            _ = try? StandardStream.error.write(Array(message.utf8))
            exit(withError: ExitStatus.failure.code)
        }
        exit(withError: error)
    }
}
