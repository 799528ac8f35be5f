import Foundation
import TestSupport

/// An answer of the API and a site file that need one feature of the device, and what must be seen of it in the output.
///
/// Written by the API's documents; everything else about the connection is what each device has.
struct FeatureProbe {
    /// What became of it.
    struct Outcome {
        var text: String
        var messages: String
        var errors: Set<String>
        var warnings: Set<String>
    }

    private static let id = "vco-bp1featureprobe00001"

    let feature: String
    var ikeVersion: Int
    private(set) var evidence: [String] = []
    private var mode = "main"
    private var networks = ("10.64.0.0/16", "172.20.8.0/21")
    private var deviceIdentity = "198.51.100.22"
    private var isDual = false
    private var usesBGP = false
    private var bgpKey: String?
    private var site = ""
    private var isProbed = false

    /// - Parameter isRouteBased: whether the device takes 0.0.0.0/0; where it does not, a health check has networks.
    init(_ feature: String, ikeVersion: Int, isRouteBased: Bool) {
        self.feature = feature
        self.ikeVersion = ikeVersion
        let any = ("0.0.0.0/0", "0.0.0.0/0")
        let several = ("10.64.0.0/16,10.65.0.0/16", "172.20.8.0/21,172.24.0.0/16")
        let ownAddress = "wan_address = \"198.51.100.22\"\n"
        site = ownAddress
        evidence = ["203.0.113.14"]
        switch feature {
        case "ikev1": self.ikeVersion = 1
        case "ikev1_aggressive":
            (self.ikeVersion, mode, deviceIdentity) = (1, "aggressive", "router.example.org")
            evidence.append("router.example.org")
        case "ikev2": self.ikeVersion = 2
        case "route_based": networks = any
        case "policy_based": evidence += ["10.64.0.0", "172.20.8.0"]
        // What takes it off has the names of what is there, not its addresses.
        case "removal": evidence = []
        case "several_networks_ikev1", "several_networks_ikev2":
            self.ikeVersion = feature.hasSuffix("1") ? 1 : 2
            networks = several
            evidence += ["10.64.0.0", "10.65.0.0", "172.20.8.0", "172.24.0.0"]
        case "dual_tunnel": (networks, isDual, usesBGP) = (any, true, true)
        case "static_failover": (networks, isDual) = (any, true)
        case "dual_policy": isDual = true
        case "bgp": (networks, usesBGP) = (any, true)
        case "bgp_key": (networks, usesBGP, bgpKey) = (any, true, "Neighbour1")
        case "nat_traversal":
            site = "wan_address = \"10.0.0.2\"\n"
            deviceIdentity = "router.example.org"
        case "domain_identities":
            deviceIdentity = "router.example.org"
            evidence.append("router.example.org")
        case "vrf":
            networks = any
            site += "vrf = \"BLUE\"\n"
            evidence.append("BLUE")
        case "health_check":
            if isRouteBased { networks = any }
            isProbed = true
            // Tracked objects of IOS end at 1000.
            site += "tunnel_numbers = [1, 100]\nprobes_cloud = true\n"
        default: evidence = ["no probe for \(feature)"]
        }
        if isDual { evidence.append("203.0.113.15") }
        if usesBGP { evidence += ["169.254.10.1", "65010"] }
        if bgpKey != nil { evidence.append("<<BGP-KEY") }
    }

    /// The same without what asks for the feature, where the site file does.
    var idle: FeatureProbe? {
        guard isProbed else { return nil }
        var other = self
        other.site = site.replacingOccurrences(of: "probes_cloud = true\n", with: "")
        return other
    }

