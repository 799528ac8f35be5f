import Foundation
import TestSupport
import Testing

/// What stands in frr.conf, and that FRRouting's own checker takes every one.
@Suite("frr.conf as a file", .needsVtysh)
struct FRRFileTests {
    /// `vtysh -C` returns 2 for a line it does not know (devices.md 7.5).
    private func check(_ text: String) async throws {
        try RoutingTools.checker.require()
        try await withTemporaryFolder { folder in
            try text.write(toFile: folder + "/frr.conf", atomically: false, encoding: .utf8)
            let output = try await Command.run(RoutingTools.vtysh, ["-C", "-f", folder + "/frr.conf"])
            #expect(output.status == 0, "\(output.stdout)\(output.stderr)")
        }
    }

    @Test(
        "vtysh accepts those of every sample", arguments: Repository.folders(in: "samples"),
        ["strongswan", "strongswan-legacy"])
    func samples(name: String, device: String) async throws {
        try await withTemporaryFolder { folder in
            _ = try await Peerconf.run(
                ["render", "samples/\(name)", "--device", device, "--secrets", "split", "-o", folder + "/out"])
            let contents = FileManager.default.enumerator(atPath: folder + "/out")
            while let path = contents?.nextObject() as? String {
                guard path.contains("/frr."), !path.hasSuffix(".example"),
                    let data = FileManager.default.contents(atPath: "\(folder)/out/\(path)")
                else { continue }
                let text = String(decoding: data, as: UTF8.self)
                #expect(!text.contains(" \n") && text.hasSuffix("\n!\n"))
                try await check(text)
            }
        }
    }

    @Test("vtysh refuses a wrong line: the test can tell")
    func refuses() async throws {
        try await withTemporaryFolder { folder in
            try "router bgp 1\n neighbour 10.0.0.1 remote-as 2\nexit\n".write(
                toFile: folder + "/frr.conf", atomically: false, encoding: .utf8)
            let output = try await Command.run(RoutingTools.vtysh, ["-C", "-f", folder + "/frr.conf"])
            #expect(output.status == 2)
        }
    }

    @Test("Prefixes that the cloud refuses are left out, with a remark and a warning")
    func withheld() async throws {
        let advertised = ["10.64.0.0/12", "100.64.0.0/10", "100.100.0.0/16", "100.0.0.0/8"]
        let rendered = try await Rendered.render(
            [Examples.masterAndSlave(key: nil)], site: siteFile(advertise: advertised))
        #expect(rendered.messages.contains("[strongswan/withheld]"))
        let lines = try rendered.file("frr.conf").split(separator: "\n").filter { !$0.hasPrefix("!") }
        #expect(lines.filter { $0.contains("network") } == ["  network 10.64.0.0/12"])
        #expect(!lines.contains { $0.contains(" 100.") })
        #expect(!lines.contains { $0.contains("permit 0.0.0.0/0") && !$0.contains("cloud-in") })
        try await check(try rendered.file("frr.conf"))
    }

    @Test("Concrete networks of the answer are announced where the site file says nothing")
    func fromAnswer() async throws {
        var connection = Examples.single(key: nil, asn: 65530)
        connection.remoteSubnet = "10.64.0.0/12,192.168.7.9/32"
        let text = try await Rendered.render([connection], site: siteFile()).file("frr.conf")
        #expect(text.contains("  network 10.64.0.0/12\n  network 192.168.7.9/32\n"))
        #expect(text.contains("ip route 192.168.7.9/32 blackhole 254\n"))
        try await check(text)
    }

    @Test("Many connections: no name twice, every session under its own maps")
    func manyConnections() async throws {
        let connections = (1...12).map { number in
            var connection = Examples.single(key: "key-\(number)", asn: 65530)
            connection.id = "vco-many\(number)"
            connection.tunnels[0].localBGP = "169.254.\(number).1"
            connection.tunnels[0].peerBGP = "169.254.\(number).2"
            connection.tunnels[0].tunnelCIDR = "169.254.\(number).0/30"
            return connection
        }
        let rendered = try await Rendered.render(connections, site: siteFile(advertise: ["10.64.0.0/12"]))
        let text = try rendered.file("frr.conf")
        let maps = text.split(separator: "\n").filter { $0.hasPrefix("route-map ") }
        #expect(maps.count == 24 && Set(maps).count == 24)
        #expect(text.split(separator: "\n").filter { $0.hasSuffix(" remote-as 45105") }.count == 12)
        let keys = try rendered.file("frr.secrets.conf").split(separator: "\n").filter { $0.contains(" password ") }
        #expect(keys.contains(" neighbor 169.254.7.1 password key-7") && keys.count == 12)
        let script = try rendered.file("interfaces.sh").split(separator: "\n").filter { $0.hasPrefix("    tunnel ") }
        #expect(Set(script.map { $0.split(separator: " ")[1] }).count == 12)
        try await check(text)
        try await check(try rendered.file("frr.secrets.conf"))
    }

    @Test(
        "Keys stand where --secrets says: nowhere, apart, or in place", arguments: ["placeholder", "split", "inline"])
    func secrets(mode: String) async throws {
        let rendered = try await Rendered.render(
            [Examples.single(key: "Apart.Key", asn: 65530)], site: siteFile(), secrets: mode)
        #expect(try rendered.file("frr.conf").contains("Apart.Key") == (mode == "inline"))
        #expect((rendered.files["frr.secrets.conf"] ?? "").contains("Apart.Key") == (mode == "split"))
        #expect((rendered.files["frr.secrets.conf"] ?? "").contains("<<BGP-KEY vco-one>>") == (mode == "placeholder"))
    }

    @Test("A VRF in the site file is refused, not ignored")
    func vrf() async throws {
        let rendered = try await Rendered.render(
            [Examples.masterAndSlave(key: nil)], site: siteFile(more: "vrf = \"CLOUD\""))
        #expect(rendered.messages.contains("[strongswan/vrf]"))
        #expect(rendered.files.keys.filter { !$0.hasSuffix(".lock") } == [])
    }
}
