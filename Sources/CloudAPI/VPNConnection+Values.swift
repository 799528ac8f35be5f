public import Findings

/// One value of a connection, apart from where it stands in its file.
public struct FieldValue: Sendable, Hashable {
    /// The path of the field, such as `IkeConfig.IkeEncAlg`.
    public let field: APIField
    /// The tunnel it belongs to, in dual-tunnel mode.
    public let tunnel: String?
    /// The value's text; `nil` for keys.
    public let text: String?
    private let secret: Secret?
    /// The key, where the value is one.
    var key: Secret? { secret }
    /// Where it stands.
    public let origin: Origin

    fileprivate init(
        _ field: APIField, _ tunnel: String?, _ origin: Origin, text: String? = nil, secret: Secret? = nil
    ) {
        self.field = field
        self.tunnel = tunnel
        self.text = text
        self.secret = secret
        self.origin = origin
    }

    /// Two values are one when field, tunnel and content agree, wherever they were read.
    public static func == (a: FieldValue, b: FieldValue) -> Bool {
        a.field == b.field && a.tunnel == b.tunnel && a.text == b.text && a.secret == b.secret
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(field)
        hasher.combine(tunnel)
        hasher.combine(text)
        hasher.combine(secret)
    }
}

extension VPNConnection {
    /// All values that configure something, in a fixed order: what two answers about one connection must agree on.
    ///
    /// `Status` and the like are left out: they change while nothing was configured. The field of a value is that of
    /// `DescribeVpnConnections`, wherever the value was read.
    public var configuration: [FieldValue] {
        var list = ValueList(tunnel: nil)
        list.add(self.name, .name)
        list.add(self.vpnGatewayId, .vpnGatewayId)
        list.add(self.customerGatewayId, .customerGatewayId)
        list.add(self.attachType, .attachType)
        list.add(self.attachInstanceId, .attachInstanceId)
        list.add(self.transitRouterId, .transitRouterId)
        list.add(self.networkType, .networkType)
        list.add(self.internetIp, .internetIp)
        list.add(self.localSubnet, .localSubnet)
        list.add(self.remoteSubnet, .remoteSubnet)
        list.add(self.state, .state)
        list.add(self.effectImmediately, .effectImmediately)
        list.add(self.enableDpd, .enableDpd)
        list.add(self.enableNatTraversal, .enableNatTraversal)
        list.add(self.enableTunnelsBgp, .enableTunnelsBgp)
        list.add(self.ikeConfig)
        list.add(self.ipsecConfig)
        list.add(self.vpnBgpConfig)
        list.add(self.vcoHealthCheck?.enable, .healthEnable)
        list.add(self.vcoHealthCheck?.sip, .healthSip)
        list.add(self.vcoHealthCheck?.dip, .healthDip)
        list.add(self.vcoHealthCheck?.interval, .healthInterval)
        list.add(self.vcoHealthCheck?.retry, .healthRetry)
        list.add(self.vcoHealthCheck?.policy, .healthPolicy)
        let tunnels = self.tunnelOptions.sorted { ($0.tunnelId?.value ?? "") < ($1.tunnelId?.value ?? "") }
        return list.values + tunnels.flatMap(\.configuration)
    }
}

extension TunnelOptions {
    fileprivate var configuration: [FieldValue] {
        var list = ValueList(tunnel: self.tunnelId?.value ?? "")
        list.add(self.tunnelIndex, .tunnelIndex)
        list.add(self.customerGatewayId, .tunnelCustomerGatewayId)
        list.add(self.internetIp, .tunnelInternetIp)
        list.add(self.role, .tunnelRole)
        list.add(self.zoneNo, .tunnelZoneNo)
        list.add(self.enableDpd, .tunnelEnableDpd)
        list.add(self.enableNatTraversal, .tunnelEnableNatTraversal)
        list.add(self.ikeConfig)
        list.add(self.ipsecConfig)
        list.add(self.bgpConfig)
        return list.values
    }
}

