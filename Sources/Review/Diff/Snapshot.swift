public import CloudAPI
public import Findings
public import PeerModel

/// One side of a comparison: everything that a number of answers say.
public struct Snapshot: Sendable {
    /// The connections, each once.
    public var connections: [VPNConnection]
    /// The VPN gateways.
    public var vpnGateways: [VPNGateway]
    /// The customer gateways.
    public var customerGateways: [CustomerGateway]
    /// The connections as `render` reads them.
    public var fleet: Fleet
    /// Where the values stand.
    public var origins: OriginTable
    /// Connections that are there, but could not be read or contradict each other.
    public var unreadable: Set<String>
    /// How much its answers tell of what there is.
    public var coverage: Coverage

    /// Puts a side together.
    public init(
        connections: [VPNConnection], vpnGateways: [VPNGateway], customerGateways: [CustomerGateway], fleet: Fleet,
        origins: OriginTable, unreadable: Set<String> = [], coverage: Coverage
    ) {
        self.connections = connections
        self.vpnGateways = vpnGateways
        self.customerGateways = customerGateways
        self.fleet = fleet
        self.origins = origins
        self.unreadable = unreadable
        self.coverage = coverage
    }
}

/// A record of an answer as a comparison sees it: its values by their keys, its tunnels apart.
struct ComparedRecord {
    /// What kind of record it is.
    enum Kind: String, CaseIterable {
        case connection
        case vpnGateway = "VPN gateway"
        case customerGateway = "customer gateway"
    }

    /// The records that an id tells apart.
    struct Name: Hashable, Comparable {
        var kind: String
        var id: String

        static func < (a: Name, b: Name) -> Bool { (a.kind, a.id) < (b.kind, b.id) }
    }

    var kind: Kind
    var id: String
    /// Where the id stands.
    var origin: Origin
    /// The values that are not of a tunnel.
    var own: [RawField.Key: RawField] = [:]
    /// The values of each tunnel, their keys without the tunnel.
    var tunnels: [String: [RawField.Key: RawField]] = [:]

    var name: Name { Name(kind: kind.rawValue, id: id) }

    /// Paths of ids: they tell what is compared, and are no values of it.
    private static let identities: Set<String> = [
        "VpnConnectionId", "TunnelOptionsSpecification.TunnelId", "VpnGateway.VpnGatewayId",
        "CustomerGateway.CustomerGatewayId",
    ]

    init(_ kind: Kind, _ id: Located<String>, _ fields: [RawField]) {
        self.kind = kind
        self.id = id.value
        origin = id.origin
        for field in fields {
            if let tunnel = field.key.tunnel, tunnels[tunnel] == nil { tunnels[tunnel] = [:] }
            guard !Self.identities.contains(field.key.path) else { continue }
            if let tunnel = field.key.tunnel {
                var key = field.key
                key.tunnel = nil
                tunnels[tunnel]?[key] = field
            } else {
                own[field.key] = field
            }
        }
    }

    /// Its values without the places where they stand: what makes it the same under another id.
    var content: [RawField.Key: RawField.Content] {
        var all = own.mapValues(\.content)
        for (tunnel, fields) in tunnels {
            for (key, field) in fields {
                var key = key
                key.tunnel = tunnel
                all[key] = field.content
            }
        }
        return all
    }
}

extension Snapshot {
    /// The ids of connections of which two sides plainly say the same: mostly nearly all.
    func unchanged(in other: Snapshot) -> Set<String> {
        var places: [String: Int] = [:]
        // An id given twice may have said two things.
        for (index, connection) in connections.enumerated() {
            places[connection.vpnConnectionId.value] = places[connection.vpnConnectionId.value] == nil ? index : -1
        }
        var unchanged: Set<String> = []
        var seen: Set<String> = []
        for connection in other.connections {
            let id = connection.vpnConnectionId.value
            guard seen.insert(id).inserted else {
                unchanged.remove(id)
                continue
            }
            guard let place = places[id], place >= 0, connections[place].plainlyEquals(connection) else { continue }
            unchanged.insert(id)
        }
        return unchanged
    }

    /// Records, by what tells them apart; of those given twice the first counts.
    ///
    /// - Parameter unchanged: ids of connections that are left out.
    func records(without unchanged: Set<String>) -> [ComparedRecord.Name: ComparedRecord] {
        let all =
            connections.filter { !unchanged.contains($0.vpnConnectionId.value) }
            .map { ComparedRecord(.connection, $0.vpnConnectionId, $0.rawFields) }
            + vpnGateways.map { ComparedRecord(.vpnGateway, $0.vpnGatewayId, $0.rawFields) }
            + customerGateways.map { ComparedRecord(.customerGateway, $0.customerGatewayId, $0.rawFields) }
        return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }
}
