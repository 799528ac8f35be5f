import Foundation
import TestSupport

/// Random answers that between them have every value that the service documents: algorithms, groups, versions and
/// modes, kinds of identities, attachments, networks, keys.
///
/// Values are drawn from decks: a few dozen connections have each of them, in ever other company. The same seed gives
/// the same answers everywhere. Written by the API's documents alone.
struct FleetGenerator {
    /// What the answers are for.
    enum Purpose {
        case loading
        /// Only what two ends can agree on: sides with one meaning, time enough before anything is made anew.
        case negotiating
    }

    enum Shape: CaseIterable { case singleGateway, singleTransit, singleUnknownGateway, dualGateway, dualTransit }

    enum Networks: CaseIterable {
        case onePair, cloudTwo, deviceThree, twoByTwo, anyToAny, bgp, bgpNarrow, untidy, anyInCloud, anyOnDevice
    }

    enum Name: CaseIterable { case address, privateAddress, domain, email, ambiguous, distinguishedName, missing }

    private var random: SplitMix64
    private let purpose: Purpose
    private var shapes = Deck(Shape.allCases)
    private var networks: Deck<Networks>
    private var cloudNames: Deck<Name>
    private var deviceNames = Deck(Name.allCases)
    private var ambiguous: Deck<String>
    private var versions = Deck<(String, String?)>([
        ("ikev1", "main"), ("ikev1", "aggressive"), ("ikev1", nil), ("ikev2", "main"), ("ikev2", "aggressive"),
        ("ikev2", nil),
    ])
    private var ciphers = Deck(["aes", "aes192", "aes256", "des", "3des"])
    private var hashes = Deck(["md5", "sha1", "sha256", "sha384", "sha512"])
    private var groups = Deck(["group1", "group2", "group5", "group14"])
    private var espCiphers = Deck(["aes", "aes192", "aes256", "des", "3des"])
    private var espHashes = Deck(["md5", "sha1", "sha256", "sha384", "sha512"])
    private var secrecy = Deck(["disabled", "group1", "group2", "group5", "group14"])
    private var lifetimes: Deck<Int>
    private var states = Deck(["active", "attached", "updating", "Upgrading", "financialLocked", "active", "active"])

    /// The answers of the neighbouring operations that belong to the connections made so far.
    private(set) var vpnGateways: [AnswerNode] = []
    private(set) var customerGateways: [AnswerNode] = []

    init(seed: UInt64, for purpose: Purpose) {
        random = SplitMix64(state: seed)
        self.purpose = purpose
        // With BGP beside narrow networks the cloud's end can't be known from the documents.
        networks = Deck(Networks.allCases.filter { purpose == .loading || $0 != .bgpNarrow })
        cloudNames = Deck(Name.allCases.filter { $0 != .privateAddress })
        lifetimes = Deck(purpose == .loading ? [86_400, 28_800, 3600, 1200, 61, 10] : [86_400, 28_800, 7201])
        let names = ["a=b", "x:y", "site=3@vpn", "@router", "gw/24", "%any", "fqdn:gw", "192.0.2.1-192.0.2.9"]
        ambiguous = Deck(names + (purpose == .loading ? ["*"] : []))
    }

    /// A connection unlike all others; `number` counts from 0 to 249 in one fleet.
    mutating func connection(_ number: Int) -> AnswerNode {
        let shape = shapes.draw(&random)
        let networks = networks.draw(&random)
        let isDual = shape == .dualGateway || shape == .dualTransit
        let usesBGP = networks == .bgp || networks == .bgpNarrow
        let isTransit = shape == .singleTransit || shape == .dualTransit
        var fields: [(String, AnswerNode)] = [
            ("VpnConnectionId", .text(Self.id("vco", number))), ("State", .text(states.draw(&random))),
            ("Name", .text("site \(number) \"#{}\\\" é")), ("AttachType", .text(isTransit ? "CEN" : "VPNGW")),
            ("VpnGatewayId", .text(isTransit ? "" : Self.id("vpn", number))), ("EffectImmediately", .flag(chance(2))),
        ]
        let (cloud, device) = subnets(networks, number)
        fields += [("LocalSubnet", .text(cloud)), ("RemoteSubnet", .text(device))]
        if shape == .singleGateway { tellVPNGateway(number) }
        if isDual {
            // Of no meaning in a connection with two tunnels (api.md 8, point 2).
            fields += [
                ("EnableDpd", .flag(false)), ("CustomerGatewayId", .text("")), ("EnableTunnelsBgp", .flag(usesBGP)),
            ]
            let roles = ["master", "slave"].shuffled(using: &random)
            let tunnels = [0, 1].map { index in
                let mark: (String, AnswerNode) =
                    isTransit ? ("TunnelIndex", .number(index + 1)) : ("Role", .text(roles[index]))
                return AnswerNode.object(
                    [("TunnelId", .text(Self.id("tun", number * 2 + index))), mark]
                        + peering(number, index, "Tunnel", shape, usesBGP: usesBGP))
            }
            fields.append(("TunnelOptionsSpecification", .list("TunnelOptions", tunnels)))
        } else {
            fields += peering(number, 0, "", shape, usesBGP: usesBGP)
        }
        fields.shuffle(using: &random)
        return .object(fields)
    }