/// Gathers values of a connection, or of one of its tunnels.
private struct ValueList {
    let tunnel: String?
    var values: [FieldValue] = []

    mutating func add(_ value: Located<String>?, _ field: APIField) {
        if let value { values.append(FieldValue(field, tunnel, value.origin, text: value.value)) }
    }

    mutating func add(_ value: Located<Bool>?, _ field: APIField) {
        if let value { values.append(FieldValue(field, tunnel, value.origin, text: value.value ? "true" : "false")) }
    }

    mutating func add(_ value: Located<Int>?, _ field: APIField) {
        if let value { values.append(FieldValue(field, tunnel, value.origin, text: String(value.value))) }
    }

    mutating func add(_ value: Located<Secret>?, _ field: APIField) {
        if let value { values.append(FieldValue(field, tunnel, value.origin, secret: value.value)) }
    }

    mutating func add(_ ike: IkeConfig?) {
        add(ike?.ikeVersion, tunnel == nil ? .ikeVersion : .tunnelIkeVersion)
        add(ike?.ikeMode, tunnel == nil ? .ikeMode : .tunnelIkeMode)
        add(ike?.ikeEncAlg, tunnel == nil ? .ikeEncAlg : .tunnelIkeEncAlg)
        add(ike?.ikeAuthAlg, tunnel == nil ? .ikeAuthAlg : .tunnelIkeAuthAlg)
        add(ike?.ikePfs, tunnel == nil ? .ikePfs : .tunnelIkePfs)
        add(ike?.ikeLifetime, tunnel == nil ? .ikeLifetime : .tunnelIkeLifetime)
        add(ike?.localId, tunnel == nil ? .ikeLocalId : .tunnelLocalId)
        add(ike?.remoteId, tunnel == nil ? .ikeRemoteId : .tunnelRemoteId)
        add(ike?.psk, tunnel == nil ? .ikePsk : .tunnelPsk)
    }

    mutating func add(_ ipsec: IpsecConfig?) {
        add(ipsec?.ipsecEncAlg, tunnel == nil ? .ipsecEncAlg : .tunnelIpsecEncAlg)
        add(ipsec?.ipsecAuthAlg, tunnel == nil ? .ipsecAuthAlg : .tunnelIpsecAuthAlg)
        add(ipsec?.ipsecPfs, tunnel == nil ? .ipsecPfs : .tunnelIpsecPfs)
        add(ipsec?.ipsecLifetime, tunnel == nil ? .ipsecLifetime : .tunnelIpsecLifetime)
    }

    mutating func add(_ bgp: BgpConfig?) {
        add(bgp?.enableBgp, tunnel == nil ? .bgpEnableBgp : .tunnelBgpEnableBgp)
        add(bgp?.localAsn, tunnel == nil ? .bgpLocalAsn : .tunnelBgpLocalAsn)
        add(bgp?.peerAsn, tunnel == nil ? .bgpPeerAsn : .tunnelBgpPeerAsn)
        add(bgp?.localBgpIp, tunnel == nil ? .bgpLocalBgpIp : .tunnelBgpLocalBgpIp)
        add(bgp?.peerBgpIp, tunnel == nil ? .bgpPeerBgpIp : .tunnelBgpPeerBgpIp)
        add(bgp?.tunnelCidr, tunnel == nil ? .bgpTunnelCidr : .tunnelBgpTunnelCidr)
        add(bgp?.authKey, tunnel == nil ? .bgpAuthKey : .tunnelBgpAuthKey)
    }
}

extension VPNConnection {
    /// Its pre-shared keys and BGP keys, as they were sent: some may be masked.
    public var keys: [Secret] {
        func keys(_ ike: IkeConfig?, _ bgp: BgpConfig?) -> [Secret] {
            [ike?.psk, bgp?.authKey].compactMap { $0?.value }
        }
        return keys(self.ikeConfig, self.vpnBgpConfig) + self.tunnelOptions.flatMap { keys($0.ikeConfig, $0.bgpConfig) }
    }
}
