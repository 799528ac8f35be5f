import Foundation
import TestSupport
import Testing

/// What stands between the cloud's networks and the default route while no tunnel carries them, and between the
/// cloud's own addresses and the tunnels.
@Suite("Nothing in clear, nothing in circles", .needsShell)
struct GuardTests {
    /// How each pack calls the tunnel of the number 102, the master's.
    static let packs = [("strongswan", "xfrm102"), ("strongswan-legacy", "vti102")]

    @Test("With BGP the networks that are known are dropped while BGP has no route", arguments: packs)
    func blackholes(pack: String, master: String) async throws {
        let rendered = try await Rendered.render(
            [Examples.masterAndSlave(key: nil)], site: siteFile(routes: ["172.16.0.0/12"]), device: pack)
        #expect(!rendered.messages.contains("no-blackholes"))
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            _ = try await host.run("up")
            #expect(try await host.way(to: "172.16.1.1") == nil)
            #expect(try await host.way(to: "192.0.2.1") == "wan0")
            // What zebra does with a route from bgpd: metric 20.
            try await host.namespace.ip("route add 172.16.0.0/12 dev \(master) proto bgp metric 20")
            #expect(try await host.way(to: "172.16.1.1") == master)
            try await host.namespace.ip("route del 172.16.0.0/12 dev \(master) proto bgp metric 20")
            #expect(try await host.way(to: "172.16.1.1") == nil)
        }
    }

    @Test("Networks that the answer names need no site file")
    func fromAnswer() async throws {
        var connection = Examples.masterAndSlave(key: nil)
        connection.localSubnet = "172.16.0.0/16"
        connection.remoteSubnet = "10.64.0.0/12"
        let rendered = try await Rendered.render([connection], site: siteFile())
        #expect(!rendered.messages.contains("no-blackholes"))
        #expect(try rendered.file("interfaces.sh").contains("ip route replace blackhole 172.16.0.0/16 metric"))
    }

    @Test("Where nothing names them there is a warning, and a remark for each connection", arguments: packs)
    func unknown(pack: String, master: String) async throws {
        let connections = [Examples.masterAndSlave(key: nil), Examples.single(key: nil, asn: 65530)]
        let rendered = try await Rendered.render(connections, site: siteFile(), device: pack)
        #expect(rendered.messages.components(separatedBy: "[\(pack)/no-blackholes]").count == 3)
        let text = try rendered.file("interfaces.sh")
        #expect(!text.contains("blackhole"))
        for connection in connections {
            let remark = "# Not known: the cloud's networks behind \(connection.id)."
            #expect(text.components(separatedBy: remark).count == 2)
        }
    }

    @Test("Private addresses of the cloud keep their way when BGP brings a network around them", arguments: packs)
    func pins(pack: String, master: String) async throws {
        var connection = Examples.masterAndSlave(key: nil)
        connection.tunnels[0].internetIP = "172.31.1.1"
        connection.tunnels[1].internetIP = "172.31.2.1"
        let more = "wan_interface = \"wan0\""
        let rendered = try await Rendered.render([connection], site: siteFile(more: more), device: pack)
        try await ScriptHost.run(try rendered.file("interfaces.sh")) { host in
            let before = try await host.state()
            for _ in 1...2 { #expect(try await host.run("up").status == 0) }
            try await host.namespace.ip("route add 172.16.0.0/12 dev \(master) proto bgp metric 20")
            #expect(try await host.way(to: "172.31.9.9") == master)
            for address in ["172.31.1.1", "172.31.2.1"] { #expect(try await host.way(to: address) == "wan0") }
            // Also when it runs for the first time with the learned route there.
            try await host.namespace.ip("route del 172.31.1.1/32")
            #expect(try await host.way(to: "172.31.1.1") == master)
            #expect(try await host.run("up").status == 0)
            #expect(try await host.way(to: "172.31.1.1") == "wan0")
            #expect(try await host.run("down").status == 0)
            #expect(try await host.state() == before)
            // Without an uplink there is no way to keep.
            try await host.namespace.ip("route del default")
            let output = try await host.run("up")
            #expect(output.status == 1)
            #expect(output.stderr.contains("172.31.1.1 has no way now"))
        }
    }

    @Test("Where the site file names no uplink, a tunnel is not taken for one")
    func unknownUplink() async throws {
        var connection = Examples.masterAndSlave(key: nil)
        connection.tunnels[0].internetIP = "172.31.1.1"
        let rendered = try await Rendered.render([connection], site: siteFile())
        let text = try rendered.file("interfaces.sh")
        #expect(text.contains("the site file names no wan_interface"))
        try await ScriptHost.run(text) { host in
            for _ in 1...2 { #expect(try await host.run("up").status == 0) }
            #expect(try await host.way(to: "172.31.1.1") == "wan0")
            try await host.namespace.ip("route del 172.31.1.1/32")
            try await host.namespace.ip("route add 172.16.0.0/12 dev xfrm102 proto bgp metric 20")
            let output = try await host.run("up")
            #expect(output.status == 1 && output.stderr.contains("172.31.1.1 has no way now"))
        }
    }

    @Test("Public addresses are left alone: nobody announces them")
    func publicAddresses() async throws {
        let rendered = try await Rendered.render([Examples.masterAndSlave(key: nil)], site: siteFile())
        #expect(!(try rendered.file("interfaces.sh")).contains("pin "))
    }

    @Test("Two connections between the same two addresses: no VTIs, refused by name; XFRM interfaces can")
    func sharedEnds() async throws {
        var twin = Examples.staticSingle()
        twin.id = "vco-static-two"
        var other = Examples.staticSingle()
        other.id = "vco-static-three"
        other.tunnels[0].internetIP = "203.0.113.6"
        other.tunnels[0].localID = "203.0.113.6"
        let connections = [Examples.staticSingle(), twin, other]
        let site = siteFile(routes: ["172.16.0.0/12"])
        let legacy = try await Rendered.render(connections, site: site, device: "strongswan-legacy")
        #expect(legacy.status == 3)
        for (here, there) in [("vco-static-one", "vco-static-two"), ("vco-static-two", "vco-static-one")] {
            #expect(legacy.files["\(here).ipsec.conf"] == nil)
            #expect(legacy.messages.contains("connection \(here)"))
            #expect(legacy.messages.contains("the same two addresses as one of \(there), "))
        }
        #expect(legacy.messages.contains("use swanctl with XFRM interfaces (--device strongswan)"))
        #expect(legacy.files["vco-static-three.ipsec.conf"] != nil)
        let script = try legacy.file("interfaces.sh")
        #expect(script.components(separatedBy: "\n    tunnel vti").count == 2)
        let xfrm = try await Rendered.render(connections, site: site)
        #expect(xfrm.files.keys.filter { $0.hasPrefix("swanctl/") && !$0.contains("secrets") }.count == 3)
        #expect(try xfrm.file("interfaces.sh").components(separatedBy: "\n    tunnel xfrm").count == 4)
    }
}
