import Foundation
import TestSupport
import Testing

/// interfaces.sh on a host of its own, under dash.
@Suite("interfaces.sh comes up, stays, fails over and goes", .needsShell)
struct ScriptTests {
    static let shapes = ["pair with BGP", "equal tunnels", "static pair", "static single", "many"]

    /// Connections of one device, by shape.
    private func connections(_ shape: String) -> [RawConnection] {
        switch shape {
        case "pair with BGP": [Examples.masterAndSlave(key: nil)]
        case "equal tunnels": [Examples.equalTunnels()]
        case "static pair": [Examples.staticPair()]
        case "static single": [Examples.staticSingle()]
        default: [Examples.masterAndSlave(key: nil), Examples.staticPair(), Examples.staticSingle()]
        }
    }

    private func script(_ shape: String) async throws -> String {
        try await Rendered.render(connections(shape), site: siteFile(routes: ["172.20.0.0/14"]))
            .file("interfaces.sh")
    }

    @Test("dash reads it, and no line ends in a blank", arguments: shapes)
    func isReadable(shape: String) async throws {
        let text = try await script(shape)
        #expect(text.hasPrefix("#!/bin/sh\n"))
        #expect(!text.contains(" \n") && !text.contains("\t"))
        try await withTemporaryFolder { folder in
            try text.write(toFile: folder + "/interfaces.sh", atomically: false, encoding: .utf8)
            try await Command.check(RoutingTools.dash, ["-n", folder + "/interfaces.sh"])
        }
    }

