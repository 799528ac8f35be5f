import Foundation
import TestSupport
import Testing

@Suite("H3C Comware: a pack of data alone")
struct ComwareTests {
    @Test(
        "Random fleets: what manuals show says what the cloud expects, the rest is refused for a reason",
        arguments: [41, 42, 43, 44] + Seeds.more)
    func facts(seed: UInt64) async throws {
        let fleet = RandomFleet(seed: seed, count: Seeds.size(700), without: "*\"'\\")
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(fleet.answers, device: "h3c-comware", site: fleet.site, folder: folder)
        }
        let cloud = CloudFacts(fleet.answers.values.map { Data($0.utf8) }, site: fleet.values)
        let expected = cloud.connections()
        let networks = cloud.networks()
        var complaints: [String] = []
        var compared = 0
        for router in rendered.routers.values {
            let ids = router.files.keys.map { $0.replacing(".comware", with: "") }.sorted()
            let read = ComwareFacts(ids.compactMap { router.files[$0 + ".comware"] })
            complaints += read.problems.prefix(3).map { "\(router.name): \($0)" }
            let tunnels = ids.flatMap { expected[$0] ?? [] }
            if Set(read.tunnels.keys) != Set(tunnels.map(\.cloudAddress)) {
                complaints.append("\(router.name): other tunnels")
            }
            for var tunnel in tunnels {
                guard var found = read.tunnels[tunnel.cloudAddress] else { continue }
                compared += 1
                if read.offered[tunnel.cloudAddress] != [tunnel.ikeProposal] {
                    complaints.append("\(router.name): proposal")
                }
                found.ikeProposal = tunnel.ikeProposal
                // Policies need no routes of their own.
                (tunnel.routes, tunnel.guarded) = ([], [])
                if found != tunnel {
                    complaints.append(
                        "\(router.name), \(tunnel.cloudAddress): \(found.differences(from: tunnel).joined(separator: "; "))"
                    )
                }
            }
        }
        var refusals: [String: Int] = [:]
        for connection in fleet.connections {
            let facts = expected[connection.id] ?? []
            let known = cloud.customerGateways[connection.gateway] ?? ""
            let wan = fleet.values.wanAddresses[connection.gateway]
            var reasons: Set<String> = connection.name.contains { $0.isNewline } ? ["line break in the name"] : []
            for tunnel in facts {
                let sent = String(tunnel.deviceIdentity.drop { $0 != ":" }.dropFirst())
                let sendsHidden = cloud.isPrivate(sent) && sent != known && !cloud.isPrivate(known)
                reasons.formUnion(
                    reasonsAgainstComware(
                        tunnel, isDual: facts.count == 2, isBehindNAT: (wan != nil && wan != known) || sendsHidden,
                        natTraversal: connection.natTraversal[tunnel.cloudAddress] ?? true,
                        networks: networks[connection.id] ?? []))
            }
            let isRendered = !rendered.routers(of: connection.id, suffix: ".comware").isEmpty
            if isRendered != reasons.isEmpty {
                complaints.append("\(connection.id): rendered \(isRendered), reasons \(reasons.sorted())")
                complaints += rendered.told(of: connection.id)
            }
            for reason in reasons { refusals[reason, default: 0] += 1 }
            if !isRendered { #expect(rendered.messages.contains(connection.id), "neither rendered nor mentioned") }
        }
        #expect(complaints.isEmpty, "seed \(seed): \(complaints.prefix(5)) of \(complaints.count)")
        #expect(compared > 20 || Seeds.size(700) < 700)
        let tally = refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        print("h3c-comware, seed \(seed): \(compared) tunnels equal; refused: \(tally)")
    }

    @Test("IKEv2 is refused once, by its field, with what to do instead")
    func version() async throws {
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: Self.networks)
        let answers = ["a.xml": AnswerNode.page([node], total: 1).xmlDocument()]
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "h3c-comware", folder: folder)
        }
        #expect(fleet.messages.components(separatedBy: "error: ").count == 2, "\(fleet.messages)")
        #expect(fleet.messages.contains("H3C Comware 7 can't express the IKE version ikev2 [PC301]"))
        #expect(fleet.messages.contains("field IkeConfig.IkeVersion"))
        #expect(fleet.messages.contains("fix: set ikev1 on the cloud side"))
        #expect(fleet.contents.filter { $0.key.hasSuffix(".comware") }.isEmpty)
    }

    private static let networks = (there: "10.1.0.0/16", here: "172.16.0.0/16")

    @Test("Keys arrive exactly, or are refused")
    func keys() async throws {
        let tests = CiscoKeyTests()
        let keys = CiscoKeyTests.keys + KeySquare.keys(without: "?\"'\\")
        let nodes = keys.enumerated().map {
            tests.connection($0.offset, ike: "ikev1", psk: $0.element, bgpKey: nil, networks: Self.networks)
        }
        let answers = ["a.xml": AnswerNode.page(nodes, total: nodes.count).xmlDocument()]
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "h3c-comware", folder: folder)
        }
        let files = fleet.routers["cgw-keys"]?.files ?? [:]
        let read = ComwareFacts(files.keys.sorted().compactMap { files[$0] })
        for (index, key) in keys.enumerated() {
            let found = read.tunnels[tests.cloud(index)]?.presharedKey
            let isPlain = isTypable(key) && !key.contains { "\"'\\".contains($0) }
            #expect(isPlain ? found == key : found == nil, "key number \(index)")
        }
        #expect(read.problems.isEmpty)
    }
}
