import CloudAPI
import Findings
import PeerModel

/// What is known of a side, by id.
struct ModelView {
    let origins: OriginTable
    let coverage: Coverage
    /// The connections that a device can be given.
    private(set) var connections: [String: Connection] = [:]
    /// Ids of the tunnels of each connection; in single-tunnel mode the connection's own.
    private(set) var tunnels: [String: [String]] = [:]
    /// How tunnels relate to each other.
    private(set) var roles: [String: Role] = [:]
    /// `Status` of each tunnel, as it was sent.
    private(set) var statuses: [String: String] = [:]
    /// What depends on each gateway, by its id.
    private(set) var uses: [String: [GatewayUse]] = [:]

    init(_ snapshot: Snapshot) {
        origins = snapshot.origins
        coverage = snapshot.coverage
        for connection in snapshot.fleet.wholeConnections {
            connections[connection.id.value] = connection
            for tunnel in connection.tunnels { roles[tunnel.id.value] = tunnel.role }
        }
        for connection in snapshot.connections { add(connection) }
    }

    /// What is read from the answer itself: connections that no device can be given have it too.
    private mutating func add(_ connection: VPNConnection) {
        let id = connection.vpnConnectionId.value
        let options = connection.tunnelOptions.filter { $0.tunnelId != nil }
        tunnels[id] = options.isEmpty ? [id] : options.compactMap { $0.tunnelId?.value }
        if options.isEmpty {
            statuses[id] = connection.status?.value
            let bgp = connection.vpnBgpConfig
            add(
                GatewayUse(
                    connection: id, tunnel: id, address: connection.internetIp?.value,
                    usesBGP: bgp?.tunnelCidr != nil && bgp?.enableBgp?.value != false),
                of: [connection.vpnGatewayId?.value, connection.customerGatewayId?.value])
        }
        for tunnel in options {
            guard let name = tunnel.tunnelId?.value else { continue }
            if roles[name] == nil { roles[name] = tunnel.role.flatMap { Role(rawValue: $0.value.lowercased()) } }
            statuses[name] = tunnel.status?.value
            add(
                GatewayUse(
                    connection: id, tunnel: name, address: tunnel.internetIp?.value,
                    usesBGP: connection.enableTunnelsBgp?.value == true && tunnel.bgpConfig?.tunnelCidr != nil),
                of: [connection.vpnGatewayId?.value, tunnel.customerGatewayId?.value])
        }
    }

    private mutating func add(_ use: GatewayUse, of gateways: [String?]) {
        for gateway in gateways.compactMap(\.self) { uses[gateway, default: []].append(use) }
    }
}

/// A tunnel that depends on a gateway.
struct GatewayUse: Hashable {
    var connection: String
    var tunnel: String
    /// The cloud's address of the tunnel, as it was sent.
    var address: String?
    var usesBGP: Bool
}
