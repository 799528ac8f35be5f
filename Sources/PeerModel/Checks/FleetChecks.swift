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
        var users: [Secret: [(Connection, Tunnel)]] = [:]
        for connection in devices.flatMap(\.connections) {
            for tunnel in connection.tunnels where !tunnel.presharedKey.value.isStandIn {
                users[tunnel.presharedKey.value, default: []].append((connection, tunnel))
            }
        }
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
            var first: [PeerPair: (Connection, Tunnel)] = [:]
            for connection in device.connections {
                for tunnel in connection.tunnels {
                    let pair = PeerPair(tunnel)
                    guard let (other, known) = first[pair] else {
                        first[pair] = (connection, tunnel)
                        continue
                    }
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
        var owners: [String: Connection] = [:]
        for connection in devices.flatMap(\.connections) where connection.tunnelMode == .dual {
            for tunnel in connection.tunnels {
                guard let other = owners[tunnel.id.value], other.id.value != connection.id.value else {
                    owners[tunnel.id.value] = connection
                    continue
                }
                refuse(
                    ConsistencyProblem.tunnelInTwoConnections(other.id.value), at: tunnel.id.origin, connection, tunnel,
                    and: other)
            }
        }
    }

    /// A /30 must be unique on a VPN gateway; two on one device would be one address twice.
    private mutating func checkTunnelNetworks() {
        var gatewayUsers: [String: (Device, Tunnel)] = [:]
        for device in devices {
            var users: [IPv4Network: (Connection, Tunnel)] = [:]
            for connection in device.connections {
                for tunnel in connection.tunnels {
                    guard let network = tunnel.bgp?.network else { continue }
                    if let (other, known) = users[network.value] {
                        refuse(
                            ConsistencyProblem.tunnelNetworkUsedTwiceOnDevice(
                                network.value, by: known.id.value, of: other.id.value),
                            at: network.origin, connection, tunnel, and: other)
                        continue
                    }
                    users[network.value] = (connection, tunnel)
                    guard case .vpnGateway(let gateway) = connection.attachment else { continue }
                    let key = "\(gateway.value) \(network.value)"
                    if let (owner, known) = gatewayUsers[key], owner.name != device.name {
                        add(
                            ConsistencyProblem.tunnelNetworkUsedTwice(network.value, by: known.id.value),
                            at: network.origin, connection, tunnel)
                    } else {
                        gatewayUsers[key] = (device, tunnel)
                    }
                }
            }
        }
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
}

extension IKEParameters {
    /// All that must be the same on both ends of phase 1.
    fileprivate var words: [String] {
        [version.value.rawValue, mode.rawValue, encryption.value.name, integrity.value.name, group.value.name]
    }
}
