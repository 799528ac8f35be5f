import Foundation
import TestSupport
import Testing

/// Cloud 10.0.0.0/8, device 10.1.0.0/16 within it: what stays at the device's side must not be encrypted.
@Suite("Networks that overlap", .needsCharon, .needsStarter)
struct OverlapTests {
    @Test("The kernel holds a policy without a template for the device's own networks", arguments: [false, true])
    func pass(isLegacy: Bool) async throws {
        let plainAnswer = AnswerNode.page([KeyAnswer.connection(1, key: "aB3dE5gH7")], size: 1, total: 1).xmlDocument()
        let answer = plainAnswer.replacing("<LocalSubnet>10.1.0.0/16<", with: "<LocalSubnet>10.0.0.0/8<")
            .replacing("<RemoteSubnet>172.16.1.0/24<", with: "<RemoteSubnet>10.1.0.0/16,192.168.9.0/24<")
        try #require(answer.contains("10.0.0.0/8") && answer.contains("192.168.9.0/24"))
        try await withTemporaryFolder { folder in
            try answer.write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            let output = try await Peerconf.run([
                "render", folder, "--device", isLegacy ? "strongswan-legacy" : "strongswan", "--secrets", "inline",
            ])
            let files = documents(output.stdout)
            let namespace = try await Namespace(role: "overlap")
            do {
                if isLegacy {
                    let path = try LegacyLoad.install(files, in: namespace)
                    let charon = try await Charon(in: namespace, esp: .kernel, ipsecConf: path)
                    #expect(try await LegacyLoad.read(charon, conns: 2).complaints == [])
                } else {
                    let charon = try await Charon(in: namespace, esp: .kernel)
                    let swanctl = files.filter { $0.key.contains("/swanctl/") }.values.joined()
                    #expect(try await charon.load(swanctl).complaints == [])
                }
                let policies = try await Command.check(Tools.ip, ["-n", namespace.name, "xfrm", "policy"]).stdout
                #expect(plain(policies, "src 10.1.0.0/16 dst 10.1.0.0/16"), "\(policies)")
                #expect(plain(policies, "src 10.1.0.0/16 dst 192.168.9.0/24"))
                #expect(!plain(policies, "src 10.1.0.0/16 dst 10.0.0.0/8"))
                #expect(policies.contains("src 10.1.0.0/16 dst 10.0.0.0/8"))
            } catch {
                await namespace.end()
                throw error
            }
            await namespace.end()
        }
    }

    /// Whether there is a policy for the selector that lets packets pass as they are, in each direction it is for.
    private func plain(_ policies: String, _ selector: String) -> Bool {
        let blocks = policies.replacing("\nsrc ", with: "\n\u{0}src ").split(separator: "\u{0}")
        return blocks.contains { $0.hasPrefix(selector) && !$0.contains("tmpl") && !$0.contains("action block") }
    }
}
