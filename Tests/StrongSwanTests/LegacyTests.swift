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

    @Test("Random fleets with every value there is", arguments: [21, 22] as [UInt64])
    func fleets(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try Fleet(seed: seed, count: 60, for: .loading).write(to: folder, asXML: true)
            try await compare(folder: folder)
        }
    }

    @Test(
        "Every printable character of a key, first, in the middle and last, arrives unchanged",
        arguments: [("", "a1B2c3D4e5"), ("a1B2c", "3D4e5"), ("a1B2c3D4e5", "")])
    func keys(before: String, after: String) async throws {
        let keys =
            (0x21...0x7E).map { before + String(UnicodeScalar(UInt8($0))) + after }
            + [
                "0x12ab", "0X12AB", "0sQUJD", "\\\\", "\"\"", "''", "'\"", "\"'x", "a\"b'c", "\\\"", ":", "a:PSK",
                "PSK",
            ]
        let connections = keys.enumerated().map { index, key in KeyAnswer.connection(index, key: key) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try await compare(folder: folder)
        }
    }

    @Test("Every printable character in each of 100 places, and keys of every length")
    func keysOfEveryPlace() async throws {
        let keys = KeySquare.keys()
        let connections = keys.enumerated().map { index, key in KeyAnswer.connection(index, key: key) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try await compare(folder: folder)
        }
    }

    private func compare(folder: String) async throws {
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan-legacy", "--secrets", "inline"])
        let all = try AnswerFacts(folder: folder).tunnels
        // A VTI has fixed ends, and a tenth of less than a minute is no margin.
        let withoutAddress = all.filter { $0.usesInterface && $0.deviceAddress == nil }
        let tooShort = all.filter { min($0.ikeLifetime, $0.espLifetime) < 60 }
        let refused = Set((withoutAddress + tooShort).map(\.connection))
        for id in refused { #expect(output.stderr.contains("connection \(id)"), "\(id)") }
        #expect(output.stderr.contains("[strongswan-legacy/vti-own-address]") == !withoutAddress.isEmpty)
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
        var children: Set<ResponseFacts.Child> = []
        let margin = min(fact.ikeLifetime, fact.espLifetime) / 10
        for name in names(fact) {
            // stroke puts conns that differ in their networks alone under the first one's name.
            let found = load.connections.sections.first { $0.content.section("children", name) != nil }
            let held = try #require(found?.content, "\(name)")
            let child = try #require(held.section("children", name))
            #expect(held.text("version") == "IKEv" + fact.version)
            #expect(held.list("local_addrs") == [fact.deviceAddress ?? "%any"])
            #expect(held.list("remote_addrs") == [fact.cloudAddress])
            #expect(held.text("local-1", "class") == "pre-shared key")
            #expect(held.text("remote-1", "class") == "pre-shared key")
            #expect(held.text(fact.version == "1" ? "reauth_time" : "rekey_time") == "\(fact.ikeLifetime - margin)")
            #expect((held.text("dpd_delay") != nil) == fact.detectsDeadPeers)
            #expect(child.text("rekey_time") == "\(fact.espLifetime - margin)")
            children.insert(
                .init(device: Set(child.list("local-ts") ?? []), cloud: Set(child.list("remote-ts") ?? [])))
            let received = try #require(load.received[name])
            #expect(received["ike"] == fact.ike.proposal + "!")
            #expect(received["esp"] == fact.esp.proposal + "!")
            #expect(received["leftid"].map(CharonIdentity.init(readByCharon:)) == fact.deviceIdentity)
            #expect(received["rightid"].map(CharonIdentity.init(readByCharon:)) == fact.cloudIdentity)
            let owners = [received["leftid"], received["rightid"]].compactMap(\.self).joined(separator: " ")
            // A truth value, so that a failure does not print the key.
            #expect((load.keys[owners] == fact.key) == true, "key of \(fact.name)")
        }
        #expect(children == Set(fact.children), "\(fact.name)")
    }
}
