/// The kinds of objects in the API's answers: which fields belong into them.
enum Section: Int, CaseIterable, Sendable {
    case connection, tag, ike, ipsec, health, bgp
    case tunnel, tunnelIke, tunnelIpsec, tunnelBgp
    case vpnGateway, customerGateway
    case peer, peerIke, peerIpsec, peerTunnel, peerTunnelIke, peerTunnelIpsec, peerBgp
    case answer, error

    /// What stands before a field's name in its path, without names of list items.
    var prefix: String {
        switch self {
        case .connection, .answer: ""
        case .tag: "Tag."
        case .ike: "IkeConfig."
        case .ipsec: "IpsecConfig."
        case .health: "VcoHealthCheck."
        case .bgp: "VpnBgpConfig."
        case .tunnel: "TunnelOptionsSpecification."
        case .tunnelIke: Section.tunnel.prefix + "TunnelIkeConfig."
        case .tunnelIpsec: Section.tunnel.prefix + "TunnelIpsecConfig."
        case .tunnelBgp: Section.tunnel.prefix + "TunnelBgpConfig."
        case .vpnGateway: "VpnGateway."
        case .customerGateway: "CustomerGateway."
        case .peer: "VpnConnectionConfig."
        case .peerIke: Section.peer.prefix + "IkeConfig."
        case .peerIpsec: Section.peer.prefix + "IpsecConfig."
        case .peerTunnel: Section.peer.prefix + "TunnelsConfig."
        case .peerTunnelIke: Section.peerTunnel.prefix + "IkeConfig."
        case .peerTunnelIpsec: Section.peerTunnel.prefix + "IpsecConfig."
        case .peerBgp: Section.peer.prefix + "BgpConfigs."
        case .error: "Error."
        }
    }

    /// Fields that the API sends and nobody here needs; the SDK's model classes are their source.
    private var unusedNames: [APIName] {
        switch self {
        case .connection: [.requestId]
        case .vpnGateway:
            [
                .tag, .createTime, .resourceGroupId, .description, .spec, .businessStatus, .endTime,
                .chargeType,
                .vSwitchId, .ipsecVpn, .sslVpn, .sslMaxConnections, .autoPropagate, .gatewayType,
                .disasterRecoveryVSwitchId, .eniInstanceIds, .reservationData, .sslVpnInternetIp, .requestId,
            ]
        case .customerGateway: [.createTime, .resourceGroupId, .requestId]
        default: []
        }
    }

    /// What a name means within an object of this kind.
    func meaning(of name: Int) -> Meaning { Self.meanings[rawValue * APIName.allCases.count + name] }

    /// What a known name means within an object.
    enum Meaning: Sendable, Equatable {
        /// It is a field that is read.
        case field(APIField)
        /// It is a field that nobody needs.
        case unused
        /// It does not belong there.
        case unknown
    }

    /// By section, and within it by number of the name.
    private static let meanings: [Meaning] = {
        let width = APIName.allCases.count
        var all = Section.allCases.flatMap { section in
            let unused = section.unusedNames
            return APIName.allCases.map { unused.contains($0) ? Meaning.unused : .unknown }
        }
        for field in APIField.allCases {
            let (section, name) = field.place
            all[section.rawValue * width + name.number] = .field(field)
        }
        return all
    }()
}
