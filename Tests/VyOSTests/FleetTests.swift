import Foundation
import TestSupport
import Testing

let releases = ["1.3", "1.4", "1.5"]

@Suite("VyOS: what is rendered is what the answers say, or is refused")
struct VyOSFleetTests {
    static let sites = [
        SiteFacts(),
        SiteFacts(advertise: ["10.0.0.0/8", "192.168.7.9/32"], routes: ["100.64.0.0/10", "192.168.0.0/16"]),
        SiteFacts(advertise: ["172.31.0.0/16"], vrf: "CLOUD"),
        SiteFacts(advertise: ["172.31.0.0/16"], asNumber: "64999"),
        SiteFacts(
            interface: "eth1.100", wanAddress: "192.168.1.2", routerID: "192.0.2.200", mtu: 1438, mss: 1398,
            dpd: .init(delay: 20, timeout: 90), keepalive: 1, hold: 3, initiates: false),
    ]
    static let samples = Repository.folders(in: "samples")

    @Test("Every sample", arguments: samples, releases)
    func sample(name: String, release: String) async throws {
        try await withTemporaryFolder { folder in
            let input = Repository.path("samples/\(name)")
            let site = SiteFacts(advertise: ["10.0.0.0/8"], routes: ["10.0.0.0/8"])
            try await prove(input, release, site, folder, "sample \(name)")
        }
    }

    @Test(
        "Random fleets: every line in the release's tree, every fact equal, every refusal with its field",
        arguments: [1, 2, 3] + Seeds.more, releases)
    func fleets(seed: UInt64, release: String) async throws {
        var sum = Count()
        for (index, site) in Self.sites.enumerated() {
            try await withTemporaryFolder { folder in
                let input = folder + "/in"
                try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
                try FleetGenerator(seed: seed &+ UInt64(index), count: Seeds.size(120)).write(to: input)
                sum.add(try await prove(input, release, site, folder, "seed \(seed), site \(index)"))
            }
        }
        #expect(sum.tunnels > 20 || Seeds.size(120) < 120)
        print("vyos@\(release), seed \(seed): \(sum.text)")
    }

    /// What was tried, how much of it was compared, and how many connections were refused for each field.
    private struct Count {
        var connections = 0
        var tunnels = 0
        var refusals: [String: Int] = [:]

        mutating func add(_ other: Count) {
            connections += other.connections
            tunnels += other.tunnels
            refusals.merge(other.refusals) { $0 + $1 }
        }

        var text: String {
            let refused = refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            return "\(connections) connections, \(tunnels) tunnels equal; refused: \(refused)"
        }
    }

    @discardableResult
    private func prove(
        _ input: String, _ release: String, _ site: SiteFacts, _ folder: String, _ comment: String
    ) async throws -> Count {
        let cloud = try CloudFacts(folder: input, site: site, release: release)
        let rendered = try await Rendered.render(input, release: release, site: site, below: folder)
        let place = Comment(rawValue: "\(comment), \(release)")
        let refused = Expressible(release: release, all: cloud.tunnels, site: site).refusals()
        let possible = Set(cloud.tunnels.map(\.connection)).subtracting(refused.keys)
        #expect(rendered.connections == possible, place)
        for id in cloud.connections.subtracting(rendered.connections) {
            let errors = rendered.errors(of: id)
            #expect(!errors.isEmpty, "\(id) is left out without a word; \(comment)")
            for field in refused[id] ?? [] where !errors.contains(where: { $0.contains(field) }) {
                Issue.record("\(id): no refusal names \(field), but \(errors); \(comment), \(release)")
            }
        }
        var count = Count(connections: cloud.connections.count)
        for fields in refused.values { for field in Set(fields) { count.refusals[field, default: 0] += 1 } }
        for (router, files) in rendered.routers {
            let configuration = VyOSConfiguration(rendered.filled(files), release: release)
            let facts = VyOSFacts(configuration)
            let place = Comment(rawValue: "\(router), \(comment), \(release)")
            #expect(configuration.faults == [], place)
            #expect(facts.faults == [], place)
            checkSuggestions(configuration, place)
            let wanted = cloud.tunnels.filter { files["\($0.connection).vyos"] != nil && isOn(router, $0, rendered) }
            #expect(Set(facts.tunnels.map(\.name)) == Set(wanted.map(\.facts.name)), place)
            let guarded = wanted.reduce(into: Set<String>()) { $0.formUnion($1.guarded) }
            #expect(facts.dropped(vrf: site.vrf) == guarded, place)
            for tunnel in facts.tunnels {
                guard var expected = wanted.first(where: { $0.facts.name == tunnel.name })?.facts else { continue }
                // One process for all: paths are shared as soon as two tunnels are equals.
                expected.bgp?.isMultipath = wanted.contains { $0.facts.bgp?.isMultipath ?? false }
                if release == "1.3", tunnel.usesInterface, expected.deviceAddress == nil {
                    expected.deviceAddress = Rendered.toldByHand
                }
                #expect(tunnel.differences(from: expected) == [], "\(tunnel.name), \(router), \(comment), \(release)")
                count.tunnels += 1
            }
        }
        return count
    }

    /// A router without a site file answers to the customer gateways of its connections.
    private func isOn(_ router: String, _ tunnel: CloudFacts.Tunnel, _ rendered: Rendered) -> Bool {
        rendered.routers[router]?["\(tunnel.connection).vyos"] != nil
    }

    /// Commands in remarks are commands, once numbers and names are put in.
    private func checkSuggestions(_ configuration: VyOSConfiguration, _ place: Comment) {
        guard let tree = ReleaseTree.all[configuration.release] else { return }
        for comment in configuration.comments {
            let words = CommandLine.words(of: comment.trimmingPrefix(while: { $0 == " " })) ?? []
            guard let verb = words.first, verb == "set" || verb == "delete" else { continue }
            let path = words.dropFirst().map { word in
                word.wholeMatch(of: /N\d+/) != nil ? "10" : word == "GATEWAY" ? "198.51.100.1" : word
            }
            let meaning = tree.meaning(of: path)
            if case .fault(let fault) = meaning { Issue.record("remark: \(fault); \(place)") }
            // What is taken away is there.
            if verb == "delete" {
                let isThere = configuration.has(Array(path)) || path.contains("authentication")
                #expect(isThere, "\(path.joined(separator: " ")) is not there; \(place)")
            }
        }
    }
}
