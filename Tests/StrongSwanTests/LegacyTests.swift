import Foundation
import TestSupport
import Testing

/// What `peerconf render --device strongswan-legacy` prints, loaded by the real starter and stroke and compared
/// with the raw answers.
@Suite("ipsec.conf by the real starter", .needsStarter, .serialized)
struct LegacyTests {
    @Test("Every sample: charon lists what the answers say", arguments: Repository.folders(in: "samples"))
    func samples(name: String) async throws {
        try await compare(folder: Repository.path("samples/\(name)"))
    }

    @Test("Random fleets, every algorithm and shape", arguments: [21, 22] as [UInt64])
    func fleets(seed: UInt64) async throws {
        var generator = AnswerGenerator(seed: seed)
        let connections = (0..<40).map { generator.connection($0) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: 40, total: 40).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try AnswerNode.object([("CustomerGateways", generator.customerGateways(Array(0..<40)))])
                .xmlDocument(root: "DescribeCustomerGatewaysResponse")
                .write(toFile: folder + "/gateways.xml", atomically: false, encoding: .utf8)
            try await compare(folder: folder)
        }
    }

    @Test(
        "Every printable character of a key, first, in the middle and last, arrives unchanged",
        arguments: [("", "a1B2c3D4e5"), ("a1B2c", "3D4e5"), ("a1B2c3D4e5", "")])
    func keys(before: String, after: String) async throws {
        let keys =
            (0x21...0x7E).map { before + String(UnicodeScalar(UInt8($0))) + after }
            + ["0x12ab", "0X12AB", "0sQUJD", "\\\\", "\"\"", "''", "'\"", "\"'x", "a\"b'c", "\\\"", ":", "a:PSK", "PSK"]
        let connections = keys.enumerated().map { index, key in KeyAnswer.connection(index, key: key) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try await compare(folder: folder)
        }
    }

    private func compare(folder: String) async throws {
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan-legacy", "--secrets", "inline"])
        let all = try ResponseFacts.read(folder: folder)
        // A VTI has fixed ends.
        let refused = Set(all.filter { $0.usesInterface && $0.deviceAddress == nil }.map(\.connection))
        for id in refused { #expect(output.stderr.contains("connection \(id)"), "\(output.stderr)") }
        #expect(output.stderr.contains("[strongswan-legacy/vti-own-address]") == !refused.isEmpty)
        let facts = all.filter { !refused.contains($0.connection) }
        guard !facts.isEmpty else { return }
        let load = try await load(documents(output.stdout), conns: facts.map(\.children.count).reduce(0, +))
        #expect(load.complaints == [])
        #expect(load.received.keys.filter { !$0.hasSuffix("-pass") }.sorted() == facts.flatMap(names).sorted())
        for fact in facts { try check(fact, load) }
        // The one value that charon lists nowhere.
        let aggressive = output.stdout.split(separator: "\n").filter { $0 == "    aggressive=yes" }.count
        #expect(aggressive == facts.filter(\.aggressive).count)
    }

    private func load(_ documents: [String: String], conns: Int) async throws -> LegacyLoad {
        try Tools.require(Tools.missingForStarting)
        let namespace = try await Namespace(role: "legacy")
        do {
            let path = try LegacyLoad.install(documents, in: namespace)
            let charon = try await Charon(in: namespace, esp: .kernel, ipsecConf: path)
            let load = try await LegacyLoad.read(charon, conns: conns)
            await namespace.end()
            return load
        } catch {
            await namespace.end()
            throw error
        }
    }

    /// Names of a tunnel's conns.
    private func names(_ fact: ResponseFacts) -> [String] {
        guard fact.children.count > 1 else { return [fact.name] }
        return fact.children.indices.map { "\(fact.name)-\($0 + 1)" }
    }

    private func check(_ fact: ResponseFacts, _ load: LegacyLoad) throws {
        for (name, pair) in zip(names(fact), fact.children) {
            // stroke puts conns that differ in their networks alone under the first one's name.
            let found = load.connections.sections.first { $0.content.section("children", name) != nil }
            let held = try #require(found?.content, "\(name)")
            let child = try #require(held.section("children", name))
            let margin = min(fact.ikeLifetime, fact.espLifetime) / 10
            #expect(held.text("version") == "IKEv" + fact.version)
            #expect(held.list("local_addrs") == [fact.deviceAddress ?? "%any"])
            #expect(held.list("remote_addrs") == [fact.cloudAddress ?? ""])
            #expect(held.text("local-1", "id") == fact.deviceIdentity)
            #expect(held.text("remote-1", "id") == fact.cloudIdentity)
            #expect(held.text("local-1", "class") == "pre-shared key")
            #expect(held.text(fact.version == "1" ? "reauth_time" : "rekey_time") == "\(fact.ikeLifetime - margin)")
            #expect((held.text("dpd_delay") != nil) == fact.detectsDeadPeers)
            #expect(child.text("rekey_time") == "\(fact.espLifetime - margin)")
            #expect(child.list("local-ts") == pair.device)
            #expect(child.list("remote-ts") == pair.cloud)
            let received = try #require(load.received[name])
            #expect(received["ike"] == fact.proposal + "!")
            #expect(received["esp"] == fact.espProposal + "!")
        }
        let owners = [fact.deviceIdentity, fact.cloudIdentity].compactMap(\.self).joined(separator: " ")
        // A truth value, so that a failure does not print the key.
        #expect((load.keys[owners] == fact.key) == true, "key of \(fact.name)")
    }
}
