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
    public init(_ configs: [DownloadedPeerConfig], described: [VPNConnection], origins: OriginTable) {
        for config in configs {
            let flipped = config.asConnection
            if let other = described.first(where: { $0.describesSame(as: flipped) }) {
                compare(flipped, with: other, origins)
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

    private mutating func compare(_ flipped: VPNConnection, with other: VPNConnection, _ origins: OriginTable) {
        let told = Dictionary(other.configuration.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        var differing: [FieldValue] = []
        for value in flipped.configuration {
            if let same = told[Key(value)], same != value { differing.append(value) }
        }
        guard let first = differing.first else { return }
        let paths = differing.map(\.field.path).joined(separator: ", ")
        findings.append(
            Finding(
                "PC292", .warning, "DownloadVpnConnectionConfig and DescribeVpnConnections differ in \(paths)",
                at: Place(
                    location: origins.location(of: first.origin), field: first.field.path,
                    connection: other.vpnConnectionId.value),
                remedy: "get both answers again at one moment"))
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

extension VPNConnection {
    /// Whether a turned-around answer is about this connection: tunnels have ids, single ones are known by both ends.
    fileprivate func describesSame(as flipped: VPNConnection) -> Bool {
        let ids = tunnelOptions.compactMap { $0.tunnelId?.value }
        if !flipped.tunnelOptions.isEmpty {
            return flipped.tunnelOptions.contains { ids.contains($0.tunnelId?.value ?? "") }
        }
        return tunnelOptions.isEmpty && ikeConfig?.localId?.value == flipped.ikeConfig?.localId?.value
            && ikeConfig?.remoteId?.value == flipped.ikeConfig?.remoteId?.value
            && ikeConfig?.psk?.value == flipped.ikeConfig?.psk?.value
            && localSubnet?.value == flipped.localSubnet?.value
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
