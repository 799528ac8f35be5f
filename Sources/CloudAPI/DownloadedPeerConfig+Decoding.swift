internal import FieldReader
internal import Findings

extension DownloadedPeerConfig {
    /// Decodes the field `VpnConnectionConfig` of the answer.
    static func decode(_ field: Field, in context: RecordContext) -> DownloadedPeerConfig {
        let object = ObjectReader(field, as: .peer, in: context)
        return DownloadedPeerConfig(
            origin: object.origin(as: .vpnConnectionConfig),
            local: object.text(.local),
            remote: object.text(.remote),
            localSubnet: object.text(.localSubnet),
            remoteSubnet: object.text(.remoteSubnet),
            ikeConfig: object.object(.ikeConfig, as: .peerIke).map { PeerIkeConfig($0, as: .peerIkeConfig) },
            ipsecConfig: object.object(.ipsecConfig, as: .peerIpsec).map {
                IpsecConfig($0, as: .peerIpsecConfig)
            },
            tunnels: object.list(.tunnelsConfig, of: .tunnelConfig, as: .peerTunnel).map {
                PeerTunnelConfig($0)
            },
            bgpConfigs: object.list(.bgpConfigs, of: .bgpConfig, as: .peerBgp).map { PeerBgpConfig($0) },
            unknownFields: context.unknownFields)
    }
}

extension PeerIkeConfig {
    fileprivate init(_ object: ObjectReader, as field: APIField) {
        self.init(
            origin: object.origin(as: field),
            ikeVersion: object.text(.ikeVersion),
            ikeMode: object.text(.ikeMode),
            ikeEncAlg: object.text(.ikeEncAlg),
            ikeAuthAlg: object.text(.ikeAuthAlg),
            ikePfs: object.text(.ikePfs),
            ikeLifetime: object.integer(.ikeLifetime),
            localId: object.text(.localId),
            remoteId: object.text(.remoteId),
            psk: object.secret(.psk))
    }
}

extension PeerTunnelConfig {
    fileprivate init(_ object: ObjectReader) {
        self.init(
            origin: object.origin(as: .peerTunnelsConfig),
            tunnelId: object.text(.tunnelId),
            local: object.text(.local),
            remote: object.text(.remote),
            ikeConfig: object.object(.ikeConfig, as: .peerTunnelIke)
                .map { PeerIkeConfig($0, as: .peerTunnelIkeConfig) },
            ipsecConfig: object.object(.ipsecConfig, as: .peerTunnelIpsec)
                .map { IpsecConfig($0, as: .peerTunnelIpsecConfig) })
    }
}

extension PeerBgpConfig {
    fileprivate init(_ object: ObjectReader) {
        self.init(
            origin: object.origin(as: .peerBgpConfigs),
            tunnelId: object.text(.tunnelId),
            localAsn: object.text(.localAsn),
            peerAsn: object.text(.peerAsn),
            localBgpIp: object.text(.localBgpIp),
            peerBgpIp: object.text(.peerBgpIp),
            tunnelCidr: object.text(.tunnelCidr))
    }
}
