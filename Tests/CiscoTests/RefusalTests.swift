import TestSupport
import Testing

@Suite("Cisco: what random fleets rarely have is refused by name")
struct CiscoRefusalTests {
    @Test(
        "Each refusal names its rule and leaves the connection out",
        arguments: [
            ("dpd_delay = 5", "cisco-ios/dpd-delay", "17.11"), ("mss = 1500\nmtu = 1600", "cisco-ios/mss", "17.11"),
            ("initiates = false", "cisco-ios/responder", "15.x"),
        ])
    func siteSettings(setting: String, rule: String, version: String) async throws {
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)
        let fleet = try await render([node], "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\n\(setting)\n", version)
        #expect(fleet.messages.contains("[\(rule)]"))
        #expect(fleet.routers(of: "vco-k0").isEmpty)
    }

    @Test("A router that may not start says so, where the release can")
    func responder() async throws {
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)
        let fleet = try await render(
            [node], "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\ninitiates = false\n", "16.12")
        #expect(fleet.routers["r"]?.files["vco-k0.ios"]?.contains("\n responder-only\n") == true)
    }

    @Test("Two tunnels of one router to one address of the cloud are refused, both of them", arguments: versions)
    func samePeer(version: String) async throws {
        let one = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)
        guard case .object(var fields) = one else { return }
        fields[0].1 = .text("vco-other")
        let fleet = try await render([one, .object(fields)], "", version)
        #expect(fleet.messages.contains("[cisco-ios/same-peer]"))
        #expect(fleet.contents.filter { $0.key.hasSuffix(".ios") }.isEmpty)
    }

    @Test("An id that would name a numbered access list is refused", arguments: ["101", "_x"])
    func name(id: String) async throws {
        guard case .object(var fields) = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil) else {
            return
        }
        fields[0].1 = .text(id)
        let fleet = try await render([.object(fields)], "", "17.11")
        #expect(fleet.messages.contains("[cisco-ios/name]"))
    }

    @Test(
        "A cloud address behind the tunnel is told, with the route that has to be there first",
        arguments: versions, [nil, "vrf = \"CLOUD\"\n"])
    func cloudBehindTunnel(version: String, vrf: String?) async throws {
        let node = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)
        let site =
            "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\nroutes = [\"203.0.0.0/16\"]\n\(vrf ?? "")"
        let fleet = try await render([node], site, version)
        let text = fleet.routers["r"]?.files["vco-k0.ios"] ?? ""
        // The tunnel's own packets look the global table up, where routes of a VRF are not.
        #expect(fleet.messages.contains("203.0.0.1 lies in a network that is routed into the tunnel") == (vrf == nil))
        #expect(text.contains("\n!   ip route 203.0.0.1 255.255.255.255 <gateway>\n") == (vrf == nil))
    }

    @Test("Networks of the cloud that hold the router's: deny lines first in a map, a warning on an interface")
    func overlap() async throws {
        let node = CiscoKeyTests().connection(
            0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: ("10.0.0.0/8", "10.1.0.0/16,10.2.0.0/16"))
        let old = try await render([node], "", "15.x")
        let lines = (old.routers["cgw-keys"]?.files["vco-k0.ios"] ?? "").split(separator: "\n").map(String.init)
        let list = lines.filter { $0.hasPrefix(" permit ip ") || $0.hasPrefix(" deny ip ") }
        #expect(
            list == [
                " deny ip 10.1.0.0 0.0.255.255 10.1.0.0 0.0.255.255",
                " deny ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255",
                " deny ip 10.2.0.0 0.0.255.255 10.1.0.0 0.0.255.255",
                " deny ip 10.2.0.0 0.0.255.255 10.2.0.0 0.0.255.255",
                " permit ip 10.1.0.0 0.0.255.255 10.0.0.0 0.255.255.255",
                " permit ip 10.2.0.0 0.0.255.255 10.0.0.0 0.255.255.255",
            ])
        let new = try await render([node], "", "17.11")
        #expect(new.messages.contains("(10.1.0.0/16, 10.2.0.0/16) overlap the cloud's (10.0.0.0/8)"))
        #expect(new.routers["cgw-keys"]?.files["vco-k0.ios"]?.contains(" deny ip ") == false)
    }

    @Test("Where the router's network holds the cloud's, a deny line would take the tunnel's own traffic: a warning")
    func covered() async throws {
        let node = CiscoKeyTests().connection(
            0, ike: "ikev2", psk: "Plain1", bgpKey: nil, networks: ("10.1.0.0/16", "10.0.0.0/8"))
        let fleet = try await render([node], "", "15.x")
        #expect(fleet.messages.contains("(10.0.0.0/8) holds one of the cloud's (10.1.0.0/16)"))
        #expect(fleet.routers["cgw-keys"]?.files["vco-k0.ios"]?.contains("\n deny ip ") == false)
    }

    @Test("Neither side begins: that is told")
    func nobodyInitiates() async throws {
        guard case .object(var fields) = CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil) else {
            return
        }
        fields.append(("EffectImmediately", .text("false")))
        let site = "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\ninitiates = false\n"
        let fleet = try await render([.object(fields)], site, "17.11")
        #expect(fleet.messages.contains("warning: neither side negotiates by itself"))
    }

    private func render(_ nodes: [AnswerNode], _ site: String, _ version: String) async throws -> RenderedFleet {
        let answers = ["a.xml": AnswerNode.page(nodes, total: nodes.count).xmlDocument()]
        return try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", site: site, folder: folder)
        }
    }
}
