import Foundation
import TestSupport
import Testing

/// What `render --remove` prints for one connection of a device that has three.
private struct Removal {
    /// The files with all connections, and those without the one that goes.
    var all: [String: String] = [:]
    var rest: [String: String] = [:]
    /// The script, with the host's folders in the place of `/etc`.
    var script = ""

    init(of id: String, device: String, etc: String) async throws {
        let connections = [Examples.masterAndSlave(key: nil), Examples.staticPair(), Examples.staticSingle()]
            .enumerated().map { number, connection in
                var connection = connection
                // No tunnel twice: ids are the names of everything, and there is one VTI between two addresses.
                for index in connection.tunnels.indices where connection.tunnels.count == 2 {
                    connection.tunnels[index].id += "\(number)"
                    connection.tunnels[index].internetIP = "203.0.113.\(20 + number * 2 + index)"
                    connection.tunnels[index].localID = connection.tunnels[index].internetIP
                }
                return connection
            }
        all = try await Rendered.render(connections, site: Self.site, device: device).files
        (rest, script) = try await withTemporaryFolder { folder in
            let answers = [
                "connections.json": try RawConnection.answer(connections),
                "gateways.json": try RawConnection.gateways(connections), "peerconf.toml": Self.site,
            ]
            for (name, text) in answers {
                try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
            }
            let render = [
                "render", "connections.json", "gateways.json", "--site", "peerconf.toml", "--device", device, "-o",
                "out",
            ]
            _ = try await Peerconf.run(render, folder: folder)
            let before = try String(contentsOfFile: folder + "/out/peerconf.lock", encoding: .utf8)
            let output = try await Peerconf.run(render + ["--remove", id], folder: folder)
            guard output.status == 0 else { throw HarnessError(output.stderr) }
            #expect(try String(contentsOfFile: folder + "/out/peerconf.lock", encoding: .utf8) == before)
            let printed = printedDocuments(output.stdout).map { ($0.path.replacing("edge1/", with: ""), $0.text) }
            let check = try await Peerconf.run(render + ["--check"], folder: folder)
            #expect(!check.stdout.contains("remove"))
            return (
                Dictionary(uniqueKeysWithValues: printed.filter { !$0.0.hasSuffix(".remove.sh") }),
                (printed.first { $0.0.hasSuffix(".remove.sh") }?.1 ?? "").replacing("/etc/", with: etc + "/")
            )
        }
    }

    private static let site = siteFile(advertise: ["10.64.0.0/12"], routes: ["172.20.0.0/14"])
}

@Suite("strongSwan: the script that takes a connection away", .needsShell)
struct StrongSwanRemovalTests {
    static let connections = ["vco-pair", "vco-static", "vco-static-one"]

    /// Stands in for swanctl and ipsec: an SA is there until it is ended.
    private static let daemon = #"""
        #!/bin/sh
        echo "$(basename "$0") $*" >>"$STATE/calls"
        case "$*" in
        "--list-sas --ike "*) [ -e "$STATE/ended-$3" ] || echo "$3: #1, ESTABLISHED" ;;
        "--terminate --ike "*) : >"$STATE/ended-$3" ;;
        status) for name in $(cat "$STATE/names"); do [ -e "$STATE/ended-$name[*]" ] || echo "  $name[1]: ESTABLISHED"; done ;;
        "down "*) : >"$STATE/ended-$2" ;;
        esac

        """#

    @Test(
        "What stays is what is rendered without it; a second run changes nothing", arguments: connections,
        ["strongswan", "strongswan-legacy"])
    func script(id: String, device: String) async throws {
        let isLegacy = device == "strongswan-legacy"
        let place = UUID().uuidString.prefix(8)
        let etc = "/tmp/pc-etc-\(place)"
        defer { try? FileManager.default.removeItem(atPath: etc) }
        let removal = try await Removal(of: id, device: device, etc: etc)
        #expect(!removal.script.isEmpty && !removal.script.contains(" \n"))
        try await ScriptHost.run(try #require(removal.all["interfaces.sh"])) { host in
            let folder = etc + (isLegacy ? "/ipsec.d" : "/swanctl/conf.d")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let suffixes = isLegacy ? [".ipsec.conf", ".ipsec.secrets"] : [".conf", ".secrets.conf"]
            for name in Self.connections {
                for suffix in suffixes {
                    try "".write(toFile: folder + "/" + name + suffix, atomically: false, encoding: .utf8)
                }
            }
            for name in ["swanctl", "ipsec"] {
                let path = try host.namespace.write(Self.daemon, to: "bin/" + name)
                try FileManager.default.setAttributes(
                    [.posixPermissions: NSNumber(value: 0o755)], ofItemAtPath: path)
            }
            try host.namespace.write("tun-b-master0\ntun-b-master1\nvco-static-one\n", to: "state/names")
            let before = try await host.state()
            #expect(try await host.run("up").status == 0)
            let script = try host.namespace.write(removal.script, to: "remove.sh")
            let first = try await host.run(script: script)
            #expect(first.status == 0 && first.stderr.isEmpty, "\(first.stderr)")
            let after = try await host.state()
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(
                left == Self.connections.filter { $0 != id }.flatMap { name in suffixes.map { name + $0 } }.sorted())
            let second = try await host.run(script: script)
            #expect(second.status == 0 && second.stderr.isEmpty)
            #expect(!second.stdout.contains("ip link") && !second.stdout.contains("terminate"))
            #expect(try await host.state() == after)
            // The new file has nothing to add to what is left, and takes all of it away.
            try host.namespace.write(removal.rest["interfaces.sh"] ?? "exit 0\n", to: "interfaces.sh")
            #expect(try await host.run("up").status == 0)
            #expect(try await host.state() == after)
            #expect(try await host.run("down").status == 0)
            #expect(try await host.state() == before)
        }
    }

    @Test("bgpd forgets the connection, and keeps what is the router's own")
    func bgp() async throws {
        let removal = try await Removal(of: "vco-pair", device: "strongswan", etc: "/tmp/pc-no-such-folder")
        try await ScriptHost.run(try #require(removal.all["interfaces.sh"])) { host in
            for name in ["swanctl", "vtysh"] {
                let text =
                    name == "swanctl"
                    ? Self.daemon
                    : "#!/bin/sh\nexec \(RoutingTools.vtysh) --vty_socket \(host.namespace.folder)/frr \"$@\"\n"
                let path = try host.namespace.write(text, to: "bin/" + name)
                try FileManager.default.setAttributes(
                    [.posixPermissions: NSNumber(value: 0o755)], ofItemAtPath: path)
            }
            let router = try await Router(in: host.namespace)
            try await router.load(try #require(removal.all["frr.conf"]), as: "frr.conf")
            let script = try host.namespace.write(removal.script, to: "remove.sh")
            let before = try await router.runningConfiguration()
            #expect(before.contains("neighbor 169.254.10.1 ") && before.contains("route-map tun-b-master0-in"))
            for run in 1...2 {
                let output = try await host.run(script: script)
                #expect(output.status == 0 && output.stderr.isEmpty, "\(output.stderr)")
                #expect(output.stdout.contains("no neighbor") == (run == 1))
                let left = try await router.runningConfiguration()
                for word in ["neighbor", "tun-", "vco-pair", "10.64.0.0/12 blackhole"] {
                    #expect(!left.contains(word), "\(word) in run \(run)")
                }
                #expect(left.contains("router bgp ") && left.contains("ip prefix-list cloud-in"))
            }
        }
    }
}
