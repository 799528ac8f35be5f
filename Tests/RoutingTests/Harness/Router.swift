import Foundation
import TestSupport

/// FRRouting in a network namespace: zebra, staticd and bgpd with their sockets in the namespace's folder.
struct Router: Sendable {
    let namespace: Namespace
    private var sockets: String { namespace.folder + "/frr" }

    /// Starts the daemons and waits until they take commands.
    init(in namespace: Namespace) async throws {
        self.namespace = namespace
        try namespace.makeFolder("frr")
        // The daemons give up root's rights and then make their sockets.
        let open: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o777)]
        try FileManager.default.setAttributes(open, ofItemAtPath: sockets)
        let passable: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o711)]
        try FileManager.default.setAttributes(passable, ofItemAtPath: namespace.folder)
        for daemon in ["zebra", "staticd", "bgpd"] { try start(daemon) }
        let ready = try await polled(within: 10) { [self] in
            let output = try await vtysh(["-c", "show bgp summary json"])
            return output.status == 0 && output.stdout.contains("{") ? true : nil
        }
        guard ready != nil else { throw HarnessError("FRRouting did not start in \(namespace.name)") }
    }

    /// Starts a daemon in the foreground; the namespace ends it.
    ///
    /// One that went to the background would hold on to what tells `Process` of its end.
    private func start(_ daemon: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Namespace.ipPath)
        process.arguments = [
            "netns", "exec", namespace.name, "\(RoutingTools.folder)/\(daemon)", "-z", sockets + "/zserv.api",
            "--vty_socket", sockets, "-i", "\(sockets)/\(daemon).pid", "--log", "file:\(sockets)/\(daemon).log",
        ]
        let handle = try FileHandle.creating("\(sockets)/\(daemon).out")
        (process.standardInput, process.standardOutput, process.standardError) =
            (FileHandle.nullDevice, handle, handle)
        try process.run()
        try handle.close()
    }

    /// Runs vtysh against these daemons.
    func vtysh(_ arguments: [String]) async throws -> CommandOutput {
        try await Command.run(RoutingTools.vtysh, ["--vty_socket", sockets] + arguments)
    }

    /// Has the running daemons read a file, and throws when they complain.
    func load(_ text: String, as name: String) async throws {
        let path = try namespace.write(text, to: name)
        let output = try await vtysh(["-f", path])
        guard output.status == 0, output.stdout.isEmpty else {
            throw HarnessError("vtysh -f \(name): \(output.status)\n\(output.stdout)\(output.stderr)")
        }
    }

    /// The configuration that the daemons hold.
    func runningConfiguration() async throws -> String {
        try await vtysh(["-c", "show running-config"]).stdout
    }

    /// What bgpd knows of every prefix.
    func table() async throws -> BGPTable {
        try JSONDecoder().decode(
            BGPTable.self, from: Data(try await vtysh(["-c", "show bgp ipv4 unicast json"]).stdout.utf8))
    }

    /// States of sessions by the neighbour's address.
    func sessions() async throws -> [String: String] {
        struct Summary: Decodable {
            struct Peer: Decodable { var state: String }
            var peers: [String: Peer]?
        }
        let text = try await vtysh(["-c", "show bgp ipv4 unicast summary json"]).stdout
        return try JSONDecoder().decode(Summary.self, from: Data(text.utf8)).peers?.mapValues(\.state) ?? [:]
    }

    /// The kernel's routes that bgpd brought.
    func kernelRoutes() async throws -> String {
        try await Command.check(Namespace.ipPath, ["-n", namespace.name, "route", "show", "proto", "bgp"]).stdout
    }
}

/// `show bgp ipv4 unicast json`.
struct BGPTable: Decodable, Sendable {
    struct Path: Decodable, Sendable {
        struct NextHop: Decodable, Sendable { var ip: String }
        var bestpath: Bool?
        var multipath: Bool?
        var locPrf: Int?
        var path: String
        var peerId: String?
        var nexthops: [NextHop]
        var isBest: Bool { bestpath ?? false }
    }

    var routes: [String: [Path]]

    /// Prefixes that came from a neighbour.
    func prefixes(from peer: String) -> [String] {
        routes.filter { $0.value.contains { $0.peerId == peer } }.keys.sorted()
    }

    /// The neighbour of the best path to a prefix.
    func best(_ prefix: String) -> String? { routes[prefix]?.first(where: \.isBest)?.peerId }
}
