import CloudAPI
import Findings
import Foundation
import TestSupport
import Testing

@testable import Review

/// What must hold of any two states of answers, whatever is in them.
@Suite("Differences of answers")
struct DifferenceTests {
    static let samples = Repository.folders(in: "samples")

    /// The answers of a sample, by file name.
    private static func documents(_ sample: String) throws -> [(name: String, text: String)] {
        try Repository.files(in: "samples/" + sample).filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }.map {
            ($0, try String(contentsOfFile: Repository.path("samples/\(sample)/\($0)"), encoding: .utf8))
        }
    }

    @Test("Equal answers differ in nothing", arguments: samples) func equal(sample: String) throws {
        let side = Snapshot(documents: try Self.documents(sample).map(\.text))
        #expect(Difference(from: side, to: side).changes.isEmpty)
        #expect(Report.differences(from: side, to: side, showsState: true).findings.isEmpty)
    }

    @Test("XML and JSON of one answer differ in nothing") func encodings() throws {
        let sides = try ["documentation-sample", "documentation-sample-json"].map {
            Snapshot(documents: try Self.documents($0).map(\.text))
        }
        #expect(Difference(from: sides[0], to: sides[1]).changes.isEmpty)
        var generator = AnswerGenerator(seed: 11)
        let page = AnswerNode.page((0..<40).map { generator.connection($0) }, size: 40, total: 40)
        let both = [page.xmlDocument(), page.json].map { Snapshot(documents: [$0]) }
        #expect(Difference(from: both[0], to: both[1]).changes.isEmpty)
    }

    @Test("Every value of an answer takes part: changing one is one change", arguments: samples)
    func everyValue(sample: String) throws {
        let documents = try Self.documents(sample)
        let before = Snapshot(documents: documents.map(\.text))
        var count = 0
        for (index, document) in documents.enumerated() {
            let isJSON = document.name.hasSuffix(".json")
            for mutation in Leaves.mutations(of: document.text, isJSON: isJSON) {
                var texts = documents.map(\.text)
                texts[index] = mutation.document
                let after = Snapshot(documents: texts)
                let report = Report.differences(from: before, to: after, showsState: true)
                #expect(report.findings.count == 1, "\(sample)/\(document.name): \(mutation.name)")
                let back = Difference(from: after, to: before).changes
                #expect(back.count == 1, "\(sample)/\(document.name): \(mutation.name), back")
                count += 1
            }
        }
        #expect(count > 15)
    }

    @Test("Unknown fields take part, wherever they stand, and show no value")
    func unknownFields() throws {
        let text = World.good.documents[0]
        for place in ["<VpnConnection>", "<TunnelOptions>", "<TunnelIkeConfig>", "<TunnelBgpConfig>"] {
            let sides = ["<New>CanaryOne</New>", "<New>CanaryTwo</New>", "<New><A>CanaryOne</A></New>"].map { field in
                var text = text
                if let range = text.range(of: place) { text.insert(contentsOf: field, at: range.upperBound) }
                return Snapshot(documents: [text])
            }
            let plain = Snapshot(documents: [text])
            for (from, to, count) in [(0, 1, 1), (0, 2, 2)] {
                let report = Report.differences(from: sides[from], to: sides[to])
                #expect(report.findings.count == count && report.findings.allSatisfy { $0.rule == "PC764" }, "\(place)")
                #expect(!ReportFormat.json.text(of: report).contains("Canary"))
            }
            #expect(Difference(from: plain, to: sides[0]).changes.map(\.kind) == [.added], "\(place)")
            #expect(Difference(from: sides[0], to: plain).changes.map(\.kind) == [.removed], "\(place)")
        }
    }

    @Test("The way back is the mirror of the way there", arguments: 1...12) func mirror(seed: Int) {
        let sides = [seed, seed + 100].map { seed in
            var generator = AnswerGenerator(seed: UInt64(seed))
            // Some connections stand on one side only.
            let numbers = (0..<16).filter { $0 % 7 != seed % 7 }
            let page = AnswerNode.page(numbers.map { generator.connection($0) }, size: 50, total: numbers.count)
            return Snapshot(documents: [page.xmlDocument()])
        }
        let there = Difference(from: sides[0], to: sides[1]).changes.map(Mirror.init)
        let back = Difference(from: sides[1], to: sides[0]).changes.map(Mirror.init)
        #expect(there.count > 60)
        #expect(Set(there) == Set(back.map(\.reversed)))
        #expect(there.count == back.count)
    }

    @Test("The way back is the mirror of the way there, between any two samples", arguments: samples)
    func mirrorOfSamples(sample: String) throws {
        let first = Snapshot(documents: try Self.documents(sample).map(\.text))
        for other in Self.samples where other > sample {
            let second = Snapshot(documents: try Self.documents(other).map(\.text))
            let there = Difference(from: first, to: second).changes.map(Mirror.init)
            let back = Difference(from: second, to: first).changes.map(Mirror.init)
            #expect(Set(there) == Set(back.map(\.reversed)) && there.count == back.count, "\(sample), \(other)")
        }
    }

    @Test("Every field that is read is changed somewhere in the samples, or here, and is one change then")
    func everyField() throws {
        var seen = Set<String>()
        let documents = try Self.samples.flatMap { try Self.documents($0) } + Self.rareFields.map { ("rare.xml", $0) }
        for document in documents {
            let before = Snapshot(documents: [document.text])
            for mutation in Leaves.mutations(of: document.text, isJSON: document.name.hasSuffix(".json")) {
                let changes = Difference(from: before, to: Snapshot(documents: [mutation.document])).changes
                #expect(changes.count == 1, "\(document.name): \(mutation.name)")
                seen.formUnion(changes.compactMap { $0.field?.path } + changes.map(\.rule.rawValue))
            }
        }
        // What is folded into one finding is told by its rule: BGP, ids and tunnels.
        let told: [String: String] = [
            "VpnConnectionId": "PC703", "TunnelOptionsSpecification.TunnelId": "PC706",
            "VpnGateway.VpnGatewayId": "PC709", "CustomerGateway.CustomerGatewayId": "PC709",
            "EnableTunnelsBgp": "PC794", "VpnBgpConfig.EnableBgp": "PC794", "Tag.Key": "PC762",
            "TunnelOptionsSpecification.TunnelBgpConfig.EnableBgp": "PC794",
        ]
        let missing = APIField.allCases.map(\.path).filter { path in
            !Self.objects.contains(path) && !path.hasPrefix("VpnConnectionConfig") && !path.hasPrefix("Error.")
                && !seen.contains(path) && !(told[path].map(seen.contains) ?? false)
        }
        #expect(missing.isEmpty, "\(missing)")
    }

    /// Fields that hold fields, and those that tell of the call.
    private static let objects: Set<String> = [
        "Tag", "Tags", "IkeConfig", "IpsecConfig", "VcoHealthCheck", "VpnBgpConfig", "TunnelOptionsSpecification",
        "TunnelOptionsSpecification.TunnelIkeConfig", "TunnelOptionsSpecification.TunnelIpsecConfig",
        "TunnelOptionsSpecification.TunnelBgpConfig", "VpnGateway.Tags", "CustomerGateway.Tags", "PageNumber",
        "PageSize",
        "TotalCount", "RequestId", "VpnConnections", "VpnGateways", "CustomerGateways", "VpnAttachments",
    ]

    @Test("Every value that is missing is one change, too", arguments: samples) func missingValues(sample: String)
        throws
    {
        let documents = try Self.documents(sample)
        let before = Snapshot(documents: documents.map(\.text))
        for (index, document) in documents.enumerated() where document.name.hasSuffix(".xml") {
            for mutation in Leaves.removals(of: document.text) {
                var texts = documents.map(\.text)
                texts[index] = mutation.document
                let after = Snapshot(documents: texts)
                let there = Difference(from: before, to: after).changes
                let back = Difference(from: after, to: before).changes
                #expect(there.count == 1 && back.count == 1, "\(document.name): \(mutation.name), \(there.count)")
            }
        }
    }

    @Test("A connection under a new id is one change, not two") func renamed() {
        let old = Snapshot(documents: World.good.documents)
        let new = Snapshot(documents: World.good.changing(["VpnConnectionId": "vco-bp1zzz"]).documents)
        #expect(Difference(from: old, to: new).changes.map(\.rule) == ["PC703"])
    }

    @Test("Orders of networks and capital letters are told, and do nothing") func notation() {
        let old = World.single.changing(["LocalSubnet": "192.168.0.0/24,192.168.9.0/24"])
        let new = old.changing(["LocalSubnet": "192.168.9.0/24,192.168.0.0/24"])
        let change = Difference(from: Snapshot(documents: old.documents), to: Snapshot(documents: new.documents))
            .changes
        #expect(change.map(\.effect) == [.nothing] && change[0].risks.isEmpty)
    }

    /// Answers with fields that no sample has.
    private static let rareFields =
        World.good.changing(tunnels: [
            0: ["RemoteCaCertificate": "-----BEGIN", "TunnelBgpConfig.AuthKey": "Np4yGc7SfB2wVk5QhZ9t"]
        ]).documents + World.single.changing(["ZoneNo": "cn-hangzhou-h"]).documents

    /// What a change says, for comparison with the way back.
    private struct Mirror: Hashable {
        var rule: String
        var kind: String
        var place: [String?]
        var values: [String?]

        init(_ change: Change) {
            let opposite = ["PC701": "PC702", "PC704": "PC705", "PC707": "PC708"]
            // Rules of things that come and go are one here.
            rule = opposite.first { $0.value == change.rule.rawValue }?.key ?? change.rule.rawValue
            kind = change.kind.rawValue
            place = [change.connection, change.tunnel, change.field?.path, change.field?.tag]
            values = [change.old, change.new]
        }

        var reversed: Mirror {
            var result = self
            result.kind = kind == "added" ? "removed" : kind == "removed" ? "added" : kind
            result.values.reverse()
            return result
        }
    }
}
