import CloudAPI
import Findings

/// What the single-tunnel and the dual-tunnel form tell of a tunnel, under common names.
struct TunnelSource {
    var id: Located<String>
    var origin: Origin
    var position: Int
    var role: Role
    /// What stands before `IkeConfig` in the paths of fields.
    var prefix: String
    var ike: IkeConfig
    var ipsec: IpsecConfig?
    var internetIp: Located<String>?
    var customerGatewayId: Located<String>?
    var remoteCaCertificate: Located<String>?
    var deadPeerDetection: Bool?
    var natTraversal: Bool?
    var status: Located<String>?
    var zone: Located<String>?
}

extension ConnectionReader {
    /// Reads one tunnel of either form.
    mutating func tunnel(of connection: Connection, from source: TunnelSource, bgp: BGPSession?) -> Tunnel? {
        if let reason = shangMiReason(source) {
            report.add(ModelProblem.shangMi(reason), at: source.ike.origin)
            return nil
        }
        let ike = readIKE(source)
        let ipsec = readIPsec(source)
        let key = report.presharedKey(source.ike.psk, source.prefix + "IkeConfig.Psk", in: source.ike.origin)
        let (cloud, device) = readEnds(source)
        guard let ike, let ipsec, let key else { return nil }
        let routing = routing(of: connection, bgp: bgp)
        if bgp != nil, !connection.isAnyToAny {
            report.add(ModelProblem.bgpWithNarrowNetworks, at: self.source.localSubnet?.origin ?? source.origin)
        }
        let parts = Tunnel.Parts(
            id: source.id, position: source.position, role: source.role, cloud: cloud, device: device,
            ike: ike, ipsec: ipsec, presharedKey: key,
            deadPeerDetection: source.deadPeerDetection ?? true,
            natTraversal: source.natTraversal ?? true,
            routing: routing,
            selectors: selectors(of: connection, version: ike.version.value, bgp: bgp),
            bgp: bgp, status: source.status, zone: source.zone)
        return Tunnel(parts)
    }

    /// ShangMi gateways use SM algorithms and certificates (api.md 3.3); told before anything they lack is missed.
    private func shangMiReason(_ source: TunnelSource) -> String? {
        let algorithms = [
            source.ike.ikeEncAlg, source.ike.ikeAuthAlg, source.ipsec?.ipsecEncAlg, source.ipsec?.ipsecAuthAlg,
        ]
        for case let algorithm? in algorithms where algorithm.value.utf8.count == 3 {
            let name = algorithm.value.lowercased()
            if name == "sm4" || name == "sm3" { return name }
        }
        if source.ike.psk == nil, source.remoteCaCertificate != nil { return "certificates instead of a key" }
        let gateway = gateways.vpnGateway(self.source.vpnGatewayId?.value)
        return gateway?.vpnType?.value == "NationalStandard" ? "VpnType NationalStandard" : nil
    }

    private mutating func readIKE(_ source: TunnelSource) -> IKEParameters? {
        let ike = source.ike
        let prefix = source.prefix
        let version = report.value(IKEVersion.self, ike.ikeVersion, prefix + "IkeConfig.IkeVersion", in: ike.origin)
        // Absent means main, the API's default; with IKEv2 whatever is there means nothing.
        let sent = version?.value == .ikev1 ? ike.ikeMode : nil
        let mode = sent.flatMap { report.value(IKEMode.self, $0, prefix + "IkeConfig.IkeMode", in: ike.origin) }
        let encryption = report.value(Encryption.self, ike.ikeEncAlg, prefix + "IkeConfig.IkeEncAlg", in: ike.origin)
        let integrity = report.value(Integrity.self, ike.ikeAuthAlg, prefix + "IkeConfig.IkeAuthAlg", in: ike.origin)
        let group = report.value(DHGroup.self, ike.ikePfs, prefix + "IkeConfig.IkePfs", in: ike.origin)
        let lifetime = report.lifetime(ike.ikeLifetime, prefix + "IkeConfig.IkeLifetime", in: ike.origin)
        guard let version, let encryption, let integrity, let group, let lifetime else { return nil }
        return IKEParameters(
            version: version, mode: mode?.value ?? .main, modeOrigin: mode?.origin ?? .none, encryption: encryption,
            integrity: integrity, group: group,
            lifetime: lifetime)
    }

    private mutating func readIPsec(_ source: TunnelSource) -> IPsecParameters? {
        let prefix = source.prefix
        guard let ipsec = source.ipsec else {
            report.add(ModelProblem.missing(field: prefix + "IpsecConfig"), at: source.origin)
            return nil
        }
        let encryption = report.value(
            Encryption.self, ipsec.ipsecEncAlg, prefix + "IpsecConfig.IpsecEncAlg", in: ipsec.origin)
        let integrity = report.value(
            Integrity.self, ipsec.ipsecAuthAlg, prefix + "IpsecConfig.IpsecAuthAlg", in: ipsec.origin)
        let secrecy = report.perfectForwardSecrecy(ipsec.ipsecPfs, prefix + "IpsecConfig.IpsecPfs", in: ipsec.origin)
        let lifetime = report.lifetime(ipsec.ipsecLifetime, prefix + "IpsecConfig.IpsecLifetime", in: ipsec.origin)
        guard let encryption, let integrity, let secrecy, let lifetime else { return nil }
        return IPsecParameters(
            encryption: encryption, integrity: integrity, perfectForwardSecrecy: secrecy, lifetime: lifetime)
    }

    /// Route-based wherever it can be: any to any, BGP, two tunnels (devices.md 3.1).
    ///
    /// Two tunnels with one policy would collide in the kernel, and 0.0.0.0/0 as a policy would cut the
    /// device off: on one side alone, too, it takes the device's answers to its own networks with it.
    private func routing(of connection: Connection, bgp: BGPSession?) -> Routing {
        let hasAny = (connection.cloudNetworks + connection.deviceNetworks).contains { $0.value == .any }
        return hasAny || bgp != nil || connection.tunnelMode == .dual ? .interface : .policy
    }

    /// One element for each child SA.
    ///
    /// IKEv1's Quick Mode carries one pair of networks, so each pair is a child; IKEv2 carries all in one, which
    /// is what the cloud builds (api.md 3.5). BGP's packets need any to any.
    private func selectors(of connection: Connection, version: IKEVersion, bgp: BGPSession?) -> [SelectorPair] {
        if let bgp, !connection.isAnyToAny {
            let any = Located(IPv4Network.any, at: bgp.network.origin)
            return [SelectorPair(cloud: [any], device: [any])]
        }
        switch version {
        case .ikev2:
            return [SelectorPair(cloud: connection.cloudNetworks, device: connection.deviceNetworks)]
        case .ikev1:
            return connection.deviceNetworks.flatMap { device in
                connection.cloudNetworks.map { SelectorPair(cloud: [$0], device: [device]) }
            }
        }
    }
}
