import Foundation
import TestSupport
import Testing

/// DownloadVpnConnectionConfig beside DescribeVpnConnections: they must agree field by field (api.md 7.1).
@Suite("A downloaded configuration is compared with what else is told")
struct DownloadedConfigTests {
    /// The device's view of samples/single-ikev2-policy, by hand.
    private static let single = """
        {"RequestId": "R", "VpnConnectionConfig": {
          "Local": "198.51.100.22", "Remote": "203.0.113.14",
          "LocalSubnet": "172.20.8.0/21", "RemoteSubnet": "10.64.0.0/16",
          "IkeConfig": {"IkeVersion": "ikev2", "IkeMode": "main", "IkeEncAlg": "aes256", "IkeAuthAlg": "sha256",
            "IkePfs": "group14", "IkeLifetime": 86400, "LocalId": "198.51.100.22", "RemoteId": "203.0.113.14",
            "Psk": "PSK"},
          "IpsecConfig": {"IpsecEncAlg": "aes256", "IpsecAuthAlg": "sha256", "IpsecPfs": "group14",
            "IpsecLifetime": 28800}}}
        """

    private func sample() throws -> (answer: String, key: String) {
        let answer = try String(
            contentsOfFile: Repository.path("samples/single-ikev2-policy/response.xml"), encoding: .utf8)
        let key = try #require(answer.firstMatch(of: /<Psk>([^<]+)<\/Psk>/)).output.1
        return (answer, String(key))
    }

    /// What is said with PC292, when the downloaded configuration is changed.
    private func compared(_ change: (String, String)?) async throws -> CommandOutput {
        let (_, key) = try sample()
        var text = Self.single.replacing("\"PSK\"", with: "\"\(key)\"")
        if let change {
            let changed = text.replacing(change.0, with: change.1, maxReplacements: 1)
            #expect(changed != text)
            text = changed
        }
        return try await withTemporaryFolder { folder in
            try text.write(toFile: folder + "/downloaded.json", atomically: false, encoding: .utf8)
            return try await Peerconf.run([
                "render", "samples/single-ikev2-policy", folder + "/downloaded.json", "--device", "strongswan",
            ])
        }
    }

    @Test("Equal ones say nothing, and nothing is rendered twice")
    func equal() async throws {
        let output = try await compared(nil)
        #expect(!output.stderr.contains("PC29"), "\(output.stderr)")
        #expect(output.stdout.components(separatedBy: ".conf <==").count == 2)
    }

    @Test(
        "Each value that differs is named by its field, and the connection is not rendered a second time",
        arguments: [
            (#""Psk": ""#, #""Psk": "x"#, "IkeConfig.Psk"),
            (#""RemoteId": "203.0.113.14""#, #""RemoteId": "203.0.113.99""#, "IkeConfig.LocalId"),
            (#""LocalId": "198.51.100.22""#, #""LocalId": "198.51.100.99""#, "IkeConfig.RemoteId"),
            (#""Local": "198.51.100.22""#, #""Local": "198.51.100.99""#, "Local"),
            (#""Remote": "203.0.113.14""#, #""Remote": "203.0.113.99""#, "Remote"),
            (#""LocalSubnet": "172.20.8.0/21""#, #""LocalSubnet": "172.20.0.0/16""#, "RemoteSubnet"),
            (#""IkeEncAlg": "aes256""#, #""IkeEncAlg": "aes""#, "IkeConfig.IkeEncAlg"),
            (#""IpsecLifetime": 28800"#, #""IpsecLifetime": 3600"#, "IpsecConfig.IpsecLifetime"),
        ])
    func differing(old: String, new: String, field: String) async throws {
        let output = try await compared((old, new))
        #expect(output.status == 1)
        #expect(output.stderr.contains("differ in \(field) [PC292]"), "\(output.stderr)")
        #expect(output.stdout.components(separatedBy: "swanctl/").count == 3, "one connection, its file and its keys")
    }

    @Test("Other networks behind the cloud: that is another connection between the same ends")
    func another() async throws {
        let output = try await compared((#""RemoteSubnet": "10.64.0.0/16""#, #""RemoteSubnet": "10.65.0.0/16""#))
        #expect(output.stderr.contains("[PC291]") && !output.stderr.contains("[PC292]"))
    }
}
