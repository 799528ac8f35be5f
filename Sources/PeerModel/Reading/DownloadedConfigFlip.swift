public import CloudAPI
public import Findings

/// Answers of `DownloadVpnConnectionConfig`, written from the device's view, turned to the cloud's.
///
/// Where another answer describes the same connection, the two are compared; else the connection is rendered from
/// this answer alone.
public struct DownloadedConfigs: Sendable {
    /// Connections that no other answer describes.
    public private(set) var connections: [VPNConnection] = []
    /// Differences between the two views, and what this one leaves open.
    public private(set) var findings: [Finding] = []

    /// Compares or turns around each answer.
    public init(
        _ configs: [DownloadedPeerConfig], described: [VPNConnection], gateways: GatewayDirectory = GatewayDirectory(),
        origins: OriginTable
    ) {
        for config in configs {
            let flipped = config.asConnection
            let alike = described.compactMap { other in other.likeness(to: flipped).map { (other, $0) } }
            if let (other, _) = alike.max(by: { $0.1 < $1.1 }) {
                compare(flipped, with: other, config.addressDisagreements(from: other, gateways), origins)
            } else {
                connections.append(flipped)
                findings.append(
                    Finding(
                        "PC291", .note,
                        "DownloadVpnConnectionConfig tells neither the connection's id nor DPD and NAT traversal; both are taken as on",
                        at: Place(
                            location: origins.location(of: config.origin), connection: flipped.vpnConnectionId.value),
                        remedy: "give the DescribeVpnConnections answer"))
            }
        }
    }

