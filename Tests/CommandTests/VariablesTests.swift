import Foundation
import TestSupport
import Testing

/// `templates variables`: the data model, and what its fields hold for a connection.
@Suite("The data model, with values of given answers")
struct VariablesTests {
    private static let folder = "Tests/CommandTests/Fixtures/variables"

    @Test(
        "Every field has a value of the connection, as recorded",
        arguments: [
            ("dual-bgp-vpn-gateway", "vyos"), ("keys-with-special-characters", "cisco-ios"),
            ("single-ikev2-policy", "strongswan"),
        ])
    func values(sample: String, device: String) async throws {
        let output = try await variables(["samples/\(sample)", "--device", device])
        #expect(output.status == 0)
        try expect(output.stdout, equalsFile: "\(Self.folder)/\(sample).\(device).txt")
    }

    @Test("Without answers, the same lines without values") func fields() async throws {
        let plain = try await variables([])
        let filled = try await variables(["samples/dual-bgp-vpn-gateway", "--device", "vyos"])
        let lines = filled.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(plain.status == 0 && lines.filter { !$0.hasPrefix("    = ") }.joined(separator: "\n") == plain.stdout)
        #expect(lines.count { $0.hasPrefix("    = ") } > 60)
    }

    @Test("What it says is what the answers hold, read by another program") func truth() async throws {
        // From the raw answer: both tunnels' addresses and identities, by the API's own names.
        let answer = try String(
            contentsOfFile: Repository.path("samples/dual-bgp-vpn-gateway/response.xml"), encoding: .utf8)
        let output = try await variables(["samples/dual-bgp-vpn-gateway", "--device", "vyos"]).stdout
        for (field, element) in [
            ("tunnels[].id", "TunnelId"), ("tunnels[].cloud.identity.text", "LocalId"),
            ("tunnels[].device.identity.text", "RemoteId"), ("tunnels[].bgp.cloud_address", "LocalBgpIp"),
        ] {
            let raw = Set(
                answer.matches(of: try Regex("<\(element)>([^<]+)</", as: (Substring, Substring).self)).map(\.1))
            let lines = output.components(separatedBy: "\n\(field)  ")
            let value = try #require(lines.dropFirst().first?.split(separator: "\n").first { $0.hasPrefix("    = ") })
            let told = value.dropFirst(6).split(separator: ", ").map { $0.dropFirst().dropLast() }
            #expect(told.count == 2 && Set(told).isSubset(of: raw), "\(field)")
        }
    }

    @Test("A connection can be chosen; keys are never shown, whatever pack is used") func keys() async throws {
        let answer = try String(
            contentsOfFile: Repository.path("samples/fleet-two-pages/page-2.xml"), encoding: .utf8)
        let ids = answer.matches(of: #/<VpnConnectionId>([^<]+)</#).map { String($0.1) }
        let last = try #require(ids.last)
        for device in ["strongswan", "strongswan-legacy", "vyos"] {
            let chosen = try await variables(
                ["samples/fleet-two-pages", "--device", device, "--vpn-connection-id", last])
            #expect(chosen.stdout.contains("= \"\(last)\"\n"), "\(device)")
        }
        for sample in Repository.folders(in: "samples") {
            var raw = ""
            for file in Repository.files(in: "samples/\(sample)") where file.hasSuffix("ml") || file.hasSuffix("json") {
                raw += try String(contentsOfFile: Repository.path("samples/\(sample)/\(file)"), encoding: .utf8)
            }
            let keys = raw.matches(of: #/(?:<(?:Psk|AuthKey)>|"(?:Psk|AuthKey)": ?")([^<"]{6,})/#).map { String($0.1) }
            let output = try await variables(["samples/\(sample)", "--device", "strongswan"])
            for key in keys {
                let isShown = (output.stdout + output.stderr).contains(key)
                #expect(!isShown, "a key of \(sample)")
            }
        }
    }

    @Test("What can't be done is told") func refusals() async throws {
        let unnamed = try await variables(["samples/single-ikev2-policy"])
        #expect(unnamed.status == 2 && unnamed.stderr.contains("PC084"))
        let nothing = try await variables(["samples/documentation-sample", "--device", "vyos"])
        #expect(nothing.status == 2 && nothing.stdout.isEmpty && !nothing.stderr.isEmpty)
        let unfit = try await variables(["samples/single-ikev2-policy", "--device", "h3c-comware"])
        #expect(unfit.status == 3 && unfit.stdout.contains("= \"172.20.8.0/21\"") && unfit.stderr.contains("error"))
    }

    private func variables(_ arguments: [String]) async throws -> CommandOutput {
        try await Peerconf.run(["templates", "variables"] + arguments)
    }
}
