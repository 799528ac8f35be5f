public import CloudAPI
public import Findings

/// All connections of the inputs, by the devices on which they end.
public struct Fleet: Sendable {
    /// The devices, by name.
    public private(set) var devices: [Device]
    /// What is wrong or doubtful, in the order of the connections' ids.
    public private(set) var findings: [Finding]
    /// Ids of connections that were given but can't be rendered; each has a finding.
    public private(set) var leftOut: [String]

    /// Turns what the cloud said into devices.
    ///
    /// The result does not depend on the order of the inputs.
    public init(
        connections: [VPNConnection], gateways: GatewayDirectory,
        options: ReadingOptions = ReadingOptions(), origins: OriginTable
    ) {
        var findings: [Finding] = []
        leftOut = []
        var read: [Connection] = []
        for source in connections.sorted(by: { $0.vpnConnectionId.value < $1.vpnConnectionId.value }) {
            let reading = Connection.reading(source, gateways: gateways, options: options, origins: origins)
            findings += reading.findings
            if let connection = reading.connection {
                read.append(connection)
            } else if !reading.isPassedOver {
                leftOut.append(source.vpnConnectionId.value)
            }
        }
        devices = Self.grouped(read).map { device in
            var device = device
            findings += device.assignDerivedNumbers()
            return device
        }
        self.findings = findings + FleetChecks.findings(devices, origins: origins)
    }

    /// All connections, by device, then id.
    public var connections: [Connection] { devices.flatMap(\.connections) }

    /// Connections that share a customer gateway end on one device, and so do both tunnels of a connection.
    private static func grouped(_ connections: [Connection]) -> [Device] {
        var groups = DisjointSets()
        for connection in connections {
            // The connection's own id stands in for a device that the cloud does not name.
            let gateways = connection.customerGateways
            let first = gateways.first ?? connection.id.value
            groups.add(first)
            for gateway in gateways.dropFirst() { groups.unite(first, gateway) }
        }
        var members: [String: [Connection]] = [:]
        for connection in connections {
            let name = groups.representative(of: connection.customerGateways.first ?? connection.id.value)
            members[name, default: []].append(connection)
        }
        return members.map { name, connections in
            Device(
                name: name,
                customerGateways: Set(connections.flatMap(\.customerGateways)).sorted(),
                connections: connections)
        }.sorted { $0.name < $1.name }
    }
}

extension Device {
    /// Gives each tunnel a number that depends on its id alone.
    fileprivate mutating func assignDerivedNumbers() -> [Finding] {
        let ids = connections.flatMap { $0.tunnels.map(\.id.value) }
        let (numbers, displaced) = DerivedNumbers.assign(to: ids)
        for connection in connections.indices {
            for tunnel in connections[connection].tunnels.indices {
                let id = connections[connection].tunnels[tunnel].id.value
                connections[connection].tunnels[tunnel].number = numbers[id] ?? 0
            }
        }
        return displaced.map { FleetProblem.numberDisplaced(tunnel: $0, device: name).finding }
    }
}

extension Connection {
    /// The customer gateways of its tunnels, sorted, each once.
    public var customerGateways: [String] {
        Set(tunnels.compactMap { $0.device.customerGateway?.value }).sorted()
    }
}
