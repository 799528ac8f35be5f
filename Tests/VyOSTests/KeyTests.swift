import Foundation
import TestSupport
import Testing

@Suite("VyOS: keys arrive exactly, or are refused")
struct KeyTests {
    /// Every printable character in first, middle and last place, and what some reader takes for a mark.
    static let keys: [String] =
        (0x21...0x7E).flatMap { (byte: UInt8) -> [String] in
            let mark = String(UnicodeScalar(byte))
            return [mark + "Firstk3y", "Midd\(mark)l3key", "L4stkey" + mark]
        }
        + [
            "0x12345678", "0X12ab34cd", "0xnothex", "0sQUJDREVG", "0SQUJDREVG", "0x", "0s", "\\\\", "\\n\\t", "''",
            "\"\"", "%any",
            "${HOME}", "$(reboot)", "`reboot`", "key;reboot", "{key}", "key}", "include", "#key", "!key", "PSK",
            ": PSK",
        ].filter { !$0.contains(" ") }

    /// VyOS' values have no quotes, its shell reads a question mark as a call for help (devices.md 7.3).
    private static let untypable = "'\"?"

    @Test("Pre-shared keys, inline and apart", arguments: releases, ["split", "inline"])
    func presharedKeys(release: String, secrets: String) async throws {
        let (facts, messages) = try await read(release, secrets) { key, _ in (psk: key, bgp: nil) }
        for (index, key) in Self.keys.enumerated() {
            // From 1.4 on hexadecimal stands for what can't be typed; 1.3 has no such form.
            let isLost = release == "1.3" && key.contains { Self.untypable.contains($0) }
            let found = facts[Self.name(index)]?.key
            #expect(isLost ? found == nil : found == Array(key.utf8), "key number \(index), \(release)")
        }
        #expect(!messages.contains("irstk3y") && !messages.contains("stkey"), "no message shows a key")
    }

    @Test("BGP keys, inline and apart", arguments: releases, ["split", "inline"])
    func bgpKeys(release: String, secrets: String) async throws {
        let (facts, messages) = try await read(release, secrets) { key, _ in (psk: "Plain-1", bgp: key) }
        for (index, key) in Self.keys.enumerated() {
            // 1.3 measures it in a command between backticks.
            let isLost = key.contains { (Self.untypable + (release == "1.3" ? "`" : "")).contains($0) }
            let found = facts[Self.name(index)]?.bgp?.key
            #expect(isLost ? found == nil : found == Array(key.utf8), "key number \(index), \(release)")
        }
        #expect(!messages.contains("irstk3y") && !messages.contains("stkey"), "no message shows a key")
    }

    @Test("Every printable character in each of 100 places, and keys of every length", arguments: releases)
    func everyPlace(release: String) async throws {
        // What can't be typed has hexadecimal's form from 1.4 on, BGP's keys have none anywhere.
        let (untypable, fewer) = release == "1.3" ? (Self.untypable, Self.untypable + "`") : ("", Self.untypable)
        let preshared = KeySquare.keys(without: untypable)
        let (facts, _) = try await read(release, "inline", of: preshared) { key, _ in (psk: key, bgp: nil) }
        let bgp = KeySquare.keys(length: 64, without: fewer)
        let (sessions, _) = try await read(release, "inline", of: bgp) { key, _ in (psk: "Plain-1", bgp: key) }
        for (index, key) in preshared.enumerated() {
            #expect((facts[Self.name(index)]?.key == Array(key.utf8)) == true, "key number \(index), \(release)")
        }
        for (index, key) in bgp.enumerated() {
            let found = sessions[Self.name(index)]?.bgp?.key
            #expect((found == Array(key.utf8)) == true, "BGP key number \(index), \(release)")
        }
        print("vyos@\(release): \(preshared.count) pre-shared keys and \(bgp.count) BGP keys exact")
    }

