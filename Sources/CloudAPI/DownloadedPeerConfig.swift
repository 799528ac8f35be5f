public import Findings

/// What `DownloadVpnConnectionConfig` answers: a connection **as the device sees it**.
///
/// Everywhere else *Local* is the cloud's side; here it is the data centre's, in every field. That is why
/// these types are none of ``VPNConnection``'s. The answer does not tell which connection it belongs to,
/// nor whether DPD and NAT traversal are on. Sources: the operation's reference page; `api.md` 7.1.
public struct DownloadedPeerConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `Local`: the customer gateway's address; single-tunnel mode.
    public var local: Located<String>?
    /// `Remote`: the VPN gateway's address; single-tunnel mode.
    public var remote: Located<String>?
    /// `LocalSubnet`: networks of the data centre, separated by commas.
    public var localSubnet: Located<String>?
    /// `RemoteSubnet`: networks on the cloud's side, separated by commas.
    public var remoteSubnet: Located<String>?
    /// `IkeConfig`; single-tunnel mode.
    public var ikeConfig: PeerIkeConfig?
    /// `IpsecConfig`, which has no sides; single-tunnel mode.
    public var ipsecConfig: IpsecConfig?
    /// `TunnelsConfig`: the tunnels of dual-tunnel mode, in the order sent.
    public var tunnels: [PeerTunnelConfig]
    /// `BgpConfigs`: one for each tunnel with BGP.
    public var bgpConfigs: [PeerBgpConfig]
    /// Paths of fields that are not part of the API known here.
    public var unknownFields: [Located<String>]
}

/// Phase 1 as the device sees it; compare ``IkeConfig``.
public struct PeerIkeConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `IkeVersion`: `ikev1` or `ikev2`.
    public var ikeVersion: Located<String>?
    /// `IkeMode`: `main` or `aggressive`.
    public var ikeMode: Located<String>?
    /// `IkeEncAlg`.
    public var ikeEncAlg: Located<String>?
    /// `IkeAuthAlg`.
    public var ikeAuthAlg: Located<String>?
    /// `IkePfs`: the Diffie-Hellman group of phase 1.
    public var ikePfs: Located<String>?
    /// `IkeLifetime` in seconds.
    public var ikeLifetime: Located<Int>?
    /// `LocalId`: the identity of the device.
    public var localId: Located<String>?
    /// `RemoteId`: the identity of the cloud.
    public var remoteId: Located<String>?
    /// `Psk`: the pre-shared key.
    public var psk: Located<Secret>?
}

/// One tunnel as the device sees it.
public struct PeerTunnelConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `TunnelId`, `tun-…`.
    public var tunnelId: Located<String>?
    /// `Local`: the customer gateway's address.
    public var local: Located<String>?
    /// `Remote`: the VPN gateway's address of this tunnel.
    public var remote: Located<String>?
    /// `IkeConfig`.
    public var ikeConfig: PeerIkeConfig?
    /// `IpsecConfig`.
    public var ipsecConfig: IpsecConfig?
}

/// BGP of a tunnel as the device sees it.
public struct PeerBgpConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `TunnelId`; absent in single-tunnel mode.
    public var tunnelId: Located<String>?
    /// `LocalAsn`: the device's AS number.
    public var localAsn: Located<String>?
    /// `PeerAsn`: the cloud's AS number.
    public var peerAsn: Located<String>?
    /// `LocalBgpIp`: the device's address in the tunnel.
    public var localBgpIp: Located<String>?
    /// `PeerBgpIp`: the cloud's address in the tunnel.
    public var peerBgpIp: Located<String>?
    /// `TunnelCidr`: the /30 that holds both.
    public var tunnelCidr: Located<String>?
}
