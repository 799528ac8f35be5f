import CloudAPI
import Findings

/// Decides on which device each tunnel ends.
///
/// A customer gateway that the site file names belongs to that router. The others are devices of their own,
/// except that both tunnels of a connection are taken to end on one.
struct Grouping {
    private let site: SiteFile
    private let routers: [String: String]
    private let knownNames: Set<String>
    private let isStrict: Bool

    /// - Parameters:
    ///   - knownNames: names that devices had before; a device that has one of them keeps it.
    ///   - isStrict: whether assumptions are errors.
    init(site: SiteFile, knownNames: Set<String>, isStrict: Bool) {
        self.site = site
        self.knownNames = knownNames
        self.isStrict = isStrict
        routers = site.routersByGateway
    }

    func devices(of connections: [Connection], _ findings: inout [Finding]) -> [Device] {
        var groups = DisjointSets()
        var known: [String: String] = [:]
        for connection in connections {
            // One tunnel joins nothing.
            guard connection.tunnels.count > 1 else { continue }
            let unclaimed = unclaimed(connection.tunnels)
            let names = unclaimed.map { gatewayName($0, connection) }
            guard let first = names.first, names.contains(where: { $0 != first }) else { continue }
            for name in names where name != first { groups.unite(first, name) }
            let gateways = Set(unclaimed.compactMap { $0.device.customerGateway?.value })
            if gateways.count > 1 {
                findings.append(
                    FleetProblem.gatewaysTakenForOne(
                        gateways.sorted(), connection: connection.id.value, isStrict: isStrict
                    ).finding)
            }
        }
        for connection in connections where !knownNames.isEmpty {
            for tunnel in unclaimed(connection.tunnels) {
                let name = gatewayName(tunnel, connection)
                guard knownNames.contains(name), !site.routers.keys.contains(name) else { continue }
                let group = groups.representative(of: name)
                if let other = known[group], other != name {
                    let names = [other, name].sorted()
                    known[group] = names[0]
                    let joined = FleetProblem.devicesJoined(names, connection: connection.id.value).finding
                    if !findings.contains(joined) { findings.append(joined) }
                } else {
                    known[group] = name
                }
            }
        }
        var members: [String: [Connection]] = [:]
        for connection in connections {
            let names = connection.tunnels.map { tunnel in
                let group = groups.representative(of: gatewayName(tunnel, connection))
                return router(of: tunnel) ?? known[group] ?? group
            }
            for (index, name) in names.enumerated() where names.firstIndex(of: name) == index {
                var part = connection
                if names.contains(where: { $0 != name }) {
                    part.tunnels = zip(names, connection.tunnels).filter { $0.0 == name }.map(\.1)
                }
                members[name, default: []].append(part)
            }
        }
        return members.map { name, connections in
            let settings = site.routers[name] ?? site.defaults
            let gateways = connections.flatMap { $0.tunnels }.compactMap { $0.device.customerGateway?.value }
            return Device(
                Device.Parts(
                    name: name, settings: settings, customerGateways: Set(gateways).sorted(),
                    connections: settings.wanAddress == nil
                        ? connections : connections.map { $0.withInterfaceAddress(settings) }))
        }.sorted { $0.name < $1.name }
    }

    private func router(of tunnel: Tunnel) -> String? {
        tunnel.device.customerGateway.flatMap { routers[$0.value] }
    }

    private func unclaimed(_ tunnels: [Tunnel]) -> [Tunnel] {
        routers.isEmpty ? tunnels : tunnels.filter { router(of: $0) == nil }
    }

    /// The connection's own id stands in for a device that the cloud does not name.
    private func gatewayName(_ tunnel: Tunnel, _ connection: Connection) -> String {
        tunnel.device.customerGateway?.value ?? connection.id.value
    }
}

extension Connection {
    /// With the router's own address, where the site file tells it: behind a NAT it is not the one the cloud sees.
    fileprivate func withInterfaceAddress(_ settings: RouterSettings) -> Connection {
        guard let address = settings.wanAddress else { return self }
        var result = self
        for index in result.tunnels.indices {
            result.tunnels[index].device.interfaceAddress = Located(
                address, at: settings.origin(of: "wan_address"))
            result.tunnels[index].device.isBehindNAT = result.tunnels[index].device.address?.value != address
        }
        return result
    }
}
