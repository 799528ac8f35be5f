import Foundation

/// Answers in which a text stands in every field there is: in each connection, with its gateways, in another one.
///
/// The fields are those of the connections below and of every sample, so that no field is forgotten. Each connection
/// ends on a router of its own; the same number has the same ids and addresses whatever the text is.
public struct HostileFleet: Sendable {
    /// Where a text stands, one per connection.
    public private(set) var places: [String] = []
    private var records: [AnswerNode] = []

    /// Puts a text into each place, by its number.
    public init(saying text: (Int) -> String) {
        var known: Set<String> = []
        for shape in Shape.allCases {
            for leaf in record(shape, 0).leaves(below: "\(shape)") {
                // What two shapes have in the same place need be tried in one of them.
                guard known.insert(String(leaf.name.drop { $0 != "/" })).inserted, !leaf.name.contains("[1]") else {
                    continue
                }
                let text = text(records.count)
                records.append(record(shape, records.count).replacing(leaf.path[...], with: .text(text)))
                places.append(leaf.name)
            }
        }
        let names = Set(places.map { String($0.split(separator: "/").last ?? "") })
        for name in Self.sampleFields.subtracting(names).sorted() {
            guard case .object(var parts) = record(.single, records.count), case .object(let fields) = parts[0].1,
                !fields.contains(where: { $0.0 == name })
            else { continue }
            parts[0].1 = .object(fields + [(name, .text(text(records.count)))])
            records.append(.object(parts))
            places.append("single/VpnConnection/\(name)")
        }
    }

    /// The place in which the text of a router's connection stands.
    func place(of router: String) -> (number: Int, name: String)? {
        guard let number = router.wholeMatch(of: /cgw-h(\d+)/).flatMap({ Int($0.1) }), number < places.count else {
            return nil
        }
        return (number, places[number])
    }

    /// Writes each connection and its gateways into files of their own: some texts make a whole file unreadable.
    public func write(to folder: String) throws {
        for (number, record) in records.enumerated() {
            guard case .object(let parts) = record else { continue }
            for (item, node) in parts {
                let page = AnswerNode.object([
                    ("RequestId", .text("1")), ("PageNumber", .number(1)), ("PageSize", .number(50)),
                    ("TotalCount", .number(1)), (item + "s", .list(item, [node])),
                ])
                try page.json.write(toFile: "\(folder)/\(item)-\(number).json", atomically: false, encoding: .utf8)
            }
        }
    }

    /// Renders with a pack, keys in place; the documents by router.
    public func render(_ pack: String) async throws -> [String: [String: String]] {
        try await withTemporaryFolder { folder in
            try write(to: folder)
            let output = try await Command.run(
                Peerconf.path, ["render", folder, "--device", pack, "--secrets", "inline"],
                folder: Repository.root.path, seconds: 300)
            var routers: [String: [String: String]] = [:]
            for document in printedDocuments(output.stdout) {
                let steps = document.path.split(separator: "/", omittingEmptySubsequences: false)
                let isSound =
                    steps.count > 1
                    && steps.allSatisfy {
                        $0.first?.isLetter == true
                            && $0.utf8.allSatisfy { (0x30...0x7A).contains($0) || [45, 46].contains($0) }
                    }
                guard isSound else { throw HarnessError("a document named \(HostileText.name(document.path))") }
                routers[String(steps[0]), default: [:]][document.path] = document.text
            }
            return routers
        }
    }

    private enum Shape: CaseIterable { case policy, single, dual }

