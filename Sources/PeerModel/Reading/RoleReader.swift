import CloudAPI
import Findings

/// Reads how two tunnels share the work.
///
/// A VPN gateway uses one at a time, the master; a transit router both at once (api.md 3.7). A missing role of a VPN
/// gateway's tunnel is never guessed: the checks refuse such a connection.
extension ConnectionReader {
    mutating func roles(of tunnels: [TunnelOptions], _ attachment: Attachment) -> [Role] {
        let sent = tunnels.map { Role(sent: $0.role?.value) }
        switch attachment {
        case .transitRouter: checkIndexes(tunnels)
        case .vpnGateway: break
        case .nothing where tunnels.count == 2 && sent == [nil, nil]:
            report.add(ModelProblem.attachmentUnknown, at: source.vpnConnectionId.origin)
        case .nothing: break
        }
        return sent.map { $0 ?? .equal }
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
}
