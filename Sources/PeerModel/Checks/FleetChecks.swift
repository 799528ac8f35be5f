import CloudAPI
import Findings

/// Contradictions between connections: what can only be seen with all of them at hand.
struct FleetChecks {
    let devices: [Device]
    private let origins: OriginTable
    private(set) var findings: [Finding] = []
    /// Ids of connections that can't be rendered beside each other.
    private(set) var refused: Set<String> = []

    /// Looks through a fleet.
    static func of(_ devices: [Device], origins: OriginTable) -> FleetChecks {
        var checks = FleetChecks(devices: devices, origins: origins)
        checks.checkTunnelIDs()
        checks.checkKeys()
        checks.checkPhaseOne()
        checks.checkTunnelNetworks()
        checks.checkNetworks()
        checks.checkSides()
        checks.checkSiteRoutes()
        checks.checkAnnouncements()
        checks.checkInterfaceAddresses()
        return checks
    }

    private init(devices: [Device], origins: OriginTable) {
        self.devices = devices
        self.origins = origins
    }

    /// One key on several tunnels: whoever has it can pose as either end of all of them.
    private mutating func checkKeys() {
        // Positions, not connections: those are large, and nearly all keys have one user.
        var first: [Secret: TunnelPlace] = [:]
        var places: [Secret: [TunnelPlace]] = [:]
        for (d, device) in devices.enumerated() {
            for (c, connection) in device.connections.enumerated() {
                for (t, tunnel) in connection.tunnels.enumerated() where !tunnel.presharedKey.value.isStandIn {
                    let (key, place) = (tunnel.presharedKey.value, TunnelPlace(d, c, t))
                    if let known = first[key] {
                        places[key, default: [known]].append(place)
                    } else {
                        first[key] = place
                    }
                }
            }
        }
        let users = places.mapValues { $0.map(found) }
        // Sorted by the tunnels' ids: the order must not depend on the keys. Connections of one pair of gateways share
        // phase 1 and must have one key.
        let shared = users.values.filter { Set($0.map { PeerPair($0.1) }).count > 1 }
            .map { $0.sorted { $0.1.id.value < $1.1.id.value } }
        for group in shared.sorted(by: { $0[0].1.id.value < $1[0].1.id.value }) {
            let others = group.dropFirst().prefix(5).map(\.1.id.value)
            let more = group.count > 6 ? ["\(group.count - 6) more"] : []
            add(
                ConsistencyProblem.keyShared(with: others + more), at: group[0].1.presharedKey.origin,
                group[0].0, group[0].1)
        }
    }

    /// Between two addresses and identities there is one phase 1, whatever runs in it (api.md 3.5).
    private mutating func checkPhaseOne() {
        for device in devices {
            var first: [PeerPair: (connection: Int, tunnel: Int)] = [:]
            for (c, connection) in device.connections.enumerated() {
                for (t, tunnel) in connection.tunnels.enumerated() {
                    let pair = PeerPair(tunnel)
                    guard let place = first[pair] else {
                        first[pair] = (c, t)
                        continue
                    }
                    let other = device.connections[place.connection]
                    let known = other.tunnels[place.tunnel]
                    guard other.id.value != connection.id.value else { continue }
                    if !tunnel.presharedKey.value.mayEqual(known.presharedKey.value) {
                        add(
                            ConsistencyProblem.phaseOneDiffers(from: other.id.value, what: "PSK"),
                            at: tunnel.presharedKey.origin, connection, tunnel)
                    }
                    if tunnel.ike.words != known.ike.words {
                        add(
                            ConsistencyProblem.phaseOneDiffers(from: other.id.value, what: "IKE parameters"),
                            at: tunnel.ike.version.origin, connection, tunnel)
                    }
                }
            }
        }
    }

    /// One id for two tunnels would give both one number and one name.
    private mutating func checkTunnelIDs() {
        var owners: [String: (device: Int, connection: Int)] = [:]
        for (d, device) in devices.enumerated() {
            for (c, connection) in device.connections.enumerated() where connection.tunnelMode == .dual {
                for tunnel in connection.tunnels {
                    guard let owner = owners[tunnel.id.value],
                        devices[owner.device].connections[owner.connection].id.value != connection.id.value
                    else {
                        owners[tunnel.id.value] = (d, c)
                        continue
                    }
                    let other = devices[owner.device].connections[owner.connection]
                    refuse(
                        ConsistencyProblem.tunnelInTwoConnections(other.id.value), at: tunnel.id.origin, connection,
                        tunnel, and: other)
                }
            }
        }
    }

