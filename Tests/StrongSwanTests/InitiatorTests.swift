import Foundation
import TestSupport
import Testing

/// The site file's `initiates = false`: the device answers and does not begin, and nothing leaks meanwhile.
@Suite("A device that waits for the cloud", .needsCharon, .needsStarter)
struct InitiatorTests {
    static let packs = ["strongswan", "strongswan-legacy"]

    /// A page with one connection, changed by replacing texts.
    static func page(_ changes: [(String, String)]) throws -> String {
        var text = AnswerNode.page([KeyAnswer.connection(1, key: "aB3dE5gH7")], size: 1, total: 1).xmlDocument()
        for (old, new) in changes {
            try #require(text.contains(old), "\(old)")
            text = text.replacing(old, with: new)
        }
        return text
    }

    static let anyToAny = [
        ("<LocalSubnet>10.1.0.0/16<", "<LocalSubnet>0.0.0.0/0<"),
        ("<RemoteSubnet>172.16.1.0/24<", "<RemoteSubnet>0.0.0.0/0<"),
    ]
    static let cloudStarts = ("<State>", "<EffectImmediately>true</EffectImmediately><State>")

    static func render(_ page: String, _ pack: String, initiates: Bool = false) async throws -> CommandOutput {
        try await withTemporaryFolder { folder in
            try page.write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            try "[defaults]\ninitiates = \(initiates)\n".write(
                toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            return try await Peerconf.run(
                ["render", "page.xml", "--site", "peerconf.toml", "--device", pack, "--secrets", "inline"],
                folder: folder)
        }
    }

    /// The kernel's policies when charon has loaded what was rendered.
    private func policies(_ output: CommandOutput, _ pack: String, conns: Int) async throws -> String {
        let files = documents(output.stdout)
        let namespace = try await Namespace(role: "waits")
        do {
            if pack == "strongswan-legacy" {
                let path = try LegacyLoad.install(files, in: namespace)
                let charon = try await Charon(in: namespace, esp: .kernel, ipsecConf: path)
                #expect(try await LegacyLoad.read(charon, conns: conns).complaints == [])
                #expect(!charon.log().contains("initiating"))
            } else {
                let charon = try await Charon(in: namespace, esp: .kernel)
                let swanctl = files.filter { $0.key.contains("swanctl/") }.values.joined()
                #expect(try await charon.load(swanctl).complaints == [])
                #expect(!charon.log().contains("initiating"))
            }
            let text = try await Command.check(Tools.ip, ["-n", namespace.name, "xfrm", "policy"]).stdout
            await namespace.end()
            return text
        } catch {
            await namespace.end()
            throw error
        }
    }

    @Test("Policies drop what is not encrypted, and ask for no negotiation", arguments: packs)
    func policyBased(pack: String) async throws {
        let output = try await Self.render(try Self.page([Self.cloudStarts]), pack)
        #expect(!output.stderr.contains("nobody-initiates"))
        let text = try await policies(output, pack, conns: 2)
        #expect(text.contains("src 172.16.1.0/24 dst 10.1.0.0/16"), "\(text)")
        #expect(text.contains("src 10.1.0.0/16 dst 172.16.1.0/24"))
        #expect(text.contains("action block") && !text.contains("tmpl"))
    }

    @Test("By itself it would ask for a negotiation: the test can tell", arguments: packs)
    func control(pack: String) async throws {
        let output = try await Self.render(try Self.page([]), pack, initiates: true)
        let text = documents(output.stdout).values.joined()
        #expect(text.contains(pack == "strongswan" ? "start_action = trap|start" : "auto=route"))
        #expect(!text.contains("-drop"))
    }

    @Test("With a tunnel interface charon has no policy until the cloud comes", arguments: packs)
    func routeBased(pack: String) async throws {
        let output = try await Self.render(try Self.page(Self.anyToAny + [Self.cloudStarts]), pack)
        let text = documents(output.stdout).values.joined()
        for word in ["close_action", "closeaction", "start_action", "auto=start", "restart"] {
            #expect(!text.contains(word), "\(word)")
        }
        // Those of charon's own sockets have no direction.
        #expect(!(try await policies(output, pack, conns: 1)).contains("dir "))
    }

    @Test("When the cloud waits as well, there is a warning", arguments: packs)
    func nobody(pack: String) async throws {
        let waits = ("<State>", "<EffectImmediately>false</EffectImmediately><State>")
        let output = try await Self.render(try Self.page([waits]), pack)
        #expect(output.stderr.contains("warning: neither side negotiates by itself"))
        #expect(output.stderr.contains("[\(pack)/nobody-initiates]"))
    }

    @Test("charon answers no aggressive mode with a key: refused by name", arguments: packs)
    func aggressive(pack: String) async throws {
        let page = try Self.page([
            ("<IkeVersion>ikev2<", "<IkeVersion>ikev1<"), ("<IkeMode>main<", "<IkeMode>aggressive<"),
        ])
        let output = try await Self.render(page, pack)
        #expect(output.status == 2 && output.stdout.isEmpty)
        #expect(output.stderr.contains("[\(pack)/aggressive-responder]"))
        #expect(output.stderr.contains("connection vco-key1, field IkeConfig.IkeMode"))
        #expect(try await Self.render(page, pack, initiates: true).stdout.contains("aggressive"))
    }
}
