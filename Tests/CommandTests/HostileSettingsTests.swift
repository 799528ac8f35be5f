import Foundation
import TestSupport
import Testing

/// Files in TOML that were made to exhaust or mislead, in the place of each file that the program reads.
@Suite("Hostile settings: one clear finding, bounded memory and time")
struct HostileSettingsTests {
    /// A text, and what must be said of it.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var bytes: [UInt8]
        var says: String

        init(_ name: String, _ text: String, says: String) {
            self.init(name, Array(text.utf8), says: says)
        }

        init(_ name: String, _ bytes: [UInt8], says: String) {
            (testDescription, self.bytes, self.says) = (name, bytes, says)
        }
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    static let cases = [
        Case("a key of 100,000 steps", "a" + times(100_000, ".a") + " = 1", says: "more than 32 steps"),
        Case("a header of 100,000 steps", "[a" + times(100_000, " . \"b\"") + "]", says: "more than 32 steps"),
        Case("a list's header of 33 steps", "[[a" + times(32, ".a") + "]]", says: "more than 32 steps"),
        Case("arrays within arrays", "a = " + times(100_000, "["), says: "nested more than 32 levels"),
        Case("tables within tables", "a = " + times(100_000, "{a = "), says: "nested more than 32 levels"),
        // Found by fuzzing: assertions of toml++ 3.4.0 ended the program.
        Case("a table's name in no letters of ASCII", "[é]", says: "not ASCII|table's name must begin"),
        Case("foreign blanks in a list", "a = [\u{2028}1]", says: "not ASCII"),
        Case("half a time of day", "a = 2027-06-30 1", says: "no time of day"),
        Case("half a time of day after no day", "a = 2027-06-3n 0 ", says: "no time of day"),
        Case("a list's name that is none", "[[[[waivers]]", says: "a table's name must begin"),
        Case("a table's name on the next line", "[\n.1]", says: "a table's name must begin"),
        Case("a bracket of the wrong kind", "a = [1, }", says: "no bracket is open"),
        Case("a bracket too many", "a = [1]]", says: "no bracket is open"),
        Case("a key of 1 MB", times(1 << 20, "x") + " = 1", says: "a key of more than 200"),
        Case("a key that could act on a terminal", "\"a\\u001b[2J\" = 1", says: "control characters"),
        Case("3 MB of comment", "#" + times(3 << 20, "x"), says: "larger than 2 MiB"),
        Case("20 MB", "#" + times(20 << 20, "x"), says: "too large"),
        Case("a zero byte that hides the rest", "# note\n\0\n[routers.a]\nx = 1", says: "zero byte"),
        Case("a zero byte in a comment", "# a\0b", says: "zero byte"),
        Case("a zero byte as an escape", "a = \"x\\u0000y\"", says: "zero byte"),
        Case("bytes that are not UTF-8", Array("a = \"".utf8) + [0xFF, 0xFE] + Array("\"".utf8), says: "not UTF-8"),
        Case("UTF-16", [0xFF, 0xFE, 0x61, 0, 0x3D, 0, 0x31, 0], says: "not UTF-8"),
        Case("a lone surrogate", "a = \"\\ud800\"", says: "TOML|can't be read|can't be used"),
        Case("the same key twice", "a = 1\na = 2", says: "TOML|can't be read|can't be used"),
        Case("cut off", "[routers.x", says: "TOML|can't be read|can't be used"),
        Case("an endless number", "a = " + times(1 << 20, "1"), says: "TOML|can't be read|can't be used"),
    ]

    @Test("The site file, the lock, waivers, a policy, a pack's manifest", arguments: cases)
    func everywhere(_ hostile: Case) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/file.toml"
            try FileManager.default.createDirectory(
                atPath: folder + "/packs/strongswan", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: folder + "/out", withIntermediateDirectories: true)
            for path in [path, folder + "/packs/strongswan/strongswan.toml", folder + "/out/peerconf.lock"] {
                try Data(hostile.bytes).write(to: URL(fileURLWithPath: path))
            }
            let sample = "samples/dual-bgp-vpn-gateway"
            for arguments in [
                "render \(sample) --device strongswan --site \(path)",
                "render \(sample) --device strongswan -o \(folder)/out",
                "render \(sample) --device strongswan --templates \(folder)/packs",
                "lint \(sample) --waivers \(path)", "lint \(sample) --policy \(path)",
            ] {
                let output = try await Command.run(
                    "/bin/sh", ["-c", "ulimit -v 600000; exec \"$0\" \(arguments) >/dev/null", Peerconf.path],
                    folder: Repository.root.path)
                #expect(output.status == 2, "\(arguments): \(output.stderr.prefix(300))")
                #expect(
                    hostile.says.split(separator: "|").contains { output.stderr.contains($0) },
                    "\(arguments): \(output.stderr.prefix(300))")
                #expect(output.stderr.split(separator: "\n").count { (": " + $0).contains(": error: ") } == 1)
                #expect(output.stderr.utf8.count < 1000)
                #expect(!output.stderr.utf8.contains(0x1B))
            }
        }
    }

    @Test("What is long but honest is read: two thousand tunnels, long lines, many dots in texts")
    func honest() async throws {
        try await withTemporaryFolder { folder in
            let networks = (0..<2000).map { "\"10.\($0 / 250).\($0 % 250).0/24\"" }.joined(separator: ", ")
            let tunnels = (0..<2000).map {
                "[routers.a.tunnels.\"tun-\($0)\"] # a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g\n"
                    + "number = \($0 + 101)\n"
            }
            let text = "[routers.a]\nadvertise = [\(networks)]\nroutes = [\n\(networks)\n]\n" + tunnels.joined()
            let path = folder + "/peerconf.toml"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            let output = try await HostileInputTests.render("samples/dual-bgp-vpn-gateway", "--site \(path)")
            #expect(output.status < 2, "\(output.stderr.prefix(500))")
        }
    }
}
