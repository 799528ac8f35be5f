import Foundation

/// A connection in the API's own terms, where *local* is the cloud.
///
/// It is the one source of two things that share no code: the answer that peerconf reads, and the configuration of
/// the router that plays the cloud.
struct RawConnection: Sendable {
    var id = "vco-routing1"
    /// `VPNGW` or `CEN`.
    var attachType = "VPNGW"
    var customerGateway = "cgw-routing1"
    var localSubnet = "0.0.0.0/0"
    var remoteSubnet = "0.0.0.0/0"
    var tunnels: [RawTunnel]

    var isDual: Bool { tunnels.count == 2 }

    /// A DescribeVpnConnections answer as the CLI prints it.
    static func answer(_ connections: [RawConnection]) throws -> String {
        let answer: [String: Any] = [
            "PageNumber": 1, "PageSize": 50, "TotalCount": connections.count, "RequestId": "R",
            "VpnConnections": ["VpnConnection": connections.map(\.object)],
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: answer), as: UTF8.self)
    }

    /// A DescribeCustomerGateways answer: where the BGP keys of dual tunnels stand.
    static func gateways(_ connections: [RawConnection]) throws -> String {
        let gateways = Dictionary(grouping: connections, by: \.customerGateway).map { id, users in
            var gateway: [String: Any] = [
                "CustomerGatewayId": id, "IpAddress": users[0].tunnels[0].remoteAddress, "Name": "",
                "Description": "", "CreateTime": 1_735_731_000_000,
            ]
            if let tunnel = users[0].tunnels.first(where: { $0.authKey != nil }) {
                gateway["AuthKey"] = tunnel.authKey
                gateway["Asn"] = tunnel.peerASN
            }
            return gateway
        }
        let answer: [String: Any] = [
            "PageNumber": 1, "PageSize": 50, "TotalCount": gateways.count, "RequestId": "R",
            "CustomerGateways": ["CustomerGateway": gateways],
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: answer), as: UTF8.self)
    }

    private var object: [String: Any] {
        var object: [String: Any] = [
            "VpnConnectionId": id, "Name": id, "AttachType": attachType, "State": "active", "Status": "",
            "CreateTime": 1_735_731_000_000, "EffectImmediately": true, "NetworkType": "public",
            "LocalSubnet": localSubnet, "RemoteSubnet": remoteSubnet, "VpnGatewayId": "",
            "CustomerGatewayId": isDual ? "" : customerGateway, "EnableDpd": true, "EnableNatTraversal": true,
        ]
        if attachType == "VPNGW" {
            object["VpnGatewayId"] = "vpn-routing1"
        } else {
            object["TransitRouterId"] = "tr-routing1"
            object["AttachInstanceId"] = "cen-routing1"
        }
        if isDual {
            object["EnableTunnelsBgp"] = tunnels[0].localBGP != nil
            object["TunnelOptionsSpecification"] = [
                "TunnelOptions": tunnels.map { $0.object(customerGateway, index: attachType == "CEN") }
            ]
        } else {
            object["InternetIp"] = tunnels[0].internetIP
            object.merge(tunnels[0].single) { $1 }
        }
        return object
    }
}

/// A tunnel in the API's own terms.
struct RawTunnel: Sendable {
    var id = "tun-routing1"
    var role = "master"
    var index = 1
    var internetIP = "203.0.113.1"
    var remoteAddress = "198.51.100.10"
    var localID = "203.0.113.1"
    var remoteID = "198.51.100.10"
    var psk = "Xk2mQ9vT7pL4zR8w"
    var ikeVersion = "ikev2"
    var ikeMode = "main"
    var ikeAlgorithms = ["aes256", "sha256", "group14"]
    var ipsecAlgorithms = ["aes256", "sha256", "group14"]
    var ikeLifetime = 86400
    var ipsecLifetime = 28800
    var enableDPD = true
    /// `LocalBgpIp`, the cloud's; `nil` without BGP.
    var localBGP: String?
    var peerBGP = ""
    var tunnelCIDR = ""
    var localASN = 45104
    var peerASN = 65530
    var authKey: String?

    fileprivate func object(_ customerGateway: String, index withIndex: Bool) -> [String: Any] {
        var object: [String: Any] = [
            "TunnelId": id, "CustomerGatewayId": customerGateway, "InternetIp": internetIP, "State": "active",
            "Status": "", "ZoneNo": "z", "EnableDpd": enableDPD, "EnableNatTraversal": true, "TunnelIkeConfig": ike,
            "TunnelIpsecConfig": ipsec,
        ]
        if withIndex { object["TunnelIndex"] = index } else { object["Role"] = role }
        if var bgp {
            bgp["BgpStatus"] = "success"
            // An answer about dual tunnels has the key with the customer gateway only.
            bgp["AuthKey"] = nil
            object["TunnelBgpConfig"] = bgp
        }
        return object
    }

    fileprivate var single: [String: Any] {
        var object: [String: Any] = ["IkeConfig": ike, "IpsecConfig": ipsec, "EnableDpd": enableDPD]
        if var bgp {
            bgp["Status"] = "success"
            object["VpnBgpConfig"] = bgp
        }
        return object
    }

    private var ike: [String: Any] {
        [
            "IkeVersion": ikeVersion, "IkeMode": ikeMode, "IkeEncAlg": ikeAlgorithms[0],
            "IkeAuthAlg": ikeAlgorithms[1], "IkePfs": ikeAlgorithms[2], "IkeLifetime": ikeLifetime,
            "LocalId": localID, "RemoteId": remoteID, "Psk": psk,
        ]
    }

    private var ipsec: [String: Any] {
        [
            "IpsecEncAlg": ipsecAlgorithms[0], "IpsecAuthAlg": ipsecAlgorithms[1], "IpsecPfs": ipsecAlgorithms[2],
            "IpsecLifetime": ipsecLifetime,
        ]
    }

    private var bgp: [String: Any]? {
        guard let localBGP else { return nil }
        var object: [String: Any] = [
            "LocalBgpIp": localBGP, "PeerBgpIp": peerBGP, "TunnelCidr": tunnelCIDR, "LocalAsn": localASN,
            "PeerAsn": peerASN,
        ]
        if let authKey { object["AuthKey"] = authKey }
        return object
    }
}
