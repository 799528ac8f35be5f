import Foundation
import TestSupport
import Testing

@Suite("Cisco: what the site file asks for")
struct CiscoSiteTests {
    @Test(
        "Concrete networks become entries of one crypto map on request, and say the same",
        arguments: [81, 82] as [UInt64],
        ["16.12", "17.11"])
    func cryptoMap(seed: UInt64, version: String) async throws {
        let fleet = RandomFleet(
            seed: seed, count: 250, vrf: seed % 2 == 0 ? "CLOUD" : nil, settings: "policy_based = true\n")
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                fleet.answers, device: "cisco-ios@\(version)", site: fleet.site, folder: folder)
        }
        var check = FleetCheck(fleet, version: version, isPolicyBased: true)
        check.run(on: rendered)
        #expect(check.complaints.isEmpty, "\(check.complaints.prefix(5)) of \(check.complaints.count)")
        #expect(check.compared > 10)
        let maps = rendered.contents.values.joined().components(separatedBy: "\ncrypto map ALIBABA ").count - 1
        #expect(maps > 5)
        print("cisco-ios@\(version), crypto map, seed \(seed): \(check.compared) tunnels equal, \(maps) by map")
    }

    @Test("Entries of the map keep their numbers when a connection comes before them", arguments: ["15.x", "17.11"])
    func numbers(version: String) async throws {
        let tests = CiscoKeyTests()
        func node(_ index: Int) -> AnswerNode {
            tests.connection(
                index, ike: "ikev1", psk: "Plain1", bgpKey: nil, networks: ("10.\(index).0.0/16", "172.16.0.0/16"))
        }
        try await withTemporaryFolder { folder in
            func render(_ indices: [Int]) async throws -> RenderedFleet {
                let page = AnswerNode.page(indices.map(node), total: indices.count).xmlDocument()
                return try await RenderedFleet.render(
                    ["a.xml": page], device: "cisco-ios@\(version)",
                    site: "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\npolicy_based = true\n", folder: folder)
            }
            let before = try await render([2, 3])
            let after = try await render([1, 2, 3])
            for name in ["vco-k2.ios", "vco-k3.ios"] {
                let text = before.routers["r"]?.files[name]
                #expect(text?.contains("\ncrypto map ALIBABA ") == true)
                #expect(after.routers["r"]?.files[name] == text)
            }
            let maps = IOSConfiguration(after.routers["r"]?.pasted() ?? [], version: version).all("map")
            #expect(Set(maps.map(\.key)).count == 3)
        }
    }

    @Test("Each pair of networks is an entry of the list and a pair of SAs, which is told where the cloud has one")
    func pairs() async throws {
        let node = CiscoKeyTests().connection(
            0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: ("10.1.0.0/16,10.2.0.0/16", "172.16.0.0/16"))
        let fleet = try await render(node, "policy_based = true\n", "17.11")
        #expect(fleet.messages.contains("warning: IOS negotiates one pair of networks in each SA"))
        let text = fleet.routers["r"]?.files["vco-k0.ios"] ?? ""
        #expect(text.components(separatedBy: "\n permit ip ").count == 3)
    }

    @Test("What a VRF needs before, and how traffic leaves it for the crypto map's interface")
    func vrf() async throws {
        let map = CiscoKeyTests().connection(
            0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: ("10.64.0.0/16", "172.16.0.0/16"))
        for (settings, isVRF) in [("vrf = \"CLOUD\"\n", true), ("", false)] {
            let text = try await render(map, settings + "policy_based = true\n", "17.11").routers["r"]?.files[
                "vco-k0.ios"]
            let route = "\n!   routing:     ip route vrf CLOUD 10.64.0.0 255.255.0.0 <gateway> global  "
            #expect(text?.contains(route) == isVRF)
            #expect(text?.contains("\n!   routing:     10.64.0.0/16 must leave by GigabitEthernet0/0/1\n") == !isVRF)
            #expect(text?.contains("\n! Before: vrf definition CLOUD, with address-family ipv4.") == isVRF)
            #expect(text?.contains("\n! To take it away again: what peerconf render --remove vco-k0 prints") == true)
        }
    }

    @Test("Two tunnels can't be in one map, and a map can't wait for the cloud")
    func refusals() async throws {
        let node = CiscoKeyTests().connection(
            0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: ("10.1.0.0/16", "172.16.0.0/16"))
        let waiting = try await render(node, "policy_based = true\ninitiates = false\n", "17.11")
        #expect(waiting.messages.contains("[cisco-ios/responder-map]"))
        try await withTemporaryFolder { folder in
            try "[defaults]\npolicy_based = true\n".write(
                toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            let dual = try await RenderedFleet.render(
                ["samples/dual-static-two-routers"], device: "cisco-ios", secrets: "inline",
                site: folder + "/peerconf.toml", output: folder + "/out")
            #expect(dual.messages.contains("[cisco-ios/dual-map]"))
            #expect(dual.contents.isEmpty)
        }
    }

    @Test(
        "A probe of the cloud: its own route always stands, the others as long as it is answered", arguments: versions,
        ["", "CLOUD"])
    func probe(version: String, vrf: String) async throws {
        let node = Self.probed()
        let site = "routes = [\"10.9.0.0/16\"]\nprobes_cloud = true\n" + (vrf.isEmpty ? "" : "vrf = \"\(vrf)\"\n")
        let fleet = try await render(node, site, version)
        let read = IOSConfiguration(fleet.routers["r"]?.pasted() ?? [], version: version)
        #expect(read.problems.isEmpty, "\(read.problems)")
        let kind = vrf.isEmpty ? "" : "vrf "
        let scope = vrf.isEmpty ? [] : [vrf]
        let interface = try #require(read.all("interface").first { $0["destination"] != nil }?.key.first)
        let number = String(interface.dropFirst("Tunnel".count))
        let echo = try #require(read.all("echo").first)
        #expect(echo.key == [number, "10.9.0.5", "172.16.0.5"])
        #expect(echo["frequency"] == "7" && echo["vrf"] == scope.first)
        #expect(read.all("schedule").map(\.key) == [[number]])
        #expect(read.all("track").map(\.key) == [[number, number]])
        #expect(
            read.all(kind + "tracked route").map(\.key) == [scope + ["10.9.0.0", "255.255.0.0", interface, number]])
        let routes = read.all(kind + "route").map(\.key)
        #expect(routes.contains(scope + ["10.9.0.5", "255.255.255.255", interface]))
        #expect(routes.contains(scope + ["10.9.0.0", "255.255.0.0", "Null0", "250"]))
        #expect(routes.count == 2)
    }

    @Test("Without the wish nothing is probed, and where nothing can be the wish is answered")
    func noProbe() async throws {
        let plain = try await render(Self.probed(), "routes = [\"10.9.0.0/16\"]\n", "17.11")
        let text = plain.routers["r"]?.files["vco-k0.ios"] ?? ""
        #expect(!text.contains("\nip sla ") && !text.contains(" track "))
        #expect(text.contains("The cloud probes 172.16.0.5 from 10.9.0.5"))
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)
        let fleet = try await render(node, "probes_cloud = true\n", "17.11")
        #expect(fleet.messages.contains("note: nothing is probed"))
        let large = try await render(Self.probed(), "probes_cloud = true\ntunnel_numbers = [1001, 1010]\n", "17.11")
        #expect(large.messages.contains("[cisco-ios/track-number]"))
        #expect(large.routers(of: "vco-k0").isEmpty)
    }

    @Test("A crypto map tracks nothing: its number may be any, and the cloud's health check is told")
    func healthCheckOfMap() async throws {
        let node = Self.probed(("10.9.0.0/16", "172.16.0.0/16"))
        let fleet = try await render(node, "probes_cloud = true\ntunnel_numbers = [1001, 1010]\n", "15.x")
        #expect(!fleet.messages.contains("track-number"))
        let text = fleet.routers["r"]?.files["vco-k0.ios"] ?? ""
        #expect(text.contains("\n! The cloud probes 172.16.0.5 from 10.9.0.5: it must answer"))
    }

    @Test("A router behind a NAT whose public address no input tells", arguments: versions)
    func unknownPublicAddress(version: String) async throws {
        guard case .object(var fields) = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil),
            let index = fields.firstIndex(where: { $0.0 == "IkeConfig" }), case .object(var ike) = fields[index].1,
            let identity = ike.firstIndex(where: { $0.0 == "RemoteId" })
        else { return }
        ike[identity].1 = .text("edge.example.com")
        fields[index].1 = .object(ike)
        let fleet = try await render(.object(fields), "wan_address = \"192.168.1.2\"\n", version)
        #expect(!fleet.messages.contains("error: "), "\(fleet.messages)")
        #expect(fleet.routers["r"]?.files["vco-k0.ios"]?.contains("\n tunnel source 192.168.1.2\n") == true)
    }

    private static func probed(_ networks: (String, String) = ("0.0.0.0/0", "0.0.0.0/0")) -> AnswerNode {
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: networks)
        guard case .object(var fields) = node else { return .text("") }
        fields.append(
            (
                "VcoHealthCheck",
                .object([
                    ("Enable", .text("true")), ("Sip", .text("10.9.0.5")), ("Dip", .text("172.16.0.5")),
                    ("Interval", .number(7)), ("Retry", .number(3)), ("Status", .text("success")),
                ])
            ))
        return .object(fields)
    }

    private func render(_ node: AnswerNode, _ settings: String, _ version: String) async throws -> RenderedFleet {
        let answers = ["a.xml": AnswerNode.page([node], total: 1).xmlDocument()]
        let site =
            "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\nwan_interface = \"GigabitEthernet0/0/1\"\n" + settings
        return try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", site: site, folder: folder)
        }
    }
}
