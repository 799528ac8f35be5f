import Foundation
import TestSupport
import Testing

@Suite("templates show: a pack, or one of its files")
struct TemplatesShowTests {
    private static func content(_ path: String) throws -> String {
        try String(contentsOfFile: Repository.path("templates/\(path)"), encoding: .utf8)
    }

    @Test("One file, in either way of naming it, is that file byte for byte")
    func oneFile() async throws {
        let content = try Self.content("strongswan/strongswan_swanctl.j2")
        for place in [["strongswan/strongswan_swanctl.j2"], ["strongswan", "strongswan_swanctl.j2"]] {
            let output = try await Peerconf.run(["templates", "show"] + place)
            #expect(output.status == 0 && output.stderr.isEmpty && output.stdout == content)
        }
    }

    @Test("A pack: each file under a line with its name")
    func wholePack() async throws {
        let output = try await Peerconf.run(["templates", "show", "vyos"])
        let whole = try Repository.files(in: "templates/vyos").sorted().map { name in
            "==> \(name) <==\n\(try Self.content("vyos/\(name)"))\n"
        }
        #expect(output.stdout == whole.joined())
    }

    @Test(
        "A wrong name is told with the one meant",
        arguments: [
            ("strongswan/strongswan_swanct.j2", "did you mean strongswan/strongswan_swanctl.j2?"),
            ("strongswan/swanctl.conf.j2", "did you mean strongswan/strongswan_swanctl.j2?"),
            ("strongswan/frr.conf", "did you mean strongswan/strongswan_frr.j2?"),
            ("strongswam/strongswan_swanctl.j2", "did you mean strongswan?"),
        ])
    func wrong(place: String, hint: String) async throws {
        let output = try await Peerconf.run(["templates", "show", place])
        #expect(output.status == 2 && output.stdout.isEmpty)
        #expect(output.stderr.contains(hint), "\(output.stderr)")
    }

    @Test("Where no name is near, all are told; a file named twice is wrong usage")
    func others() async throws {
        let far = try await Peerconf.run(["templates", "show", "vyos/zzzzzzzz"])
        #expect(far.status == 2 && !far.stderr.contains("did you mean"))
        #expect(far.stderr.contains("vyos_connection.j2, ") && far.stderr.contains("[PC325]"))
        let twice = try await Peerconf.run(["templates", "show", "vyos/vyos_bgp.j2", "vyos_bgp.j2"])
        #expect(twice.status == 2 && twice.stdout.isEmpty)
    }
}
