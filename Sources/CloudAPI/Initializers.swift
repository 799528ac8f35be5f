public import Findings

// What other modules need to make values of these types themselves, in tests and previews: everything
// that may be absent is, and can be set afterwards.

extension VPNConnection {
    /// A connection of which only the id is known.
    public init(vpnConnectionId: Located<String>) {
        self.init(Fields(vpnConnectionId: vpnConnectionId, tags: [], tunnelOptions: [], unknownFields: []))
    }
}

extension Tag {
    /// A tag.
    public init(_ key: Located<String>, _ value: Located<String>) {
        self.init(key: key, value: value)
    }
}

extension IkeConfig {
    /// Phase 1 without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, ikeVersion: nil) }
}

extension IpsecConfig {
    /// Phase 2 without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, ipsecEncAlg: nil) }
}

extension BgpConfig {
    /// BGP without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, enableBgp: nil) }
}

extension VcoHealthCheck {
    /// A probe without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, enable: nil) }
}

extension TunnelOptions {
    /// A tunnel without any value.
    public init(origin: Origin = .none) { self.init(Fields(origin: origin)) }
}

extension VPNGateway {
    /// A VPN gateway of which only the id is known.
    public init(vpnGatewayId: Located<String>) {
        self.init(Fields(vpnGatewayId: vpnGatewayId, tags: [], unknownFields: []))
    }
}

extension CustomerGateway {
    /// A customer gateway of which only the id is known.
    public init(customerGatewayId: Located<String>) {
        self.init(Fields(customerGatewayId: customerGatewayId, tags: [], unknownFields: []))
    }
}

extension APIError {
    /// An error of which only the code is known.
    public init(code: Located<String>) { self.init(code: code, message: nil) }
}

extension DownloadedPeerConfig {
    /// A downloaded configuration without any value.
    public init(origin: Origin = .none) {
        self.init(origin: origin, local: nil, tunnels: [], bgpConfigs: [], unknownFields: [])
    }
}

extension PeerIkeConfig {
    /// Phase 1 without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, ikeVersion: nil) }
}

extension PeerTunnelConfig {
    /// A tunnel without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, tunnelId: nil) }
}

extension PeerBgpConfig {
    /// BGP without any value.
    public init(origin: Origin = .none) { self.init(origin: origin, tunnelId: nil) }
}