    @Test("Placeholders name their tunnel and hold no key", arguments: releases)
    func placeholders(release: String) async throws {
        try await withTemporaryFolder { folder in
            try Self.write(folder) { key, _ in (psk: key, bgp: nil) }
            let rendered = try await Rendered.render(
                folder + "/in", release: release, secrets: "placeholder", below: folder)
            let texts = rendered.routers.values.flatMap(\.values)
            let values = Set(texts.flatMap { $0.split(separator: "'").map(String.init) })
            #expect(values.isDisjoint(with: Self.keys))
            #expect(!rendered.connections.isEmpty)
            for id in rendered.connections { #expect(values.contains("<<PSK \(id)>>")) }
        }
    }

    @Test("Files with keys are for their owner only; the others hold none", arguments: releases)
    func modes(release: String) async throws {
        try await withTemporaryFolder { folder in
            try Self.write(folder) { key, _ in (psk: key, bgp: "Bgp" + key.prefix(4)) }
            let rendered = try await Rendered.render(folder + "/in", release: release, secrets: "split", below: folder)
            for (path, mode) in rendered.modes where path.hasSuffix(".secrets.vyos") {
                #expect(mode == 0o600, "\(path)")
            }
            for files in rendered.routers.values {
                for (name, text) in files where !name.hasSuffix(".secrets.vyos") {
                    for mark in [" secret '", " pre-shared-secret '", " password '"] {
                        #expect(!text.contains(mark), "\(name)")
                    }
                }
            }
        }
    }

    private func read(
        _ release: String, _ secrets: String, of list: [String] = Self.keys,
        _ keys: (String, Int) -> (psk: String, bgp: String?)
    ) async throws -> (facts: [String: TunnelFacts], messages: String) {
        try await withTemporaryFolder { folder in
            try Self.write(folder, of: list, keys)
            let site = SiteFacts(advertise: ["10.0.0.0/8"])
            let rendered = try await Rendered.render(
                folder + "/in", release: release, secrets: secrets, site: site, below: folder)
            let files = rendered.routers["cgw-keys"] ?? [:]
            let configuration = VyOSConfiguration(rendered.filled(files), release: release)
            let facts = VyOSFacts(configuration)
            #expect(configuration.faults == [], "\(release)")
            #expect(facts.faults == [], "\(release)")
            return (Dictionary(uniqueKeysWithValues: facts.tunnels.map { ($0.name, $0) }), rendered.messages)
        }
    }

    private static func name(_ index: Int) -> String { "vco-key\(index)" }

    private static func write(
        _ folder: String, of list: [String] = Self.keys, _ keys: (String, Int) -> (psk: String, bgp: String?)
    ) throws {
        let connections = list.enumerated().map { index, key in
            connection(index, keys(key, index))
        }
        let gateway = AnswerNode.object([
            ("CustomerGatewayId", .text("cgw-keys")), ("IpAddress", .text("198.51.100.1")),
        ])
        let input = folder + "/in"
        try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
        for (name, node) in [
            ("connections", AnswerNode.page(connections, size: connections.count, total: connections.count)),
            ("gateways", .object([("CustomerGateways", .list("CustomerGateway", [gateway]))])),
        ] {
            try node.json.write(toFile: "\(input)/\(name).json", atomically: true, encoding: .utf8)
        }
    }

    private static func connection(_ index: Int, _ keys: (psk: String, bgp: String?)) -> AnswerNode {
        let cloud = "203.0.\(113 + index / 200).\(index % 200 + 1)"
        let block = "169.254.\(10 + index / 64)."
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(name(index))), ("Name", .text("")), ("State", .text("active")),
            ("AttachType", .text("CEN")), ("CustomerGatewayId", .text("cgw-keys")), ("InternetIp", .text(cloud)),
            ("LocalSubnet", .text("0.0.0.0/0")), ("RemoteSubnet", .text("0.0.0.0/0")),
            ("EnableDpd", .flag(true)), ("EnableNatTraversal", .flag(true)),
            (
                "IkeConfig",
                .object([
                    ("IkeVersion", .text("ikev2")), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
                    ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
                    ("LocalId", .text(cloud)), ("RemoteId", .text("198.51.100.1")), ("Psk", .text(keys.psk)),
                ])
            ),
            (
                "IpsecConfig",
                .object([
                    ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
                    ("IpsecLifetime", .number(86_400)),
                ])
            ),
        ]
        if let key = keys.bgp {
            let place = index % 64 * 4
            fields.append(
                (
                    "VpnBgpConfig",
                    .object([
                        ("TunnelCidr", .text("\(block)\(place)/30")), ("LocalBgpIp", .text("\(block)\(place + 1)")),
                        ("PeerBgpIp", .text("\(block)\(place + 2)")), ("LocalAsn", .number(45_104)),
                        ("PeerAsn", .number(65_001)), ("AuthKey", .text(key)),
                    ])
                ))
        }
        return .object(fields)
    }
}
