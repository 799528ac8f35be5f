import Foundation
import TestSupport

/// Random answers with every value that the service documents.
///
/// Several connections on one router, texts that no template may stumble over. The same seed gives the same answers
/// everywhere.
struct FleetGenerator {
    private var random: SplitMix64
    private(set) var customerGateways: [AnswerNode] = []
    private(set) var vpnGateways: [AnswerNode] = []
    private(set) var connections: [AnswerNode] = []

    init(seed: UInt64, count: Int) {
        random = SplitMix64(state: seed)
        var number = 0
        while connections.count < count {
            let router = connections.count
            addRouter(router)
            for _ in 0..<1 + Int(random.next() % 3) {
                connections.append(connection(number, router: router))
                number += 1
            }
        }
    }

    private mutating func addRouter(_ router: Int) {
        var fields: [(String, AnswerNode)] = [
            ("CustomerGatewayId", .text(Self.id("cgw", router))), ("IpAddress", .text(deviceAddress(router))),
        ]
        if chance(2) { fields.append(("AuthKey", .text(bgpKey()))) }
        customerGateways.append(.object(fields))
    }

    private mutating func connection(_ number: Int, router: Int) -> AnswerNode {
        let isDual = chance(2)
        let isTransit = chance(3)
        let usesBGP = chance(3)
        let (cloud, device) = usesBGP && !chance(4) ? ("0.0.0.0/0", "0.0.0.0/0") : networks(number)
        let names = [
            "dc \(number)", "分部 \(number)", "a \"b\" 'c' #\(number)", "x;y=z{\(number)}?", "$(reboot) `x` \\",
            "!! -- <<X",
        ]
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(Self.id("vco", number))), ("Name", .text(pick(names))),
            ("State", .text("active")),
            ("AttachType", .text(isTransit ? "CEN" : "VPNGW")), ("EffectImmediately", .flag(chance(2))),
            ("VpnGatewayId", .text(isTransit ? "" : Self.id("vpn", number))),
            ("LocalSubnet", .text(cloud)), ("RemoteSubnet", .text(device)),
        ]
        if isDual {
            fields += [("EnableTunnelsBgp", .flag(usesBGP)), ("EnableDpd", .flag(false))]
            let roles = chance(2) ? ["master", "slave"] : ["slave", "master"]
            let tunnels = [0, 1].map { index in
                let mark: (String, AnswerNode) =
                    isTransit ? ("TunnelIndex", .number(index + 1)) : ("Role", .text(roles[index]))
                return AnswerNode.object(
                    [
                        ("TunnelId", .text(Self.id("tun", number * 2 + index))), mark,
                        ("InternetIp", .text(cloudAddress(number, index))),
                    ]
                        + peering(number, index, router, "Tunnel", usesBGP: usesBGP))
            }
            fields.append(("TunnelOptionsSpecification", .list("TunnelOptions", tunnels)))
        } else {
            fields += peering(number, 0, router, "", usesBGP: usesBGP)
            if isTransit {
                fields.append(("InternetIp", .text(cloudAddress(number, 0))))
            } else {
                vpnGateways.append(
                    .object([
                        ("VpnGatewayId", .text(Self.id("vpn", number))), ("InternetIp", .text(cloudAddress(number, 0))),
                    ]))
            }
        }
        fields.shuffle(using: &random)
        return .object(fields)
    }

    private mutating func peering(
        _ number: Int, _ index: Int, _ router: Int, _ prefix: String, usesBGP: Bool
    ) -> [(String, AnswerNode)] {
        let isText = !prefix.isEmpty
        func whole(_ number: Int) -> AnswerNode { isText ? .text("\(number)") : .number(number) }
        var ike: [(String, AnswerNode)] = [
            ("IkeVersion", .text(pick(["ikev1", "ikev2", "ikev2"]))),
            ("IkeMode", .text(pick(["main", "main", "aggressive"]))),
            ("IkeEncAlg", .text(cipher())), ("IkeAuthAlg", .text(hash())),
            ("IkePfs", .text(pick(["group1", "group2", "group5", "group14"]))), ("IkeLifetime", whole(lifetime())),
            ("LocalId", .text(cloudIdentity(number, index))),
            ("RemoteId", .text(deviceIdentity(router, number, index))),
            ("Psk", .text(key())),
        ]
        ike.shuffle(using: &random)
        var fields: [(String, AnswerNode)] = [
            ("CustomerGatewayId", .text(Self.id("cgw", router))),
            ("EnableDpd", isText ? .text("\(chance(2))") : .flag(chance(2))),
            ("EnableNatTraversal", isText ? .text("\(!chance(3))") : .flag(!chance(3))),
            (prefix + "IkeConfig", .object(ike)),
            (
                prefix + "IpsecConfig",
                .object([
                    ("IpsecEncAlg", .text(cipher())), ("IpsecAuthAlg", .text(hash())),
                    ("IpsecPfs", .text(pick(["disabled", "group1", "group2", "group5", "group14"]))),
                    ("IpsecLifetime", whole(lifetime())),
                ])
            ),
        ]
        if usesBGP {
            var bgp: [(String, AnswerNode)] = [
                ("TunnelCidr", .text(bgpAddress(number, index, 0) + "/30")),
                ("LocalBgpIp", .text(bgpAddress(number, index, 1))),
                ("PeerBgpIp", .text(bgpAddress(number, index, 2))),
                ("LocalAsn", whole(chance(12) ? 65_000 + router : 45_104)),
                ("PeerAsn", whole(chance(25) ? pick([4_294_967_295, 4_200_000_000]) : 65_000 + router)),
            ]
            if !isText, chance(2) { bgp.append(("AuthKey", .text(bgpKey()))) }
            fields.append((isText ? "TunnelBgpConfig" : "VpnBgpConfig", .object(bgp)))
        }
        return fields
    }

    private mutating func cipher() -> String { chance(40) ? "des" : pick(["aes", "aes192", "aes256", "3des"]) }
    private mutating func hash() -> String { pick(["md5", "sha1", "sha256", "sha384", "sha512"]) }
    private mutating func lifetime() -> Int {
        chance(60) ? pick([1, 10, 29]) : pick([86_400, 28_800, 3600, 1200, 61, 30])
    }

    private mutating func cloudIdentity(_ number: Int, _ index: Int) -> String {
        chance(3) ? pick(odd("cloud-\(number)-\(index)") + ["", "leftId-not-exist"]) : cloudAddress(number, index)
    }

    private mutating func deviceIdentity(_ router: Int, _ number: Int, _ index: Int) -> String {
        switch random.next() % 6 {
        case 0: pick(odd("device-\(number)-\(index)") + [""])
        case 1: "192.168.\(router % 250).\(10 + index)"
        default: deviceAddress(router)
        }
    }

    private func odd(_ name: String) -> [String] {
        [
            "\(name).example.net", "gw@\(name).example.net", "C=CN,O=x,CN=\(name)", "a=\(name)", "x:\(name)",
            "@\(name)", "@@\(name)",
            "\(name)/24", "%any", "*", "fqdn:\(name)", "192.0.2.1-192.0.2.9", "it's\(name)", "\"\(name)\"", "\(name)?",
            "a\\\(name)",
            "\(name)#1", "\(name);reboot", "$(\(name))", "`\(name)`", "!\(name)", "<\(name)>", "{\(name)}",
        ]
    }

    private mutating func networks(_ number: Int) -> (cloud: String, device: String) {
        let cloud = ["10.\(number % 250).0.0/20", "10.\(number % 250).16.0/22"]
        let device = (0..<3).map { "172.\(16 + number / 64 % 16).\(number % 64 * 4 + $0).0/24" }
        return switch random.next() % 14 {
        case 0...4: (cloud[0], device[0])
        case 5: (cloud.joined(separator: ","), device[0])
        case 6: (cloud[0], device.joined(separator: ","))
        case 7: (cloud.joined(separator: ","), device.prefix(2).joined(separator: ", "))
        case 8, 9: ("0.0.0.0/0", "0.0.0.0/0")
        case 10: ("0.0.0.0/0", device[0])
        case 11: (cloud[0], "0.0.0.0/0")
        // One side inside the other.
        case 12: ("10.\(number % 250).4.0/24", "10.\(number % 250).0.0/16")
        default: ("10.\(number % 250).0.0/16", "10.\(number % 250).4.0/24")
        }
    }

    /// Up to 90 of the characters that a key may have, never what looks like a masked one.
    private mutating func key() -> String {
        let prefix =
            chance(4) ? pick(["0x", "0X12", "0s", "0SQUJD", "\"", "\\", "#", "{", "'", "${", "!", "$(x)"]) : ""
        let characters = (0..<8 + random.next() % 20).map { _ in
            chance(4) ? String(UnicodeScalar(UInt8(0x21 + random.next() % 94))) : pick(["a", "B", "7", "-", "+"])
        }
        return (prefix + characters.joined()).replacing("**", with: "*+").replacing("XX", with: "Xx")
    }

    private mutating func bgpKey() -> String {
        chance(3) ? key().replacing("?", with: "!") : "Bgp-\(random.next() % 100_000)_x"
    }

    private func bgpAddress(_ number: Int, _ index: Int, _ host: Int) -> String {
        let place = number * 2 + index
        return "169.254.\(10 + place / 64).\(place % 64 * 4 + host)"
    }

    private func cloudAddress(_ number: Int, _ index: Int) -> String {
        // Now and then two connections share the gateway's address.
        let number = number % 9 == 8 ? number - 1 : number
        return "203.0.\(100 + number / 250 * 2 + index).\(number % 250 + 1)"
    }

    private func deviceAddress(_ router: Int) -> String { "198.51.\(100 + router / 250).\(router % 250 + 1)" }

    private static func id(_ kind: String, _ number: Int) -> String {
        let digits = String(number)
        return "\(kind)-bp1" + String(repeating: "x", count: 12 - digits.count) + digits
    }

    private mutating func chance(_ oneIn: UInt64) -> Bool { random.next() % oneIn == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }

    /// Writes the answers as the service would, of the connections that `isWanted` says.
    func write(to folder: String, _ isWanted: (Int) -> Bool = { _ in true }) throws {
        let wanted = connections.enumerated().filter { isWanted($0.offset) }.map(\.element)
        let pages: [(String, AnswerNode)] = [
            ("connections", .page(wanted, size: max(wanted.count, 1), total: wanted.count)),
            ("vpn-gateways", .object([("VpnGateways", .list("VpnGateway", vpnGateways))])),
            ("customer-gateways", .object([("CustomerGateways", .list("CustomerGateway", customerGateways))])),
        ]
        for (name, node) in pages {
            try node.json.write(toFile: "\(folder)/\(name).json", atomically: true, encoding: .utf8)
        }
    }
}
