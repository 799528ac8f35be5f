import TestSupport
import Testing

/// A real swanctl and a real charon read a configuration; a relay between them tells what they understood.
@Suite("Loading into a real charon", .needsCharon)
struct LoadTests {
    @Test("A good configuration loads in silence, and every value arrives")
    func loadsPolicyBased() async throws {
        try await withCharon { charon in
            let report = try await charon.load(DeviceConfiguration.policyBased)
            #expect(report.complaints == [])
            let turin = try #require(report.connection("turin"))
            #expect(turin.settings.text("version") == "1")
            #expect(turin.settings.list("proposals") == ["aes256-sha256-modp2048"])
            #expect(turin.settings.text("remote", "id") == "203.0.113.120")
            #expect(turin.children.map(\.name) == ["turin-1-1", "turin-1-2", "turin-2-1", "turin-2-2"])
            #expect(turin.children.last?.content.list("remote_ts") == ["10.16.32.0/20"])
            #expect(
                report.secrets == [
                    LoadReport.Secret(
                        name: "ike-turin", type: "ike", key: Array("u6nYPwi6GMoPqE37".utf8),
                        owners: ["198.51.100.130", "203.0.113.120"], accepted: true)
                ])
            let held = try await charon.connections()
            #expect(held.text("turin", "version") == "IKEv1")
            #expect(held.text("turin", "children", "turin-1-1", "rekey_time") == "25920")
        }
    }

    @Test("Two tunnels: two secrets, each bound to its own pair of identities")
    func loadsDualTunnel() async throws {
        try await withCharon { charon in
            let report = try await charon.load(DeviceConfiguration.dualTunnel)
            #expect(report.complaints == [])
            #expect(report.connections.map(\.name) == ["hq-t1", "hq-t2"])
            #expect(report.secrets.map(\.owners).map(\.last) == ["203.0.113.50", "203.0.113.51"])
            #expect(report.connection("hq-t2")?.children.first?.content.text("if_id_in") == "302")
        }
    }

    @Test("Secrets may come from an included file")
    func loadsIncludes() async throws {
        let parts = DeviceConfiguration.routeBased.split(separator: "secrets {", maxSplits: 1)
        let secrets = "secrets {" + (try #require(parts.last))
        try await withCharon { charon in
            let report = try await charon.load([
                "swanctl.conf": "include conf.d/*.conf\n", "conf.d/graz.conf": String(parts[0]),
                "conf.d/graz.secrets.conf": secrets,
            ])
            #expect(report.complaints == [])
            #expect(report.connections.map(\.name) == ["graz"])
            #expect(report.secrets.map(\.key) == [DeviceConfiguration.routeBasedKey])
        }
    }

    /// What stands in a file, and the key that charon then holds.
    private static let keys: [(written: String, held: [UInt8])] = [
        (#""q\"T7\\n#L$x{9}W;k'4""#, Array(#"q"T7\n#L$x{9}W;k'4"#.utf8)),
        (#""~!`@#$%^&*()_-+={}[]|;:\",.<>/?a1B2""#, Array(#"~!`@#$%^&*()_-+={}[]|;:",.<>/?a1B2"#.utf8)),
        (#""trailing\\""#, Array(#"trailing\"#.utf8)),
        ("0x3078346245", Array("0x4bE".utf8)),
        // Traps, here to show that the relay sees them.
        (#""0x4bE7c1""#, [0x4B, 0xE7, 0xC1]),
        (#""0XZZ""#, [0x00]),
        (#""0sQUJD""#, Array("ABC".utf8)),
        (#""a\b""#, Array("ab".utf8)),
        ("a#b", Array("a".utf8)),
        (#""schlüssel""#, Array("schlüssel".utf8)),
    ]

    @Test("Keys arrive as bytes, traps included", arguments: keys.indices)
    func readsKey(index: Int) async throws {
        let (written, held) = Self.keys[index]
        try await withCharon { charon in
            let report = try await charon.load("secrets {\n ike-k {\n id = k\n secret = \(written)\n }\n}\n")
            #expect(report.secrets.map(\.key) == [held], "\(written): \(report.output)")
            #expect(report.secrets.map(\.accepted) == [true])
        }
    }

    @Test("A syntax error returns 0 and is found all the same")
    func findsSyntaxError() async throws {
        try await withCharon { charon in
            let report = try await charon.load("connections {\n a b {\n }\n}\n")
            #expect(report.output.status == 0)
            #expect(
                report.complaints.contains { $0.hasPrefix("invalid config file") }, "\(report.complaints)")
            #expect(report.complaints.contains("no connection was loaded"))
        }
    }

    @Test(
        "What charon refuses or changes without a word is a complaint",
        arguments: [
            ("version = ikev2", "invalid value for: version"),
            ("aggressive = main", "invalid value for: aggressive"),
            ("proposals = sm4-sm3-modp2048", "invalid value for: proposals"),
            ("proposals = aes256-sha256", "invalid value for: proposals"),
            ("bogus = 1", "unknown option: bogus"),
            ("children {\n c {\n dpd_action = hold\n }\n }", "invalid value for: dpd_action"),
            ("children {\n c {\n local_ts = 10.0.0.0/8 10.9.0.0/16\n }\n }", #"charon holds ["10.0.0.0/8"]"#),
            ("children {\n c {\n remote_ts = 10.0.0.0/33\n }\n }", #"charon holds ["10.0.0.0/32"]"#),
            ("children {\n c {\n remote_ts = 10.1.2.3/16\n }\n }", #"charon holds ["10.1.0.0/16"]"#),
        ])
    func findsComplaint(setting: String, complaint: String) async throws {
        try await withCharon { charon in
            let report = try await charon.load("connections {\n a {\n \(setting)\n }\n}\n")
            #expect(report.complaints.contains { $0.contains(complaint) }, "\(report.complaints)")
        }
    }

    @Test("A second load replaces the first")
    func replaces() async throws {
        try await withCharon { charon in
            _ = try await charon.load(DeviceConfiguration.policyBased)
            let report = try await charon.load(DeviceConfiguration.dualTunnel)
            #expect(report.complaints == [])
            #expect(try await charon.connections().names == ["hq-t1", "hq-t2"])
        }
    }
}
