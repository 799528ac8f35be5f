/// The fields of the API that are read, each with a place of its own in the API's answers.
///
/// The raw values are the first field numbers of the `OriginTable` that the reader fills, so
/// `APIField(rawValue: origin.field)` says which field a value came from. ``path`` is what people see.
public enum APIField: UInt16, CaseIterable, Sendable {
    // Fields of a connection.
    case vpnConnectionId = 1
    case name
    case vpnGatewayId
    case customerGatewayId
    case attachType
    case attachInstanceId
    case transitRouterId
    case transitRouterName
    case crossAccountAuthorized
    case networkType
    case internetIp
    case localSubnet
    case remoteSubnet
    case status
    case state
    case createTime
    case effectImmediately
    case enableDpd
    case enableNatTraversal
    case enableTunnelsBgp
    case remoteCaCertificate
    case spec
    case tunnelBandwidth
    case resourceGroupId
    case zoneNo
    case tag
    case tags
    case ikeConfig
    case ipsecConfig
    case vcoHealthCheck
    case vpnBgpConfig
    case tunnelOptionsSpecification

    // A tag, of whatever resource.
    case tagKey
    case tagValue

    // IkeConfig.
    case ikeVersion
    case ikeMode
    case ikeEncAlg
    case ikeAuthAlg
    case ikePfs
    case ikeLifetime
    case ikeLocalId
    case ikeRemoteId
    case ikePsk

    // IpsecConfig.
    case ipsecEncAlg
    case ipsecAuthAlg
    case ipsecPfs
    case ipsecLifetime

    // VcoHealthCheck.
    case healthEnable
    case healthSip
    case healthDip
    case healthInterval
    case healthRetry
    case healthStatus
    case healthPolicy

    // VpnBgpConfig.
    case bgpEnableBgp
    case bgpStatus
    case bgpLocalAsn
    case bgpPeerAsn
    case bgpLocalBgpIp
    case bgpPeerBgpIp
    case bgpTunnelCidr
    case bgpAuthKey

    // TunnelOptionsSpecification.
    case tunnelId
    case tunnelIndex
    case tunnelCustomerGatewayId
    case tunnelInternetIp
    case tunnelRole
    case tunnelState
    case tunnelStatus
    case tunnelZoneNo
    case tunnelEnableDpd
    case tunnelEnableNatTraversal
    case tunnelRemoteCaCertificate
    case tunnelIkeConfig
    case tunnelIpsecConfig
    case tunnelBgpConfig

    // TunnelIkeConfig.
    case tunnelIkeVersion
    case tunnelIkeMode
    case tunnelIkeEncAlg
    case tunnelIkeAuthAlg
    case tunnelIkePfs
    case tunnelIkeLifetime
    case tunnelLocalId
    case tunnelRemoteId
    case tunnelPsk

    // TunnelIpsecConfig.
    case tunnelIpsecEncAlg
    case tunnelIpsecAuthAlg
    case tunnelIpsecPfs
    case tunnelIpsecLifetime

    // TunnelBgpConfig.
    case tunnelBgpEnableBgp
    case tunnelBgpStatus
    case tunnelBgpLocalAsn
    case tunnelBgpPeerAsn
    case tunnelBgpLocalBgpIp
    case tunnelBgpPeerBgpIp
    case tunnelBgpTunnelCidr
    case tunnelBgpAuthKey

    // VpnGateway.
    case gatewayId
    case gatewayName
    case gatewayInternetIp
    case gatewayDisasterRecoveryInternetIp
    case gatewayNetworkType
    case gatewayVpnType
    case gatewayStatus
    case gatewayEnableBgp
    case gatewayVpcId
    case gatewayTags

    // CustomerGateway.
    case customerGatewayItemId
    case customerGatewayName
    case customerGatewayDescription
    case customerGatewayIpAddress
    case customerGatewayAsn
    case customerGatewayAuthKey
    case customerGatewayTags

    // VpnConnectionConfig.
    case peerLocal
    case peerRemote
    case peerLocalSubnet
    case peerRemoteSubnet
    case peerIkeConfig
    case peerIpsecConfig
    case peerTunnelsConfig
    case peerBgpConfigs

    // VpnConnectionConfig.IkeConfig.
    case peerIkeVersion
    case peerIkeMode
    case peerIkeEncAlg
    case peerIkeAuthAlg
    case peerIkePfs
    case peerIkeLifetime
    case peerLocalId
    case peerRemoteId
    case peerPsk

    // VpnConnectionConfig.IpsecConfig.
    case peerIpsecEncAlg
    case peerIpsecAuthAlg
    case peerIpsecPfs
    case peerIpsecLifetime

    // VpnConnectionConfig.TunnelsConfig.
    case peerTunnelTunnelId
    case peerTunnelLocal
    case peerTunnelRemote
    case peerTunnelIkeConfig
    case peerTunnelIpsecConfig

    // VpnConnectionConfig.TunnelsConfig.IkeConfig.
    case peerTunnelIkeVersion
    case peerTunnelIkeMode
    case peerTunnelIkeEncAlg
    case peerTunnelIkeAuthAlg
    case peerTunnelIkePfs
    case peerTunnelIkeLifetime
    case peerTunnelLocalId
    case peerTunnelRemoteId
    case peerTunnelPsk

    // VpnConnectionConfig.TunnelsConfig.IpsecConfig.
    case peerTunnelIpsecEncAlg
    case peerTunnelIpsecAuthAlg
    case peerTunnelIpsecPfs
    case peerTunnelIpsecLifetime

    // VpnConnectionConfig.BgpConfigs.
    case peerBgpTunnelId
    case peerBgpLocalAsn
    case peerBgpPeerAsn
    case peerBgpLocalBgpIp
    case peerBgpPeerBgpIp
    case peerBgpTunnelCidr

    // The answer.
    case pageNumber
    case pageSize
    case totalCount
    case requestId
    case vpnConnections
    case vpnGateways
    case customerGateways
    case vpnAttachments
    case vpnConnectionConfig

    // Error.
    case errorCode
    case errorMessage
    case errorHostId
    case errorRequestId
    case errorRecommend
}
