import Foundation
import TestSupport

/// A host on which interfaces.sh runs: an empty network namespace, with a stand-in for what its kernel lacks.
///
/// Everything is real (addresses, routes, sysctls, nftables) but the kind of the interfaces: where the kernel has no
/// XFRM interface and no VTI, a bridge without ports is made in its place, and SAs are lines in a file.
struct ScriptHost: Sendable {
    let namespace: Namespace
    private let script: String

    /// Stands before the real `ip` in PATH.
    private static let standIn = #"""
        #!/bin/sh
        # $STATE/<name> holds what `ip -d link show` would say of the interface, $STATE/sas the SAs.
        real=/usr/sbin/ip
        case "$*" in
        "link add "*" type xfrm dev lo if_id "*)
            $real link add "$3" type bridge && printf '    xfrm if_id 0x%x addrgenmode none\n' "$9" >"$STATE/$3" ;;
        "link add "*" type vti local "*)
            $real link add "$3" type bridge && echo "    vti remote $9 local $7" >"$STATE/$3" ;;
        "link set dev "*" type vti local "*) [ -e "$STATE/$4" ] ;;
        "-d link show dev "*) $real "$@" && cat "$STATE/$5" ;;
        "link del dev "*) $real "$@" && rm "$STATE/$4" ;;
        "xfrm state") cat "$STATE/sas" ;;
        "xfrm policy") cat "$STATE/policies" ;;
        *) exec $real "$@" ;;
        esac

        """#

    /// Gives `body` a host with the script, an uplink and a default route.
    static func run<Answer: Sendable>(
        _ script: String, _ body: (ScriptHost) async throws -> Answer
    ) async throws -> Answer {
        try RoutingTools.scripts.require()
        let namespace = try await Namespace(role: "host")
        do {
            try namespace.makeFolder("bin")
            try namespace.makeFolder("state")
            try namespace.write("", to: "state/sas")
            try namespace.write("", to: "state/policies")
            try namespace.write(standIn, to: "bin/ip")
            let runnable: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o755)]
            try FileManager.default.setAttributes(runnable, ofItemAtPath: namespace.folder + "/bin/ip")
            try await namespace.ip("link add wan0 type bridge")
            try await namespace.ip("addr add 198.51.100.10/24 dev wan0")
            try await namespace.ip("link set wan0 up")
            try await namespace.ip("route add default via 198.51.100.1")
            let host = ScriptHost(
                namespace: namespace, script: try namespace.write(script, to: "interfaces.sh"))
            let answer = try await body(host)
            await namespace.end()
            return answer
        } catch {
            await namespace.end()
            throw error
        }
    }

    /// Runs the script under dash.
    func run(_ verb: String, environment: [String: String] = [:]) async throws -> CommandOutput {
        try await run(script: script, [verb], environment: environment)
    }

    /// Runs another script under dash.
    func run(script: String, _ arguments: [String] = [], environment: [String: String] = [:]) async throws
        -> CommandOutput
    {
        let folder = namespace.folder
        let own = ["PATH": "\(folder)/bin:/usr/sbin:/usr/bin:/sbin:/bin", "STATE": "\(folder)/state"]
        return try await namespace.attempt(
            RoutingTools.dash, [script] + arguments, environment: own.merging(environment) { $1 })
    }

    /// Sets which tunnels have an SA that carries everything.
    func setSAs(_ numbers: [Int], mark: Bool = false) throws {
        try setSAs(numbers.map { ($0, ["0.0.0.0/0"]) }, mark: mark, own: "0.0.0.0/0")
    }

    /// Sets which tunnels have SAs, and the networks of the cloud that those carry, in iproute2's words.
    func setSAs(_ children: [(number: Int, networks: [String])], mark: Bool, own: String) throws {
        let lines = children.map { number, _ in
            let hex = "0x" + String(number, radix: 16)
            return "src 203.0.113.1 dst 198.51.100.10\n\tproto esp spi 0xc1 reqid 1 mode tunnel\n"
                + (mark ? "\tmark \(hex)/0xffffffff \n" : "\tif_id \(hex)\n")
        }
        try namespace.write(lines.joined(), to: "state/sas")
        let policies = children.flatMap { number, networks in
            let hex = "0x" + String(number, radix: 16)
            // As iproute2 prints them: a mark stands before the template, an if_id behind it.
            return networks.flatMap { network in
                [("in", network, own), ("fwd", network, own), ("out", own, network)].map { direction, from, to in
                    "src \(from) dst \(to) \n\tdir \(direction) priority 375423 \n"
                        + (mark ? "\tmark \(hex)/0xffffffff \n" : "")
                        + "\ttmpl src 198.51.100.10 dst 203.0.113.1\n\t\tproto esp spi 0xc1 reqid 1 mode tunnel\n"
                        + (mark ? "" : "\tif_id \(hex)\n")
                }
            }
        }
        try namespace.write(policies.joined(), to: "state/policies")
    }

    /// Interfaces, addresses, routes of all tables and nftables' rules.
    func state() async throws -> String {
        var text = ""
        for arguments in [["-o", "link"], ["-4", "-o", "address"], ["-4", "route", "show", "table", "all"]] {
            text += try await Command.check(Namespace.ipPath, ["-n", namespace.name] + arguments).stdout
        }
        return text + (try await namespace.run(RoutingTools.nft, ["list", "ruleset"]).stdout)
    }

    /// The interface by which an address is reached; `nil` where it is not.
    func way(to address: String) async throws -> String? {
        let output = try await Command.run(
            Namespace.ipPath, ["-n", namespace.name, "-o", "route", "get", address])
        let words = output.stdout.split(separator: " ")
        guard output.status == 0, let place = words.firstIndex(of: "dev"), place + 1 < words.count else { return nil }
        return String(words[place + 1])
    }

    /// The value of a sysctl in the namespace.
    func setting(_ path: String) async throws -> String {
        try await namespace.run("/bin/cat", ["/proc/sys/" + path]).stdout.trimmingCharacters(in: .newlines)
    }
}