    private static let sampleFields: Set<String> = {
        var names: Set<String> = []
        for sample in Repository.folders(in: "samples") {
            for file in Repository.files(in: "samples/" + sample) {
                guard
                    let text = try? String(
                        contentsOfFile: Repository.path("samples/\(sample)/\(file)"), encoding: .utf8)
                else { continue }
                if file.hasSuffix(".xml") {
                    names.formUnion(text.matches(of: /<([A-Za-z]+)>[^<]/).map { String($0.1) }.filter { $0 != "" })
                    names.formUnion(
                        text.matches(of: /<([A-Za-z]+)><\/|<([A-Za-z]+)\/>/).compactMap {
                            ($0.1 ?? $0.2).map(String.init)
                        })
                } else if file.hasSuffix(".json") {
                    names.formUnion(text.matches(of: /"([A-Za-z]+)": *["0-9tfn]/).map { String($0.1) })
                }
            }
        }
        // Those of lists and pages are written once per file.
        return names.subtracting(["PageNumber", "PageSize", "TotalCount", "RequestId"])
    }()

    // MARK: Connections

    private func record(_ shape: Shape, _ number: Int) -> AnswerNode {
        .object([
            ("VpnConnection", connection(shape, number)),
            (
                "CustomerGateway",
                .object([
                    ("CustomerGatewayId", .text("cgw-h\(number)")), ("IpAddress", .text(device(number))),
                    ("Asn", .number(65_010)), ("AuthKey", .text("Bgp1")), ("Name", .text("router")),
                    ("Description", .text("a router")), ("ResourceGroupId", .text("rg-1")),
                ])
            ),
            (
                "VpnGateway",
                .object([
                    ("VpnGatewayId", .text("vpn-h\(number)")), ("InternetIp", .text(cloud(number, 0))),
                    ("DisasterRecoveryInternetIp", .text(cloud(number, 1))), ("Name", .text("gateway")),
                    ("Description", .text("a gateway")), ("Spec", .text("200M")), ("VpnType", .text("Normal")),
                    ("Status", .text("active")), ("ZoneNo", .text("cn-hangzhou-h")),
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
            ("Tag", .list("Tag", [.object([("Key", .text("site")), ("Value", .text("plant"))])])),
            ("EffectImmediately", .flag(false)),
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
            ("TunnelId", .text("tun-h\(number)x\(index)")), ("Role", .text(index == 0 ? "master" : "slave")),
            ("CustomerGatewayId", .text("cgw-h\(number)")), ("InternetIp", .text(cloud(number, index))),
            ("ZoneNo", .text("cn-hangzhou-h")), ("State", .text("active")), ("Status", .text("ipsec_sa_established")),
            ("EnableDpd", .flag(true)), ("EnableNatTraversal", .flag(true)),
            ("TunnelIkeConfig", ike(number, index, "ikev2")), ("TunnelIpsecConfig", ipsec),
            ("TunnelBgpConfig", bgp(index)),
        ])
    }

    private func ike(_ number: Int, _ index: Int, _ version: String) -> AnswerNode {
        .object([
            ("IkeVersion", .text(version)), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
            ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
            ("LocalId", .text(cloud(number, index))), ("RemoteId", .text(device(number))),
            ("Psk", .text("Key\(number)x\(index)")),
        ])
    }

    private let ipsec = AnswerNode.object([
        ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
        ("IpsecLifetime", .number(3600)),
    ])

    private func bgp(_ index: Int) -> AnswerNode {
        .object([
            ("TunnelCidr", .text("169.254.\(10 + index).0/30")), ("LocalBgpIp", .text("169.254.\(10 + index).1")),
            ("PeerBgpIp", .text("169.254.\(10 + index).2")), ("LocalAsn", .number(45_104)),
            ("PeerAsn", .number(65_010)),
            ("AuthKey", .text("Bgp1")), ("BgpStatus", .text("success")), ("Status", .text("success")),
        ])
    }

    private func cloud(_ number: Int, _ index: Int) -> String { "203.\(number / 250).\(number % 250).\(index + 1)" }

    private func device(_ number: Int) -> String { "198.51.\(number / 250 + 100).\(number % 250 + 1)" }
}

extension AnswerNode {
    fileprivate func leaves(below name: String) -> [(name: String, path: [Int])] {
        switch self {
        case .text, .number, .flag: [(name, [])]
        case .object(let fields):
            fields.enumerated().flatMap { index, field in
                field.1.leaves(below: "\(name)/\(field.0)").map { ($0.name, [index] + $0.path) }
            }
        case .list(_, let nodes):
            nodes.enumerated().flatMap { index, node in
                node.leaves(below: "\(name)[\(index)]").map { ($0.name, [index] + $0.path) }
            }
        }
    }

    fileprivate func replacing(_ path: ArraySlice<Int>, with leaf: AnswerNode) -> AnswerNode {
        guard let index = path.first else { return leaf }
        switch self {
        case .text, .number, .flag: return self
        case .object(var fields):
            fields[index].1 = fields[index].1.replacing(path.dropFirst(), with: leaf)
            return .object(fields)
        case .list(let name, var nodes):
            nodes[index] = nodes[index].replacing(path.dropFirst(), with: leaf)
            return .list(name, nodes)
        }
    }
}
