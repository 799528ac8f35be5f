import CloudAPI
import FieldReader
import Findings
import PeerModel
import Review
import TestSupport

/// Answers that can be changed one field at a time, by the API's own paths.
struct World {
    /// One connection: its own fields, and those of its tunnels if it has two.
    struct Site {
        var fields: [String: String]
        var tunnels: [[String: String]] = []
    }

    var sites: [Site]
    var customerGateways: [[String: String]]

    /// A dual-tunnel connection with BGP that no rule of the default policy says anything about.
    static let good = World(
        sites: [
            Site(
                fields: [
                    "VpnConnectionId": "vco-bp1aaaaaaaaaaaaaaaaaa", "State": "active", "AttachType": "VPNGW",
                    "VpnGatewayId": "vpn-1", "LocalSubnet": "0.0.0.0/0", "RemoteSubnet": "0.0.0.0/0",
                    "EnableTunnelsBgp": "true", "Name": "head-office",
                ],
                tunnels: [
                    tunnel(1, role: "master", key: "q7Zp2xVw9LmT4cRb8NsK1fHd6GyJ3uEa"),
                    tunnel(2, role: "slave", key: "Wd5hYk8BvC2nQx7JtM4rGz9LpS6fUa3E"),
                ])
        ],
        customerGateways: [
            [
                "CustomerGatewayId": "cgw-1", "IpAddress": "61.128.0.10", "Asn": "65010",
                "AuthKey": "Hq8vTz3KxW6nRb9LdJ2m",
            ],
            [
                "CustomerGatewayId": "cgw-2", "IpAddress": "61.128.7.20", "Asn": "65010",
                "AuthKey": "Np4yGc7SfB2wVk5QhZ9t",
            ],
        ])

    /// A single-tunnel connection with policies, good but for its single tunnel.
    static let single = World(
        sites: [
            Site(fields: [
                "VpnConnectionId": "vco-bp1bbbbbbbbbbbbbbbbbb", "State": "active", "AttachType": "VPNGW",
                "VpnGatewayId": "vpn-1", "CustomerGatewayId": "cgw-1", "Name": "branch-seven",
                "LocalSubnet": "192.168.0.0/16", "RemoteSubnet": "10.20.0.0/16", "EnableDpd": "true",
                "EnableNatTraversal": "true", "InternetIp": "47.96.0.10", "IkeConfig.LocalId": "47.96.0.10",
                "IkeConfig.RemoteId": "61.128.0.10", "IkeConfig.Psk": "Rz6kTq9XwN3vGb7HsL2mYd5JcF8pUe4A",
                "IkeConfig.IkeVersion": "ikev2", "IkeConfig.IkeMode": "main", "IkeConfig.IkeEncAlg": "aes256",
                "IkeConfig.IkeAuthAlg": "sha256", "IkeConfig.IkePfs": "group14", "IkeConfig.IkeLifetime": "86400",
                "IpsecConfig.IpsecEncAlg": "aes256", "IpsecConfig.IpsecAuthAlg": "sha256",
                "IpsecConfig.IpsecPfs": "group14", "IpsecConfig.IpsecLifetime": "3600",
            ])
        ],
        customerGateways: [["CustomerGatewayId": "cgw-1", "IpAddress": "61.128.0.10"]])

    private static func tunnel(_ number: Int, role: String, key: String) -> [String: String] {
        [
            "TunnelId": "tun-\(number)aaaaaaaaaaaaaaaa", "Role": role, "State": "active",
            "ZoneNo": "cn-hangzhou-\(number)",
            "Status": "ipsec_sa_established", "CustomerGatewayId": "cgw-\(number)", "EnableDpd": "true",
            "EnableNatTraversal": "true", "InternetIp": "47.96.\(number).10",
            "TunnelIkeConfig.LocalId": "47.96.\(number).10",
            "TunnelIkeConfig.RemoteId": number == 1 ? "61.128.0.10" : "61.128.7.20", "TunnelIkeConfig.Psk": key,
            "TunnelIkeConfig.IkeVersion": "ikev2", "TunnelIkeConfig.IkeMode": "main",
            "TunnelIkeConfig.IkeEncAlg": "aes256", "TunnelIkeConfig.IkeAuthAlg": "sha256",
            "TunnelIkeConfig.IkePfs": "group14", "TunnelIkeConfig.IkeLifetime": "86400",
            "TunnelIpsecConfig.IpsecEncAlg": "aes256", "TunnelIpsecConfig.IpsecAuthAlg": "sha256",
            "TunnelIpsecConfig.IpsecPfs": "group14", "TunnelIpsecConfig.IpsecLifetime": "3600",
            "TunnelBgpConfig.TunnelCidr": "169.254.1\(number).0/30",
            "TunnelBgpConfig.LocalBgpIp": "169.254.1\(number).1", "TunnelBgpConfig.PeerBgpIp": "169.254.1\(number).2",
            "TunnelBgpConfig.LocalAsn": "45104", "TunnelBgpConfig.PeerAsn": "65010",
        ]
    }

