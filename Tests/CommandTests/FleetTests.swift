import Foundation
import TestSupport
import Testing

/// What must hold for any fleet, tried on random ones.
///
/// The seeds stand in the messages.
@Suite("Fleets: order and encoding mean nothing, numbers never move, nobody is forgotten")
struct FleetTests {
    private static let seeds: [UInt64] = [1, 2, 3]

    @Test("Any order of connections, pages and files, XML or JSON, gives the same files", arguments: seeds)
    func isIndependentOfOrder(seed: UInt64) async throws {
        var generator = AnswerGenerator(seed: seed)
        let connections = (0..<120).map { generator.connection($0) }
        let gateways = AnswerNode.object([("CustomerGateways", generator.customerGateways(Array(0..<120)))])
        try await withTemporaryFolder { folder in
            let first = try await render(
                pages: [connections], gateways: gateways, asXML: true, in: folder + "/a", fileOrder: [0])
            var shuffled = connections
            var random = SplitMix64(state: seed)
            shuffled.shuffle(using: &random)
            let pages = stride(from: 0, to: 120, by: 50).map { Array(shuffled[$0..<min($0 + 50, 120)]) }
            let second = try await render(
                pages: pages, gateways: gateways, asXML: false, in: folder + "/b", fileOrder: [2, 0, 1])
            #expect(first.files == second.files, "seed \(seed)")
            #expect(first.files.count > 100)
            #expect(first.status == second.status)
        }
    }

    @Test(
        "A new connection changes no other connection's file and no number; a removed one leaves a gap",
        arguments: seeds)
    func numbersNeverMove(seed: UInt64) async throws {
        var generator = AnswerGenerator(seed: seed)
        let connections = (0..<40).map { generator.connection($0) }
        let gateways = AnswerNode.object([("CustomerGateways", generator.customerGateways(Array(0..<40)))])
        try await withTemporaryFolder { folder in
            let output = folder + "/out"
            let few = try await render(
                pages: [Array(connections[5..<35])], gateways: gateways, asXML: true, in: folder + "/1", output: output,
                fileOrder: [0])
            let more = try await render(
                pages: [connections], gateways: gateways, asXML: true, in: folder + "/2", output: output, fileOrder: [0]
            )
            for (path, content) in few.files where !path.hasSuffix("peerconf.lock") && !path.isShared {
                #expect(more.files[path] == content, "seed \(seed): \(path)")
            }
            let before = Set(few.lock.split(separator: "\n"))
            #expect(before.isSubset(of: more.lock.split(separator: "\n")), "seed \(seed)")
            let again = try await render(
                pages: [Array(connections[0..<20])], gateways: gateways, asXML: true, in: folder + "/3", output: output,
                fileOrder: [0])
            #expect(again.lock == more.lock, "numbers of connections that are gone stay in the lock")
        }
    }

    @Test("Every connection is rendered or named in a finding", arguments: [1, 50, 500])
    func nobodyIsForgotten(count: Int) async throws {
        var generator = AnswerGenerator(seed: UInt64(count))
        let connections = (0..<count).map { generator.connection($0) }
        let ids = connections.map(\.id)
        try await withTemporaryFolder { folder in
            let result = try await render(
                pages: stride(from: 0, to: count, by: 50).map { Array(connections[$0..<min($0 + 50, count)]) },
                gateways: .object([("CustomerGateways", generator.customerGateways(Array(0..<count)))]), asXML: true,
                in: folder + "/in", fileOrder: nil)
            let everything = result.files.keys.joined(separator: "\n") + result.messages
            let forgotten = ids.filter { !everything.contains($0) }
            #expect(forgotten == [])
        }
    }

    private struct Result {
        var files: [String: String]
        var lock: String { files["peerconf.lock"] ?? "" }
        var messages: String
        var status: Int32
    }

    private func render(
        pages: [[AnswerNode]], gateways: AnswerNode, asXML: Bool, in folder: String, output: String? = nil,
        fileOrder: [Int]?
    ) async throws -> Result {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let total = pages.reduce(0) { $0 + $1.count }
        var names: [String] = []
        for (index, page) in pages.enumerated() {
            // The page size is the largest page's, so that the pages agree with each other.
            let node = AnswerNode.page(page, number: index + 1, size: pages.map(\.count).max() ?? 1, total: total)
            let name = "\(folder)/page-\(index + 1)" + (asXML ? ".xml" : ".json")
            try (asXML ? node.xmlDocument() : node.json).write(toFile: name, atomically: false, encoding: .utf8)
            names.append(name)
        }
        let gatewayFile = folder + "/gateways" + (asXML ? ".xml" : ".json")
        let text = asXML ? gateways.xmlDocument(root: "DescribeCustomerGatewaysResponse") : gateways.json
        try text.write(toFile: gatewayFile, atomically: false, encoding: .utf8)
        let ordered = fileOrder.map { order in order.map { names[$0] } } ?? names
        let target = output ?? folder + "/out"
        let run = try await Peerconf.run(
            ["render"] + ordered + [gatewayFile, "--device", "strongswan", "-o", target])
        #expect([0, 1, 3].contains(run.status), "\(run.stderr)")
        return Result(files: try contents(of: target), messages: run.stderr, status: run.status)
    }

    private func contents(of folder: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            if let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) { result[path] = text }
        }
        return result
    }
}

extension String {
    /// Files of a whole device, which may gain lines with a new connection.
    fileprivate var isShared: Bool { !contains("vco-") }
}

extension AnswerNode {
    fileprivate var id: String {
        guard case .object(let fields) = self,
            case .text(let id)? = fields.first(where: { $0.0 == "VpnConnectionId" })?.1
        else { return "" }
        return id
    }
}
