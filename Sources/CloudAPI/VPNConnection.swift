public import Findings

/// One IPsec-VPN connection as `DescribeVpnConnections` tells it, with the API's own names.
///
/// Everything is as read: *Local* is the cloud's side and *Remote* the data centre's, `nil` is absent,
/// and an element without text counts as absent. Sources: the operation's reference page; `api.md` 1.1.
public struct VPNConnection: SharesParts {
    /// Answers hold thousands of connections, which are sorted, joined and handed on: by reference.
    public var parts: Shared<Fields>

    init(_ fields: Fields) { parts = Shared(fields) }
}

extension VPNConnection {
    /// All that an answer says of a connection.
    public struct Fields: Sendable {
        /// `VpnConnectionId`, `vco-…`.
        public var vpnConnectionId: Located<String>
        /// `Name`: free text of up to 100 characters, not unique.
        public var name: Located<String>?
        /// `VpnGatewayId`, `vpn-…`; absent when attached to a transit router or to nothing.
        public var vpnGatewayId: Located<String>?
        /// `CustomerGatewayId`, `cgw-…`; absent in dual-tunnel mode, where each tunnel has its own.
        public var customerGatewayId: Located<String>?
        /// `AttachType`: `VPNGW`, `CEN` or `NO_ASSOCIATED`.
        public var attachType: Located<String>?
        /// `AttachInstanceId`: the CEN instance.
        public var attachInstanceId: Located<String>?
        /// `TransitRouterId`, `tr-…`.
        public var transitRouterId: Located<String>?
        /// `TransitRouterName`: free text.
        public var transitRouterName: Located<String>?
        /// `CrossAccountAuthorized`.
        public var crossAccountAuthorized: Located<Bool>?
        /// `NetworkType`: `public` or `private`.
        public var networkType: Located<String>?
        /// `InternetIp`: the cloud's address, told only for transit routers in single-tunnel mode.
        public var internetIp: Located<String>?
        /// `LocalSubnet`: networks on the cloud's side, separated by commas.
        public var localSubnet: Located<String>?
        /// `RemoteSubnet`: networks on the data centre's side, separated by commas.
        public var remoteSubnet: Located<String>?
        /// `Status` of the negotiation; absent in dual-tunnel mode.
        public var status: Located<String>?
        /// `State` of the resource, such as `active`, `attached`, `updating`, `deleted`.
        public var state: Located<String>?
        /// `CreateTime`: Unix time in milliseconds.
        public var createTime: Located<Int>?
        /// `EffectImmediately`: whether the cloud negotiates at once.
        public var effectImmediately: Located<Bool>?
        /// `EnableDpd`; meaningless in dual-tunnel mode, where it reads false.
        public var enableDpd: Located<Bool>?
        /// `EnableNatTraversal`; meaningless in dual-tunnel mode, where it reads false.
        public var enableNatTraversal: Located<Bool>?
        /// `EnableTunnelsBgp`; dual-tunnel mode only.
        public var enableTunnelsBgp: Located<Bool>?
        /// `RemoteCaCertificate`: the data centre's CA, on ShangMi gateways.
        public var remoteCaCertificate: Located<String>?
        /// `Spec`, such as `1000M`.
        public var spec: Located<String>?
        /// `TunnelBandwidth`: `Standard` or `Large`.
        public var tunnelBandwidth: Located<String>?
        /// `ResourceGroupId`, `rg-…`.
        public var resourceGroupId: Located<String>?
        /// `ZoneNo`; only from `DescribeVpnConnection`, single-tunnel mode.
        public var zoneNo: Located<String>?
        /// `Tag` or `Tags`.
        public var tags: [Tag]
        /// `IkeConfig`; single-tunnel mode.
        public var ikeConfig: IkeConfig?
        /// `IpsecConfig`; single-tunnel mode.
        public var ipsecConfig: IpsecConfig?
        /// `VcoHealthCheck`; single-tunnel mode.
        public var vcoHealthCheck: VcoHealthCheck?
        /// `VpnBgpConfig`; single-tunnel mode.
        public var vpnBgpConfig: BgpConfig?
        /// `TunnelOptionsSpecification`: the tunnels of dual-tunnel mode, in the order sent.
        public var tunnelOptions: [TunnelOptions]
        /// Paths of fields that are not part of the API known here.
        public var unknownFields: [Located<String>]
        /// The record as it was sent, where answers are kept.
        var source: RawRecord?
    }
}

/// One key and value that a user attached to a resource.
public struct Tag: Sendable, Equatable {
    /// `Key`.
    public var key: Located<String>
    /// `Value`; may be empty.
    public var value: Located<String>
}

