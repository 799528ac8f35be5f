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

    private func render(_ nodes: [AnswerNode], _ site: String, _ version: String) async throws -> RenderedFleet {
        let answers = ["a.xml": AnswerNode.page(nodes, total: nodes.count).xmlDocument()]
        return try await withTemporaryFolder { folder in
            try await RenderedFleet.render(answers, device: "cisco-ios@\(version)", site: site, folder: folder)
        }
    }
}
