/// Random answers of the API: real shapes, any content that the service allows.
///
/// The same seed gives the same answers on every machine. Written by the API's documents, not by this project's types.
public struct AnswerGenerator {
    private var random: SplitMix64

    /// Starts a sequence of answers.
    public init(seed: UInt64) { random = SplitMix64(state: seed) }

    /// One connection; `number` makes its ids, networks and addresses unlike all others'.
    public mutating func connection(_ number: Int) -> AnswerNode {
        let isDual = chance(2)
        let usesBGP = chance(3)
        let id = "vco-bp1" + identifier(number, 18)
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(id)),
            ("Name", .text(pick(["dc-\(number)", "分部 \(number)", "a \"b\" #\(number)", "x;y=z{\(number)}"]))),
            ("AttachType", .text("VPNGW")), ("NetworkType", .text("public")), ("State", .text("active")),
            ("CreateTime", .number(1_700_000_000_000 + number)), ("EffectImmediately", .flag(chance(2))),
            ("VpnGatewayId", .text("vpn-bp1" + identifier(number % 7, 18))),
        ]
        let isAny = usesBGP || chance(4)
        fields.append(("LocalSubnet", .text(isAny ? "0.0.0.0/0" : networks(10, number))))
        fields.append(("RemoteSubnet", .text(isAny ? "0.0.0.0/0" : networks(172, number))))
        if isDual {
            fields.append(("EnableTunnelsBgp", .flag(usesBGP)))
            let roles = chance(2) ? ["master", "slave"] : ["slave", "master"]
            let tunnels = roles.enumerated().map { tunnel(number, $0.offset, role: $0.element, usesBGP: usesBGP) }
            fields.append(("TunnelOptionsSpecification", .list("TunnelOptions", tunnels)))
        } else {
            fields.append(("CustomerGatewayId", .text("cgw-bp1" + identifier(number, 18))))
            fields.append(("EnableDpd", .flag(chance(2))))
            fields.append(("EnableNatTraversal", .flag(chance(2))))
            fields.append(("IkeConfig", ike(number, 0, lifetimeAsText: false)))
            fields.append(("IpsecConfig", ipsec(lifetimeAsText: false)))
            if usesBGP { fields.append(("VpnBgpConfig", bgp(number, 0))) }
        }
        fields.append(("Tag", .list("Tag", [.object([("Key", .text("site")), ("Value", .text("s\(number)"))])])))
        shuffle(&fields)
        return .object(fields)
    }

    /// The answers about gateways that belong to connections of these numbers.
    public func customerGateways(_ numbers: [Int]) -> AnswerNode {
        .list(
            "CustomerGateway",
            numbers.map { number in
                .object([
                    ("CustomerGatewayId", .text("cgw-bp1" + identifier(number, 18))),
                    ("IpAddress", .text(deviceAddress(number))), ("Asn", .number(65_000 + number % 500)),
                ])
            })
    }

    private mutating func tunnel(_ number: Int, _ index: Int, role: String, usesBGP: Bool) -> AnswerNode {
        var fields: [(String, AnswerNode)] = [
            ("TunnelId", .text("tun-" + identifier(number * 2 + index, 18))), ("Role", .text(role)),
            ("CustomerGatewayId", .text("cgw-bp1" + identifier(number, 18))),
            ("InternetIp", .text(cloudAddress(number, index))), ("EnableDpd", .text(chance(2) ? "true" : "false")),
            ("EnableNatTraversal", .text(chance(2) ? "true" : "false")), ("State", .text("active")),
            ("ZoneNo", .text("cn-hangzhou-h")), ("TunnelIkeConfig", ike(number, index, lifetimeAsText: true)),
            ("TunnelIpsecConfig", ipsec(lifetimeAsText: true)),
        ]
        if usesBGP { fields.append(("TunnelBgpConfig", bgp(number, index))) }
        shuffle(&fields)
        return .object(fields)
    }

    private mutating func ike(_ number: Int, _ index: Int, lifetimeAsText: Bool) -> AnswerNode {
        let lifetime = pick([3600, 28_800, 86_400])
        var fields: [(String, AnswerNode)] = [
            ("IkeVersion", .text(pick(["ikev1", "ikev2", "ikev2"]))), ("IkeMode", .text("main")),
            ("IkeEncAlg", .text(pick(["aes", "aes192", "aes256", "3des"]))),
            ("IkeAuthAlg", .text(pick(["md5", "sha1", "sha256", "sha384", "sha512"]))),
            ("IkePfs", .text(pick(["group1", "group2", "group5", "group14"]))),
            ("IkeLifetime", lifetimeAsText ? .text("\(lifetime)") : .number(lifetime)),
            ("LocalId", .text(cloudAddress(number, index))), ("RemoteId", .text(deviceAddress(number))),
            ("Psk", .text("Key\(number)-\(index)-" + identifier(number &* 31 &+ index, 12))),
        ]
        shuffle(&fields)
        return .object(fields)
    }

    private mutating func ipsec(lifetimeAsText: Bool) -> AnswerNode {
        let lifetime = pick([1800, 3600, 28_800])
        return .object([
            ("IpsecEncAlg", .text(pick(["aes", "aes192", "aes256", "3des"]))),
            ("IpsecAuthAlg", .text(pick(["md5", "sha1", "sha256", "sha384", "sha512"]))),
            ("IpsecPfs", .text(pick(["disabled", "group2", "group5", "group14"]))),
            ("IpsecLifetime", lifetimeAsText ? .text("\(lifetime)") : .number(lifetime)),
        ])
    }

    private func bgp(_ number: Int, _ index: Int) -> AnswerNode {
        let third = 7 + (number * 2 + index) % 150
        let fourth = (number * 2 + index) / 150 % 64 * 4
        return .object([
            ("TunnelCidr", .text("169.254.\(third).\(fourth)/30")),
            ("LocalBgpIp", .text("169.254.\(third).\(fourth + 1)")),
            ("PeerBgpIp", .text("169.254.\(third).\(fourth + 2)")), ("LocalAsn", .number(45_104)),
            ("PeerAsn", .number(65_000 + number % 500)),
        ])
    }

    private mutating func networks(_ first: Int, _ number: Int) -> String {
        (0...(chance(3) ? 1 : 0)).map { "\(first).\(number / 128 % 16 + 16).\(number % 128 * 2 + $0).0/24" }
            .joined(separator: ",")
    }

    private func cloudAddress(_ number: Int, _ index: Int) -> String {
        "203.\(number / 250 % 200).\(number % 250).\(index + 1)"
    }

    private func deviceAddress(_ number: Int) -> String { "198.\(number / 250 % 200).\(number % 250).10" }

    /// Lower-case letters and digits that depend on the number alone.
    private func identifier(_ number: Int, _ length: Int) -> String {
        var generator = SplitMix64(state: UInt64(truncatingIfNeeded: number) &+ 0x9E37)
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<length).map { _ in letters[Int(generator.next() % 36)] })
    }

    private mutating func chance(_ oneIn: UInt64) -> Bool { random.next() % oneIn == 0 }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(random.next() % UInt64(elements.count))]
    }

    private mutating func shuffle<Element>(_ elements: inout [Element]) { elements.shuffle(using: &random) }
}

/// A small random number generator whose numbers are the same everywhere (Steele, Lea and Flood, 2014).
public struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    /// Starts at a state.
    public init(state: UInt64) { self.state = state }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
