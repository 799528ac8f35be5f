import CloudAPI
import Findings

/// Contradictions between connections: what can only be seen with all of them at hand.
struct FleetChecks {
    private let devices: [Device]
    private let origins: OriginTable
    private var findings: [Finding] = []

    static func findings(_ devices: [Device], origins: OriginTable) -> [Finding] {
        var checks = FleetChecks(devices: devices, origins: origins)
        checks.checkKeys()
        checks.checkTunnelNetworks()
        checks.checkNetworks()
        return checks.findings
    }

    private init(devices: [Device], origins: OriginTable) {
        self.devices = devices
        self.origins = origins
    }

    /// One key on several tunnels: whoever has it can pose as either end of all of them.
    private mutating func checkKeys() {
        var users: [Secret: [(Connection, Tunnel)]] = [:]
        for connection in devices.flatMap(\.connections) {
            for tunnel in connection.tunnels {
                users[tunnel.presharedKey.value, default: []].append((connection, tunnel))
            }
        }
        // Sorted by the tunnels' ids: the order must not depend on the keys.
        let shared = users.values.filter { $0.count > 1 }.map { $0.sorted { $0.1.id.value < $1.1.id.value } }
        for group in shared.sorted(by: { $0[0].1.id.value < $1[0].1.id.value }) {
            let others = group.dropFirst().prefix(5).map(\.1.id.value)
            let more = group.count > 6 ? ["\(group.count - 6) more"] : []
            add(
                ConsistencyProblem.keyShared(with: others + more), at: group[0].1.presharedKey.origin,
                group[0].0, group[0].1)
        }
    }

    /// A /30 must be unique on a VPN gateway, and two on one device would be one route.
    private mutating func checkTunnelNetworks() {
        for device in devices {
            var users: [IPv4Network: Tunnel] = [:]
            for connection in device.connections {
                for tunnel in connection.tunnels {
                    guard let network = tunnel.bgp?.network else { continue }
                    if let other = users[network.value] {
                        add(
                            ConsistencyProblem.tunnelNetworkUsedTwice(network.value, by: other.id.value),
                            at: network.origin, connection, tunnel)
                    } else {
                        users[network.value] = tunnel
                    }
                }
            }
        }
    }

    /// Two connections of one device that claim the same cloud addresses, without BGP to decide between them.
    ///
    /// Networks are disjoint or one holds the other, so in the order of their addresses all that hold the current one
    /// lie on a stack: no pair has to be compared twice, however many connections there are.
    private mutating func checkNetworks() {
        for device in devices {
            var claims: [(network: Located<IPv4Network>, owner: Connection)] = []
            for connection in device.connections where !connection.usesBGP && !connection.isAnyToAny {
                claims += connection.cloudNetworks.map { ($0, connection) }
            }
            claims.sort { ($0.network.value, $0.owner.id.value) < ($1.network.value, $1.owner.id.value) }
            var enclosing: [(network: Located<IPv4Network>, owner: Connection)] = []
            for claim in claims {
                while let last = enclosing.last, !last.network.value.contains(claim.network.value) {
                    enclosing.removeLast()
                }
                if let other = enclosing.last(where: { clash($0.owner, claim.owner) }) {
                    add(
                        ConsistencyProblem.connectionsOverlap(
                            claim.network.value, other: other.owner.id.value, other.network.value),
                        at: claim.network.origin, claim.owner, nil)
                }
                enclosing.append(claim)
            }
        }
    }

    /// Policies of two connections collide only where the device's networks overlap, too.
    private func clash(_ a: Connection, _ b: Connection) -> Bool {
        a.id.value != b.id.value
            && a.deviceNetworks.contains { first in b.deviceNetworks.contains { first.value.overlaps($0.value) } }
    }

    private mutating func add(
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
