import Findings
import Review
import Testing

/// Each rule is found in an answer that has what it is about, and not in a good one.
@Suite("Rules of peerconf lint")
struct LintRuleTests {
    /// One rule and the smallest change that it must find.
    struct Example: Sendable, CustomTestStringConvertible {
        var rule: String
        var world: World
        var policy = "rfc"
        var testDescription: String { rule }
    }

    /// A policy of one's own that objects to everything that the cloud offers.
    private static let strict = """
        title = "House rules"
        base = "cnsa"
        [sources]
        house = { title = "House rules", edition = "2026" }
        [ike.integrity]
        sha384 = { severity = "error", source = "house", clause = "2", verified = true }
        sha512 = { severity = "error", source = "house", clause = "2", verified = true }
        [ipsec.integrity]
        sha384 = { severity = "error", source = "house", clause = "2", verified = true }
        sha512 = { severity = "error", source = "house", clause = "2", verified = true }
        [limits]
        ike_lifetime = { at_most = 3600, severity = "warning", source = "house", verified = true }
        """

    private static func policy(_ name: String) throws -> Policy {
        name == "strict" ? try Policy(toml: strict, file: "house.toml", name: "house.toml") : try Policy.builtIn(name)
    }

    private static func value(_ rule: String, _ field: String, _ value: String, policy: String = "rfc") -> Example {
        Example(rule: rule, world: .single.changing([field: value]), policy: policy)
    }

    private static func key(_ rule: String, _ key: String) -> Example { value(rule, "IkeConfig.Psk", key) }

    static let examples: [Example] = values + parameters + keys + redundancy + addresses

    private static let values: [Example] =
        [
            ("101", "des", "rfc"), ("103", "3des", "rfc"), ("105", "aes", "cnsa"), ("107", "aes192", "rfc"),
            ("109", "aes256", "cnsa"),
        ].flatMap { number, name, policy in
            [
                value("PC\(number)", "IkeConfig.IkeEncAlg", name, policy: policy),
                value(next(number), "IpsecConfig.IpsecEncAlg", name, policy: policy),
            ]
        }
        + [
            ("111", "md5", "rfc"), ("113", "sha1", "rfc"), ("115", "sha256", "cnsa"), ("117", "sha384", "strict"),
            ("119", "sha512", "strict"),
        ].flatMap { number, name, policy in
            [
                value("PC\(number)", "IkeConfig.IkeAuthAlg", name, policy: policy),
                value(next(number), "IpsecConfig.IpsecAuthAlg", name, policy: policy),
            ]
        }
        + [
            ("121", "group1", "rfc"), ("123", "group2", "rfc"), ("125", "group5", "rfc"), ("127", "group14", "bsi"),
        ].flatMap { number, name, policy in
            [
                value("PC\(number)", "IkeConfig.IkePfs", name, policy: policy),
                value(next(number), "IpsecConfig.IpsecPfs", name, policy: policy),
            ]
        }

    private static func next(_ number: String) -> String { "PC\((Int(number) ?? 0) + 1)" }

    private static let parameters: [Example] = [
        value("PC129", "IpsecConfig.IpsecPfs", "disabled"), value("PC131", "IkeConfig.IkeVersion", "ikev1"),
        Example(
            rule: "PC132",
            world: .single.changing(["IkeConfig.IkeVersion": "ikev1", "IkeConfig.IkeMode": "aggressive"])),
        value("PC133", "IkeConfig.IkeLifetime", "86400", policy: "strict"),
        value("PC134", "IpsecConfig.IpsecLifetime", "86400"), value("PC135", "IkeConfig.IkeLifetime", "300"),
        value("PC136", "IpsecConfig.IpsecLifetime", "120"), value("PC137", "IpsecConfig.IpsecPfs", "group2"),
        value("PC138", "IkeConfig.IkeEncAlg", "aes"),
        Example(rule: "PC151", world: .single, policy: "cnsa"),
        value("PC160", "EnableDpd", "false"),
        Example(
            rule: "PC161",
            world: .single.changing(["EnableNatTraversal": "false", "IkeConfig.RemoteId": "192.168.1.2"])),
        value("PC164", "Status", "ike_sa_not_established"),
    ]

    private static let keys: [Example] = [
        key("PC141", "x7k2m9q4w1z8v3b6"), key("PC141", "h4Tz"), key("PC142", "12345678"), key("PC142", "MySecretKey"),
        key("PC143", "Hangzhou2024"), key("PC143", "P@ssw0rd-router-1"), key("PC143", "qwertyuiop123456"),
        key("PC144", "x7Kqx7Kqx7Kqx7Kq"), key("PC144", "abababbbaabbab"), key("PC145", "k9Branch-Seven4w"),
        key("PC145", "z61.128.0.10-q7x"),
        Example(
            rule: "PC146", world: .good.changing(gateways: [0: ["AuthKey": "q7Zp2xVw9LmT4cRb8NsK1fHd6GyJ3uEa"]])),
        Example(
            rule: "PC148",
            world: .good.changing(tunnels: [
                0: ["TunnelIkeConfig.Psk": "zKwv-xTqb-01"], 1: ["TunnelIkeConfig.Psk": "zKwv-xTqb-02"],
            ])),
        Example(rule: "PC149", world: .good.changing(gateways: [0: ["AuthKey": "t4Kw9z"]])),
        Example(rule: "PC142", world: .good.changing(gateways: [0: ["AuthKey": "cisco123"]])),
        Example(rule: "PC150", world: .good.changing(gateways: [0: ["AuthKey": ""]])),
    ]

