import TestSupport

/// A cloud that does exactly what answers say, and a device with what was rendered from the same answers.
struct NegotiatedFleet {
    var tunnels: [ResponseFacts]
    var cloud: Side
    var device: Side

    /// The source address of packets where the device's configuration names none.
    static let routeAddress = "192.0.2.250"

    /// - Parameter tampered: changes the cloud's end of a tunnel, so that it is no longer as the answers say.
    init(
        tunnels: [ResponseFacts], rendered: String, tampered: (ResponseFacts, inout CloudPeer) -> Void = { _, _ in }
    ) {
        self.tunnels = tunnels
        let peers = tunnels.map { tunnel in
            var peer = tunnel.cloudPeer
            tampered(tunnel, &peer)
            return peer
        }
        let children = tunnels.flatMap(\.children)
        cloud = Side(
            addresses: Set(tunnels.map(\.cloudAddress)).sorted(),
            hosts: Self.hosts(children.flatMap(\.cloud)), configuration: CloudPeer.configuration(peers))
        device = Side(
            addresses: [Self.routeAddress] + Set(tunnels.compactMap(\.deviceAddress)).sorted(),
            hosts: Self.hosts(children.flatMap(\.device)), configuration: rendered)
    }

    /// The first address of each network; any-to-any has enough without.
    private static func hosts(_ networks: [String]) -> [String] {
        Set(networks).subtracting(["0.0.0.0/0"]).sorted().map { network in
            let octets = network.split(separator: "/")[0].split(separator: ".")
            return octets.dropLast().joined(separator: ".") + ".\((Int(octets[3]) ?? 0) + 1)"
        }
    }
}

extension ResponseFacts {
    /// The cloud's end.
    ///
    /// A device whose address the cloud can't know may come from anywhere.
    var cloudPeer: CloudPeer {
        CloudPeer(
            name: name, ikeVersion: Int(version) ?? 0, aggressive: aggressive, address: cloudAddress,
            deviceAddress: deviceAddress ?? "%any", localID: cloudIdentity.explicit, remoteID: deviceIdentity.explicit,
            key: key, ikeProposal: ike.proposal, espProposal: esp.proposal,
            localSubnet: Set(children.flatMap(\.cloud)).sorted().joined(separator: ","),
            remoteSubnet: Set(children.flatMap(\.device)).sorted().joined(separator: ","))
    }
}

extension String {
    /// A rendered configuration that waits for the cloud; nothing else of it is changed.
    var waiting: String {
        split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            !["start_action", "close_action"].contains { line.contains("\($0) = ") }
        }.joined(separator: "\n")
    }
}
