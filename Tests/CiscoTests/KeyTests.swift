import TestSupport
import Testing

@Suite("Cisco: keys arrive exactly, or are refused")
struct CiscoKeyTests {
    /// Every printable ASCII character in first, middle and last place, and what looks like something else.
    static let keys: [String] =
        (0x21...0x7E).compactMap { UnicodeScalar($0) }.map(String.init).flatMap {
            ["\($0)Key", "Key\($0)Key", "Key\($0)"]
        } + [
            // Blanks at an end are no part of a key: the API allows none, and the answers are read without them.
            "Key Key",
            "0", "6", "7", "0 Key", "6 Key", "hex", "hex00", "local", "remote", "0x4b6579", "0X4B6579", "0sS2V5",
            "<<PSK>>",
            "!Key", "#Key", "key", "no", "encryption", "^CKey", "Key\"", "\\\\Key\\", "$(Key)", "%s%n", "'Key'", "密钥",
        ]

    @Test("Pre-shared keys, inline and apart", arguments: versions, ["ikev1", "ikev2"])
    func presharedKeys(version: String, ike: String) async throws {
        for secrets in version == "17.11" ? ["inline", "split"] : ["inline"] {
            let fleet = try await render(version, secrets) { key, index in
                connection(index, ike: ike, psk: key, bgpKey: nil)
            }
            for (index, key) in Self.keys.enumerated() {
                let found = fleet.tunnels[cloud(index)]?.presharedKey
                let canBeHex = ike == "ikev2" && version != "15.x"
                // The API allows no blanks and nothing but ASCII: refusing those is as good as carrying them.
                let mayBeRefused = key.contains(" ") || !key.utf8.allSatisfy { $0 < 0x80 }
                let mustBeRefused = !isTypable(key) && !canBeHex
                let isRight = mustBeRefused ? found == nil : found == key || (found == nil && mayBeRefused)
                #expect(isRight, "key number \(index), \(secrets)")
            }
            #expect(fleet.problems.isEmpty, "\(fleet.problems.prefix(3))")
        }
    }

    @Test("BGP keys, inline and apart", arguments: versions)
    func bgpKeys(version: String) async throws {
        for secrets in version == "17.11" ? ["inline", "split"] : ["inline"] {
            let fleet = try await render(version, secrets) { key, index in
                connection(index, ike: "ikev2", psk: "Plain1", bgpKey: key)
            }
            for (index, key) in Self.keys.enumerated() {
                let found = fleet.tunnels[cloud(index)]
                #expect(isTypable(key) ? found?.bgp?.key == key : found == nil, "key number \(index), \(secrets)")
            }
            #expect(fleet.problems.isEmpty, "\(fleet.problems.prefix(3))")
        }
    }

    @Test("Every printable character in each place, and keys of every length", arguments: versions)
    func everyPlace(version: String) async throws {
        let preshared = KeySquare.keys(without: "?")
        let bgp = KeySquare.keys(length: 25, without: "?")
        for ike in ["ikev1", "ikev2"] {
            let fleet = try await render(version, "inline", of: preshared) { key, index in
                connection(index, ike: ike, psk: key, bgpKey: nil)
            }
            for (index, key) in preshared.enumerated() {
                let isExact = fleet.tunnels[cloud(index)]?.presharedKey == key
                #expect(isExact, "key number \(index), \(ike)")
            }
        }
        let fleet = try await render(version, "inline", of: bgp) { key, index in
            connection(index, ike: "ikev2", psk: "Plain1", bgpKey: key)
        }
        for (index, key) in bgp.enumerated() {
            let isExact = fleet.tunnels[cloud(index)]?.bgp?.key == key
            #expect(isExact, "BGP key number \(index)")
        }
        print("cisco-ios@\(version): \(preshared.count) pre-shared keys twice and \(bgp.count) BGP keys exact")
    }

    @Test("A BGP key of 25 characters is taken, one of 26 refused", arguments: versions)
    func bgpKeyLength(version: String) async throws {
        for (length, isTaken) in [(25, true), (26, false)] {
            let answers = [
                "a.xml": AnswerNode.page(
                    [connection(0, ike: "ikev2", psk: "Plain1", bgpKey: String(repeating: "k", count: length))],
                    total: 1
                ).xmlDocument()
            ]
            let fleet = try await withTemporaryFolder { folder in
                try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", folder: folder)
            }
            #expect(fleet.routers(of: "vco-k0").isEmpty != isTaken)
            #expect(!fleet.messages.contains("kkkk"), "no message shows a key")
        }
    }

    private func render(
        _ version: String, _ secrets: String, of list: [String] = Self.keys, _ make: (String, Int) -> AnswerNode
    ) async throws -> IOSFacts {
        let nodes = list.enumerated().map { make($0.element, $0.offset) }
        let answers = ["a.xml": AnswerNode.page(nodes, total: nodes.count).xmlDocument()]
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", secrets: secrets, folder: folder)
        }
        return IOSFacts(IOSConfiguration(fleet.routers["cgw-keys"]?.pasted() ?? [], version: version))
    }

    func cloud(_ index: Int) -> String { "203.0.\(index / 200).\(index % 200 + 1)" }

    func connection(
        _ index: Int, ike: String, psk: String, bgpKey: String?,
        networks: (there: String, here: String) = ("0.0.0.0/0", "0.0.0.0/0")
    ) -> AnswerNode {
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text("vco-k\(index)")), ("State", .text("active")),
            ("CustomerGatewayId", .text("cgw-keys")),
            ("InternetIp", .text(cloud(index))), ("LocalSubnet", .text(networks.there)),
            ("RemoteSubnet", .text(networks.here)),
            (
                "IkeConfig",
                .object([
                    ("IkeVersion", .text(ike)), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
                    ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
                    ("LocalId", .text(cloud(index))), ("RemoteId", .text("198.51.100.10")), ("Psk", .text(psk)),
                ])
            ),
            (
                "IpsecConfig",
                .object([
                    ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
                    ("IpsecLifetime", .number(3600)),
                ])
            ),
        ]
        if let bgpKey {
            let place = "169.254.\(index / 60 + 10)."
            fields.append(
                (
                    "VpnBgpConfig",
                    .object([
                        ("TunnelCidr", .text(place + "\(index % 60 * 4)/30")),
                        ("LocalBgpIp", .text(place + "\(index % 60 * 4 + 1)")),
                        ("PeerBgpIp", .text(place + "\(index % 60 * 4 + 2)")), ("LocalAsn", .number(45_104)),
                        ("PeerAsn", .number(65_010)), ("AuthKey", .text(bgpKey)),
                    ])
                ))
        }
        return .object(fields)
    }
}