    /// One finding for each tunnel that differs.
    private mutating func compare(
        _ flipped: VPNConnection, with other: VPNConnection, _ addresses: [Disagreement], _ origins: OriginTable
    ) {
        let told = Dictionary(other.configuration.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        var differences = addresses
        for value in flipped.configuration {
            guard let same = told[Key(value)], same != value else { continue }
            differences.append(Disagreement(tunnel: value.tunnel, field: value.field.path, origin: value.origin))
        }
        for tunnel in Set(differences.map(\.tunnel)).sorted(by: { $0 ?? "" < $1 ?? "" }) {
            let own = differences.filter { $0.tunnel == tunnel }
            findings.append(
                Finding(
                    "PC292", .warning,
                    "DownloadVpnConnectionConfig and what else is told differ in "
                        + own.map(\.field).joined(separator: ", "),
                    at: Place(
                        location: origins.location(of: own[0].origin), field: own[0].field,
                        connection: other.vpnConnectionId.value, tunnel: tunnel),
                    remedy: "get all answers again at one moment; the other ones are used"))
        }
    }

    private struct Key: Hashable {
        var field: APIField
        var tunnel: String?

        init(_ value: FieldValue) {
            field = value.field
            tunnel = value.tunnel
        }
    }
}

/// A field that two answers tell differently.
private struct Disagreement {
    var tunnel: String?
    var field: String
    var origin: Origin
}

extension VPNConnection {
    /// How much a turned-around answer has in common with this connection; `nil` where it is about another one.
    ///
    /// Tunnels have ids. A single tunnel is known by the networks behind the cloud, because connections with the same
    /// two ends differ in those alone, and by two more things at least.
    fileprivate func likeness(to flipped: VPNConnection) -> Int? {
        if !flipped.tunnelOptions.isEmpty {
            let ids = self.tunnelOptions.compactMap { $0.tunnelId?.value }
            let count = flipped.tunnelOptions.count { ids.contains($0.tunnelId?.value ?? "") }
            return count > 0 ? count : nil
        }
        guard self.tunnelOptions.isEmpty, self.localSubnet?.value == flipped.localSubnet?.value else { return nil }
        let agreements = [
            self.ikeConfig?.localId?.value == flipped.ikeConfig?.localId?.value,
            self.ikeConfig?.remoteId?.value == flipped.ikeConfig?.remoteId?.value,
            self.ikeConfig?.psk?.value == flipped.ikeConfig?.psk?.value,
            self.remoteSubnet?.value == flipped.remoteSubnet?.value,
        ].count { $0 }
        return agreements >= 2 ? agreements : nil
    }
}

extension DownloadedPeerConfig {
    /// Addresses that gateways of other answers have otherwise: of a connection itself DescribeVpnConnections tells few.
    fileprivate func addressDisagreements(
        from other: VPNConnection, _ gateways: GatewayDirectory
    ) -> [Disagreement] {
        var result: [Disagreement] = []
        func compare(_ own: Located<String>?, _ known: String?, _ field: String, _ tunnel: String?) {
            guard let own, let known, own.value != known else { return }
            result.append(Disagreement(tunnel: tunnel, field: field, origin: own.origin))
        }
        func device(_ id: Located<String>?) -> String? { gateways.customerGateway(id?.value)?.ipAddress?.value }
        let cloud = gateways.vpnGateway(other.vpnGatewayId?.value)
        if other.internetIp == nil { compare(remote, cloud?.internetIp?.value, "Remote", nil) }
        compare(local, device(other.customerGatewayId), "Local", nil)
        for tunnel in tunnels {
            let id = tunnel.tunnelId?.value
            let same = other.tunnelOptions.first { $0.tunnelId?.value == id }
            compare(tunnel.local, device(same?.customerGatewayId), "TunnelsConfig.Local", id)
        }
        return result
    }
}

extension DownloadedPeerConfig {
    /// The same facts in the cloud's view.
    ///
    /// The id is made of the tunnels' or of both addresses.
    fileprivate var asConnection: VPNConnection {
        let ends = [remote, local].compactMap { $0?.value.replacing(".", with: "-") }
        let id = tunnels.compactMap { $0.tunnelId?.value }.min() ?? (["peer"] + ends).joined(separator: "-")
        var connection = VPNConnection(vpnConnectionId: Located(id, at: origin))
        connection.localSubnet = remoteSubnet
        connection.remoteSubnet = localSubnet
        connection.internetIp = remote
        connection.ikeConfig = ikeConfig?.flipped
        connection.ipsecConfig = ipsecConfig
        connection.enableTunnelsBgp = tunnels.isEmpty ? nil : Located(!bgpConfigs.isEmpty, at: origin)
        connection.vpnBgpConfig = tunnels.isEmpty ? bgpConfigs.first?.flipped : nil
        connection.tunnelOptions = tunnels.map { tunnel in
            var options = TunnelOptions(origin: tunnel.origin)
            options.tunnelId = tunnel.tunnelId
            options.internetIp = tunnel.remote
            options.ikeConfig = tunnel.ikeConfig?.flipped
            options.ipsecConfig = tunnel.ipsecConfig
            options.bgpConfig = bgpConfigs.first { $0.tunnelId?.value == tunnel.tunnelId?.value }?.flipped
            return options
        }
        return connection
    }
}

extension PeerIkeConfig {
    fileprivate var flipped: IkeConfig {
        var ike = IkeConfig(origin: origin)
        ike.ikeVersion = ikeVersion
        ike.ikeMode = ikeMode
        ike.ikeEncAlg = ikeEncAlg
        ike.ikeAuthAlg = ikeAuthAlg
        ike.ikePfs = ikePfs
        ike.ikeLifetime = ikeLifetime
        ike.localId = remoteId
        ike.remoteId = localId
        ike.psk = psk
        return ike
    }
}

extension PeerBgpConfig {
    fileprivate var flipped: BgpConfig {
        var bgp = BgpConfig(origin: origin)
        bgp.localAsn = peerAsn
        bgp.peerAsn = localAsn
        bgp.localBgpIp = peerBgpIp
        bgp.peerBgpIp = localBgpIp
        bgp.tunnelCidr = tunnelCidr
        return bgp
    }
}
