import Foundation
import TestSupport
import Testing

/// The versions that the pack knows, as users name them.
let versions = ["15.x", "16.12", "17.11"]

@Suite("Cisco: the samples' configurations say what the cloud expects")
struct CiscoSampleTests {
    static let cases = Repository.folders(in: "samples")

    @Test("Facts of every sample", arguments: cases, versions)
    func facts(sample: String, version: String) async throws {
        let names = Repository.files(in: "samples/\(sample)").filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }
        let documents = try names.map {
            try Data(contentsOf: URL(fileURLWithPath: Repository.path("samples/\(sample)/\($0)")))
        }
        let expected = CloudFacts(documents).connections()
        let fleet = try await render(sample, version, "inline")
        var comparison = Comparison(version: version)
        for router in fleet.routers.values {
            let ids = router.files.keys.filter { $0 != "shared.ios" }.map { $0.replacing(".ios", with: "") }
            let addresses = Set(IOSFacts(IOSConfiguration(router.pasted(), version: version)).tunnels.keys)
            // A connection on two routers has one tunnel on each: its place is told by the customer gateway alone.
            let tunnels = ids.flatMap { expected[$0] ?? [] }.filter {
                fleet.routers.count == 1 || addresses.contains($0.cloudAddress)
            }
            comparison.compare(router.pasted(), with: tunnels, on: router.name)
        }
        #expect(comparison.complaints.isEmpty, "\(sample): \(comparison.complaints)")
        for id in expected.keys where fleet.routers(of: id).isEmpty {
            #expect(fleet.messages.contains(id), "\(id) is neither rendered nor mentioned")
        }
    }

    @Test(
        "Keys in their own file say the same, and the other files are those with placeholders", arguments: cases,
        versions)
    func secretsApart(sample: String, version: String) async throws {
        let inline = try await render(sample, version, "inline")
        let split = try await render(sample, version, "split")
        let placeholder = try await render(sample, version, "placeholder")
        for (name, router) in inline.routers {
            let one = IOSFacts(IOSConfiguration(router.pasted(), version: version))
            let two = IOSFacts(IOSConfiguration(split.routers[name]?.pasted() ?? [], version: version))
            #expect(two.problems.isEmpty)
            #expect(one.tunnels == two.tunnels)
        }
        func main(_ fleet: RenderedFleet) -> [String: String] {
            fleet.contents.filter { !$0.key.hasSuffix(".secrets.ios") }
        }
        #expect(main(split) == main(placeholder))
        #expect(split.contents.keys.sorted() == placeholder.contents.keys.sorted())
    }

    private func render(_ sample: String, _ version: String, _ secrets: String) async throws -> RenderedFleet {
        try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                ["samples/\(sample)"], device: "cisco-ios@\(version)", secrets: secrets, output: folder + "/out")
        }
    }
}
