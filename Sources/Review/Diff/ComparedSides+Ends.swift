import CloudAPI
import Findings
import PeerModel

/// What comes to an end, what hangs on gateways, and which tunnels are up.
extension ComparedSides {
    /// States in which there is no tunnel any more, or soon none.
    private static let lastStates: Set<String> = ["deleting", "deleted", "detaching", "detached"]

    /// Tells of a state by which a connection or tunnel goes away, or is there again.
    func tellEnd(of change: inout Change, _ before: RawField?, _ after: RawField?) {
        let paths = ["State", "TunnelOptionsSpecification.State", "VpnGateway.Status"]
        guard let path = change.field?.path, paths.contains(path) else { return }
        let isLast = [before, after].map { Self.lastStates.contains($0?.shownText.lowercased() ?? "") }
        guard isLast[0] != isLast[1] else { return }
        change.rule = "PC771"
        change.effect = isLast[1] ? .gone : .nothing
        let what = path == "State" ? "the connection" : path == "VpnGateway.Status" ? "the gateway" : "the tunnel"
        let words = "\(change.old ?? "(none)") → \(change.new ?? "(none)")"
        change.outcome = isLast[1] ? "\(words): \(what) goes away" : "\(words): \(what) is there again"
        guard isLast[1], let connection = change.connection else { return }
        if path == "State" {
            change.risks += lostAlternatives(of: connection)
        } else {
            change.risks.append(.redundancyLost("the connection has a tunnel less"))
        }
    }

    /// Adds the connections that hang on a gateway.
    func addUses(to change: inout Change, _ record: ComparedRecord) {
        guard change.effect >= .unknown, change.rule != "PC764" else { return }
        let name = change.field?.path.split(separator: ".").last.map(String.init) ?? ""
        var uses = (old.uses[record.id] ?? []) + (new.uses[record.id] ?? [])
        if name == "Asn" || name == "AuthKey" { uses = uses.filter(\.usesBGP) }
        // A VPN gateway has two addresses: only the tunnels at the one that changed are concerned, where that is known.
        let atAddress = uses.filter { $0.address != nil && [change.old, change.new].contains($0.address) }
        if name.hasSuffix("InternetIp"), !atAddress.isEmpty { uses = atAddress }
        let byConnection = Dictionary(grouping: Set(uses), by: \.connection)
        change.uses = byConnection.keys.sorted().map { id in
            let tunnels = Set((byConnection[id] ?? []).map(\.tunnel))
            let all = Set((old.tunnels[id] ?? []) + (new.tunnels[id] ?? []))
            return Change.Use(connection: id, tunnels: tunnels.sorted(), isWhole: tunnels == all)
        }
        let isWhole = change.uses.contains { $0.isWhole && $0.tunnels.count > 1 }
        if isWhole, change.effect.interrupts { change.risks.append(.allTunnels) }
        guard change.uses.isEmpty else { return }
        let isKnown = [old, new].allSatisfy { $0.coverage[.connection] == .everything }
        let what =
            name == "Asn" || name == "AuthKey" ? "no connection that uses BGP hangs on it" : "no connection hangs on it"
        change.remarks.append(isKnown ? what : "\(what), as far as the answers tell")
        if isKnown, change.effect != .gone { change.effect = .nothing }
    }

    /// Whether a tunnel is up.
    enum Health {
        case up
        case down
        case unknown
    }

    /// What the newest answer says of a tunnel's negotiation.
    func status(of tunnel: String) -> String? { new.statuses[tunnel] ?? old.statuses[tunnel] }

    /// Whether a tunnel is up, by the newest answer.
    func health(of tunnel: String) -> Health { Self.health(status(of: tunnel)) }

    /// Whether a tunnel was up by the older answers.
    func wasUp(_ tunnel: String) -> Bool { Self.health(old.statuses[tunnel]) == .up }

    /// What a `Status` says; its words are those of api.md.
    private static func health(_ status: String?) -> Health {
        switch status?.lowercased() {
        case "ipsec_sa_established": .up
        case "ike_sa_not_established", "ike_sa_established", "ipsec_sa_not_established": .down
        default: .unknown
        }
    }
}