    private static let redundancy: [Example] = [
        Example(rule: "PC152", world: .single),
        Example(
            rule: "PC153",
            world: .good.changing(tunnels: [
                1: ["CustomerGatewayId": "cgw-1", "TunnelIkeConfig.RemoteId": "61.128.0.10"]
            ])),
        Example(rule: "PC154", world: .good.changing(tunnels: [1: ["ZoneNo": "cn-hangzhou-1"]])),
        Example(rule: "PC155", world: .good.changing(tunnels: [1: ["TunnelIkeConfig.IkeEncAlg": "aes"]])),
        Example(rule: "PC156", world: .good.changing(tunnels: [1: ["TunnelIpsecConfig.IpsecLifetime": "7200"]])),
        Example(
            rule: "PC157",
            world: .good.changing(gateways: [1: ["IpAddress": "61.128.0.10"]])
                .changing(tunnels: [1: ["TunnelIkeConfig.RemoteId": "61.128.0.10"]])),
        Example(
            rule: "PC158",
            world: .good.changing(tunnels: [
                1: [
                    "TunnelBgpConfig.TunnelCidr": "", "TunnelBgpConfig.LocalBgpIp": "", "TunnelBgpConfig.PeerBgpIp": "",
                ]
            ])),
    ]

    private static let addresses: [Example] = [
        Example(rule: "PC165", world: .single.changing(gateways: [0: ["IpAddress": "203.0.113.9"]])),
        Example(rule: "PC166", world: .single.changing(gateways: [0: ["IpAddress": "192.168.1.2"]])),
        value("PC167", "RemoteSubnet", "169.254.0.0/16"), value("PC168", "RemoteSubnet", "11.0.0.0/8"),
        Example(
            rule: "PC170", world: .good.changing(tunnels: [0: ["TunnelBgpConfig.PeerAsn": "65535"]])),
        Example(rule: "PC171", world: .good.changing(tunnels: [0: ["TunnelBgpConfig.PeerAsn": "3320"]])),
        value("PC173", "RemoteSubnet", "10.0.0.0/8,10.20.0.0/16"), value("PC174", "RemoteSubnet", "61.128.0.0/16"),
        Example(
            rule: "PC181",
            world: .single.adding(
                [
                    "CustomerGatewayId": "cgw-9", "RemoteSubnet": "10.20.7.0/24", "LocalSubnet": "192.168.0.0/16",
                    "IkeConfig.RemoteId": "61.128.9.9", "IkeConfig.Psk": "Vf3mKx8TqZ5wNc7HbR2yLd9JsG4pUe6A",
                ], gateway: ["CustomerGatewayId": "cgw-9", "IpAddress": "61.128.9.9"])),
    ]

    @Test("A good answer only lacks what a site file says: whether it is one router") func good()
        throws
    {
        let findings = World.good.findings(policy: try Policy.builtIn("rfc"))
        #expect(findings.map(\.rule) == ["PC282"])
    }

    @Test("A good single tunnel lacks nothing but the second one") func goodSingle() throws {
        #expect(World.single.lintRules(policy: try Policy.builtIn("rfc")) == ["PC152"])
    }

    @Test("A second connection between the same networks stands in for the first, one to another network does not")
    func standIn() throws {
        let policy = try Policy.builtIn("rfc")
        let changes = ["VpnGatewayId": "vpn-2", "IkeConfig.Psk": "Vf3mKx8TqZ5wNc7HbR2yLd9JsG4pUe6A"]
        let second = World.single.adding(changes)
        #expect(!second.lintRules(policy: policy).contains("PC152"))
        let other = World.single.adding(changes.merging(["LocalSubnet": "172.16.0.0/16"]) { _, new in new })
        #expect(other.findings(policy: policy).count { $0.rule == "PC152" } == 2)
    }

    @Test("Found where it is", arguments: examples)
    func isFound(example: Example) throws {
        let found = example.world.lintRules(policy: try Self.policy(example.policy))
        #expect(found.contains(example.rule), "found only \(found.sorted())")
    }

    @Test("Every rule has an example") func completeness() {
        let rules = RuleCatalogue.rules.map(\.id.rawValue).filter { ("PC100"..."PC190").contains($0) }
        #expect(Set(rules) == Set(Self.examples.map(\.rule)))
        #expect(rules.count >= 40)
    }

    @Test("No key, nor a piece of one, stands in a finding", arguments: examples)
    func isSilentAboutKeys(example: Example) throws {
        let policy = try Self.policy(example.policy)
        let text = TextReport().text(example.world.findings(policy: policy)).lowercased()
        for field in example.world.sites.flatMap({ [$0.fields] + $0.tunnels }) + example.world.customerGateways {
            for (name, key) in field where name.hasSuffix("Psk") || name.hasSuffix("AuthKey") {
                // Facts that are no secret may stand in a key and in a message.
                guard key.count >= 6, example.rule != "PC145" else { continue }
                #expect(!text.contains(key.lowercased()), "a key in a message of \(example.rule)")
            }
        }
    }
}
