import CloudAPI
import Findings

/// Reads how two tunnels share the work.
///
/// A VPN gateway uses one at a time, the master; a transit router both at once (api.md 3.7). Sharing traffic among
/// the tunnels of a VPN gateway would lose what goes into the one that stands by, so it is never assumed.
extension ConnectionReader {
    mutating func roles(of tunnels: [TunnelOptions], _ attachment: Attachment) -> [Role] {
        if tunnels.count == 1 { report.add(ModelProblem.tunnelMissing, at: tunnels[0].origin) }
        let sent = tunnels.map { Role(sent: $0.role?.value) }
        if case .transitRouter = attachment { checkIndexes(tunnels) }
        guard tunnels.count == 2 else { return sent.map { $0 ?? .equal } }
        switch (sent[0], sent[1]) {
        case (let first?, let second?) where first == second:
            report.add(ModelProblem.rolesEqual(first), at: tunnels[1].role?.origin ?? tunnels[1].origin)
            return distinctRoles(tunnels)
        case (let first?, let second?): return [first, second]
        case (nil, nil): return rolesWithoutWord(tunnels, attachment)
        case (let first, let second):
            // One is named, so the other is what remains.
            let roles = [first ?? second?.opposite ?? .equal, second ?? first?.opposite ?? .equal]
            reportMissing(tunnels, roles)
            return roles
        }
    }

    private mutating func rolesWithoutWord(_ tunnels: [TunnelOptions], _ attachment: Attachment) -> [Role] {
        switch attachment {
        case .transitRouter: return [.equal, .equal]
        case .vpnGateway:
            let roles = distinctRoles(tunnels)
            reportMissing(tunnels, roles)
            return roles
        case .nothing:
            report.add(ModelProblem.attachmentUnknown, at: source.vpnConnectionId.origin)
            return [.equal, .equal]
        }
    }

    /// The master has the gateway's first address; where that is not known, the first by id is taken.
    private func distinctRoles(_ tunnels: [TunnelOptions]) -> [Role] {
        let first = gateways.vpnGateway(source.vpnGatewayId?.value)?.internetIp?.value
        let secondIsMaster =
            first != nil && tunnels[1].internetIp?.value == first && tunnels[0].internetIp?.value != first
        return secondIsMaster ? [.slave, .master] : [.master, .slave]
    }

    private mutating func reportMissing(_ tunnels: [TunnelOptions], _ roles: [Role]) {
        let master = roles[0] == .master ? tunnels[0] : tunnels[1]
        report.add(
            ModelProblem.rolesMissing(master: shown(master.tunnelId?.value ?? "the first")), at: tunnels[0].origin)
    }

    private mutating func checkIndexes(_ tunnels: [TunnelOptions]) {
        guard tunnels.count == 2, let index = tunnels[0].tunnelIndex, let other = tunnels[1].tunnelIndex,
            index.value == other.value
        else { return }
        report.add(ModelProblem.tunnelIndexTwice(index.value), at: other.origin)
    }
}

extension Role {
    fileprivate init?(sent: String?) {
        switch sent?.lowercased() {
        case "master": self = .master
        case "slave": self = .slave
        default: return nil
        }
    }

    fileprivate var opposite: Role { self == .master ? .slave : .master }

    /// The preferred one first.
    var rank: Int { self == .slave ? 1 : 0 }
}
