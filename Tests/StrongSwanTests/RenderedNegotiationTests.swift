import Foundation
import TestSupport
import Testing

/// A cloud strictly as raw answers describe it, and a device with what `peerconf` renders from them.
@Suite("Rendered configurations negotiated for real", .needsTwoCharons)
struct RenderedNegotiationTests {
    private static let renderable = Repository.folders(in: "samples").filter { name in
        (try? AnswerFacts(folder: Repository.path("samples/\(name)")).tunnels.isEmpty) == false
    }

    @Test("Every sample comes up as the answers say, and lives through rekeying", arguments: renderable)
    func samples(name: String) async throws {
        let fleet = try await negotiated(Repository.path("samples/\(name)"))
        try await withNegotiation(cloud: fleet.cloud, device: fleet.device) { pair in
            try await proveAgreement(pair, fleet.tunnels, name)
            try await proveRekeying(pair, fleet.tunnels, name)
        }
    }

    @Test(
        "Random fleets come up when the device begins, and live through rekeying",
        arguments: [21] + Seeds.more)
    func deviceBegins(seed: UInt64) async throws {
        let fleet = try await randomFleet(seed: seed)
        expectEverything(in: fleet.tunnels)
        try await withNegotiation(cloud: fleet.cloud, device: fleet.device) { pair in
            try await proveAgreement(pair, fleet.tunnels, "seed \(seed)")
            try await proveRekeying(pair, fleet.tunnels, "seed \(seed)")
        }
    }

    @Test("Random fleets come up when the cloud begins", arguments: [22] + Seeds.more)
    func cloudBegins(seed: UInt64) async throws {
        var fleet = try await randomFleet(seed: seed) { $0.deviceAddress != nil }
        fleet.device.configuration = fleet.device.configuration.waiting
        try await withNegotiation(cloud: fleet.cloud, device: fleet.device) { pair in
            for child in pair.cloudLoad.connections.flatMap(\.children).map(\.name) {
                let end = try await pair.initiateFromCloud(child)
                #expect(end.failure == nil, "seed \(seed): \(child)")
            }
            let begun = try await pair.device.securityAssociations().filter { $0.details.text("initiator") == "yes" }
            #expect(begun.map(\.name) == [], "the device was to wait")
            try await proveAgreement(pair, fleet.tunnels, "seed \(seed)")
        }
    }

    // MARK: What must hold

