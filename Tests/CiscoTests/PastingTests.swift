import Foundation
import TestSupport
import Testing

@Suite("Cisco: pasting one connection leaves the others alone")
struct CiscoPastingTests {
    @Test(
        "Files pasted together are the union of what each says, and a new connection changes no other's file",
        arguments: [21, 22] as [UInt64], versions)
    func union(seed: UInt64, version: String) async throws {
        let fleet = RandomFleet(seed: seed, count: 60)
        var few = fleet
        few.connections = fleet.connections.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let answers = (fewer: few.answers, all: fleet.answers)
        let site = fleet.site
        let (before, after) = try await withTemporaryFolder { folder in
            let before = try await RenderedFleet.render(
                answers.fewer, device: "cisco-ios@\(version)", site: site, folder: folder)
            try FileManager.default.removeItem(atPath: folder + "/in")
            // The same output folder: the lock file beside it keeps the numbers.
            let after = try await RenderedFleet.render(
                answers.all, device: "cisco-ios@\(version)", site: site, folder: folder)
            return (before, after)
        }
        for (path, text) in before.contents where !path.hasSuffix("shared.ios") {
            #expect(after.contents[path] == text, "seed \(seed): \(path)")
        }
        for (name, router) in after.routers {
            let together = IOSFacts(IOSConfiguration(router.pasted(), version: version))
            let ids = router.files.keys.filter { $0 != "shared.ios" }.map { $0.replacing(".ios", with: "") }
            var union: [String: TunnelFacts] = [:]
            for id in ids {
                union.merge(IOSFacts(IOSConfiguration(router.pasted(only: [id]), version: version)).tunnels) { $1 }
            }
            // With BGP nothing in a route tells which connection it is for: the router's others count, too.
            for (id, tunnel) in together.tunnels where tunnel.bgp != nil {
                let own = union[id]?.guarded ?? []
                #expect(tunnel.guarded.isSuperset(of: own), "seed \(seed), \(name)")
                union[id]?.guarded = tunnel.guarded
            }
            #expect(union == together.tunnels, "seed \(seed), \(name)")
            // What was there before keeps its meaning when everything new is pasted after it.
            let old = before.routers[name].map { $0.pasted() } ?? []
            let mixed = IOSFacts(IOSConfiguration(old + router.pasted(), version: version))
            #expect(mixed.problems.isEmpty, "seed \(seed), \(name): \(mixed.problems.prefix(3))")
            #expect(mixed.tunnels == together.tunnels, "seed \(seed), \(name)")
        }
    }

    @Test("No line of any file is a command that touches what is not this tunnel's", arguments: versions)
    func noGlobalCommands(version: String) async throws {
        let fleet = RandomFleet(seed: 31, count: 100)
        let answers = fleet.answers
        let site = fleet.site
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", site: site, folder: folder)
        }
        let forbidden = [
            "end", "write", "copy", "no ", "crypto isakmp keepalive", "crypto isakmp key", "crypto ipsec df-bit",
            "crypto engine",
            "crypto ipsec nat-transparency", "crypto ipsec security-association", "crypto isakmp identity",
            "bgp default", "redistribute",
            "default-information", "neighbor default-originate",
        ]
        for (path, text) in rendered.contents where path.hasSuffix(".ios") {
            for line in text.split(separator: "\n") where !line.hasPrefix("!") {
                let words = line.drop { $0 == " " }
                #expect(!forbidden.contains { words.hasPrefix($0) }, "\(path)")
                #expect(!words.contains("0.0.0.0 0.0.0.0"), "\(path): no default route, no default policy")
            }
        }
    }
}

@Suite("Cisco: the reader of these tests sees what is missing")
struct CiscoReaderTests {
    /// Lines whose absence changes nothing between the two ends.
    private static let harmless = [
        "description", "replay", "mode tunnel", "exit-address-family", "remote-as", "maximum-paths",
    ]

    @Test(
        "Without any one of its lines a configuration is not the same",
        arguments: [
            ("single-ikev2-policy", "17.11"), ("dual-bgp-vpn-gateway", "17.11"), ("ikev1-main-2x2", "15.x"),
            ("ikev1-main-2x2", "16.12"), ("ikev1-aggressive-nat", "16.12"), ("dual-static-two-routers", "17.11"),
        ])
    func mutations(sample: String, version: String) async throws {
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                ["samples/\(sample)"], device: "cisco-ios@\(version)", secrets: "inline", output: folder + "/out")
        }
        var tried = 0
        for router in fleet.routers.values {
            let lines = router.pasted().joined().split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
            let whole = IOSFacts(IOSConfiguration([lines.joined(separator: "\n")], version: version))
            #expect(whole.problems.isEmpty)
            for index in lines.indices where !lines[index].isEmpty && !lines[index].hasPrefix("!") {
                guard !lines[index].drop(while: { $0 == " " }).hasPrefix("!"),
                    !Self.harmless.contains(where: { lines[index].contains($0) })
                else { continue }
                // The only policy is chosen even if it does not name the address.
                if index > 0, lines[index - 1].hasPrefix("crypto ikev2 policy"), lines[index].contains("match") {
                    continue
                }
                var fewer = lines
                fewer.remove(at: index)
                let rest = IOSFacts(IOSConfiguration([fewer.joined(separator: "\n")], version: version))
                tried += 1
                let differs = rest.tunnels != whole.tunnels || !rest.problems.isEmpty || rest.offered != whole.offered
                #expect(differs, "\(sample): without \(lines[index])")
            }
        }
        #expect(tried > 20)
    }
}
