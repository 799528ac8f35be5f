import Foundation
import TestSupport
import Testing

@Suite("H3C Comware: a pack of data alone")
struct ComwareTests {
    @Test("What is rendered of random fleets says what the cloud expects", arguments: [41, 42, 43, 44] as [UInt64])
    func facts(seed: UInt64) async throws {
        let fleet = RandomFleet(seed: seed, count: 250, without: "*\"'\\")
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(fleet.answers, device: "h3c-comware", site: fleet.site, folder: folder)
        }
        let expected = CloudFacts(fleet.answers.values.map { Data($0.utf8) }, site: fleet.values).connections()
        var complaints: [String] = []
        var compared = 0
        for router in rendered.routers.values {
            let ids = router.files.keys.filter { $0 != "shared.comware" }.map { $0.replacing(".comware", with: "") }
            let read = ComwareFacts(
                ["shared.comware"].compactMap { router.files[$0] }
                    + ids.sorted().compactMap { router.files[$0 + ".comware"] })
            complaints += read.problems.prefix(3).map { "\(router.name): \($0)" }
            let tunnels = ids.flatMap { expected[$0] ?? [] }
            if Set(read.tunnels.keys) != Set(tunnels.map(\.cloudAddress)) {
                complaints.append("\(router.name): other tunnels")
            }
            for var tunnel in tunnels {
                guard var found = read.tunnels[tunnel.cloudAddress] else { continue }
                compared += 1
                if !(read.offered[tunnel.cloudAddress] ?? []).contains(tunnel.ikeProposal) {
                    complaints.append("\(router.name): proposal")
                }
                found.ikeProposal = tunnel.ikeProposal
                // Timers of BGP are left at the device's own; policies need no routes of their own.
                tunnel.bgp?.timers = ""
                if !tunnel.isOnInterface { (tunnel.routes, tunnel.guarded) = ([], []) }
                if found != tunnel {
                    complaints.append(
                        "\(router.name), \(tunnel.cloudAddress): \(found.differences(from: tunnel).joined(separator: "; "))"
                    )
                }
            }
        }
        #expect(complaints.isEmpty, "seed \(seed): \(complaints.prefix(5)) of \(complaints.count)")
        #expect(compared > 50)
        for connection in fleet.connections where rendered.routers(of: connection.id, suffix: ".comware").isEmpty {
            #expect(rendered.messages.contains(connection.id), "neither rendered nor mentioned")
        }
        print("h3c-comware, seed \(seed): \(compared) tunnels equal")
    }

    @Test("Keys arrive exactly, or are refused", arguments: ["ikev1", "ikev2"])
    func keys(ike: String) async throws {
        let tests = CiscoKeyTests()
        let nodes = CiscoKeyTests.keys.enumerated().map {
            tests.connection($0.offset, ike: ike, psk: $0.element, bgpKey: nil)
        }
        let answers = ["a.xml": AnswerNode.page(nodes, total: nodes.count).xmlDocument()]
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "h3c-comware", folder: folder)
        }
        let files = fleet.routers["cgw-keys"]?.files ?? [:]
        let read = ComwareFacts(
            ["shared.comware"].compactMap { files[$0] }
                + files.keys.sorted().filter { $0 != "shared.comware" }.compactMap { files[$0] })
        for (index, key) in CiscoKeyTests.keys.enumerated() {
            let found = read.tunnels[tests.cloud(index)]?.presharedKey
            let isPlain = isTypable(key) && !key.contains { "\"'\\".contains($0) }
            #expect(isPlain ? found == key : found == nil, "key number \(index)")
        }
        #expect(read.problems.isEmpty)
    }
}