    private func proveAgreement(_ pair: Negotiation, _ tunnels: [ResponseFacts], _ comment: String) async throws {
        try Comparison(report: pair.deviceLoad, comment: comment).checkNames(tunnels)
        #expect(pair.cloudLoad.complaints == [], "\(comment)")
        let wanted = pair.childNames(tunnels)
        let outcome = try await pair.installed(Set(wanted.values.flatMap(\.self)), seconds: 25)
        let installed = try await pair.device.installedChildren()
        let missing = wanted.values.flatMap(\.self).filter { name in !installed.contains { $0.name == name } }
        #expect(missing == [], "\(comment)")
        guard outcome.success != nil else { return }
        let associations = try await pair.device.securityAssociations()
        for tunnel in tunnels {
            let place = Comment(rawValue: "\(tunnel.name) \(comment)")
            let found = associations.filter { $0.name == tunnel.name && $0.state == "ESTABLISHED" }
            let ike = try #require(found.max { $0.number < $1.number }, place)
            #expect(ike.details.text("version") == tunnel.version, place)
            #expect(ike.suite == tunnel.ike.agreedForIKE, place)
            #expect(ike.details.text("remote-host") == tunnel.cloudAddress, place)
            #expect(
                ike.details.text("local-host") == tunnel.deviceAddress ?? NegotiatedFleet.routeAddress, place)
            checkIdentities(ike, tunnel, place)
            checkChildren(installed, wanted[tunnel.name] ?? [], tunnel, hasGroup: tunnel.version == "1", place)
        }
    }

    /// Every child and every IKE SA is made anew, and what is new is still what the answers say.
    private func proveRekeying(_ pair: Negotiation, _ tunnels: [ResponseFacts], _ comment: String) async throws {
        let wanted = pair.childNames(tunnels)
        let old = try await pair.device.installedChildren()
        for child in old { _ = try await pair.device.swanctl(["--rekey", "--child", child.name]) }
        let children = try await eventually(within: 15) {
            let new = try await pair.device.installedChildren()
            let isNew = old.allSatisfy { before in new.contains { $0.name == before.name && $0.number > before.number }
            }
            return isNew ? new : nil
        }
        #expect(children != nil, "not all children were rekeyed; \(comment)")
        for tunnel in tunnels {
            checkChildren(
                children ?? [], wanted[tunnel.name] ?? [], tunnel, hasGroup: true,
                "rekeyed \(tunnel.name) \(comment)")
        }
        let before = try await pair.device.securityAssociations().map(\.number).max() ?? 0
        for tunnel in tunnels { _ = try await pair.device.swanctl(["--rekey", "--ike", tunnel.name]) }
        let names = Set(tunnels.map(\.name))
        let isRekeyed = try await eventually(within: 15) {
            let new = try await pair.device.securityAssociations().filter {
                $0.number > before && $0.state == "ESTABLISHED"
            }
            let complete = new.filter { ike in
                Set(wanted[ike.name] ?? []).isSubset(of: ike.children.filter { $0.state == "INSTALLED" }.map(\.name))
            }
            return names.isSubset(of: complete.map(\.name)) ? true : nil
        }
        #expect(isRekeyed == true, "not all IKE SAs were rekeyed with their children; \(comment)")
        for ike in try await pair.device.securityAssociations() where ike.number > before && ike.state == "ESTABLISHED"
        {
            #expect(ike.suite == tunnels.first { $0.name == ike.name }?.ike.agreedForIKE, "\(ike.name) \(comment)")
        }
    }

    private func checkIdentities(_ ike: SecurityAssociation, _ tunnel: ResponseFacts, _ place: Comment) {
        for (key, identity) in [("local-id", tunnel.deviceIdentity), ("remote-id", tunnel.cloudIdentity)]
        // swanctl prints distinguished names in a form of its own; that the cloud took them says enough.
        where identity.kind != .distinguishedName {
            #expect(ike.details.text(key) == identity.text, place)
        }
    }

    private func checkChildren(
        _ installed: [SecurityAssociation.Child], _ names: [String], _ tunnel: ResponseFacts, hasGroup: Bool,
        _ place: Comment
    ) {
        let own = installed.filter { names.contains($0.name) }
        let selectors = own.map { ResponseFacts.Child(device: Set($0.local), cloud: Set($0.remote)) }
        #expect(Set(selectors) == Set(tunnel.children), place)
        #expect(Set(own.map(\.suite)) == [tunnel.esp.agreedForChild(withGroup: hasGroup)], place)
    }

    /// That a fleet leaves out nothing the service knows.
    private func expectEverything(in tunnels: [ResponseFacts]) {
        #expect(Set(tunnels.map { "\($0.version) \($0.aggressive)" }).count == 3)
        for algorithms in [tunnels.map(\.ike), tunnels.map(\.esp)] {
            #expect(Set(algorithms.map(\.encryption)).count == 5)
            #expect(Set(algorithms.map(\.integrity)).count == 5)
        }
        #expect(Set(tunnels.map(\.ike.group)).count == 4)
        #expect(Set(tunnels.map(\.esp.group)) == ["group1", "group2", "group5", "group14", nil])
        for kinds in [tunnels.map(\.cloudIdentity.kind), tunnels.map(\.deviceIdentity.kind)] {
            #expect(Set(kinds) == [.address, .domainName, .email, .distinguishedName])
        }
        #expect(tunnels.contains { $0.deviceAddress == nil })
        #expect(Set(tunnels.map(\.children.count)).isSuperset(of: [1, 2, 3, 4]))
    }

    // MARK: What is negotiated

    private func randomFleet(
        seed: UInt64, where isWanted: (ResponseFacts) -> Bool = { _ in true }
    ) async throws -> NegotiatedFleet {
        try await withTemporaryFolder { folder in
            try Fleet(seed: seed, count: 40, for: .negotiating).write(to: folder, asXML: seed % 2 == 0)
            return try await negotiated(folder, where: isWanted)
        }
    }

    /// Tunnels that are not wanted are rendered all the same; the cloud does not know them.
    private func negotiated(
        _ folder: String, where isWanted: (ResponseFacts) -> Bool = { _ in true }
    ) async throws -> NegotiatedFleet {
        let facts = try AnswerFacts(folder: folder)
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
        return NegotiatedFleet(tunnels: facts.tunnels.filter(isWanted), rendered: output.swanctlText)
    }
}

extension Negotiation {
    /// The names that the device gave the children of each tunnel.
    fileprivate func childNames(_ tunnels: [ResponseFacts]) -> [String: [String]] {
        let pairs = tunnels.map { ($0.name, deviceLoad.connection($0.name)?.children.map(\.name) ?? []) }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension Comparison {
    /// That all tunnels are loaded, in silence.
    fileprivate func checkNames(_ tunnels: [ResponseFacts]) throws {
        #expect(report.complaints == [], "\(comment)")
        #expect(Set(tunnels.map(\.name)).isSubset(of: report.connections.map(\.name)), "\(comment)")
    }
}