    /// What single-tunnel connections and tunnels have alike.
    private mutating func peering(
        _ number: Int, _ index: Int, _ prefix: String, _ shape: Shape, usesBGP: Bool
    ) -> [(String, AnswerNode)] {
        let (version, mode) = versions.draw(&random)
        let isText = !prefix.isEmpty
        func lifetime(_ seconds: Int) -> AnswerNode { isText ? .text("\(seconds)") : .number(seconds) }
        func flag(_ value: Bool) -> AnswerNode { isText ? .text("\(value)") : .flag(value) }
        let (local, remote) = identities(number, index, shape)
        var ike: [(String, AnswerNode)] = [
            ("IkeVersion", .text(version)), ("IkeEncAlg", .text(ciphers.draw(&random))),
            ("IkeAuthAlg", .text(hashes.draw(&random))), ("IkePfs", .text(groups.draw(&random))),
            ("IkeLifetime", lifetime(lifetimes.draw(&random))), ("LocalId", .text(local)), ("RemoteId", .text(remote)),
            ("Psk", .text(key())),
        ]
        if let mode { ike.append(("IkeMode", .text(mode))) }
        ike.shuffle(using: &random)
        var fields: [(String, AnswerNode)] = [
            ("CustomerGatewayId", .text(Self.id("cgw", number * 2 + index))),
            // Behind a NAT it must be on: what has it off is refused, which RefusalTests show.
            ("EnableDpd", flag(chance(2))), ("EnableNatTraversal", flag(remote.hasPrefix("172.30.") || chance(2))),
            (prefix + "IkeConfig", .object(ike)),
            (
                prefix + "IpsecConfig",
                .object([
                    ("IpsecEncAlg", .text(espCiphers.draw(&random))), ("IpsecAuthAlg", .text(espHashes.draw(&random))),
                    ("IpsecPfs", .text(secrecy.draw(&random))), ("IpsecLifetime", lifetime(lifetimes.draw(&random))),
                ])
            ),
        ]
        if shape == .singleTransit || isText { fields.append(("InternetIp", .text(cloudAddress(number, index)))) }
        if usesBGP { fields.append((isText ? "TunnelBgpConfig" : "VpnBgpConfig", Self.bgp(number, index))) }
        return fields
    }

    /// LocalId and RemoteId; where one is missing, its address is told elsewhere.
    private mutating func identities(_ number: Int, _ index: Int, _ shape: Shape) -> (local: String, remote: String) {
        var local = name(cloudNames.draw(&random), "cloud", number, index) ?? (chance(2) ? "" : "leftId-not-exist")
        if shape == .singleUnknownGateway { local = cloudAddress(number, index) }
        local = local == "ADDRESS" ? cloudAddress(number, index) : local
        let kind = deviceNames.draw(&random)
        let remote = name(kind, "device", number, index) ?? ""
        let known = kind == .missing || kind == .privateAddress || chance(2)
        if known {
            customerGateways.append(
                .object([
                    ("CustomerGatewayId", .text(Self.id("cgw", number * 2 + index))),
                    ("IpAddress", .text(deviceAddress(number, index))),
                ]))
        }
        return (local, remote == "ADDRESS" ? deviceAddress(number, index) : remote)
    }

    private mutating func name(_ kind: Name, _ side: String, _ number: Int, _ index: Int) -> String? {
        switch kind {
        case .address: "ADDRESS"
        case .privateAddress: "172.30.\(number).\(index + 1)"
        case .domain: "\(side)-\(number)-\(index).example.net"
        case .email: "\(side)\(number)@example-\(index).net"
        case .ambiguous: ambiguous.draw(&random)
        case .distinguishedName: "C=CN,O=\(side),CN=gw-\(number)-\(index)"
        case .missing: nil
        }
    }

