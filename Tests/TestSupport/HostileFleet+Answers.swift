extension HostileFleet {
    /// A connection with its gateways, or a downloaded configuration.
    func record(_ shape: Shape, _ number: Int) -> AnswerNode {
        if shape == .downloaded || shape == .downloadedDual {
            return .object([("VpnConnectionConfig", downloaded(number, isDual: shape == .downloadedDual))])
        }
        return .object([
            ("VpnConnection", connection(shape, number)),
            (
                "CustomerGateway",
                .object([
                    ("CustomerGatewayId", .text("cgw-h\(number)")), ("IpAddress", .text(device(number))),
                    ("Asn", .number(65_010)), ("AuthKey", .text("Bgp1")), ("Name", .text("router")),
                    ("Description", .text("a router")), ("ResourceGroupId", .text("rg-1")),
                    ("Tags", tags),
                ])
            ),
            (
                "VpnGateway",
                .object([
                    ("VpnGatewayId", .text("vpn-h\(number)")), ("InternetIp", .text(cloud(number, 0))),
                    ("DisasterRecoveryInternetIp", .text(cloud(number, 1))), ("Name", .text("gateway")),
                    ("Description", .text("a gateway")), ("Spec", .text("200M")), ("VpnType", .text("Normal")),
                    ("Status", .text("active")), ("ZoneNo", .text("cn-hangzhou-h")),
                    ("NetworkType", .text("public")), ("VpcId", .text("vpc-1")), ("EnableBgp", .flag(true)),
                    ("Tags", tags),
                ])
            ),
        ])
    }

    private func connection(_ shape: Shape, _ number: Int) -> AnswerNode {
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text("vco-h\(number)")), ("Name", .text("site")), ("State", .text("active")),
            ("Status", .text("ipsec_sa_established")), ("VpnGatewayId", .text("vpn-h\(number)")),
            ("AttachType", .text(shape == .single ? "CEN" : "VPNGW")), ("NetworkType", .text("public")),
            ("ResourceGroupId", .text("rg-1")), ("ZoneNo", .text("cn-hangzhou-h")), ("Spec", .text("200M")),
            ("TransitRouterId", .text("tr-1")), ("TransitRouterName", .text("core")),
            ("LocalSubnet", .text(shape == .policy ? "10.\(number % 250).0.0/16" : "0.0.0.0/0")),
            ("RemoteSubnet", .text(shape == .policy ? "172.16.\(number % 250).0/24" : "0.0.0.0/0")),
            (shape == .policy ? "Tags" : "Tag", tags), ("EffectImmediately", .flag(false)),
            ("RemoteCaCertificate", .text("")),
            ("AttachInstanceId", .text("cen-1")), ("CrossAccountAuthorized", .flag(false)),
            ("TunnelBandwidth", .text("Standard")), ("CreateTime", .number(1_700_000_000_000)),
        ]
        if shape == .dual {
            fields.append(("EnableTunnelsBgp", .flag(true)))
            fields.append(("TunnelOptionsSpecification", .list("TunnelOptions", [0, 1].map { tunnel(number, $0) })))
            return .object(fields)
        }
        fields += [
            ("CustomerGatewayId", .text("cgw-h\(number)")), ("InternetIp", .text(cloud(number, 0))),
            ("EnableDpd", .flag(true)), ("EnableNatTraversal", .flag(true)),
            ("IkeConfig", ike(number, 0, shape == .policy ? "ikev1" : "ikev2")), ("IpsecConfig", ipsec),
            (
                "VcoHealthCheck",
                .object([
                    ("Enable", .text("true")), ("Sip", .text("10.\(number % 250).0.9")),
                    ("Dip", .text("172.16.\(number % 250).9")), ("Interval", .number(3)), ("Retry", .number(3)),
                    ("Policy", .text("revoke_route")), ("Status", .text("success")),
                ])
            ),
        ]
        if shape == .single { fields.append(("VpnBgpConfig", bgp(0))) }
        return .object(fields)
    }

    private func tunnel(_ number: Int, _ index: Int) -> AnswerNode {
        .object([
            ("TunnelIndex", .number(index + 1)), ("TunnelId", .text("tun-h\(number)x\(index)")),
            ("Role", .text(index == 0 ? "master" : "slave")),
            ("CustomerGatewayId", .text("cgw-h\(number)")), ("InternetIp", .text(cloud(number, index))),
            ("ZoneNo", .text("cn-hangzhou-h")), ("State", .text("active")), ("Status", .text("ipsec_sa_established")),
            ("EnableDpd", .flag(true)), ("EnableNatTraversal", .flag(true)),
            ("RemoteCaCertificate", .text("")), ("TunnelIkeConfig", ike(number, index, "ikev2")),
            ("TunnelIpsecConfig", ipsec), ("TunnelBgpConfig", bgp(index)),
        ])
    }

    /// What the service gives the device's people: the same facts, seen from their side.
    private func downloaded(_ number: Int, isDual: Bool) -> AnswerNode {
        func ends(_ index: Int) -> [(String, AnswerNode)] {
            [
                ("Local", .text(device(number))), ("Remote", .text(cloud(number, index))),
                ("IkeConfig", ike(number, index, "ikev2", isDownloaded: true)), ("IpsecConfig", ipsec),
            ]
        }
        let networks: [(String, AnswerNode)] = [
            ("LocalSubnet", .text(isDual ? "0.0.0.0/0" : "172.17.\(number % 250).0/24")),
            ("RemoteSubnet", .text(isDual ? "0.0.0.0/0" : "10.\(number % 250).0.0/16")),
        ]
        guard isDual else { return .object(networks + ends(0)) }
        let tunnels = [0, 1].map { AnswerNode.object([("TunnelId", .text("tun-h\(number)x\($0)"))] + ends($0)) }
        let sessions = [0, 1].map { index in
            AnswerNode.object([
                ("TunnelId", .text("tun-h\(number)x\(index)")), ("TunnelCidr", .text("169.254.\(10 + index).0/30")),
                ("LocalBgpIp", .text("169.254.\(10 + index).2")), ("PeerBgpIp", .text("169.254.\(10 + index).1")),
                ("LocalAsn", .number(65_010)), ("PeerAsn", .number(45_104)),
            ])
        }
        return .object(
            networks + [
                ("Local", .text(device(number))), ("Remote", .text(cloud(number, 0))),
                ("TunnelsConfig", .list("TunnelConfig", tunnels)), ("BgpConfigs", .list("BgpConfig", sessions)),
            ])
    }

    private var tags: AnswerNode {
        .list("Tag", [.object([("Key", .text("site")), ("Value", .text("plant"))])])
    }

    private func ike(_ number: Int, _ index: Int, _ version: String, isDownloaded: Bool = false) -> AnswerNode {
        .object([
            ("IkeVersion", .text(version)), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
            ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
            ("LocalId", .text(isDownloaded ? device(number) : cloud(number, index))),
            ("RemoteId", .text(isDownloaded ? cloud(number, index) : device(number))),
            ("Psk", .text("Key\(number)x\(index)")),
        ])
    }

    private var ipsec: AnswerNode {
        .object([
            ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
            ("IpsecLifetime", .number(3600)),
        ])
    }

    private func bgp(_ index: Int) -> AnswerNode {
        .object([
            ("TunnelCidr", .text("169.254.\(10 + index).0/30")), ("LocalBgpIp", .text("169.254.\(10 + index).1")),
            ("PeerBgpIp", .text("169.254.\(10 + index).2")), ("LocalAsn", .number(45_104)),
            ("PeerAsn", .number(65_010)), ("EnableBgp", .flag(true)),
            ("AuthKey", .text("Bgp1")), ("BgpStatus", .text("success")), ("Status", .text("success")),
        ])
    }

    private func cloud(_ number: Int, _ index: Int) -> String { "203.\(number / 250).\(number % 250).\(index + 1)" }

    private func device(_ number: Int) -> String { "198.51.\(number / 250 + 100).\(number % 250 + 1)" }
}
