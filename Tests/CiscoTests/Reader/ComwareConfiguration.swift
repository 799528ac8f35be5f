/// A configuration as Comware would take it line by line: views are left by `quit` alone.
///
/// Written from H3C's command references and examples (the pack's manifest names the pages); shares nothing with packs.
struct ComwareConfiguration {
    /// The lines said in a view, by the view's path, such as `["ike profile a"]`.
    private(set) var views: [[String]: [String]] = [:]
    private(set) var problems: [String] = []

    init(_ files: [String]) {
        for file in files { read(file) }
    }

    /// Names of views whose last step begins with a command, and their lines.
    func all(_ command: String) -> [(name: String, lines: [String])] {
        views.compactMap { path, lines in
            guard let last = path.last, last.hasPrefix(command + " ") else { return nil }
            return (String(last.dropFirst(command.count + 1)), lines)
        }
    }

    func view(_ path: String...) -> [String]? { views[path] }

    private mutating func read(_ file: String) {
        var path: [String] = []
        for (index, line) in file.split(separator: "\n").enumerated() where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            let text = words.joined(separator: " ")
            let indent = line.prefix { $0 == " " }.count
            let isTypable =
                line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") } && line.last != " "
            if !isTypable { problems.append("line \(index + 1) can't be typed") }
            if indent != path.count { problems.append("line \(index + 1) stands in another view than it shows") }
            if text == "quit" {
                if path.isEmpty { problems.append("line \(index + 1) leaves system view") } else { path.removeLast() }
                continue
            }
            let place = path.last.map { Self.kind($0) } ?? ""
            if Self.enter[place]?.contains(where: { $0.match(words) != nil }) ?? false {
                path.append(text)
                if views[path] == nil { views[path] = [] }
            } else if Self.commands[place]?.contains(where: { $0.match(words) != nil }) ?? false {
                if views[path]?.contains(text) != true { views[path, default: []].append(text) }
            } else {
                problems.append(
                    "line \(index + 1): no command of \(place.isEmpty ? "system view" : place): \(words.prefix(2))")
            }
        }
        if !path.isEmpty { problems.append("a view is left open") }
    }

    private static func kind(_ header: String) -> String {
        let kinds = commands.keys.sorted { $0.count > $1.count }
        return kinds.first { !$0.isEmpty && header.hasPrefix($0) } ?? ""
    }

    private static let enter: [String: [Pattern]] = patterns([
        "": [
            "ike proposal <1-65535>", "ike keychain <name>", "ike profile <name>", "ipsec transform-set <name>",
            "ipsec policy <name> <1-65535> isakmp", "acl advanced <3000-3999>", "interface <word>",
        ]
    ])

    private static let commands: [String: [Pattern]] = patterns([
        "": [],
        "ike proposal":
            ["3des-cbc", "aes-cbc-128", "aes-cbc-192", "aes-cbc-256", "des-cbc"].map { "encryption-algorithm \($0)" }
            + ["md5", "sha", "sha256", "sha384", "sha512"].map { "authentication-algorithm \($0)" }
            + ["group1", "group2", "group5", "group14"].map { "dh \($0)" }
            + ["authentication-method pre-share", "sa duration <3600-86400>"],
        "ike keychain": ["pre-shared-key address <ip> 255.255.255.255 key simple <word>"],
        "ike profile": [
            "keychain <name>", "exchange-mode main", "exchange-mode aggressive", "local-identity address <ip>",
            "local-identity fqdn <word>", "local-identity user-fqdn <word>",
            "match remote identity address <ip> 255.255.255.255",
            "match remote identity fqdn <word>", "match remote identity user-fqdn <word>", "proposal <1-65535>",
            "dpd interval <1-300> retry <1-60> periodic",
        ],
        "ipsec transform-set":
            ["3des-cbc", "aes-cbc-128", "aes-cbc-192", "aes-cbc-256", "des-cbc"].map {
                "esp encryption-algorithm \($0)"
            }
            + ["md5", "sha1", "sha256", "sha384", "sha512"].map { "esp authentication-algorithm \($0)" }
            + ["pfs dh-group14", "encapsulation-mode tunnel", "protocol esp"],
        "ipsec policy": [
            "transform-set <name>", "ike-profile <name>", "sa duration time-based <180-604800>",
            "security acl <3000-3999>", "local-address <ip>", "remote-address <ip>",
        ],
        "acl": ["rule permit ip source <ip> <wild> destination <ip> <wild>"],
        "interface": ["ipsec apply policy <name>"],
    ])

    private static func patterns(_ table: [String: [String]]) -> [String: [Pattern]] {
        table.mapValues { $0.map(Pattern.init) }
    }
}
