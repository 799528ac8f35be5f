import TestSupport

/// Connections of random content on random routers: everything the API documents, and what people type into it.
struct RandomFleet {
    /// One connection and what the tests must know of it.
    struct Connection {
        var id: String
        var name: String
        var gateway: String
        var node: AnswerNode
        var natTraversal: [String: Bool] = [:]
    }

    let seed: UInt64
    var connections: [Connection] = []
    var site = ""
    var values = SiteValues()
    private(set) var gateways: [(id: String, address: String, wan: String?)] = []
    private var random: SplitMix64
    private let unwanted: [UInt8]
    private let hasHealthChecks: Bool
    private var isStrange = false
    private var isWeak = false

    /// - Parameters:
    ///   - vrf: the VRF of all routers, if any.
    ///   - unwanted: characters that keys shall not have.
    ///   - healthChecks: whether some connections have one.
    ///   - settings: further lines of the site file for every router.
    init(
        seed: UInt64, count: Int, vrf: String? = nil, without unwanted: String = "*", healthChecks: Bool = false,
        settings: String = ""
    ) {
        self.seed = seed
        hasHealthChecks = healthChecks
        self.unwanted = Array(unwanted.utf8)
        random = SplitMix64(state: seed)
        values.advertise = chance(2) ? ["10.0.0.0/8", "172.30.1.1/32"] : []
        values.routes = chance(2) ? ["100.100.0.0/16"] : []
        var number = 0
        while number < count {
            let router = gateways.count
            let wan = chance(4) ? "192.168.\(router % 200).2" : nil
            let gateway = (id: "cgw-\(seed)x\(router)", address: "198.\(router / 250).\(router % 250).10", wan: wan)
            gateways.append(gateway)
            values.wanAddresses[gateway.id] = wan
            addRouter(gateway, router, vrf, settings)
            let asn = chance(3) ? 4_200_000_001 : 65_010
            for _ in 0..<(1 + Int(random.next() % 4)) where number < count {
                connections.append(connection(number, gateway, asn: chance(25) ? 65_011 : asn))
                number += 1
            }
        }
    }

    /// The answers, by file name.
    var answers: [String: String] {
        let pages = stride(from: 0, to: connections.count, by: 50).map { start in
            AnswerNode.page(
                connections[start..<min(start + 50, connections.count)].map(\.node), number: start / 50 + 1,
                total: connections.count)
        }
        var files: [String: String] = [:]
        for (index, page) in pages.enumerated() { files["page-\(index + 1).xml"] = page.xmlDocument() }
        let list = gateways.map { gateway in
            AnswerNode.object([("CustomerGatewayId", .text(gateway.id)), ("IpAddress", .text(gateway.address))])
        }
        files["gateways.json"] =
            AnswerNode.object([
                ("CustomerGateways", .list("CustomerGateway", list)), ("TotalCount", .number(list.count)),
                ("PageNumber", .number(1)), ("PageSize", .number(50)), ("RequestId", .text("0")),
            ]).json
        return files
    }

    private mutating func addRouter(
        _ gateway: (id: String, address: String, wan: String?), _ number: Int, _ vrf: String?, _ settings: String
    ) {
        site +=
            "[routers.r\(number)]\ncustomer_gateways = [\"\(gateway.id)\"]\nwan_interface = \"GigabitEthernet0/0/1\"\n"
        if let wan = gateway.wan { site += "wan_address = \"\(wan)\"\n" }
        if let vrf { site += "vrf = \"\(vrf)\"\n" }
        if !values.advertise.isEmpty { site += "advertise = [\"10.0.0.0/8\", \"172.30.1.1/32\"]\n" }
        if !values.routes.isEmpty { site += "routes = [\"100.100.0.0/16\"]\n" }
        site += settings
    }

