import CloudAPI
import Findings

/// Networks that several connections of one device lay claim to.
extension FleetChecks {
    /// Two connections of one device that claim the same cloud addresses, without BGP to decide between them.
    ///
    /// Networks are disjoint or one holds the other, so in the order of their addresses all that hold the current one
    /// lie on a stack: no pair has to be compared twice, however many connections there are.
    mutating func checkNetworks() {
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

    /// What one connection leads into its tunnels, another one says is on this side.
    mutating func checkSides() {
        for device in devices {
            var claims: [Claim] = []
            for connection in device.connections where !connection.usesBGP && !connection.isAnyToAny {
                claims += connection.cloudNetworks.map { Claim(network: $0, owner: connection, isCloud: true) }
                claims += connection.deviceNetworks.map { Claim(network: $0, owner: connection, isCloud: false) }
            }
            claims.removeAll { $0.network.value == .any }
            claims.sort { ($0.network.value, $0.owner.id.value) < ($1.network.value, $1.owner.id.value) }
            var enclosing: [Claim] = []
            var told: Set<String> = []
            for claim in claims {
                while let last = enclosing.last, !last.network.value.contains(claim.network.value) {
                    enclosing.removeLast()
                }
                let other = enclosing.last { $0.isCloud != claim.isCloud && $0.owner.id.value != claim.owner.id.value }
                enclosing.append(claim)
                guard let other else { continue }
                let (cloud, own) = claim.isCloud ? (claim, other) : (other, claim)
                guard told.insert("\(cloud.owner.id.value) \(own.owner.id.value)").inserted else { continue }
                add(
                    ConsistencyProblem.cloudNetworkIsBehindDevice(
                        cloud.network.value, of: own.owner.id.value, own.network.value),
                    at: cloud.network.origin, cloud.owner, nil)
            }
        }
    }

    /// Routes of the site file that two connections follow lead to two places.
    mutating func checkSiteRoutes() {
        for device in devices {
            var owners: [IPv4Network: String] = [:]
            for connection in device.connections where connection.isAnyToAny && !connection.usesBGP {
                let routes = device.settings.routes(for: connection.id.value).map(\.value)
                if let other = routes.lazy.compactMap({ owners[$0] }).first {
                    add(
                        ConsistencyProblem.routesShared(with: other), at: connection.cloudNetworks[0].origin,
                        connection, nil)
                }
                for network in routes where owners[network] == nil { owners[network] = connection.id.value }
            }
        }
    }

    /// A router refuses to learn what it announces, parts of it included: nothing behind the cloud may lie there.
    ///
    /// Overlaps of LocalSubnet and RemoteSubnet are told of each connection by itself (PC260).
    mutating func checkAnnouncements() {
        for device in devices {
            for connection in device.connections where connection.usesBGP {
                let settings = device.settings
                let routes = settings.routes(for: connection.id.value).filter { $0.value != .any }
                let told = settings.advertise(for: connection.id.value).filter { $0.value != .any }
                let announced = told.isEmpty ? connection.deviceNetworks.filter { $0.value != .any } : told
                // With neither from the site file it is PC260.
                let clouds = told.isEmpty ? routes : routes + connection.cloudNetworks.filter { $0.value != .any }
                for cloud in clouds {
                    guard let own = announced.first(where: { $0.value.contains(cloud.value) }) else { continue }
                    add(
                        ConsistencyProblem.announcedToItself(own.value, cloud: cloud.value), at: own.origin, connection,
                        nil)
                }
            }
        }
    }

    /// Where the identity is no address, nothing shows whether a NAT lies between the router and the cloud.
    mutating func checkInterfaceAddresses() {
        for device in devices where device.settings.wanAddress == nil {
            for connection in device.connections {
                for tunnel in connection.tunnels {
                    let end = tunnel.device
                    guard let address = end.interfaceAddress, !end.addressIsAssumed, let identity = end.identity,
                        identity.value.address == nil
                    else { continue }
                    add(
                        ConsistencyProblem.interfaceAddressAssumed(address.value), at: identity.origin, connection,
                        tunnel)
                }
            }
        }
    }

    private struct Claim {
        let network: Located<IPv4Network>
        let owner: Connection
        let isCloud: Bool
    }
}
