import Foundation
import TestSupport
import Testing

/// `peerconf render --check` as a pull request's job sees it.
@Suite("peerconf render --check")
struct CheckCommandTests {
    private static let sample = "samples/dual-bgp-vpn-gateway"

    @Test("Nothing to do, something stale, missing, or no longer produced; nothing is written")
    func status() async throws {
        try await withRendered("placeholder") { folder, device in
            let same = try await check(Self.sample, folder)
            #expect(same.status == 0 && same.stdout.contains("peerconf check: "))
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            let stale = "\(folder)/\(device)/swanctl/vco-bp10q7jdz5wotdsepv3qh.conf"
            let text = try String(contentsOfFile: stale, encoding: .utf8)
            try text.replacing("aes256", with: "aes128").write(toFile: stale, atomically: false, encoding: .utf8)
            let differing = try await check(Self.sample, folder, ["--diff"])
            #expect(differing.status == 1 && differing.stdout.contains("[PC401]"))
            #expect(differing.stdout.contains("-        proposals = aes128") && differing.stdout.contains("@@"))
            try FileManager.default.removeItem(atPath: stale)
            try "x".write(toFile: "\(folder)/\(device)/old.conf", atomically: false, encoding: .utf8)
            let other = try await check(Self.sample, folder)
            #expect(other.status == 1 && other.stdout.contains("[PC402]") && other.stdout.contains("[PC403]"))
            try FileManager.default.removeItem(atPath: "\(folder)/\(device)/old.conf")
            try text.write(toFile: stale, atomically: false, encoding: .utf8)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == files)
            let misused = try await Peerconf.run(["render", Self.sample, "--format", "json"])
            #expect(misused.status == 2)
        }
    }

    @Test("Each format is what its readers ask for, and holds no key", .needsPython, arguments: LintCommandTests.formats)
    func formats(format: String) async throws {
        // What is on disk was written with keys in place; the answers have none of these tunnels any more.
        let keys = [
            "b2ZJ6X3ClRPVWymfg3ZUDqip", "1tXyD2v7uI3PbpFJn503mQ8z", "hZ-hQ_bgp.2025", "CanaryNewPsk9LmT4c",
        ]
        let answers = try String(contentsOfFile: Repository.path(Self.sample + "/response.xml"), encoding: .utf8)
        let changes = [
            answers.replacing(keys[0], with: keys[3]),
            answers.replacing("tun-", with: "tun-x").replacing(keys[0], with: keys[3]),
            answers.replacing("<EnableTunnelsBgp>true", with: "<EnableTunnelsBgp>false").replacing("aes256", with: "aes"),
        ]
        for device in ["strongswan", "strongswan-legacy", "vyos", "cisco-ios", "h3c-comware"] {
            try await withRendered("inline", device: device) { folder, _ in
                for (place, text) in changes.enumerated() {
                    let file = "\(folder)/../\(place).xml"
                    try text.write(toFile: file, atomically: false, encoding: .utf8)
                    let inputs = [file, Self.sample + "/customer-gateways.xml"]
                    let output = try await Peerconf.run(
                        ["render"] + inputs + [
                            "--device", device, "-o", folder, "--check", "--diff", "--format", format,
                        ])
                    #expect(output.status != 0 && !output.stdout.isEmpty)
                    try await FormatChecks.check(output.stdout, format: format)
                    for key in keys {
                        let holds = (output.stdout + output.stderr).contains(key)
                        #expect(!holds, "a key in \(format), \(device), change \(place)")
                    }
                }
            }
        }
    }

    private func check(
        _ input: String, _ folder: String, _ more: [String] = []
    ) async throws -> CommandOutput {
        try await Peerconf.run(["render", input, "--device", "strongswan", "-o", folder, "--check"] + more)
    }

    /// Renders the sample into a folder; hands on the folder and its device's name.
    private func withRendered(
        _ secrets: String, device: String = "strongswan", _ body: (String, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { parent in
            let folder = parent + "/routers"
            _ = try await Peerconf.run(
                ["render", Self.sample, "--device", device, "-o", folder, "--secrets", secrets])
            try await body(folder, "cgw-bp1g46ed7esu7ygaowa45")
        }
    }
}