    private mutating func connection(_ number: Int, _ gateway: (id: String, address: String, wan: String?), asn: Int)
        -> Connection
    {
        let id = "vco-\(seed)x\(number)"
        let isDual = chance(3)
        let usesBGP = chance(3)
        isWeak = chance(4)
        var result = Connection(
            id: id, name: pick(chance(10) ? Self.brokenNames : Self.names), gateway: gateway.id, node: .text(""))
        let (here, there) = networks(number, isAny: usesBGP || chance(4))
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(id)), ("Name", .text(result.name)), ("State", .text("active")),
            ("LocalSubnet", .text(there)), ("RemoteSubnet", .text(here)), ("EffectImmediately", .flag(chance(2))),
        ]
        if isDual {
            fields.append(("EnableTunnelsBgp", .flag(usesBGP)))
            let roles = pick([["master", "slave"], ["slave", "master"], ["", ""]])
            var tunnels: [AnswerNode] = []
            for (index, role) in roles.enumerated() {
                let cloud = address(number, index)
                result.natTraversal[cloud] = !chance(6)
                var tunnel: [(String, AnswerNode)] = [
                    ("TunnelId", .text("tun-\(seed)x\(number)x\(index)")), ("CustomerGatewayId", .text(gateway.id)),
                    ("InternetIp", .text(cloud)), ("EnableDpd", .text(pick(["true", "false"]))),
                    ("EnableNatTraversal", .text(result.natTraversal[cloud] == true ? "true" : "false")),
                    ("TunnelIkeConfig", ike(cloud, gateway)), ("TunnelIpsecConfig", ipsec()),
                ]
                if role.isEmpty {
                    tunnel.append(("TunnelIndex", .number(index + 1)))
                } else {
                    tunnel.append(("Role", .text(role)))
                }
                if usesBGP { tunnel.append(("TunnelBgpConfig", bgp(number, index, asn))) }
                tunnels.append(.object(tunnel))
            }
            fields.append(("TunnelOptionsSpecification", .list("TunnelOptions", tunnels)))
        } else {
            let cloud = address(number, 0)
            result.natTraversal[cloud] = !chance(6)
            fields += [
                ("CustomerGatewayId", .text(gateway.id)), ("InternetIp", .text(cloud)),
                ("EnableDpd", .flag(chance(2))), ("EnableNatTraversal", .flag(result.natTraversal[cloud] == true)),
                ("IkeConfig", ike(cloud, gateway)), ("IpsecConfig", ipsec()),
            ]
            if usesBGP { fields.append(("VpnBgpConfig", bgp(number, 0, asn))) }
            if hasHealthChecks, chance(2) {
                fields.append(
                    (
                        "VcoHealthCheck",
                        .object([
                            ("Enable", .text("true")), ("Sip", .text("10.\(number % 250).0.9")),
                            ("Dip", .text("172.16.\(number % 250).9")), ("Interval", .number(3)), ("Retry", .number(3)),
                        ])
                    ))
            }
        }
        fields.shuffle(using: &random)
        result.node = .object(fields)
        return result
    }

    private mutating func networks(_ number: Int, isAny: Bool) -> (here: String, there: String) {
        if isAny { return chance(20) ? ("0.0.0.0/0", "10.9.0.0/16") : ("0.0.0.0/0", "0.0.0.0/0") }
        let here = (0...(Int(random.next() % 4))).map { "172.\(16 + number % 16).\($0 * 16).0/\(20 + number % 9)" }
        let there = (0...(Int(random.next() % 3))).map { "10.\(number % 250).\($0 * 32).0/\(19 + number % 14)" }
        return (here.joined(separator: ","), chance(30) ? "0.0.0.0/0" : there.joined(separator: ","))
    }

    private mutating func ike(_ cloud: String, _ gateway: (id: String, address: String, wan: String?)) -> AnswerNode {
        // Nine of ten have nothing that some release refuses; the tenth may have anything.
        isStrange = chance(10)
        let own = gateway.wan ?? gateway.address
        let isNamed = chance(4)
        return .object([
            ("IkeVersion", .text(pick(["ikev1", "ikev2", "ikev2"]))),
            ("IkeMode", .text(pick(["main", "main", "aggressive"]))),
            ("IkeEncAlg", .text(pick(isWeak ? ["3des", "des", "aes"] : ["aes", "aes192", "aes256"]))),
            ("IkeAuthAlg", .text(pick((isWeak ? ["md5"] : []) + ["sha1", "sha256", "sha384", "sha512"]))),
            ("IkePfs", .text(pick((isWeak ? ["group1", "group2", "group5"] : []) + ["group14"]))),
            (
                "IkeLifetime",
                .text(pick(["86400", "86400", "28800", "3600", "120"] + (isStrange ? ["119", "60", "59"] : [])))
            ),
            ("LocalId", .text(isNamed ? pick(isStrange ? Self.identities : Self.plainIdentities) : cloud)),
            (
                "RemoteId",
                .text(
                    isNamed
                        ? pick(isStrange ? Self.identities : Self.plainIdentities) : chance(6) ? gateway.address : own)
            ),
            ("Psk", .text(key(maximum: 100))),
        ])
    }

    private mutating func ipsec() -> AnswerNode {
        .object([
            ("IpsecEncAlg", .text(pick(isWeak ? ["3des", "des", "aes"] : ["aes", "aes192", "aes256"]))),
            ("IpsecAuthAlg", .text(pick((isWeak ? ["md5"] : []) + ["sha1", "sha256", "sha384", "sha512"]))),
            (
                "IpsecPfs",
                .text(pick((isWeak ? ["group1", "group2", "group5"] : []) + ["group14", "group14", "disabled"]))
            ),
            ("IpsecLifetime", .text(pick(["86400", "28800", "3600", "120"] + (isStrange ? ["119"] : [])))),
        ])
    }

    private mutating func bgp(_ number: Int, _ index: Int, _ asn: Int) -> AnswerNode {
        let place = number * 2 + index
        let third = 7 + place % 150
        let fourth = place / 150 % 64 * 4
        var fields: [(String, AnswerNode)] = [
            ("TunnelCidr", .text("169.254.\(third).\(fourth)/30")),
            ("LocalBgpIp", .text("169.254.\(third).\(fourth + 1)")),
            ("PeerBgpIp", .text("169.254.\(third).\(fourth + 2)")), ("LocalAsn", .number(chance(8) ? asn : 45_104)),
            ("PeerAsn", .number(asn)),
        ]
        if chance(2) { fields.append(("AuthKey", .text(key(maximum: isStrange ? 40 : 25)))) }
        return .object(fields)
    }

    private mutating func key(maximum: UInt64) -> String {
        let length = 1 + Int(random.next() % maximum)
        // One key in eight may have a question mark, which the command line can't take.
        let hasAll = chance(8)
        return String(
            (0..<length).map { _ in
                let byte = UInt8(0x21 + random.next() % 94)
                return Character(UnicodeScalar(unwanted.contains(byte) || (byte == 0x3F && !hasAll) ? 0x78 : byte))
            })
    }

    private func address(_ number: Int, _ index: Int) -> String {
        "203.\(number / 250).\(number % 250).\(index + 1 + Int(seed % 50) * 2)"
    }

    private mutating func chance(_ oneIn: UInt64) -> Bool { random.next() % oneIn == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }

    private static let names = [
        "dc1", "分部上海", "\"quoted\" ! # ?", "{{ 7 * 7 }}", "  blanks  ",
        "上end", "^C", String(repeating: "long ", count: 25),
    ]
    private static let brokenNames = ["a\nno ip routing\n", "end\rwrite memory"]
    private static let plainIdentities = [
        "vpn.example.com", "site-1", "admin@example.com", "10.99.0.1", "a=b", "x:y", "@foo", "fqdn", "-x",
    ]
    private static let identities = [
        "vpn.example.com", "site-1", "admin@example.com", "10.99.0.1", "a=b", "x:y", "@foo", "domain", "DOM", "fqdn",
        "CN=a,O=b", "with blank", "what?", "名",
    ]
}
