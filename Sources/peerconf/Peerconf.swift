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
        discussion: """
            Reads answers of DescribeVpnConnections, DescribeVpnGateways and DescribeCustomerGateways, XML or
            JSON, from files, folders or standard input (-). Opens no network connection.

            Exit status: 0 clean; 1 findings; 2 wrong usage, input or template; 3 some connections left out,
            the rest is done.
            """,
        version: "0.1.0",
        subcommands: [
            Render.self, List.self, DiffCommand.self, LintCommand.self, ScanCommand.self, Explain.self,
            SiteCommand.self, Devices.self, Templates.self, SchemaCommand.self,
        ])

    static func main() {
        StandardStream.ignoreBrokenPipes()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withStatusOf: error)
        }
    }

    /// ArgumentParser knows its own exit codes; usage errors become 2 as everywhere else here.
    private static func exit(withStatusOf error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .validationFailure || (code == .failure && !(error is ExitCode)) {
            let message = fullMessage(for: error) + "\n"
            _ = try? StandardStream.error.write(Array(message.utf8))
            exit(withError: ExitStatus.failure.code)
        }
        exit(withError: error)
    }
}
