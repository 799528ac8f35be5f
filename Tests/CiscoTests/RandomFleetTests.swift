import Foundation
import TestSupport
import Testing

@Suite("Cisco: random fleets")
struct CiscoRandomFleetTests {
    /// 6 fleets of 250 connections for each version: 4500 renderings of 1500 different connections, and `Seeds.more`.
    static let seeds: [UInt64] = [11, 12, 13, 14, 15, 16] + Seeds.more

    @Test(
        "What can be expressed says what the cloud expects, and the rest is refused for a reason", arguments: seeds,
        versions)
    func facts(seed: UInt64, version: String) async throws {
        let fleet = RandomFleet(seed: seed, count: Seeds.size(250), vrf: seed % 3 == 0 ? "CLOUD" : nil)
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                fleet.answers, device: "cisco-ios@\(version)", site: fleet.site, folder: folder)
        }
        var check = FleetCheck(fleet, version: version)
        check.run(on: rendered)
        #expect(check.complaints.isEmpty, "\(check.complaints.prefix(5)) of \(check.complaints.count)")
        #expect(check.compared > 10 || Seeds.size(250) < 250)
        print("cisco-ios@\(version), seed \(seed): \(check.compared) tunnels equal; refused: \(check.tally)")
    }
}

/// Compares a whole random fleet, router by router.
struct FleetCheck {
    private let fleet: RandomFleet
    private let version: String
    private let isPolicyBased: Bool
    private let cloud: CloudFacts
    private let expected: [String: [TunnelFacts]]
    private let networks: [String: [String]]
    private(set) var complaints: [String] = []
    private(set) var compared = 0
    private var refusals: [String: Int] = [:]

    init(_ fleet: RandomFleet, version: String, isPolicyBased: Bool = false) {
        self.isPolicyBased = isPolicyBased
        self.fleet = fleet
        self.version = version
        cloud = CloudFacts(fleet.answers.values.map { Data($0.utf8) }, site: fleet.values)
        expected = cloud.connections()
        networks = cloud.networks()
    }

    /// Refusals by reason.
    var tally: String {
        refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    mutating func run(on rendered: RenderedFleet) {
        var comparison = Comparison(version: version, isPolicyBased: isPolicyBased)
        for (gateway, connections) in Dictionary(grouping: fleet.connections, by: \.gateway) {
            var tunnels: [TunnelFacts] = []
            var router: Router?
            for connection in connections {
                let reasons = reasons(connection, gateway, among: connections)
                let found = rendered.routers(of: connection.id).first
                if (found != nil) != reasons.isEmpty {
                    complaints.append("\(connection.id): rendered \(found != nil), reasons \(reasons.sorted())")
                    complaints += rendered.told(of: connection.id)
                }
                for reason in reasons { refusals[reason, default: 0] += 1 }
                guard let found else { continue }
                tunnels += expected[connection.id] ?? []
                router = found
            }
            if let router {
                comparison.compare(router.pasted(), with: tunnels, on: "seed \(fleet.seed), \(router.name)")
            }
        }
        complaints += comparison.complaints
        compared = comparison.compared
    }

    private func reasons(
        _ connection: RandomFleet.Connection, _ gateway: String, among others: [RandomFleet.Connection]
    ) -> Set<String> {
        let asNumbers = Set(others.flatMap { expected[$0.id] ?? [] }.compactMap { $0.bgp?.deviceASN })
        let facts = expected[connection.id] ?? []
        let known = cloud.customerGateways[gateway] ?? ""
        let wan = fleet.values.wanAddresses[gateway]
        // No value with a line break may come anywhere near a configuration, not even into a comment.
        let all = others.flatMap { expected[$0.id] ?? [] }
        var reasons: Set<String> = connection.name.contains { $0.isNewline } ? ["line break in the name"] : []
        for tunnel in facts {
            // Nothing but these tells IOS whose profile it is when the cloud begins (Cisco document 117259).
            let alike = all.filter {
                $0.ikeVersion == tunnel.ikeVersion && $0.cloudIdentity == tunnel.cloudIdentity
                    && ($0.deviceAddress == tunnel.deviceAddress || $0.deviceAddress.isEmpty
                        || tunnel.deviceAddress.isEmpty)
            }
            if alike.count > 1 { reasons.insert("two profiles for one peer") }
            let sent = String(tunnel.deviceIdentity.drop { $0 != ":" }.dropFirst())
            let sendsHidden = cloud.isPrivate(sent) && sent != known && !cloud.isPrivate(known)
            reasons.formUnion(
                reasonsAgainst(
                    tunnel, version: version, isDual: facts.count == 2, isPolicyBased: isPolicyBased,
                    isBehindNAT: (wan != nil && wan != known) || sendsHidden,
                    natTraversal: connection.natTraversal[tunnel.cloudAddress] ?? true,
                    networks: networks[connection.id] ?? [], asNumbers: asNumbers))
        }
        return reasons
    }
}
