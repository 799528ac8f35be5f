public import CloudAPI
public import Findings

/// One IPsec-VPN connection seen from the device that is to be configured.
public struct Connection: SharesParts {
    /// Grouping, checks and rendering hand connections on all the time: by reference.
    public var parts: Shared<Parts>

    init(_ parts: Parts) { self.parts = Shared(parts) }
}

extension Connection {
    /// All that is known of a connection.
    public struct Parts: Sendable {
        /// `VpnConnectionId`: the only name that is unique and never changes.
        public var id: Located<String>
        /// What people call it.
        ///
        /// Free text: for remarks only.
        public var name: Located<String>?
        /// What it is attached to in the cloud.
        public var attachment: Attachment
        /// Whether it has one tunnel or two.
        public var tunnelMode: TunnelMode
        /// Networks behind the cloud (`LocalSubnet`), in the order sent.
        public var cloudNetworks: [Located<IPv4Network>]
        /// Networks behind the device (`RemoteSubnet`), in the order sent.
        public var deviceNetworks: [Located<IPv4Network>]
        /// Its tunnels: the preferred one first, equal ones by index, then by id.
        public var tunnels: [Tunnel]
        /// Whether the cloud starts negotiating by itself (`EffectImmediately`).
        public var cloudInitiates: Bool
        /// The cloud's probe, where one is on.
        public var healthCheck: HealthCheck?
        /// `State` of the resource.
        public var state: Located<String>?
        /// `Status` of the negotiation; dual-tunnel connections have it per tunnel.
        public var status: Located<String>?
        /// The user's tags.
        public var tags: [Tag]
    }

    /// Whether all traffic is meant: 0.0.0.0/0 on both sides.
    public var isAnyToAny: Bool {
        let (cloud, device) = (self.cloudNetworks, self.deviceNetworks)
        return cloud.count == 1 && device.count == 1 && cloud[0].value == .any && device[0].value == .any
    }

    /// Whether routes are exchanged by BGP on any tunnel.
    public var usesBGP: Bool { self.tunnels.contains { $0.bgp != nil } }
}

/// What a connection is attached to in the cloud.
public enum Attachment: Sendable, Equatable {
    /// A VPN gateway (`VPNGW`).
    case vpnGateway(Located<String>)
    /// A transit router of a CEN instance (`CEN`).
    case transitRouter(id: Located<String>?, name: Located<String>?)
    /// Nothing yet (`NO_ASSOCIATED`).
    case nothing
}

/// How many tunnels a connection has.
public enum TunnelMode: String, Sendable {
    /// One tunnel, of older connections.
    case single
    /// Two tunnels.
    case dual
}

/// The cloud's ICMP probe through a single tunnel; when it fails, the cloud resets the tunnel.
public struct HealthCheck: Sendable {
    /// The probe's source, in the VPC (`Sip`).
    public var cloudAddress: Located<IPv4Address>
    /// The probe's target, in the data centre (`Dip`).
    public var deviceAddress: Located<IPv4Address>
    /// Seconds between probes.
    public var interval: Int
    /// Failed probes before the tunnel is reset.
    public var retries: Int
}