    @Test("Up twice is like up once, and down leaves nothing", arguments: shapes)
    func upAndDown(shape: String) async throws {
        try await ScriptHost.run(try await script(shape)) { host in
            let before = try await host.state()
            #expect(try await host.run("status").status == 1)
            for _ in 1...2 {
                let output = try await host.run("up")
                #expect(output.status == 0 && output.stderr.isEmpty, "\(output.stderr)")
            }
            #expect(try await host.run("status").status == 0)
            let once = try await host.state()
            _ = try await host.run("up")
            #expect(try await host.state() == once)
            #expect(once != before)
            for _ in 1...2 { #expect(try await host.run("down").status == 0) }
            #expect(try await host.state() == before)
            #expect(try await host.run("status").status == 1)
            #expect(try await host.run("").status == 2)
        }
    }

    @Test("Addresses, MTU, MSS and sysctls are those of the answer and the site file")
    func values() async throws {
        let rendered = try await Rendered.render(
            [Examples.masterAndSlave(key: nil)], site: siteFile(more: "mtu = 1380\nmss = 1300"))
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            _ = try await host.run("up")
            let state = try await host.state()
            // 101 is the slave: numbers follow the ids, preference follows the role.
            for (name, address) in [("xfrm101", "169.254.20.2/30"), ("xfrm102", "169.254.10.2/30")] {
                #expect(state.contains("\(name)    inet \(address)"))
                #expect(state.split(separator: "\n").contains { $0.contains("\(name):") && $0.contains("mtu 1380") })
                #expect(try await host.setting("net/ipv4/conf/\(name)/rp_filter") == "2")
            }
            #expect(try await host.setting("net/ipv4/ip_forward") == "1")
            #expect(state.contains("table inet peerconf-edge1"))
            for direction in ["oifname", "iifname"] {
                #expect(
                    state.contains(
                        #"\#(direction) { "xfrm101", "xfrm102" } tcp flags syn / syn,rst tcp option maxseg size set 1300"#
                    ))
            }
        }
    }

    @Test("Static routes follow the SAs: the master, then the slave, then nothing, and back")
    func failover() async throws {
        try await ScriptHost.run(try await script("static pair")) { host in
            _ = try await host.run("up")
            #expect(try await host.way(to: "172.16.1.1") == nil, "without an SA nothing may leave")
            #expect(try await host.way(to: "192.0.2.1") == "wan0")
            for (numbers, way) in [([101, 102], "xfrm102"), ([101], "xfrm101"), ([], nil), ([102], "xfrm102")] {
                try host.setSAs(numbers)
                #expect(try await host.run("follow").status == 0)
                for address in ["172.16.1.1", "172.17.1.1"] { #expect(try await host.way(to: address) == way) }
            }
            // The same again by charon's call, which must return at once.
            try host.setSAs([101])
            let output = try await host.run("updown", environment: ["PLUTO_VERB": "down-client"])
            #expect(output.status == 0 && output.stdout.isEmpty)
            let moved = try await polled(within: 5) {
                try await host.way(to: "172.16.1.1") == "xfrm101" ? true : nil
            }
            #expect(moved == true)
            // Numbers that begin alike are different tunnels.
            try host.setSAs([1010, 0x10, 0x1])
            _ = try await host.run("follow")
            #expect(try await host.way(to: "172.16.1.1") == nil)
        }
    }

    @Test("A route follows the child that carries it, not the tunnel", arguments: ["strongswan", "strongswan-legacy"])
    func failoverOfChildren(pack: String) async throws {
        var pair = Examples.staticPair()
        for index in pair.tunnels.indices { pair.tunnels[index].ikeVersion = "ikev1" }
        let rendered = try await Rendered.render([pair], site: siteFile(), device: pack)
        let isLegacy = pack == "strongswan-legacy"
        let names = isLegacy ? ["vti101", "vti102"] : ["xfrm101", "xfrm102"]
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            _ = try await host.run("up")
            func ways() async throws -> [String?] {
                let output = try await host.run("follow")
                #expect(output.status == 0 && output.stderr.isEmpty, "\(output.stderr)")
                return [try await host.way(to: "172.16.1.1"), try await host.way(to: "172.17.1.1")]
            }
            // The master lost the child of one network; the slave has both.
            let own = "10.64.0.0/12"
            for (lost, expected) in [
                ([:], [names[1], names[1]]), ([102: "172.17.0.0/16"], [names[1], names[0]]),
                ([102: "172.16.0.0/16"], [names[0], names[1]]),
                ([101: "172.16.0.0/16", 102: "172.16.0.0/16"], [nil, names[1]]),
            ] as [([Int: String], [String?])] {
                let children = [101, 102].map { number in
                    (number, ["172.16.0.0/16", "172.17.0.0/16"].filter { $0 != lost[number] })
                }
                try host.setSAs(children, mark: isLegacy, own: own)
                #expect(try await ways() == expected, "\(lost)")
            }
            // A wider network holds both, a narrower one keeps the route that leads to it, a neighbouring one none.
            for (network, expected) in [
                ("172.16.0.0/15", [names[1], names[1]]), ("172.18.0.0/15", [nil, nil]),
                ("0.0.0.0/0", [names[1], names[1]]), ("128.0.0.0/1", [names[1], names[1]]),
                ("172.16.1.0/24", [names[1], nil]), ("172.17.1.1/32", [nil, names[1]]),
            ] as [(String, [String?])] {
                try host.setSAs([(102, [network])], mark: isLegacy, own: own)
                #expect(try await ways() == expected, "\(network)")
            }
        }
    }

    @Test("A gateway inside the networks behind the tunnel keeps its way outside")
    func gatewayInside() async throws {
        let rendered = try await Rendered.render([Examples.staticSingle()], site: siteFile(routes: ["203.0.112.0/22"]))
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            for _ in 1...2 { #expect(try await host.run("up").status == 0) }
            let ways = (try await host.way(to: "203.0.113.77"), try await host.way(to: "203.0.113.5"))
            #expect(ways == ("xfrm101", "wan0"))
        }
    }

    @Test("An interface of the same name that is another's is not touched")
    func foreignInterface() async throws {
        try await ScriptHost.run(try await script("static single")) { host in
            try await host.namespace.ip("link add xfrm101 type bridge")
            try host.namespace.write("    bridge\n", to: "state/xfrm101")
            let output = try await host.run("up")
            #expect(output.status != 0)
            #expect(output.stderr.contains("xfrm101 is there, but is no XFRM interface with if_id 101"))
        }
    }

    @Test("The legacy pack's VTIs: up twice, failover by marks, down")
    func marks() async throws {
        let rendered = try await Rendered.render(
            [Examples.staticPair()], site: siteFile(), device: "strongswan-legacy")
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            let before = try await host.state()
            for _ in 1...2 {
                let output = try await host.run("up")
                #expect(output.status == 0 && output.stderr.isEmpty, "\(output.stderr)")
            }
            for name in ["vti101", "vti102"] {
                #expect(try await host.setting("net/ipv4/conf/\(name)/disable_policy") == "1")
            }
            for (numbers, way) in [([101, 102], "vti102"), ([101], "vti101"), ([1010], nil)] {
                try host.setSAs(numbers, mark: true)
                _ = try await host.run("follow")
                #expect(try await host.way(to: "172.16.1.1") == way)
            }
            #expect(try await host.run("down").status == 0)
            #expect(try await host.state() == before)
        }
    }

    @Test("Without a tunnel interface there is no script")
    func policyOnly() async throws {
        var connection = Examples.staticSingle()
        connection.localSubnet = "172.16.0.0/16"
        connection.remoteSubnet = "10.64.0.0/12"
        let rendered = try await Rendered.render([connection], site: siteFile())
        #expect(rendered.files["interfaces.sh"] == nil && rendered.files["frr.conf"] == nil)
    }

    @Test("With routes unknown there is a remark, a warning and no route")
    func unknownRoutes() async throws {
        let rendered = try await Rendered.render([Examples.staticSingle()], site: siteFile())
        #expect(rendered.messages.contains("[strongswan/no-routes]"))
        let text = try rendered.file("interfaces.sh")
        #expect(text.contains("# Not known: what lies behind vco-static-one."))
        #expect(!text.contains("blackhole"))
    }
}