/// Phase 1: `IkeConfig` of a connection or `TunnelIkeConfig` of a tunnel.
public struct IkeConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `IkeVersion`: `ikev1` or `ikev2`.
    public var ikeVersion: Located<String>?
    /// `IkeMode`: `main` or `aggressive`; means something for IKEv1 only.
    public var ikeMode: Located<String>?
    /// `IkeEncAlg`: `aes`, `aes192`, `aes256`, `des`, `3des`, `sm4`.
    public var ikeEncAlg: Located<String>?
    /// `IkeAuthAlg`: `md5`, `sha1`, `sha256`, `sha384`, `sha512`, `sm3`.
    public var ikeAuthAlg: Located<String>?
    /// `IkePfs`: the Diffie-Hellman group of phase 1, `group1`, `group2`, `group5`, `group14`.
    public var ikePfs: Located<String>?
    /// `IkeLifetime` in seconds, 0…86400.
    public var ikeLifetime: Located<Int>?
    /// `LocalId`: the identity of the cloud.
    public var localId: Located<String>?
    /// `RemoteId`: the identity of the data centre.
    public var remoteId: Located<String>?
    /// `Psk`: the pre-shared key.
    public var psk: Located<Secret>?
}

/// Phase 2: `IpsecConfig` of a connection or `TunnelIpsecConfig` of a tunnel.
public struct IpsecConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `IpsecEncAlg`: as `IkeEncAlg`.
    public var ipsecEncAlg: Located<String>?
    /// `IpsecAuthAlg`: as `IkeAuthAlg`.
    public var ipsecAuthAlg: Located<String>?
    /// `IpsecPfs`: the group of phase 2, or `disabled`.
    public var ipsecPfs: Located<String>?
    /// `IpsecLifetime` in seconds, 0…86400.
    public var ipsecLifetime: Located<Int>?
}

/// BGP: `VpnBgpConfig` of a connection or `TunnelBgpConfig` of a tunnel.
public struct BgpConfig: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `EnableBgp`; only from `DescribeVpnConnection`.
    public var enableBgp: Located<Bool>?
    /// `Status` or `BgpStatus`: `success`, `false` or `failed`.
    public var status: Located<String>?
    /// `LocalAsn`: the cloud's AS number; answers are plain integers, documents know `123.456` too.
    public var localAsn: Located<String>?
    /// `PeerAsn`: the data centre's AS number.
    public var peerAsn: Located<String>?
    /// `LocalBgpIp`: the cloud's address in the tunnel.
    public var localBgpIp: Located<String>?
    /// `PeerBgpIp`: the data centre's address in the tunnel.
    public var peerBgpIp: Located<String>?
    /// `TunnelCidr`: the /30 that holds both.
    public var tunnelCidr: Located<String>?
    /// `AuthKey`: the TCP MD5 key; never told for tunnels.
    public var authKey: Located<Secret>?
}

/// The cloud's probe through a single tunnel.
public struct VcoHealthCheck: Sendable {
    /// Where the object stands.
    public var origin: Origin
    /// `Enable`.
    public var enable: Located<Bool>?
    /// `Sip`: the probe's source, in the VPC.
    public var sip: Located<String>?
    /// `Dip`: the probe's target, in the data centre.
    public var dip: Located<String>?
    /// `Interval` between probes, in seconds.
    public var interval: Located<Int>?
    /// `Retry`: failed probes before the tunnel is reset.
    public var retry: Located<Int>?
    /// `Status`: `success` or `failed`.
    public var status: Located<String>?
    /// `Policy`: `revoke_route` or `reserve_route`.
    public var policy: Located<String>?
}

/// One tunnel of a dual-tunnel connection.
public struct TunnelOptions: SharesParts {
    /// Sorted, told roles and read one after another: by reference.
    public var parts: Shared<Fields>

    init(_ fields: Fields) { parts = Shared(fields) }
}

extension TunnelOptions {
    /// All that an answer says of a tunnel.
    public struct Fields: Sendable {
        /// Where the object stands.
        public var origin: Origin
        /// `TunnelId`, `tun-…`.
        public var tunnelId: Located<String>?
        /// `TunnelIndex`, 1 or 2; transit routers only.
        public var tunnelIndex: Located<Int>?
        /// `CustomerGatewayId`.
        public var customerGatewayId: Located<String>?
        /// `InternetIp`: the cloud's address of this tunnel.
        public var internetIp: Located<String>?
        /// `Role`: `master` or `slave`; VPN gateways only.
        public var role: Located<String>?
        /// `State`: `active`, `updating`, `deleting`.
        public var state: Located<String>?
        /// `Status` of the negotiation.
        public var status: Located<String>?
        /// `ZoneNo`.
        public var zoneNo: Located<String>?
        /// `EnableDpd`.
        public var enableDpd: Located<Bool>?
        /// `EnableNatTraversal`.
        public var enableNatTraversal: Located<Bool>?
        /// `RemoteCaCertificate`; ShangMi gateways.
        public var remoteCaCertificate: Located<String>?
        /// `TunnelIkeConfig`.
        public var ikeConfig: IkeConfig?
        /// `TunnelIpsecConfig`.
        public var ipsecConfig: IpsecConfig?
        /// `TunnelBgpConfig`.
        public var bgpConfig: BgpConfig?
    }
}
