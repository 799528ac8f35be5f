import Foundation
import TestSupport
import Testing

@Suite("VyOS: what is taken away leaves what is rendered without it")
struct VyOSRemovalTests {
    @Test(
        "Random fleets: one, some or all connections of each router",
        arguments: [1] + Seeds.more, releases)
    func fleets(seed: UInt64, release: String) async throws {
        // A VTI of 1.3 belongs to no VRF, and so nothing is rendered there.
        let sites = VyOSFleetTests.sites.filter { release != "1.3" || $0.vrf == nil }
        for (index, site) in sites.enumerated() {
            try await withTemporaryFolder { folder in
                let input = folder + "/in"
                try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
                let fleet = FleetGenerator(seed: seed &+ UInt64(index), count: 60)
                try fleet.write(to: input)
                let all = try await Rendered.render(input, release: release, site: site, below: folder)
                var removed: [String] = []
                for (number, router) in all.routers.keys.sorted().enumerated() {
                    let ids = Self.connections(all.routers[router] ?? [:])
                    removed += ids.prefix([1, max(1, ids.count - 1), ids.count][number % 3])
                }
                let output = try await Peerconf.run(
                    ["render", input, "--device", "vyos@\(release)", "-o", folder + "/out-split"]
                        + ["--site", folder + "/peerconf.toml"] + removed.flatMap { ["--remove", $0] })
                let documents = printedDocuments(output.stdout)
                #expect(
                    Set(documents.map(\.path))
                        == Set(
                            all.routers.flatMap { router, files in
                                Self.connections(files).filter(removed.contains).map { "\(router)/\($0).remove.vyos" }
                            }), "seed \(seed): \(output.stderr.prefix(500))")
                let rest = folder + "/rest"
                let without = folder + "/without"
                for path in [rest, without + "/out-split"] {
                    try FileManager.default.createDirectory(
                        atPath: path, withIntermediateDirectories: true,
                        attributes: [.posixPermissions: NSNumber(value: 0o700)])
                }
                try FileManager.default.copyItem(
                    atPath: folder + "/out-split/peerconf.lock", toPath: without + "/out-split/peerconf.lock")
                try fleet.write(to: rest) { !removed.contains(Self.id($0)) }
                let wanted = try await Rendered.render(rest, release: release, site: site, below: without)
                var compared = 0
                for (router, files) in all.routers {
                    let stay = Self.connections(files).filter { !removed.contains($0) }
                    // What was refused because of what goes now comes back: that is no matter of removals.
                    guard Self.connections(wanted.routers[router] ?? [:]) == stay else { continue }
                    compared += 1
                    var what = VyOSRemoval(VyOSConfiguration(all.filled(files), release: release))
                    for document in documents where document.path.hasPrefix(router + "/") {
                        #expect(!document.text.contains("set ") && !document.text.contains("secret"))
                        what.apply(document.text.replacing("<<DEVICE-ADDRESS>>", with: Rendered.toldByHand))
                    }
                    let left = VyOSConfiguration(
                        wanted.filled(wanted.routers[router] ?? [:]), release: release)
                    let place = Comment(rawValue: "\(router), seed \(seed), site \(index), \(release)")
                    #expect(what.faults == [], place)
                    #expect(
                        Self.difference(what.values, left.values) == [], place)
                }
                #expect(compared > 0)
                print(
                    "vyos@\(release), seed \(seed), site \(index): \(removed.count) removed, \(compared) routers equal")
            }
        }
    }

    @Test("Without the suggestions, nothing is missing that stays, and what is left over is the router's own")
    func suggestions() async throws {
        try await withTemporaryFolder { folder in
            let input = folder + "/in"
            try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
            try FleetGenerator(seed: 5, count: 60).write(to: input)
            let all = try await Rendered.render(input, release: "1.4", below: folder)
            let ids = all.connections.sorted()
            let output = try await Peerconf.run(
                ["render", input, "--device", "vyos@1.4", "-o", folder + "/out-split"]
                    + ids.flatMap { ["--remove", $0] })
            for (router, files) in all.routers {
                var what = VyOSRemoval(VyOSConfiguration(all.filled(files), release: "1.4"))
                for document in printedDocuments(output.stdout) where document.path.hasPrefix(router + "/") {
                    what.apply(document.text, withSuggestions: false)
                }
                #expect(what.faults == [])
                for path in what.values.keys {
                    #expect(
                        path == ["vpn", "ipsec", "interface"] || path.starts(with: ["protocols", "bgp"]),
                        "\(path.joined(separator: " "))")
                }
            }
        }
    }

    /// Ids of the connections of a router's files, in the order of removals.
    private static func connections(_ files: [String: String]) -> [String] {
        files.keys.filter { !$0.contains(".secrets.") }.map { $0.replacing(".vyos", with: "") }.sorted()
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number)
        return "vco-bp1" + String(repeating: "x", count: 12 - digits.count) + digits
    }

    private static func difference(_ a: [[String]: [String]], _ b: [[String]: [String]]) -> [String] {
        Set(a.keys).union(b.keys).filter { a[$0]?.sorted() != b[$0]?.sorted() }.map { path in
            "\(path.joined(separator: " ")): \(a[path] == nil ? "missing" : b[path] == nil ? "left over" : "differs")"
        }.sorted()
    }
}
