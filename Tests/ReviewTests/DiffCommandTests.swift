import Foundation
import TestSupport
import Testing

/// `peerconf diff` as a reviewer and a CI job see it.
@Suite("peerconf diff")
struct DiffCommandTests {
    static let cases = Repository.folders(in: "Tests/ReviewTests/Fixtures/diff")
    static let formats = LintCommandTests.formats

    @Test("Texts of realistic cases", arguments: cases) func texts(name: String) async throws {
        let folder = "Tests/ReviewTests/Fixtures/diff/\(name)"
        let sides = Repository.files(in: folder).contains("old.xml") ? ["old.xml", "new.xml"] : ["old", "new"]
        for (format, file) in [("text", "expected.txt"), ("markdown", "expected.md")] {
            let output = try await Peerconf.run(["diff"] + sides.map { "\(folder)/\($0)" } + ["--format", format])
            #expect(output.status == 1 && output.stderr.isEmpty)
            try expect(output.stdout, equalsFile: "\(folder)/\(file)")
            try await FormatChecks.check(output.stdout, format: format)
        }
    }

    @Test("Exit status: none, differences, unusable, partial") func status() async throws {
        let sample = "samples/dual-bgp-vpn-gateway"
        #expect(try await Peerconf.run(["diff", sample, sample]).status == 0)
        #expect(try await Peerconf.run(["diff", sample, "samples/dual-static-two-routers"]).status == 1)
        for arguments in [[sample, "/nowhere"], [sample], ["-", "-"], [sample, sample, "--format", "yaml"]] {
            let output = try await Peerconf.run(["diff"] + arguments)
            #expect(output.status == 2 && output.stdout.isEmpty, "\(arguments)")
        }
        let broken = World.single.adding(["IkeConfig.IkeLifetime": "soon", "RemoteSubnet": "10.30.0.0/16"])
        try await withSides(.single, broken) { old, new in
            let output = try await Peerconf.run(["diff", old, new])
            #expect(output.status == 3 && output.stdout.contains("PC791") && !output.stdout.contains("PC701"))
            let back = try await Peerconf.run(["diff", new, old])
            #expect(back.status == 3 && !back.stdout.contains("PC702"))
        }
    }

    @Test("What was asked for and is on neither side is told; what is on one side was added or removed")
    func unmatched() async throws {
        let more = World.single.adding(["RemoteSubnet": "10.30.0.0/16"])
        try await withSides(.single, more) { old, new in
            let id = "vco-bp1cccccccccccccccccc"
            let added = try await Peerconf.run(["diff", old, new, "--vpn-connection-id", id])
            #expect(added.status == 1 && added.stdout.contains("[PC701]") && !added.stdout.contains("PC088"))
            #expect(!added.stdout.contains("PC082"), "\(added.stdout)")
            for option in [
                ["--vpn-connection-id", "vco-bp1cccccccccccccccccd"], ["--vpn-gateway-id", "vpn-9"],
                ["--customer-gateway-id", "cgw-9"], ["--state", "actve"],
            ] {
                let output = try await Peerconf.run(["diff", old, new] + option)
                #expect(output.status == 1, "\(option)")
                #expect(output.stdout.matches(of: #/\[PC088\]/#).count == 1, "\(option): \(output.stdout)")
            }
            let tagged = try await Peerconf.run(["diff", old, new, "--tag", "none=such"])
            #expect(tagged.status == 1 && tagged.stdout.matches(of: #/\[PC082\]/#).count == 1)
        }
    }

