import Foundation
import TestSupport
import Testing

/// `peerconf lint` as a user and a CI job see it.
@Suite("peerconf lint")
struct LintCommandTests {
    static let formats = ["text", "json", "markdown", "sarif", "github", "gitlab", "junit"]

    @Test("Exit status: clean, findings, unusable, partial") func status() async throws {
        try await withWorld(.good) { folder in
            try await expectStatus(0, ["lint", folder])
        }
        try await withWorld(.single) { folder in
            try await expectStatus(1, ["lint", folder])
            try await expectStatus(0, ["lint", folder, "--exit-zero"])
            try await expectStatus(0, ["lint", folder, "--severity", "error"])
            try await expectStatus(2, ["lint", folder, "--policy", "nsit"])
            try await expectStatus(2, ["lint", folder, "--today", "soon"])
        }
        try await expectStatus(2, ["lint", "samples/documentation-sample"])
        try await expectStatus(2, ["lint", "/nowhere.xml"])
        let partial = World.single.adding(["IkeConfig.IkeEncAlg": "aes-512", "RemoteSubnet": "10.30.0.0/16"])
        try await withWorld(partial) { folder in
            let output = try await Peerconf.run(["lint", folder])
            #expect(output.status == 3)
            #expect(output.stdout.contains("PC202") && output.stdout.contains("PC152"))
            try await expectStatus(3, ["lint", folder, "--exit-zero"])
        }
    }

    @Test("Waivers hold until their last day, and a day later fail") func waivers() async throws {
        try await withWorld(.single) { folder in
            let waivers = """
                [[waivers]]
                rule = "PC152"
                connection = "vco-bp1bbbbbbbbbbbbbbbbbb"
                owner = "network team"
                reason = "second line ordered"
                expires = 2026-06-30
                """
            let file = folder + "/waivers.toml"
            try waivers.write(toFile: file, atomically: false, encoding: .utf8)
            func lint(_ day: String) async throws -> CommandOutput {
                try await Peerconf.run(["lint", folder, "--waivers", file, "--today", day])
            }
            let held = try await lint("2026-06-30")
            #expect(held.status == 0 && held.stdout.contains("1 waived"))
            let expired = try await lint("2026-07-01")
            #expect(expired.status == 1 && expired.stdout.contains("PC191") && expired.stdout.contains("PC152"))
            try waivers.replacing("PC152", with: "PC15").write(toFile: file, atomically: false, encoding: .utf8)
            let unknown = try await lint("2026-06-30")
            #expect(unknown.status == 1 && unknown.stdout.contains("PC194"))
            try waivers.replacing("PC152", with: "PC101").write(toFile: file, atomically: false, encoding: .utf8)
            let idle = try await lint("2026-06-30")
            #expect(idle.stdout.contains("PC192"))
            for slip in ["owner = ", "reason = ", "expires = ", "connection = "] {
                let lines = waivers.split(separator: "\n").filter { !$0.hasPrefix(slip) }
                try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
                let refused = try await lint("2026-06-30")
                #expect(refused.status == 2 && refused.stderr.contains("PC193"), "without \(slip)")
            }
        }
    }

    @Test("With a baseline, only what is new is shown, whatever lines it is on") func baseline() async throws {
        try await withWorld(.single) { folder in
            let baseline = folder + "/baseline.report"
            let first = try await Peerconf.run(["lint", folder, "--format", "json"])
            try first.stdout.write(toFile: baseline, atomically: false, encoding: .utf8)
            let same = try await Peerconf.run(["lint", folder, "--baseline", baseline])
            #expect(same.status == 0 && same.stdout.contains("1 in the baseline"))
            var changed = World.single.changing(["EnableDpd": "false"]).documents[0]
            changed = "\n\n\n" + changed
            try changed.write(toFile: folder + "/0.xml", atomically: false, encoding: .utf8)
            let new = try await Peerconf.run(["lint", folder, "--baseline", baseline])
            #expect(new.status == 1 && new.stdout.contains("PC160") && !new.stdout.contains("[PC152]"))
            try "{}".write(toFile: baseline, atomically: false, encoding: .utf8)
            let broken = try await Peerconf.run(["lint", folder, "--baseline", baseline])
            #expect(broken.status == 2 && broken.stderr.contains("PC197"))
        }
    }

    @Test("Keys stand in no format", arguments: formats) func canary(format: String) async throws {
        let canaries = ["Canary7Zp2xVw9LmT4c", "CanaryWd5hYk8BvC2nQ", "CanaryBgpHq8vTz3KxW", "CanaryBgpNp4yGc7SfB"]
        let world = World.good
            .changing(tunnels: [
                0: ["TunnelIkeConfig.Psk": canaries[0], "TunnelIkeConfig.IkeEncAlg": "des"],
                1: ["TunnelIkeConfig.Psk": canaries[1], "EnableDpd": "false"],
            ])
            .changing(gateways: [0: ["AuthKey": canaries[2]], 1: ["AuthKey": canaries[3]]])
        // Weak ones, of which rules have something to say.
        let weak = ["hunter2hunter2", "Sommer-Canary-2024"]
        let other = World.single.changing(["IkeConfig.Psk": weak[0]]).adding([
            "IkeConfig.Psk": weak[1], "RemoteSubnet": "10.30.0.0/16",
        ])
        for (world, keys) in [(world, canaries), (other, weak)] {
            try await withWorld(world) { folder in
                let output = try await Peerconf.run(["lint", folder, "--format", format])
                #expect(output.status == 1 && !output.stdout.isEmpty)
                let everything = (output.stdout + output.stderr).lowercased()
                for key in keys {
                    // Any six characters in a row would be a part.
                    let scalars = Array(key.lowercased())
                    for start in 0...(scalars.count - 6) {
                        let part = String(scalars[start..<start + 6])
                        let holds = everything.contains(part)
                        #expect(!holds, "a part of a key in \(format)")
                    }
                }
            }
        }
    }

    private func expectStatus(
        _ status: Int32, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let output = try await Peerconf.run(arguments)
        #expect(output.status == status, "\(arguments)", sourceLocation: sourceLocation)
    }

    /// Writes the answers of a world into a folder.
    private func withWorld(_ world: World, _ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            for (index, document) in world.documents.enumerated() {
                try document.write(toFile: "\(folder)/\(index).xml", atomically: false, encoding: .utf8)
            }
            try await body(folder)
        }
    }
}
