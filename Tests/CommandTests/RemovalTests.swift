import Foundation
import TestSupport
import Testing

@Suite("render --remove: what can't be done is told")
struct RemovalTests {
    private static let sample = "samples/single-ikev2-policy"
    private static let id = "vco-bp1pgqg11h4uu6fjddszz"

    private func remove(_ id: String, _ arguments: String..., device: String = "vyos") async throws -> CommandOutput {
        try await Peerconf.run(["render", Self.sample, "--device", device, "--remove", id] + arguments)
    }

    @Test("An id that no input has, with the nearest one")
    func unknown() async throws {
        let output = try await remove("vco-bp1pgqg11h4uu6fjddsz")
        #expect(output.status == 2 && output.stdout.isEmpty)
        #expect(output.stderr.contains("did you mean \(Self.id)? [PC307]"))
        let both = try await remove(Self.id, "--remove", "vco-no-such")
        #expect(both.status == 3 && both.stdout.contains("delete vpn ipsec") && both.stderr.contains("[PC307]"))
    }

    @Test("A connection that was never rendered into the folder, whose lock stays as it is")
    func noNumber() async throws {
        try await withTemporaryFolder { folder in
            let output = try await remove(Self.id, "-o", folder)
            #expect(output.status == 2 && output.stdout.isEmpty && output.stderr.contains("[PC310]"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("A connection that the device can't express, and a pack without removals")
    func refused() async throws {
        let weak = try await Peerconf.run(
            [
                "render", "samples/ikev1-aggressive-nat", "--device", "cisco-ios", "--remove",
                try await Self.ids("samples/ikev1-aggressive-nat")[0],
            ])
        #expect(weak.status == 2 && weak.stderr.contains("[PC308]") && weak.stdout.isEmpty)
        let comware = try await remove(Self.id, device: "h3c-comware")
        #expect(comware.status == 2 && comware.stderr.contains("[PC309]") && comware.stdout.isEmpty)
    }

    @Test(
        "A choice of connections, keys and comparisons do not go with it",
        arguments: [
            ["--name", "x"], ["--secrets", "split"], ["-o", "/tmp", "--check"],
        ])
    func usage(arguments: [String]) async throws {
        let output = try await Peerconf.run(
            ["render", Self.sample, "--device", "vyos", "--remove", Self.id] + arguments)
        #expect(output.status == 64 || output.status == 2)
        #expect(output.stdout.isEmpty)
    }

    @Test("No removal of any sample holds a key or its placeholder", arguments: Repository.folders(in: "samples"))
    func keys(sample: String) async throws {
        let input = "samples/\(sample)"
        for device in ["vyos@1.3", "vyos", "cisco-ios@15.x", "strongswan", "strongswan-legacy"] {
            for id in try await Self.ids(input) {
                let output = try await Peerconf.run(["render", input, "--device", device, "--remove", id])
                #expect(!output.stdout.contains("<<PSK") && !output.stdout.contains("<<BGP-KEY"))
                #expect(output.stdout.isEmpty == (output.status == 2), "\(output.stderr)")
            }
        }
    }

    /// Ids of the connections of an input.
    private static func ids(_ input: String) async throws -> [String] {
        let list = try await Peerconf.run(["list", input, "--format", "json"]).stdout
        return Set(list.matches(of: /"id" *: *"(vco-[a-z0-9]+)"/).map { String($0.1) }).sorted()
    }
}
