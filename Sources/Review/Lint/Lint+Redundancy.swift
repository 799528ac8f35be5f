import CloudAPI
import Findings
import PeerModel

/// What stands by when something fails, and whether it is as good.
extension Lint {
    /// Compares the two tunnels of a connection.
    mutating func checkPair(_ connection: Connection) {
        guard connection.tunnels.count == 2 else { return }
        let (first, second) = (connection.tunnels[0], connection.tunnels[1])
        checkStrength(of: second, against: first, connection)
        if let a = first.device.customerGateway?.value, let b = second.device.customerGateway {
            if a == b.value {
                report("PC153", "both tunnels end on one customer gateway", at: b.origin, connection, nil)
            } else if let address = second.device.address, address.value == first.device.address?.value {
                report(
                    "PC157", "the two customer gateways have one address, \(address.value)", at: b.origin, connection,
                    nil)
            }
        }
        if let zone = second.zone, zone.value == first.zone?.value {
            report("PC154", "both tunnels end in one zone", at: zone.origin, connection, nil)
        }
        if (first.bgp == nil) != (second.bgp == nil) {
            let without = first.bgp == nil ? first : second
            report("PC158", "the other tunnel has BGP, this one has not", at: without.id.origin, connection, without)
        }
    }

    private mutating func checkStrength(of second: Tunnel, against first: Tunnel, _ connection: Connection) {
        let other = second.role == .slave ? "master" : "other tunnel"
        let differing = zip(second.parameters, first.parameters).filter { $0.value != $1.value }
        let weaker = differing.filter { mine, theirs in mine.strength < theirs.strength }
        let words = { (pairs: [(Tunnel.Parameter, Tunnel.Parameter)]) in
            pairs.map { mine, theirs in "\(mine.name) \(mine.value) instead of \(theirs.value)" }.joined(
                separator: ", ")
        }
        if !weaker.isEmpty {
            report("PC155", "weaker than the \(other): \(words(weaker))", at: second.id.origin, connection, second)
        } else if !differing.isEmpty {
            report(
                "PC156", "other parameters than the \(other): \(words(differing))", at: second.id.origin, connection,
                second)
        }
    }

    /// Single tunnels that nothing can stand in for.
    mutating func checkRedundancy(_ connections: [Connection]) {
        // Connections that could stand in are looked for by what they share, not pair by pair.
        var reaching: [IPv4Network: [Connection]] = [:]
        var speakers: [BGPPeer: Set<String>] = [:]
        for connection in connections {
            for network in connection.cloudNetworks where network.value != .any {
                reaching[network.value, default: []].append(connection)
            }
            for peer in connection.bgpPeers { speakers[peer, default: []].insert(connection.id.value) }
        }
        for connection in connections where connection.tunnels.count == 1 {
            let isCovered = connection.cloudNetworks.allSatisfy { network in
                (reaching[network.value] ?? []).contains { $0.canStandIn(for: connection) }
            }
            let hasPeer = connection.bgpPeers.contains { (speakers[$0]?.count ?? 0) > 1 }
            if !isCovered, !hasPeer {
                report(
                    "PC152", "the connection has a single tunnel, and no other one stands in for it",
                    at: connection.id.origin, connection, nil)
            }
        }
    }
}

/// A router that speaks BGP with a gateway: over whichever tunnel is up, the routes are found.
private struct BGPPeer: Hashable {
    var attachment: String
    var asn: ASNumber
}

extension Connection {
    /// Whether it is another connection, from some of the same networks of the device.
    fileprivate func canStandIn(for other: Connection) -> Bool {
        self.id.value != other.id.value
            && self.deviceNetworks.contains { mine in other.deviceNetworks.contains { $0.value.overlaps(mine.value) } }
    }

    /// The routers that speak BGP in its tunnels.
    fileprivate var bgpPeers: [BGPPeer] {
        guard let attachmentID else { return [] }
        return self.tunnels.compactMap { tunnel in
            tunnel.bgp.map { BGPPeer(attachment: attachmentID, asn: $0.deviceASN.value) }
        }
    }

    /// The id of what it is attached to, whatever that is.
    fileprivate var attachmentID: String? {
        switch self.attachment {
        case .vpnGateway(let id): id.value
        case .transitRouter(let id, _): id?.value
        case .nothing: nil
        }
    }
}

extension Tunnel {
    /// One parameter of a tunnel, to compare it with the other one's.
    struct Parameter {
        var name: String
        var value: String
        var strength: Int
    }

    /// What the two tunnels of a connection should have in common.
    var parameters: [Parameter] {
        func neutral(_ name: String, _ value: String) -> Parameter { Parameter(name: name, value: value, strength: 0) }
        let secrecy = self.ipsec.perfectForwardSecrecy.value.group
        return [
            Parameter(
                name: "IKE version", value: self.ike.version.value.rawValue, strength: self.ike.version.value.number),
            Parameter(name: "IKE mode", value: self.ike.mode.rawValue, strength: self.ike.mode == .main ? 1 : 0),
            Parameter(
                name: "phase-1 cipher", value: self.ike.encryption.value.name,
                strength: self.ike.encryption.value.strength),
            Parameter(
                name: "phase-1 hash", value: self.ike.integrity.value.name, strength: self.ike.integrity.value.strength),
            Parameter(name: "phase-1 group", value: self.ike.group.value.name, strength: self.ike.group.value.bits),
            neutral("phase-1 lifetime", "\(self.ike.lifetime.value) s"),
            Parameter(
                name: "phase-2 cipher", value: self.ipsec.encryption.value.name,
                strength: self.ipsec.encryption.value.strength),
            Parameter(
                name: "phase-2 hash", value: self.ipsec.integrity.value.name,
                strength: self.ipsec.integrity.value.strength),
            Parameter(
                name: "perfect forward secrecy", value: secrecy?.name ?? "disabled", strength: secrecy?.bits ?? 0),
            neutral("phase-2 lifetime", "\(self.ipsec.lifetime.value) s"),
            Parameter(
                name: "dead peer detection", value: self.deadPeerDetection ? "on" : "off",
                strength: self.deadPeerDetection ? 1 : 0),
            neutral("NAT traversal", self.natTraversal ? "on" : "off"),
        ]
    }
}