    /// A /30 must be unique on a VPN gateway; two on one device would be one address twice.
    private mutating func checkTunnelNetworks() {
        var gatewayUsers: [GatewayNetwork: TunnelPlace] = [:]
        for (d, device) in devices.enumerated() {
            var users: [IPv4Network: TunnelPlace] = [:]
            for (c, connection) in device.connections.enumerated() {
                for (t, tunnel) in connection.tunnels.enumerated() {
                    guard let network = tunnel.bgp?.network else { continue }
                    if let place = users[network.value] {
                        let (other, known) = found(place)
                        refuse(
                            ConsistencyProblem.tunnelNetworkUsedTwiceOnDevice(
                                network.value, by: known.id.value, of: other.id.value),
                            at: network.origin, connection, tunnel, and: other)
                        continue
                    }
                    users[network.value] = TunnelPlace(d, c, t)
                    guard case .vpnGateway(let gateway) = connection.attachment else { continue }
                    let key = GatewayNetwork(gateway: gateway.value, network: network.value)
                    if let owner = gatewayUsers[key], owner.device != d {
                        add(
                            ConsistencyProblem.tunnelNetworkUsedTwice(network.value, by: found(owner).1.id.value),
                            at: network.origin, connection, tunnel)
                    } else {
                        gatewayUsers[key] = TunnelPlace(d, c, t)
                    }
                }
            }
        }
    }

    private func found(_ place: TunnelPlace) -> (Connection, Tunnel) {
        let connection = devices[place.device].connections[place.connection]
        return (connection, connection.tunnels[place.tunnel])
    }

    /// Tells a problem that lets neither connection be rendered.
    private mutating func refuse(
        _ problem: ConsistencyProblem, at origin: Origin, _ connection: Connection, _ tunnel: Tunnel,
        and other: Connection
    ) {
        add(problem, at: origin, connection, tunnel)
        refused.formUnion([connection.id.value, other.id.value])
    }

    mutating func add(
        _ problem: ConsistencyProblem, at origin: Origin, _ connection: Connection, _ tunnel: Tunnel?
    ) {
        let words = problem.words
        let id = connection.id.value
        findings.append(
            Finding(
                words.rule, words.severity, words.message,
                at: Place(
                    location: origins.location(of: origin), field: origins.field(of: origin), connection: id,
                    tunnel: tunnel?.id.value == id ? nil : tunnel?.id.value),
                remedy: words.remedy))
    }
}

/// Where a tunnel stands in a fleet.
private struct TunnelPlace {
    let device: Int
    let connection: Int
    let tunnel: Int

    init(_ device: Int, _ connection: Int, _ tunnel: Int) {
        self.device = device
        self.connection = connection
        self.tunnel = tunnel
    }
}

/// A tunnel's network as one VPN gateway has it.
private struct GatewayNetwork: Hashable {
    let gateway: String
    let network: IPv4Network
}

/// Who talks to whom: tunnels that have the same pair share one phase 1.
private struct PeerPair: Hashable {
    private let cloudAddress: IPv4Address?
    private let cloudIdentity: String?
    private let customerGateway: String?
    private let deviceIdentity: String?
    /// Where an address is not known, nothing is the same.
    private let tunnel: String?

    init(_ tunnel: Tunnel) {
        cloudAddress = tunnel.cloud.address?.value
        cloudIdentity = tunnel.cloud.identity?.value.text
        customerGateway = tunnel.device.customerGateway?.value ?? tunnel.device.address?.value.description
        deviceIdentity = tunnel.device.identity?.value.text
        self.tunnel = cloudAddress == nil || customerGateway == nil ? tunnel.id.value : nil
    }

    /// The addresses nearly always tell pairs apart; `==` looks at the rest.
    func hash(into hasher: inout Hasher) {
        hasher.combine(cloudAddress)
        hasher.combine(customerGateway)
        hasher.combine(tunnel)
    }
}

extension IKEParameters {
    /// All that must be the same on both ends of phase 1.
    fileprivate var words: [String] {
        [version.value.rawValue, mode.rawValue, encryption.value.name, integrity.value.name, group.value.name]
    }
}
