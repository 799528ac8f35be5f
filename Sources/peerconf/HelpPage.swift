import ArgumentParser
import Findings

/// A command's help as it is shown: what to type comes first.
struct HelpPage {
    let text: String

    /// - Parameter generated: what ArgumentParser writes; the examples of this program's commands stand there under
    ///   USAGE, behind all explanations.
    init(_ generated: String) {
        var sections = generated.split(separator: "\n\n", omittingEmptySubsequences: false).map(String.init)
        guard generated.hasPrefix("OVERVIEW: "), let place = sections.firstIndex(where: { $0.hasPrefix("USAGE: ") })
        else {
            text = generated
            return
        }
        let lines = sections.remove(at: place).dropFirst("USAGE: ".count).split(separator: "\n")
        let examples = lines.map { "  \($0.drop { $0 == " " })" }
        text = (["EXAMPLES:\n" + examples.joined(separator: "\n")] + sections).joined(separator: "\n\n")
    }
}

extension String {
    /// Paragraphs as they are written here, in lines; help breaks lines by the terminal's width.
    static func paragraphs(_ text: String) -> String {
        // Made at every start, and lines of characters would take longer than all else of it.
        var result = ""
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.isEmpty {
                result += "\n\n"
            } else {
                if let last = result.utf8.last, last != UInt8(ascii: "\n") { result += " " }
                result += Substring(line)
            }
        }
        return result
    }
}

/// What `peerconf` alone says.
enum Welcome {
    static let text = """
        peerconf renders the configuration of the device at the other end of Alibaba Cloud's IPsec-VPN connections.

        Three things to try; samples/ is in the repository, and below /usr/share/doc/peerconf/examples:

          peerconf list samples/dual-bgp-vpn-gateway
          peerconf render samples/dual-bgp-vpn-gateway --device strongswan
          peerconf lint samples/dual-bgp-vpn-gateway

        With your own:

          aliyun vpc DescribeVpnConnections --RegionId cn-hangzhou > connections.json
          peerconf render connections.json --device vyos

        Commands: \(names), each with --help.

        """

    private static var names: String {
        Peerconf.configuration.subcommands.map { $0._commandName }.joined(separator: ", ")
    }
}

/// What a misspelt command was probably meant to be.
enum MisspeltCommand {
    /// The message about the first word that is no command, where one is expected.
    static func message(_ arguments: [String], of root: any ParsableCommand.Type) -> String? {
        var (command, path) = (root, root._commandName)
        for word in arguments {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || word.hasPrefix("-") { return nil }
            if word == "help" { continue }
            if let next = subcommands.first(where: { $0._commandName == word }) {
                (command, path) = (next, "\(path) \(word)")
                continue
            }
            let names = subcommands.map { $0._commandName }
            let hint = nearestName(to: word, among: names).map { " Did you mean '\(path) \($0)'?" } ?? ""
            return """
                Error: There is no command '\(path) \(word)'.\(hint)
                Commands: \(names.joined(separator: ", "))
                  See '\(path) --help' for more information.

                """
        }
        return nil
    }
}
