public import Findings

/// What the API can't know about an on-premises router: one `[routers.NAME]` of the site file.
///
/// `nil` is not told; what then happens is said with each.
public struct RouterSettings: Sendable {
    /// The pack and version, such as `vyos@1.4`; else the command line's.
    public var device: String?
    /// The `CustomerGatewayId`s that are this router.
    public var customerGateways: [String] = []
    /// The interface that faces the Internet; else the placeholder `<<WAN-INTERFACE>>` where one is needed.
    public var wanInterface: String?
    /// The router's own address on that interface, where a NAT stands before it.
    public var wanAddress: IPv4Address?
    /// The VRF that the tunnels belong to; else none.
    public var vrf: String?
    /// Prefixes to announce by BGP; else the connection's `RemoteSubnet`, if that is not 0.0.0.0/0.
    public var advertise: [IPv4Network] = []
    /// Networks in the cloud where `LocalSubnet` is 0.0.0.0/0: static routes lead there, and with BGP packets for them
    /// are dropped while BGP has no route.
    public var routes: [IPv4Network] = []
    /// The router-id of BGP; else the outside address.
    public var routerID: IPv4Address?
    /// The AS number of its BGP process; else that of its sessions, where they have one only.
    public var asNumber: Int?
    /// Numbers for its tunnels.
    public var tunnelNumbers: ClosedRange<Int>?
    /// Seconds between probes of dead peer detection.
    public var dpdDelay = 10
    /// Seconds without an answer before an IKEv1 peer is dead.
    public var dpdTimeout = 30
    /// Seconds between BGP keepalives.
    public var bgpKeepalive = 10
    /// BGP hold time in seconds.
    public var bgpHold = 30
    /// MTU of tunnel interfaces, in bytes: fits every cipher on a 1500-byte path (devices.md 6).
    public var mtu = 1400
    /// TCP MSS of traffic in tunnels, in bytes; else the MTU less the 40 bytes of IPv4's and TCP's headers.
    public var maximumSegment: Int?
    /// TCP MSS of traffic in tunnels, in bytes.
    public var mss: Int { maximumSegment ?? mtu - 40 }
    /// Whether the router starts negotiating by itself; `false` leaves it to the cloud.
    public var initiates = true
    /// Whether concrete networks are matched on the outside interface where tunnel interfaces could carry them, too.
    public var policyBased = false
    /// Whether static routes depend on a probe: the cloud's health check the other way round.
    public var probesCloud = false
    /// Settings of single tunnels, by their ids.
    public var tunnels: [String: TunnelSettings] = [:]
    /// Settings of single connections, by their ids.
    public var connections: [String: ConnectionSettings] = [:]
    /// Where the site file tells each key.
    var places: [String: SitePlace] = [:]
    /// The same, as numbers of the table of origins.
    var origins: [String: Origin] = [:]

    /// Where a setting was read; `.none` where its default holds, or before ``SiteFile/locate(in:file:)``.
    public func origin(of key: String) -> Origin { origins[key] ?? .none }

    /// Settings that nobody has told anything about.
    public init() {}

    /// Networks to announce, for one connection, each with its place; empty where nothing is told.
    public func advertise(for connection: String) -> [Located<IPv4Network>] {
        if let own = connections[connection]?.advertise { return own.located }
        return advertise.map { Located($0, at: origin(of: "advertise")) }
    }

    /// Networks in the cloud, for one connection, each with its place; empty where nothing is told.
    public func routes(for connection: String) -> [Located<IPv4Network>] {
        if let own = connections[connection]?.routes { return own.located }
        return routes.map { Located($0, at: origin(of: "routes")) }
    }
}

/// What the site file says of one connection, in the place of its router's words: `[routers.NAME.connections.ID]`.
public struct ConnectionSettings: Sendable {
    /// Networks that the site file tells, and where.
    struct Networks: Sendable {
        var values: [IPv4Network]
        var place: SitePlace
        var origin = Origin.none

        var located: [Located<IPv4Network>] { values.map { Located($0, at: origin) } }
    }

    /// Prefixes to announce by BGP; `nil`: the router's.
    var advertise: Networks?
    /// Networks in the cloud; `nil`: the router's.
    var routes: Networks?
    /// Where the table stands.
    var place: SitePlace
    /// The same, as a number of the table of origins.
    var origin = Origin.none
}

/// What the site file says of one tunnel: `[routers.NAME.tunnels.ID]`.
public struct TunnelSettings: Sendable {
    /// Its number, whatever the lock file says.
    public var number: Int?
    /// Where its pre-shared key is.
    public var presharedKey: SecretSource?
    /// Where its BGP key is.
    public var bgpKey: SecretSource?
    /// Where the site file tells each key.
    var places: [String: SitePlace] = [:]
    /// The same, as numbers of the table of origins.
    var origins: [String: Origin] = [:]
    /// Where the first key stands.
    var origin: Origin { origins.values.min { $0.line < $1.line } ?? .none }

    init() {}

    /// The line of the site file that tells a setting; 1 where none does.
    public func line(of key: String) -> Int { places[key]?.line ?? 1 }

    /// Where a setting was read; `.none` where nothing is told, or before ``SiteFile/locate(in:file:)``.
    public func origin(of key: String) -> Origin { origins[key] ?? .none }
}
