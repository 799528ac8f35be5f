import Foundation
import TestSupport
import Testing

/// What the program asks of the system, as `strace` sees it: no network, and no file but those it was given.
@Suite("System calls")
struct SystemCallTests {
    private static let commands: [[String]] = [
        ["render", "samples/dual-bgp-vpn-gateway", "--device", "strongswan"],
        ["render", "samples/fleet-two-pages", "--device", "vyos"],
        ["render", "samples/documentation-sample-json", "--device", "cisco-ios"],
        ["list", "samples/fleet-two-pages", "--format", "json"],
        ["lint", "samples/fleet-two-pages", "--format", "sarif"],
        ["diff", "samples/single-ikev2-policy", "samples/dual-bgp-vpn-gateway"],
        ["site", "init", "samples/fleet-two-pages"],
        ["explain", "PC131"], ["devices"], ["templates", "lint"],
        ["render", "Tests/CommandTests/Fixtures/bad/external-entity.xml", "--device", "strongswan"],
    ]

    @Test("No socket, no other program, no file beyond those named", .needs("/usr/bin/strace"), arguments: commands)
    func calls(arguments: [String]) async throws {
        try await withTemporaryFolder { folder in
            let log = folder + "/calls"
            _ = try await Command.run(
                "/usr/bin/strace",
                ["-f", "-qq", "-e", "trace=network,open,openat,openat2,execve,unlink,rename", "-o", log, Peerconf.path]
                    + arguments, folder: Repository.root.path)
            let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            #expect(calls.count { $0.contains("execve(") } == 1, "another program is run")
            let network = ["socket(", "connect(", "sendto(", "sendmsg(", "bind(", "socketpair("]
            #expect(calls.filter { call in network.contains { call.contains($0) } } == [])
            let opened = calls.compactMap { call in
                call.contains("open") && !call.contains("ENOENT")
                    ? call.split(separator: "\"", maxSplits: 2).dropFirst().first.map(String.init) : nil
            }
            let named = arguments.filter { $0.contains("/") }
            for path in opened where !Self.belongsToSystem(path) {
                #expect(named.contains { path == $0 || path.hasPrefix($0 + "/") }, "\(path) is opened")
            }
        }
    }

    /// What the loader and the C library open for every program.
    private static func belongsToSystem(_ path: String) -> Bool {
        [
            "/lib", "/usr/lib", "/etc/ld.so", "/proc/self", "/proc/meminfo", "/sys/devices/system/cpu",
            "/sys/fs/cgroup", "/dev/",
        ]
        .contains { path.hasPrefix($0) } || path.contains("/swift") && path.contains(".so")
            || path.hasPrefix(URL(fileURLWithPath: Peerconf.path).deletingLastPathComponent().path)
    }
}
