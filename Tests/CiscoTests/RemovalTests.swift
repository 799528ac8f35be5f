import Foundation
import TestSupport
import Testing

@Suite("Cisco: what is taken away leaves what is rendered without it")
struct CiscoRemovalTests {
    static let settings = [
        "", "policy_based = true\n", "probes_cloud = true\n", "router_id = \"198.51.100.9\"\n",
    ]

    @Test(
        "Random fleets: one, some or all connections of each router; every line is one of the YANG models",
        arguments: [41, 42, 43] as [UInt64], versions)
    func fleets(seed: UInt64, version: String) async throws {
        let fleet = RandomFleet(
            seed: seed, count: 150, vrf: seed % 3 == 0 ? "CLOUD" : nil, healthChecks: true,
            settings: Self.settings[Int(seed % 4)])
        try await withTemporaryFolder { folder in
            let all = try await RenderedFleet.render(
                fleet.answers, device: "cisco-ios@\(version)", site: fleet.site, folder: folder)
            var removed: [String] = []
            for (number, name) in all.routers.keys.sorted().enumerated() {
                let ids = Self.connections(all.routers[name])
                removed += ids.prefix([1, max(1, ids.count - 1), ids.count][number % 3])
            }
            let output = try await Peerconf.run(
                [
                    "render", folder + "/in", "--device", "cisco-ios@\(version)", "-o", folder + "/out", "--site",
                    folder + "/peerconf.toml",
                ] + removed.flatMap { ["--remove", $0] })
            let documents = printedDocuments(output.stdout)
            let ids = documents.map { String($0.path.split(separator: "/")[1].dropLast(".remove.ios".count)) }
            #expect(ids.sorted() == removed.sorted(), "\(output.stderr.prefix(500))")
            for model in try ModelCommands.releases(of: version).map(ModelCommands.init) {
                for document in documents { #expect(model.unknownLines(in: document.text) == []) }
            }
            var few = fleet
            few.connections.removeAll { removed.contains($0.id) }
            let without = folder + "/without"
            try FileManager.default.createDirectory(
                atPath: without + "/out", withIntermediateDirectories: true,
                attributes: [.posixPermissions: NSNumber(value: 0o700)])
            try FileManager.default.copyItem(
                atPath: folder + "/out/peerconf.lock", toPath: without + "/out/peerconf.lock")
            let rest = try await RenderedFleet.render(
                few.answers, device: "cisco-ios@\(version)", site: fleet.site, folder: without)
            var compared = 0
            for (name, router) in all.routers {
                let stay = Self.connections(router).filter { !removed.contains($0) }
                // What was refused because of what goes now comes back: that is no matter of removals.
                guard Self.connections(rest.routers[name]) == stay else { continue }
                compared += 1
                var what = IOSRemoval(router.pasted())
                for document in documents where document.path.hasPrefix(name + "/") { what.apply(document.text) }
                let left = IOSRemoval(rest.routers[name]?.pasted() ?? [])
                let place = Comment(rawValue: "\(name), seed \(seed), \(version)")
                #expect(what.faults == [], place)
                #expect(Self.texts(what.lines.subtracting(left.lines)) == [], "left over: \(place)")
                #expect(Self.texts(left.lines.subtracting(what.lines)) == [], "missing: \(place)")
            }
            #expect(compared > 20)
            print("cisco-ios@\(version), seed \(seed): \(removed.count) removed, \(compared) routers equal")
        }
    }

    private static func connections(_ router: Router?) -> [String] {
        (router?.files.keys.filter { $0 != "shared.ios" && !$0.contains(".secrets.") } ?? []).map {
            $0.replacing(".ios", with: "")
        }.sorted()
    }

    private static func texts(_ lines: Set<[[Substring]]>) -> [String] {
        lines.map { $0.map { $0.prefix(5).joined(separator: " ") }.joined(separator: " / ") }.sorted()
    }
}
