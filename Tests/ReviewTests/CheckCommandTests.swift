import Foundation
import TestSupport
import Testing

/// `peerconf render --check` as a pull request's job sees it.
@Suite("peerconf render --check")
struct CheckCommandTests {
    private static let sample = "samples/dual-bgp-vpn-gateway"
    /// One that renders without any warning.
    private static let clean = "samples/dual-static-two-routers"

    @Test("Nothing to do, something stale, missing, or no longer produced; nothing is written")
    func status() async throws {
        try await withRendered("placeholder", of: Self.clean) { folder in
            let same = try await check(Self.clean, folder)
            #expect(same.status == 0 && same.stdout.contains("peerconf check: "))
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            let stale = try #require(files.first { $0.hasSuffix(".conf") && $0.contains("swanctl/vco-") }).withFolder(
                folder)
            let device = stale.components(separatedBy: "/swanctl/")[0]
            let text = try String(contentsOfFile: stale, encoding: .utf8)
            try text.replacing("proposals = aes", with: "proposals = AES").write(
                toFile: stale, atomically: false, encoding: .utf8)
            let differing = try await check(Self.clean, folder, ["--diff"])
            #expect(differing.status == 1 && differing.stdout.contains("[PC401]"))
            #expect(differing.stdout.contains("-        proposals = AES") && differing.stdout.contains("@@"))
            try FileManager.default.removeItem(atPath: stale)
            try "x".write(toFile: "\(device)/old.conf", atomically: false, encoding: .utf8)
            let other = try await check(Self.clean, folder)
            #expect(other.status == 1 && other.stdout.contains("[PC402]") && other.stdout.contains("[PC403]"))
            try FileManager.default.removeItem(atPath: "\(device)/old.conf")
            try text.write(toFile: stale, atomically: false, encoding: .utf8)
            #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == files)
            let misused = try await Peerconf.run(["render", Self.clean, "--format", "json"])
            #expect(misused.status == 2)
        }
    }

    @Test("Where a page is missing, files of what may stand on it are not judged")
    func missingPage() async throws {
        try await withTemporaryFolder { parent in
            let (answers, folder) = (parent + "/cloud", parent + "/routers")
            let files = FileManager.default
            try files.copyItem(atPath: Repository.path("samples/fleet-two-pages"), toPath: answers)
            try files.removeItem(atPath: answers + "/expected")
            _ = try await Peerconf.run(["render", answers, "--device", "strongswan", "-o", folder])
            try files.removeItem(atPath: answers + "/page-1.xml")
            let output = try await check(answers, folder)
            #expect(output.stdout.contains("[PC059]") && output.stdout.contains("[PC409]"))
            #expect(!output.stdout.contains("[PC403]") && output.status == 3)
        }
    }

    @Test("What rendering warns of is told, and makes no file out of date")
    func warnings() async throws {
        try await withRendered("placeholder") { folder in
            let output = try await check(Self.sample, folder)
            #expect(output.stdout.contains("warning: ") && output.status == 0)
        }
    }

    @Test(
        "Each format is what its readers ask for, and holds no key", .needsPython, arguments: LintCommandTests.formats)
    func formats(format: String) async throws {
        // What is on disk was written with keys in place; the answers have none of these tunnels any more.
        let keys = [
            "b2ZJ6X3ClRPVWymfg3ZUDqip", "1tXyD2v7uI3PbpFJn503mQ8z", "hZ-hQ_bgp.2025", "CanaryNewPsk9LmT4c",
        ]
        let answers = try String(contentsOfFile: Repository.path(Self.sample + "/response.xml"), encoding: .utf8)
        let changes = [
            answers.replacing(keys[0], with: keys[3]),
            answers.replacing("tun-", with: "tun-x").replacing(keys[0], with: keys[3]),
            answers.replacing("<EnableTunnelsBgp>true", with: "<EnableTunnelsBgp>false").replacing(
                "aes256", with: "aes"),
        ]
        for device in ["strongswan", "strongswan-legacy", "vyos", "cisco-ios"] {
            try await withRendered("inline", device: device) { folder in
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

    /// Renders a sample into a folder.
    private func withRendered(
        _ secrets: String, of sample: String = Self.sample, device: String = "strongswan",
        _ body: (String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { parent in
            let folder = parent + "/routers"
            let output = try await Peerconf.run(
                ["render", sample, "--device", device, "-o", folder, "--secrets", secrets])
            #expect(output.status < 2, "\(device): \(output.stderr.prefix(300))")
            try await body(folder)
        }
    }
}

extension String {
    /// The path below a folder.
    fileprivate func withFolder(_ folder: String) -> String { folder + "/" + self }
}
