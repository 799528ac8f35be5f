/// The names of fields that the API uses: the case's name with a capital first letter.
///
/// They are the known names of the ``FieldReader/RecordReader``; a name's number is its raw value.
enum APIName: UInt8, CaseIterable, Sendable {
    case vpnConnectionId, name, vpnGatewayId, customerGatewayId, attachType, attachInstanceId,
        transitRouterId, transitRouterName, crossAccountAuthorized, networkType, internetIp, localSubnet,
        remoteSubnet, status, state, createTime, effectImmediately, enableDpd, enableNatTraversal,
        enableTunnelsBgp, remoteCaCertificate, spec, tunnelBandwidth, resourceGroupId, zoneNo, tag, tags,
        ikeConfig, ipsecConfig, vcoHealthCheck, vpnBgpConfig, tunnelOptionsSpecification
    case key, value
    case ikeVersion, ikeMode, ikeEncAlg, ikeAuthAlg, ikePfs, ikeLifetime, localId, remoteId, psk
    case ipsecEncAlg, ipsecAuthAlg, ipsecPfs, ipsecLifetime
    case enable, sip, dip, interval, retry, policy
    case enableBgp, localAsn, peerAsn, localBgpIp, peerBgpIp, tunnelCidr, authKey
    case tunnelId, tunnelIndex, role, tunnelIkeConfig, tunnelIpsecConfig, tunnelBgpConfig
    case bgpStatus
    case disasterRecoveryInternetIp, vpnType, vpcId
    case description, ipAddress, asn
    case local, remote, tunnelsConfig, bgpConfigs
    case pageNumber, pageSize, totalCount, requestId, vpnConnections, vpnGateways, customerGateways,
        vpnAttachments, vpnConnectionConfig
    case code, message, hostId, recommend

    // Items of lists.
    case vpnConnection, vpnGateway, customerGateway, vpnAttachment, tunnelOptions, tunnelConfig, bgpConfig

    // Sent by the API, but of no use here: known, so that they are not reported as unknown.
    case businessStatus, endTime, chargeType, vSwitchId, ipsecVpn, sslVpn, sslMaxConnections, autoPropagate,
        gatewayType, disasterRecoveryVSwitchId, eniInstanceIds, reservationData, sslVpnInternetIp

    // By these the answers of other operations are told apart.
    case failedReason, failedReasonCode, mismatchLocalParam, mismatchRemoteParam, instanceId

    /// The name as the API writes it.
    var text: String { Self.texts[number] }

    /// All names by their numbers, made once: a case's name comes by reflection, which is slow.
    static let texts: [String] = allCases.map { field in
        let name = String(describing: field)
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// The name's number among the known ones.
    var number: Int { Int(rawValue) }
}
