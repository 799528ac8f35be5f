import Foundation
import TestSupport
import Testing

/// What `peerconf render --device strongswan` prints, loaded by a real charon and compared with the raw answers.
@Suite("Rendered configurations in a real charon", .needsCharon)
struct RenderedTests {
    @Test(
        "Every sample loads in silence, and charon holds what the answers say",
        arguments: Repository.folders(in: "samples"))
    func samples(name: String) async throws {
        let folder = Repository.path("samples/\(name)")
        let facts = try ResponseFacts.read(folder: folder)
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
        try await compare(output, with: facts)
    }

    @Test(
        "Split files, included as on a device, are the same",
        arguments: ["dual-bgp-vpn-gateway", "keys-with-special-characters"])
    func split(name: String) async throws {
        let folder = Repository.path("samples/\(name)")
        let facts = try ResponseFacts.read(folder: folder)
        try await withTemporaryFolder { output in
            _ = try await Peerconf.run(
                ["render", folder, "--device", "strongswan", "--secrets", "split", "-o", output + "/o"])
            var files = ["swanctl.conf": "include conf.d/*.conf\n"]
            for case let path as String in FileManager.default.enumerator(atPath: output + "/o") ?? .init()
            where path.contains("/swanctl/") && path.hasSuffix(".conf") {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                files["conf.d/" + name] = try String(contentsOfFile: "\(output)/o/\(path)", encoding: .utf8)
            }
            try await withCharon { charon in try check(try await charon.load(files), facts) }
        }
    }

    @Test("Random fleets, every algorithm and shape", arguments: [11, 12, 13] as [UInt64])
    func fleets(seed: UInt64) async throws {
        var generator = AnswerGenerator(seed: seed)
        let connections = (0..<60).map { generator.connection($0) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: 60, total: 60).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try AnswerNode.object([("CustomerGateways", generator.customerGateways(Array(0..<60)))])
                .xmlDocument(root: "DescribeCustomerGatewaysResponse")
                .write(toFile: folder + "/gateways.xml", atomically: false, encoding: .utf8)
            let facts = try ResponseFacts.read(folder: folder)
            #expect(facts.count >= 60)
            let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
            try await compare(output, with: facts)
        }
    }

    @Test("Every printable character of a key, first, in the middle and last, arrives unchanged")
    func keys() async throws {
        let characters = (0x21...0x7E).map { String(UnicodeScalar(UInt8($0))) }
        let keys =
            characters.flatMap { ["\($0)a1B2c3D4e5", "a1B2c\($0)3D4e5", "a1B2c3D4e5\($0)"] } + characters
            + ["0x12ab", "0X12AB", "0xzz", "0sQUJD", "0SQUJD", "\\\\", "\"\"", "\\\"", "${x}", "include x", "a#b", "}"]
            .filter { !$0.contains(" ") }
        let connections = keys.enumerated().map { index, key in KeyAnswer.connection(index, key: key) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            let facts = try ResponseFacts.read(folder: folder)
            // A key of nothing but asterisks is a masked one, and refused.
            #expect(facts.count == keys.count - 1)
            let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
            try await compare(output, with: facts)
        }
    }

    private func compare(_ output: CommandOutput, with facts: [ResponseFacts]) async throws {
        guard !facts.isEmpty else {
            #expect(output.stdout.isEmpty)
            #expect(output.status == 2)
            return
        }
        try await withCharon { charon in try check(try await charon.load(output.stdout), facts) }
    }

    private func check(_ report: LoadReport, _ facts: [ResponseFacts]) throws {
        #expect(report.complaints == [])
        #expect(report.connections.map(\.name).sorted() == facts.map(\.name).sorted())
        for fact in facts {
            let held = try #require(report.connection(fact.name)).settings
            #expect(held.text("version") == fact.version)
            #expect(held.text("aggressive") == (fact.version == "1" ? (fact.aggressive ? "yes" : "no") : nil))
            #expect(held.text("mobike") == (fact.version == "2" ? "no" : nil))
            #expect(held.list("local_addrs") == fact.deviceAddress.map { [$0] })
            #expect(held.list("remote_addrs") == fact.cloudAddress.map { [$0] })
            #expect(held.text("local", "id") == fact.deviceIdentity)
            #expect(held.text("remote", "id") == fact.cloudIdentity)
            #expect(held.list("proposals") == [fact.proposal])
            #expect(seconds(held.text("rekey_time")) + seconds(held.text("over_time")) == fact.ikeLifetime)
            #expect((held.text("dpd_delay") != nil) == fact.detectsDeadPeers)
            #expect(held.text("keyingtries") == "0")
            let children = report.connection(fact.name)?.children.map(\.content) ?? []
            #expect(
                children.map {
                    ResponseFacts.Child(device: $0.list("local_ts") ?? [], cloud: $0.list("remote_ts") ?? [])
                }
                    == fact.children)
            for child in children {
                #expect(child.list("esp_proposals") == [fact.espProposal])
                #expect(seconds(child.text("life_time")) == fact.espLifetime)
                #expect(seconds(child.text("rekey_time")) < fact.espLifetime)
                #expect((child.text("if_id_in") != nil) == fact.usesInterface)
                #expect(child.text("if_id_in") == child.text("if_id_out"))
                // 0.0.0.0/0 without an interface would cut the device off (devices.md, trap 1).
                if child.list("remote_ts") == ["0.0.0.0/0"] { #expect(child.text("if_id_in") != nil) }
            }
            let secrets = report.secrets.filter { $0.name == "ike-" + fact.name }
            // Keys are compared by a truth value, so that a failure does not print them.
            #expect(secrets.count == 1 && secrets.allSatisfy { $0.key == fact.key && $0.accepted }, "\(fact.name)")
            #expect(secrets.first?.owners == [fact.deviceIdentity, fact.cloudIdentity].compactMap(\.self))
        }
        let numbers = report.connections.compactMap { $0.children.first?.content.text("if_id_in") }
        #expect(Set(numbers).count == numbers.count, "tunnels share an if_id")
    }

    private func seconds(_ text: String?) -> Int { Int(text?.replacing("s", with: "") ?? "") ?? -1 }
}

/// Answers that differ in their keys alone.
enum KeyAnswer {
    static func connection(_ number: Int, key: String) -> AnswerNode {
        let ike: [(String, AnswerNode)] = [
            ("IkeVersion", .text("ikev2")), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
            ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
            ("LocalId", .text("203.0.113.\(number % 250 + 1)")),
            ("RemoteId", .text("198.51.\(number / 250 + 100).\(number % 250 + 1)")),
            ("Psk", .text(key)),
        ]
        return .object([
            ("VpnConnectionId", .text("vco-key\(number)")), ("State", .text("active")),
            ("LocalSubnet", .text("10.0.0.0/16")), ("RemoteSubnet", .text("172.16.0.0/16")),
            ("IkeConfig", .object(ike)),
            (
                "IpsecConfig",
                .object([
                    ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
                    ("IpsecLifetime", .number(3600)),
                ])
            ),
        ])
    }
}