    @Test("A side without any answer about connections is an error, whatever else it has") func noConnections()
        async throws
    {
        try await withTemporaryFolder { folder in
            for name in ["whole", "empty", "gateways"] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
            }
            let documents = World.single.documents
            try documents[0].write(toFile: folder + "/whole/0.xml", atomically: false, encoding: .utf8)
            try documents[1].write(toFile: folder + "/gateways/1.xml", atomically: false, encoding: .utf8)
            for other in ["empty", "gateways"] {
                for sides in [["whole", other], [other, "whole"], [other, other]] {
                    let output = try await Peerconf.run(["diff"] + sides.map { "\(folder)/\($0)" })
                    #expect(output.status == 2 && output.stdout.isEmpty, "\(sides)")
                    #expect(output.stderr.contains("[PC087]"), "\(output.stderr)")
                }
            }
            // The API's own word that there are none is another thing.
            let none = World(sites: [], customerGateways: []).documents[0]
            try none.write(toFile: folder + "/empty/0.xml", atomically: false, encoding: .utf8)
            let output = try await Peerconf.run(["diff", folder + "/whole", folder + "/empty"])
            #expect(output.status == 3 || output.status == 1)
            #expect(output.stdout.contains("[PC702]") && output.stdout.contains("[PC085]"))
        }
    }

    @Test("Where pages are missing, nothing is said to be added or removed", arguments: [true, false])
    func missingPages(isOld: Bool) async throws {
        let whole = World.single.adding(["LocalSubnet": "172.16.0.0/12", "RemoteSubnet": "10.30.0.0/16"])
        let id = "vco-bp1cccccccccccccccccc"
        for partial in [
            // A page that is not there, a page that is not whole, and both without page numbers.
            World.single.documents[0].replacing(
                "<TotalCount>1</TotalCount><PageNumber>1</PageNumber><PageSize>50<",
                with: "<TotalCount>2</TotalCount><PageNumber>1</PageNumber><PageSize>1<"),
            World.single.documents[0].replacing("<TotalCount>1<", with: "<TotalCount>2<"),
            World.single.documents[0].replacing(
                "<TotalCount>1</TotalCount><PageNumber>1</PageNumber><PageSize>50</PageSize>",
                with: "<TotalCount>2</TotalCount>"),
        ] {
            try await withTemporaryFolder { folder in
                try whole.documents[0].write(toFile: folder + "/whole.xml", atomically: false, encoding: .utf8)
                try partial.write(toFile: folder + "/partial.xml", atomically: false, encoding: .utf8)
                let sides = isOld ? ["partial.xml", "whole.xml"] : ["whole.xml", "partial.xml"]
                let output = try await Peerconf.run(["diff"] + sides.map { "\(folder)/\($0)" })
                #expect(output.status == 3, "\(output.stderr)")
                #expect(output.stdout.contains("[PC792]") && output.stdout.contains("connection \(id) is not in"))
                #expect(output.stdout.contains("[PC059]") || output.stdout.contains("[PC060]"))
                #expect(output.stdout.contains("found while \(isOld ? "OLD" : "NEW") was read"))
                #expect(!output.stdout.contains("[PC701]") && !output.stdout.contains("[PC702]"))
                let same = try await Peerconf.run(["diff", folder + "/partial.xml", folder + "/partial.xml"])
                #expect(same.status == 3 && !same.stdout.contains("[PC792]"))
            }
        }
    }

    @Test("What nobody configured is counted, and listed where it is asked for") func state() async throws {
        try await withSides(.good, World.good.changing(tunnels: [0: ["Status": "ike_sa_not_established"]])) {
            old, new in
            let quiet = try await Peerconf.run(["diff", old, new])
            #expect(quiet.status == 0 && quiet.stdout.contains("state changes not listed (--show-state): 1"))
            let full = try await Peerconf.run(["diff", old, new, "--show-state"])
            #expect(full.status == 1 && full.stdout.contains("[PC770]"))
        }
        try await withSides(.good, .good.changing(["State": "provisioning"])) { old, new in
            let output = try await Peerconf.run(["diff", old, new])
            #expect(output.status == 1 && output.stdout.contains("[PC770]") && output.stdout.contains("render leaves"))
        }
        // A state that decides whether there is a tunnel at all is always told.
        try await withSides(.good, .good.changing(["State": "deleted"])) { old, new in
            let output = try await Peerconf.run(["diff", old, new])
            #expect(output.status == 1 && output.stdout.contains("[PC771]") && output.stdout.contains("goes away"))
        }
    }

    @Test("Each format is what its readers ask for", .needsPython, arguments: formats)
    func format(_ format: String) async throws {
        let output = try await Peerconf.run(
            ["diff", "samples/dual-bgp-vpn-gateway", "samples/dual-static-two-routers", "--format", format])
        #expect(output.status == 1 && !output.stdout.isEmpty)
        try await FormatChecks.check(output.stdout, format: format)
        let empty = try await Peerconf.run(
            ["diff", "samples/dual-bgp-vpn-gateway", "samples/dual-bgp-vpn-gateway", "--format", format])
        #expect(empty.status == 0)
        if !empty.stdout.isEmpty { try await FormatChecks.check(empty.stdout, format: format) }
    }

    @Test("Keys stand in no format, changed, added, removed or hidden in unknown fields", arguments: formats)
    func canary(format: String) async throws {
        let keys = ["CanaryOldPsk8BvC2nQ", "CanaryNewPsk9LmT4c", "CanaryOldBgpHq8vTz", "CanaryNewBgpNp4yGc"]
        func world(_ psk: String, _ bgp: String, _ name: String) -> World {
            World.good.changing(["NewField": psk, name: bgp])
                .changing(tunnels: [
                    0: ["TunnelIkeConfig.Psk": psk, "TunnelBgpConfig.AuthKey": bgp, "TunnelIkeConfig.PskNext": psk],
                    1: ["TunnelIkeConfig.Psk": psk + "2"],
                ])
                .changing(gateways: [0: ["AuthKey": bgp], 1: ["AuthKeyNext": bgp]])
        }
        try await withSides(world(keys[0], keys[2], "A"), world(keys[1], keys[3], "B")) { old, new in
            let output = try await Peerconf.run(["diff", old, new, "--show-state", "--format", format])
            #expect(output.status == 1 && !output.stdout.isEmpty)
            let everything = output.stdout + output.stderr
            #expect(!everything.contains("Canary"), "a key in \(format)")
        }
        let masked = World.single.changing(["IkeConfig.Psk": "****"])
        try await withSides(.single, masked) { old, new in
            let output = try await Peerconf.run(["diff", old, new])
            #expect(output.stdout.contains("masked in NEW: whether it changed can't be seen"))
            let back = try await Peerconf.run(["diff", new, old])
            #expect(back.stdout.contains("masked in OLD: whether it changed can't be seen"))
        }
        try await withSides(masked, masked) { old, new in
            let output = try await Peerconf.run(["diff", old, new])
            #expect(output.status == 0 && output.stdout.contains("masked on both sides"))
        }
    }

    @Test("A key that was pasted into another field, a tag or a field's name stands in no format", arguments: formats)
    func pastedKeys(format: String) async throws {
        let (psk, bgp) = ("CanaryPskHq8vTzLmT4c", "CanaryBgpNp4yGcBvC2n")
        let keys = World.good.changing(tunnels: [0: ["TunnelIkeConfig.Psk": psk, "TunnelBgpConfig.AuthKey": bgp]])
            .changing(gateways: [0: ["AuthKey": bgp]])
        let pasted = keys.changing(["Name": psk, "LocalSubnet": "10.0.0.0/8, \(psk)", "Tag": bgp, psk: "x"])
            .changing(tunnels: [0: ["TunnelIkeConfig.IkeEncAlg": psk, "TunnelIkeConfig.LocalId": bgp]])
            .changing(gateways: [0: ["Asn": bgp, "Name": psk]])
        for sides in [(keys, pasted), (pasted, keys)] {
            try await withSides(sides.0, sides.1) { old, new in
                let output = try await Peerconf.run(["diff", old, new, "--show-state", "--format", format])
                #expect(!output.stdout.isEmpty)
                #expect(!(output.stdout + output.stderr).contains("Canary"), "a key in \(format)")
            }
        }
    }

    @Test("Five hundred connections, all changed, fit into a comment", .timeLimit(.minutes(10)))
    func manyChanges() async throws {
        try await withTemporaryFolder { folder in
            for (side, seed) in [("old", 1), ("new", 2)] {
                var generator = AnswerGenerator(seed: UInt64(seed))
                let page = AnswerNode.page((0..<500).map { generator.connection($0) }, size: 500, total: 500)
                try page.xmlDocument().write(toFile: "\(folder)/\(side).xml", atomically: false, encoding: .utf8)
            }
            let sides = ["\(folder)/old.xml", "\(folder)/new.xml"]
            let markdown = try await Command.run(Peerconf.path, ["diff"] + sides + ["--format", "markdown"])
            #expect(markdown.status == 1)
            try await FormatChecks.check(markdown.stdout, format: "markdown")
            let json = try await Command.run(Peerconf.path, ["diff"] + sides + ["--format", "json"]).stdout
            let total = json.matches(of: #/"severity": "\w+"/#).count
            let shown = markdown.stdout.matches(of: #/(?m)^- \*\*(error|warning|note)\*\*/#).count
            let cut = markdown.stdout.firstMatch(of: #/\*\*([0-9]+) more findings did not fit/#).flatMap { Int($0.1) }
            #expect(total > 2000 && shown > 20 && shown + (cut ?? 0) == total)
            #expect(markdown.stdout.contains("more are not shown."), "orders of work are counted too")
        }
    }

    /// Writes the answers of two worlds into two folders.
    private func withSides(_ old: World, _ new: World, _ body: (String, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            for (side, world) in [("old", old), ("new", new)] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/\(side)", withIntermediateDirectories: false)
                for (index, document) in world.documents.enumerated() {
                    try document.write(toFile: "\(folder)/\(side)/\(index).xml", atomically: false, encoding: .utf8)
                }
            }
            try await body(folder + "/old", folder + "/new")
        }
    }
}