    /// Renders for a device, or takes off where that is the feature.
    func outcome(on device: String) async throws -> Outcome {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/cloud", withIntermediateDirectories: true)
            for (name, text) in [
                ("cloud/connections.xml", AnswerNode.page([connection], total: 1).xmlDocument()),
                ("cloud/gateways.xml", gateways), ("peerconf.toml", siteFile),
            ] {
                try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
            }
            let output = try await Peerconf.run(
                ["render", folder + "/cloud", "--site", folder + "/peerconf.toml", "--device", device]
                    + (feature == "removal" ? ["--remove", Self.id] : []))
            // What the pack refuses or warns of; findings about the data (PC2…) are the same for all devices.
            let findings = output.stderr.matches(
                of: /(error|warning): .*?\[(?:[a-z0-9-]+\/|(?=PC30[129]))([A-Za-z0-9-]+)\]/)
            func rules(_ severity: Substring) -> Set<String> {
                Set(findings.filter { $0.1 == severity }.map { String($0.2) })
            }
            return Outcome(
                text: output.stdout, messages: output.stderr, errors: rules("error"), warnings: rules("warning"))
        }
    }

    private var siteFile: String {
        """
        [routers.edge]
        customer_gateways = ["cgw-bp1featureprobe00001"]
        wan_interface = "eth0"
        routes = ["10.64.0.0/16"]
        advertise = ["172.20.8.0/21"]
        \(site)
        """
    }

    private var gateways: String {
        AnswerNode.object([
            ("TotalCount", .number(1)), ("PageNumber", .number(1)), ("PageSize", .number(10)),
            (
                "CustomerGateways",
                .list(
                    "CustomerGateway",
                    [
                        .object([
                            ("CustomerGatewayId", .text("cgw-bp1featureprobe00001")),
                            ("IpAddress", .text("198.51.100.22")), ("Asn", .number(65010)),
                        ])
                    ])
            ),
        ]).xmlDocument(root: "DescribeCustomerGatewaysResponse")
    }

    private var connection: AnswerNode {
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(Self.id)), ("VpnGatewayId", .text("vpn-bp1featureprobe00001")),
            ("EffectImmediately", .flag(true)), ("State", .text("active")), ("NetworkType", .text("public")),
            ("LocalSubnet", .text(networks.0)), ("RemoteSubnet", .text(networks.1)),
        ]
        guard isDual else {
            fields += [
                ("CustomerGatewayId", .text("cgw-bp1featureprobe00001")), ("InternetIp", .text("203.0.113.14")),
                ("EnableDpd", .flag(true)), ("EnableNatTraversal", .flag(true)),
                ("IkeConfig", ike("203.0.113.14")), ("IpsecConfig", ipsec),
            ]
            if usesBGP { fields.append(("VpnBgpConfig", bgp(0))) }
            if isProbed {
                fields.append(
                    (
                        "VcoHealthCheck",
                        .object([
                            ("Enable", .text("true")), ("Sip", .text("10.64.0.5")), ("Dip", .text("172.20.8.5")),
                            ("Interval", .number(3)), ("Retry", .number(3)),
                        ])
                    ))
            }
            return .object(fields)
        }
        fields.append(("EnableTunnelsBgp", .flag(usesBGP)))
        fields.append(
            ("TunnelOptionsSpecification", .list("TunnelOptions", ["master", "slave"].enumerated().map(tunnel))))
        return .object(fields)
    }

    private func tunnel(_ index: Int, _ role: String) -> AnswerNode {
        var fields: [(String, AnswerNode)] = [
            ("TunnelId", .text("tun-featureprobe0000\(index)")), ("Role", .text(role)), ("State", .text("active")),
            ("CustomerGatewayId", .text("cgw-bp1featureprobe00001")), ("InternetIp", .text("203.0.113.1\(4 + index)")),
            ("EnableDpd", .text("true")), ("EnableNatTraversal", .text("true")),
            ("TunnelIkeConfig", ike("203.0.113.1\(4 + index)")), ("TunnelIpsecConfig", ipsec),
        ]
        if usesBGP { fields.append(("TunnelBgpConfig", bgp(index))) }
        return .object(fields)
    }

    private func ike(_ cloud: String) -> AnswerNode {
        .object([
            ("IkeVersion", .text("ikev\(ikeVersion)")), ("IkeMode", .text(mode)), ("IkeEncAlg", .text("aes256")),
            ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
            ("LocalId", .text(cloud)), ("RemoteId", .text(deviceIdentity)), ("Psk", .text("Probe1Key2Long3Enough")),
        ])
    }

    private var ipsec: AnswerNode {
        .object([
            ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
            ("IpsecLifetime", .number(28_800)),
        ])
    }

    private func bgp(_ index: Int) -> AnswerNode {
        .object(
            [
                ("TunnelCidr", .text("169.254.1\(index).0/30")), ("LocalBgpIp", .text("169.254.1\(index).1")),
                ("PeerBgpIp", .text("169.254.1\(index).2")), ("LocalAsn", .number(45_104)),
                ("PeerAsn", .number(65_010)),
            ] + (bgpKey.map { [("AuthKey", .text($0))] } ?? []))
    }
}
