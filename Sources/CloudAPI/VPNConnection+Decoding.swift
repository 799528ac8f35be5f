internal import FieldReader
internal import Findings

extension VPNConnection {
    /// Decodes a list item of `DescribeVpnConnections` or the root of `DescribeVpnConnection`.
    ///
    /// - Returns: `nil` where the id is missing; that and all else that is wrong is in the context.
    static func decode(_ field: Field, in context: RecordContext) -> VPNConnection? {
        let object = ObjectReader(field, as: .connection, in: context)
        guard let id = object.required(.vpnConnectionId) else { return nil }
        let fields = Fields(
            vpnConnectionId: id,
            name: object.text(.name),
            vpnGatewayId: object.text(.vpnGatewayId),
            customerGatewayId: object.text(.customerGatewayId),
            attachType: object.text(.attachType),
            attachInstanceId: object.text(.attachInstanceId),
            transitRouterId: object.text(.transitRouterId),
            transitRouterName: object.text(.transitRouterName),
            crossAccountAuthorized: object.boolean(.crossAccountAuthorized),
            networkType: object.text(.networkType),
            internetIp: object.text(.internetIp),
            localSubnet: object.text(.localSubnet),
            remoteSubnet: object.text(.remoteSubnet),
            status: object.text(.status),
            state: object.text(.state),
            createTime: object.integer(.createTime),
            effectImmediately: object.boolean(.effectImmediately),
            enableDpd: object.boolean(.enableDpd),
            enableNatTraversal: object.boolean(.enableNatTraversal),
            enableTunnelsBgp: object.boolean(.enableTunnelsBgp),
            remoteCaCertificate: object.text(.remoteCaCertificate),
            spec: object.text(.spec),
            tunnelBandwidth: object.text(.tunnelBandwidth),
            resourceGroupId: object.text(.resourceGroupId),
            zoneNo: object.text(.zoneNo),
            tags: object.tags(.tag) + object.tags(.tags),
            ikeConfig: object.object(.ikeConfig, as: .ike).map { IkeConfig($0, as: .ikeConfig) },
            ipsecConfig: object.object(.ipsecConfig, as: .ipsec).map { IpsecConfig($0, as: .ipsecConfig) },
            vcoHealthCheck: object.object(.vcoHealthCheck, as: .health).map { VcoHealthCheck($0) },
            vpnBgpConfig: object.object(.vpnBgpConfig, as: .bgp).map { BgpConfig($0, as: .vpnBgpConfig) },
            tunnelOptions: object.list(.tunnelOptionsSpecification, of: .tunnelOptions, as: .tunnel)
                .map { TunnelOptions(TunnelOptions.Fields($0)) },
            unknownFields: context.unknownFields, source: context.source(field))
        return VPNConnection(fields)
    }
}

extension ObjectReader {
    /// A text without which the object means nothing; its absence is a problem.
    func required(_ name: APIName) -> Located<String>? {
        if let text = text(name) { return text }
        guard case .field(let known) = section.meaning(of: name.number) else { return nil }
        context.report(.missing(known), at: field(name) ?? object, as: known)
        return nil
    }

    /// The tags in a list called `Tag` or `Tags`; a tag may have an empty value, but not an empty key.
    func tags(_ name: APIName) -> [Tag] {
        list(name, of: .tag, as: .tag).compactMap { item in
            guard let key = item.required(.key) else { return nil }
            let place = item.field(.value) ?? item.object
            let noValue = Located("", at: context.origin(of: place, as: .tagValue))
            return Tag(key: key, value: item.text(.value) ?? noValue)
        }
    }
}

extension IkeConfig {
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

extension IpsecConfig {
    init(_ object: ObjectReader, as field: APIField) {
        self.init(
            origin: object.origin(as: field),
            ipsecEncAlg: object.text(.ipsecEncAlg),
            ipsecAuthAlg: object.text(.ipsecAuthAlg),
            ipsecPfs: object.text(.ipsecPfs),
            ipsecLifetime: object.integer(.ipsecLifetime))
    }
}

extension BgpConfig {
    fileprivate init(_ object: ObjectReader, as field: APIField) {
        self.init(
            origin: object.origin(as: field),
            enableBgp: object.boolean(.enableBgp),
            status: object.text(.status) ?? object.text(.bgpStatus),
            localAsn: object.text(.localAsn),
            peerAsn: object.text(.peerAsn),
            localBgpIp: object.text(.localBgpIp),
            peerBgpIp: object.text(.peerBgpIp),
            tunnelCidr: object.text(.tunnelCidr),
            authKey: object.secret(.authKey))
    }
}

extension VcoHealthCheck {
    fileprivate init(_ object: ObjectReader) {
        self.init(
            origin: object.origin(as: .vcoHealthCheck),
            enable: object.boolean(.enable),
            sip: object.text(.sip),
            dip: object.text(.dip),
            interval: object.integer(.interval),
            retry: object.integer(.retry),
            status: object.text(.status),
            policy: object.text(.policy))
    }
}

extension TunnelOptions.Fields {
    fileprivate init(_ object: ObjectReader) {
        self.init(
            origin: object.origin(as: .tunnelOptionsSpecification),
            tunnelId: object.text(.tunnelId),
            tunnelIndex: object.integer(.tunnelIndex),
            customerGatewayId: object.text(.customerGatewayId),
            internetIp: object.text(.internetIp),
            role: object.text(.role),
            state: object.text(.state),
            status: object.text(.status),
            zoneNo: object.text(.zoneNo),
            enableDpd: object.boolean(.enableDpd),
            enableNatTraversal: object.boolean(.enableNatTraversal),
            remoteCaCertificate: object.text(.remoteCaCertificate),
            ikeConfig: object.object(.tunnelIkeConfig, as: .tunnelIke).map {
                IkeConfig($0, as: .tunnelIkeConfig)
            },
            ipsecConfig: object.object(.tunnelIpsecConfig, as: .tunnelIpsec)
                .map { IpsecConfig($0, as: .tunnelIpsecConfig) },
            bgpConfig: object.object(.tunnelBgpConfig, as: .tunnelBgp)
                .map { BgpConfig($0, as: .tunnelBgpConfig) })
    }
}
