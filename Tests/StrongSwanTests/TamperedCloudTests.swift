import Foundation
import TestSupport
import Testing

/// That the tests of negotiation can fail: a cloud that differs from its answers in one thing gets no tunnel.
@Suite("A cloud that is not as the answers say", .needsTwoCharons)
struct TamperedCloudTests {
    enum Difference: CaseIterable {
        case none, identitiesSwapped, cloudIdentity, deviceIdentity, oneByteOfTheKey, version
        case ikeGroup, ikeCipher, ikeHash, espCipher, espHash, networks
        // These show at the first rekeying of IKEv2, whose first child has no group of its own.
        case otherSecrecy, noSecrecy

        var isAboutSecrecy: Bool { self == .otherSecrecy || self == .noSecrecy }
    }

    private static let versions = ["ikev1", "ikev2"]

    @Test("No difference but one is tolerated: both begin, and only the faithful end comes up")
    func refusals() async throws {
        let cases = Self.versions.flatMap { version in Difference.allCases.map { (version, $0) } }
        let fleet = try await fleet(cases)
        try await withNegotiation(cloud: fleet.cloud, device: fleet.device) { pair in
            #expect(pair.cloudLoad.complaints == [])
            #expect(pair.deviceLoad.complaints == [])
            let good = cases.indices.filter {
                cases[$0].1 == .none || cases[$0].0 == "ikev2" && cases[$0].1.isAboutSecrecy
            }
            let outcome = try await pair.installed(Set(good.map(Self.name)), seconds: 15)
            #expect(outcome.success != nil)
            // The others have begun too, and get some more time, and a try from the other end.
            for index in cases.indices where !good.contains(index) {
                #expect(pair.device.log().contains("IKE_SA \(Self.name(index))["), "\(cases[index])")
                _ = try await pair.initiateFromCloud(Self.name(index) + "-1", seconds: 1)
            }
            let installed = try await pair.device.installedChildren().map(\.name)
            let wrong = cases.indices.filter { !good.contains($0) && installed.contains(Self.name($0)) }
            #expect(wrong.map { cases[$0].1 } == [], "came up although the cloud differs")
            for index in good {
                let end = try await pair.rekeyChild(Self.name(index))
                if cases[index].1 == .none {
                    #expect(end.success != nil, "\(cases[index])")
                } else {
                    #expect(end.failure?.contains("NO_PROPOSAL_CHOSEN") == true, "\(cases[index])")
                }
            }
        }
    }

    private static func name(_ index: Int) -> String { "vco-key\(index)" }

    private func fleet(_ cases: [(version: String, difference: Difference)]) async throws -> NegotiatedFleet {
        try await withTemporaryFolder { folder in
            let connections = cases.enumerated().map { index, one in
                KeyAnswer.connection(index, key: "a1B2c3D4-\(index)", version: one.version)
            }
            try AnswerNode.page(connections, size: cases.count, total: cases.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            let facts = try AnswerFacts(folder: folder)
            let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
            return NegotiatedFleet(tunnels: facts.tunnels, rendered: output.swanctlText) { tunnel, peer in
                guard let index = cases.indices.first(where: { Self.name($0) == tunnel.name }) else { return }
                Self.change(&peer, cases[index].difference)
            }
        }
    }

    private static func change(_ peer: inout CloudPeer, _ difference: Difference) {
        switch difference {
        case .none: break
        case .identitiesSwapped: swap(&peer.localID, &peer.remoteID)
        case .cloudIdentity: peer.localID = "192.0.2.1"
        case .deviceIdentity: peer.remoteID = "192.0.2.1"
        case .oneByteOfTheKey: peer.key[0] ^= 1
        case .version: peer.ikeVersion = 3 - peer.ikeVersion
        case .ikeGroup: peer.ikeProposal = "aes256-sha256-modp1536"
        case .ikeCipher: peer.ikeProposal = "aes128-sha256-modp2048"
        case .ikeHash: peer.ikeProposal = "aes256-sha1-modp2048"
        case .espCipher: peer.espProposal = "aes128-sha256-modp2048"
        case .espHash: peer.espProposal = "aes256-sha1-modp2048"
        case .networks: (peer.localSubnet, peer.remoteSubnet) = ("10.255.0.0/24", "172.31.255.0/24")
        case .otherSecrecy: peer.espProposal = "aes256-sha256-modp1024"
        case .noSecrecy: peer.espProposal = "aes256-sha256"
        }
    }
}