    private func subnets(_ kind: Networks, _ number: Int) -> (cloud: String, device: String) {
        let cloud = ["10.\(number).0.0/20", "10.\(number).16.0/22"]
        let device = (0..<3).map { "172.\(16 + number / 64).\(number % 64 * 4 + $0).0/24" }
        return switch kind {
        case .onePair, .bgpNarrow: (cloud[0], device[0])
        case .cloudTwo: (cloud.joined(separator: ","), device[0])
        case .deviceThree: (cloud[0], device.joined(separator: ","))
        case .twoByTwo: (cloud.joined(separator: ","), device.prefix(2).joined(separator: ","))
        case .anyToAny, .bgp: ("0.0.0.0/0", "0.0.0.0/0")
        // Blanks, bits beyond the prefix, the same network twice.
        case .untidy: (cloud.joined(separator: ", "), device[0].replacing(".0/24", with: ".77/24") + " , " + device[0])
        case .anyInCloud: ("0.0.0.0/0", device[0])
        case .anyOnDevice: (cloud[0], "0.0.0.0/0")
        }
    }

    /// 1 to 100 of the characters that a key may have, never what looks like a masked one.
    private mutating func key() -> String {
        let prefixes = ["", "", "", "0x", "0X12", "0s", "0SQUJD", "\"", "\\", "#", "{", "'", "${"]
        let prefix = prefixes[Int(random.next() % UInt64(prefixes.count))]
        let characters = (0..<1 + random.next() % 90).map { _ in
            String(UnicodeScalar(UInt8(0x21 + random.next() % 94)))
        }
        return (prefix + characters.joined()).replacing("**", with: "*+").replacing("*", with: "*a")
    }

    private mutating func tellVPNGateway(_ number: Int) {
        vpnGateways.append(
            .object([
                ("VpnGatewayId", .text(Self.id("vpn", number))), ("InternetIp", .text(cloudAddress(number, 0))),
                ("SslVpnInternetIp", .text("192.0.2.1")),
            ]))
    }

    private static func bgp(_ number: Int, _ index: Int) -> AnswerNode {
        let base = "169.254.\(10 + (number * 2 + index) / 64).\((number * 2 + index) % 64 * 4)"
        let host = base.split(separator: ".").prefix(3).joined(separator: ".")
        let last = (number * 2 + index) % 64 * 4
        return .object([
            ("TunnelCidr", .text(base + "/30")), ("LocalBgpIp", .text("\(host).\(last + 1)")),
            ("PeerBgpIp", .text("\(host).\(last + 2)")), ("LocalAsn", .number(45_104)), ("PeerAsn", .number(65_010)),
        ])
    }

    private func cloudAddress(_ number: Int, _ index: Int) -> String { "203.0.\(100 + index).\(number + 1)" }

    private func deviceAddress(_ number: Int, _ index: Int) -> String { "198.51.\(100 + index).\(number + 1)" }

    private static func id(_ kind: String, _ number: Int) -> String {
        let digits = String(number)
        return "\(kind)-bp1" + String(repeating: "x", count: 12 - digits.count) + digits
    }

    private mutating func chance(_ oneIn: UInt64) -> Bool { random.next() % oneIn == 0 }
}

/// A fleet's answers, written as the service would.
struct Fleet {
    private let pages: [(name: String, node: AnswerNode, root: String)]

    init(seed: UInt64, count: Int, for purpose: FleetGenerator.Purpose) {
        var generator = FleetGenerator(seed: seed, for: purpose)
        let connections = (0..<count).map { generator.connection($0) }
        pages = [
            ("connections", .page(connections, size: count, total: count), "DescribeVpnConnectionsResponse"),
            (
                "vpn-gateways", .object([("VpnGateways", .list("VpnGateway", generator.vpnGateways))]),
                "DescribeVpnGatewaysResponse"
            ),
            (
                "customer-gateways",
                .object([("CustomerGateways", .list("CustomerGateway", generator.customerGateways))]),
                "DescribeCustomerGatewaysResponse"
            ),
        ]
    }

    func write(to folder: String, asXML: Bool) throws {
        for page in pages {
            let text = asXML ? page.node.xmlDocument(root: page.root) : page.node.json
            try text.write(
                toFile: "\(folder)/\(page.name).\(asXML ? "xml" : "json")", atomically: true, encoding: .utf8)
        }
    }
}
