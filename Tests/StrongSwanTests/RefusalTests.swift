import Foundation
import TestSupport
import Testing

/// What can't work is refused by name, and what is risky is said: both packs alike.
@Suite("strongSwan packs refuse what fails in silence")
struct RefusalTests {
    static let packs = InitiatorTests.packs

    /// Two connections to one gateway of the cloud with the same two identities.
    private func pair(keys: [String]) -> String {
        let connections = keys.enumerated().map { KeyAnswer.connection($0 + 1, key: $1) }
        return AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
            .replacing("203.0.100.3", with: "203.0.100.2").replacing("198.51.100.3", with: "198.51.100.2")
            .replacing("<State>", with: "<CustomerGatewayId>cgw-one</CustomerGatewayId><State>")
    }

    static func render(_ page: String, _ pack: String, site: String = "") async throws -> CommandOutput {
        try await withTemporaryFolder { folder in
            try page.write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try ("[defaults]\n" + site).write(
                toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            return try await Peerconf.run(
                ["render", "page.xml", "--site", "peerconf.toml", "--device", pack], folder: folder)
        }
    }

    @Test("Two keys for the same two identities: charon would take either", arguments: packs)
    func contestedIdentities(pack: String) async throws {
        let output = try await Self.render(pair(keys: ["aB3dE5gH7", "zY9xW7vU5"]), pack)
        #expect(output.status == 2 && output.stdout.isEmpty)
        #expect(output.stderr.components(separatedBy: "[\(pack)/contested-identities]").count == 3)
        for word in ["vco-key1", "vco-key2", "field IkeConfig.RemoteId"] { #expect(output.stderr.contains(word)) }
    }

    @Test("The same key twice is no contest", arguments: packs)
    func sharedKey(pack: String) async throws {
        let output = try await Self.render(pair(keys: ["aB3dE5gH7", "aB3dE5gH7"]), pack)
        #expect(output.stdout.contains("vco-key2") && !output.stderr.contains("contested-identities"))
    }

    @Test("Behind a NAT the cloud must detect it", arguments: packs)
    func natWithoutTraversal(pack: String) async throws {
        for (isOn, isBehind) in [(false, true), (true, true), (false, false)] {
            let page = try InitiatorTests.page([
                ("<State>", "<EnableNatTraversal>\(isOn)</EnableNatTraversal><State>")
            ])
            let output = try await Self.render(page, pack, site: isBehind ? "wan_address = \"10.255.0.2\"\n" : "")
            let isRefused = output.stderr.contains("[\(pack)/nat-without-traversal]")
            #expect(isRefused == (!isOn && isBehind))
            #expect((output.status == 2 && output.stdout.isEmpty) == isRefused)
        }
    }

    @Test(
        "Weak algorithms are warned of, by phase",
        arguments: [
            ("IkeEncAlg", "aes256", "des"), ("IkeEncAlg", "aes256", "3des"), ("IkeAuthAlg", "sha256", "md5"),
            ("IkePfs", "group14", "group1"), ("IkePfs", "group14", "group2"), ("IkePfs", "group14", "group5"),
            ("IpsecEncAlg", "aes256", "des"), ("IpsecEncAlg", "aes256", "3des"), ("IpsecAuthAlg", "sha256", "md5"),
            ("IpsecPfs", "group14", "group1"), ("IpsecPfs", "group14", "group2"), ("IpsecPfs", "group14", "group5"),
        ], packs)
    func weakAlgorithms(change: (field: String, old: String, new: String), pack: String) async throws {
        let (open, close) = ("<\(change.field)>", "</\(change.field)>")
        let page = try InitiatorTests.page([(open + change.old + close, open + change.new + close)])
        let output = try await Self.render(page, pack)
        let isFirst = change.field.hasPrefix("Ike")
        // 1: there were warnings.
        #expect(output.status == 1)
        #expect(output.stderr.contains("[\(pack)/weak-ike]") == isFirst)
        #expect(output.stderr.contains("[\(pack)/weak-esp]") == !isFirst)
        #expect(output.stdout.contains("# Weak by today's measure: \(isFirst ? "ike" : "esp") "))
        #expect(output.stdout.contains("OpenSSL's legacy provider") == (change.new == "des"))
    }

    @Test("What is strong and long enough gives no warning", arguments: packs)
    func silence(pack: String) async throws {
        let output = try await Self.render(try InitiatorTests.page([]), pack)
        #expect(!output.stderr.contains("[\(pack)/weak-") && !output.stderr.contains("[\(pack)/short-"))
        #expect(!output.stdout.contains("Weak"))
    }

    @Test("Lifetimes below 600 s leave little to rekey in", arguments: ["Ike", "Ipsec"], packs)
    func shortLifetimes(phase: String, pack: String) async throws {
        let usual = phase == "Ike" ? 86_400 : 3600
        let rule = "[\(pack)/short-\(phase == "Ike" ? "ike" : "esp")-lifetime]"
        for (seconds, isShort) in [(599, true), (600, false)] {
            let field = "\(phase)Lifetime"
            let page = try InitiatorTests.page([("<\(field)>\(usual)<", "<\(field)>\(seconds)<")])
            #expect(try await Self.render(page, pack).stderr.contains(rule) == isShort)
        }
    }
}
