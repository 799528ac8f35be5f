import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// Which connections of a device have tunnel interfaces between which two addresses, and what is routed into these;
/// gathered once per device.
struct InterfaceEnds: Sendable {
    /// The addresses between which a tunnel interface runs.
    private struct Ends: Hashable {
        var cloud: IPv4Address
        var device: IPv4Address
    }

    private var connections: [Ends: [Located<String>]] = [:]
    private var routed: Set<IPv4Network> = []
    /// The prefix lengths among them: few, however many routes there are.
    private let lengths: [Int]

    init(of device: Device) {
        for connection in device.connections {
            for ends in Self.ends(of: connection) { connections[ends, default: []].append(connection.id) }
            guard connection.tunnels.contains(where: { $0.routing == .interface }) else { continue }
            routed.formUnion(connection.networksBehindCloud(device.settings))
        }
        routed.remove(.any)
        lengths = Set(routed.map(\.prefixLength)).sorted()
    }

    /// Whether a route into a tunnel leads to an address.
    ///
    /// Told by the networks around it.
    func leads(to address: IPv4Address) -> Bool {
        lengths.contains { length in
            IPv4Network(around: address, prefixLength: length).map(routed.contains) ?? false
        }
    }

    /// The ids of other connections that share a pair of addresses with one, sorted.
    func others(than connection: Connection) -> [Located<String>] {
        var others: [String: Located<String>] = [:]
        for id in Self.ends(of: connection).flatMap({ connections[$0] ?? [] }) where id.value != connection.id.value {
            others[id.value] = id
        }
        return others.values.sorted { $0.value < $1.value }
    }

    /// The two addresses of each tunnel that has an interface, where both are known.
    private static func ends(of connection: Connection) -> Set<Ends> {
        var ends: Set<Ends> = []
        for tunnel in connection.tunnels where tunnel.routing == .interface {
            guard let cloud = tunnel.cloud.address?.value, let own = tunnel.device.interfaceAddress?.value else {
                continue
            }
            ends.insert(Ends(cloud: cloud, device: own))
        }
        return ends
    }
}

/// What all connections of a device have in common.
struct DeviceValues: Sendable {
    let ends: InterfaceEnds
    /// What templates see of the device.
    let value: Value

    init(of device: Device) {
        ends = InterfaceEnds(of: device)
        value = deviceDescription.value(device)
    }
}