    /// The same with changes of one site's fields.
    func changing(_ changes: [String: String], site: Int = 0) -> World {
        var world = self
        world.sites[site].fields.merge(changes) { _, new in new }
        return world
    }

    /// The same with changes of tunnels, by position.
    func changing(tunnels changes: [Int: [String: String]]) -> World {
        var world = self
        for (position, fields) in changes { world.sites[0].tunnels[position].merge(fields) { _, new in new } }
        return world
    }

    /// The same with changes of customer gateways, by position.
    func changing(gateways changes: [Int: [String: String]]) -> World {
        var world = self
        for (position, fields) in changes { world.customerGateways[position].merge(fields) { _, new in new } }
        return world
    }

    /// The same with a second connection that differs from the first in these fields.
    func adding(_ changes: [String: String], gateway: [String: String]? = nil) -> World {
        var world = self
        var site = world.sites[0]
        site.fields["VpnConnectionId"] = "vco-bp1cccccccccccccccccc"
        site.fields.merge(changes) { _, new in new }
        world.sites.append(site)
        if let gateway { world.customerGateways.append(gateway) }
        return world
    }

    /// The answers as XML documents.
    var documents: [String] {
        let connections = sites.map { site in
            let tunnels = site.tunnels.map { "<TunnelOptions>\(Self.xml($0))</TunnelOptions>" }.joined()
            let list = tunnels.isEmpty ? "" : "<TunnelOptionsSpecification>\(tunnels)</TunnelOptionsSpecification>"
            return "<VpnConnection>\n\(Self.xml(site.fields))\(list)</VpnConnection>\n"
        }
        let gateways = customerGateways.map { "<CustomerGateway>\(Self.xml($0))</CustomerGateway>" }
        return [
            """
            <DescribeVpnConnectionsResponse><TotalCount>\(sites.count)</TotalCount><PageNumber>1</PageNumber>\
            <PageSize>50</PageSize><VpnConnections>\(connections.joined())</VpnConnections>\
            </DescribeVpnConnectionsResponse>
            """,
            """
            <DescribeCustomerGatewaysResponse><CustomerGateways>\(gateways.joined())</CustomerGateways>\
            </DescribeCustomerGatewaysResponse>
            """,
        ]
    }

    /// Everything found in these answers, by rules and by the model.
    func findings(policy: Policy) -> [Finding] {
        let sources = documents.enumerated().map { ByteSource(Array($0.element.utf8), name: "\($0.offset).xml") }
        let set = ResponseSet(reading: sources)
        let fleet = Fleet(
            connections: set.connections,
            gateways: GatewayDirectory(vpnGateways: set.vpnGateways, customerGateways: set.customerGateways),
            origins: set.origins)
        return set.findings + fleet.findings + Lint.findings(fleet, policy: policy, origins: set.origins)
    }

    /// Rules found, of lint alone.
    func lintRules(policy: Policy) -> Set<String> {
        Set(findings(policy: policy).map(\.rule.rawValue).filter { $0.hasPrefix("PC1") })
    }

    private static func xml(_ fields: [String: String]) -> String {
        var text = ""
        var objects: [String: String] = [:]
        for (path, value) in fields.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: ".").map(String.init)
            let escaped = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            if parts.count == 1 {
                text += "<\(path)>\(escaped)</\(path)>\n"
            } else {
                objects[parts[0], default: ""] += "<\(parts[1])>\(escaped)</\(parts[1])>\n"
            }
        }
        return text + objects.sorted { $0.key < $1.key }.map { "<\($0.key)>\($0.value)</\($0.key)>" }.joined()
    }
}
