import Foundation
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

    @Test(
        "Two profiles that match one peer are refused, both; another identity or another version is none",
        arguments: versions)
    func contestedProfiles(version: String) async throws {
        for (change, isRefused) in [("", true), ("<LocalId>peer.example.com", false), ("<IkeVersion>ikev1", false)] {
            let shared = "<LocalId>cloud.example.com<"
            let pages = (0...1).map { index in
                AnswerNode.page(
                    [CiscoKeyTests().connection(index, ike: "ikev2", psk: "Plain\(index)", bgpKey: nil)], total: 1
                ).xmlDocument().replacing("<LocalId>203.0.0.\(index + 1)<", with: shared)
            }
            let name = change.dropFirst().prefix { $0 != ">" }
            let second =
                change.isEmpty ? pages[1] : pages[1].replacing(try Regex("<\(name)>[^<]*<"), with: change + "<")
            let fleet = try await withTemporaryFolder { folder in
                try await RenderedFleet.render(
                    ["a.xml": pages[0], "b.xml": second], device: "cisco-ios@\(version)", folder: folder)
            }
            let count = fleet.messages.components(separatedBy: "[cisco-ios/contested-profiles]").count - 1
            #expect(count == (isRefused ? 2 : 0), "\(change): \(fleet.messages)")
            #expect(
                fleet.routers(of: "vco-k0").isEmpty == isRefused && fleet.routers(of: "vco-k1").isEmpty == isRefused)
        }
    }

    @Test("A distinguished name is refused where it stands", arguments: versions, ["LocalId", "RemoteId"])
    func distinguishedName(version: String, field: String) async throws {
        let page = AnswerNode.page(
            [CiscoKeyTests().connection(0, ike: "ikev2", psk: "Plain1", bgpKey: nil)], total: 1
        ).xmlDocument().replacing(try Regex("<\(field)>[^<]*<"), with: "<\(field)>C=CN, O=x, CN=y<")
        let fleet = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(["a.xml": page], device: "cisco-ios@\(version)", folder: folder)
        }
        let rule = field == "LocalId" ? "distinguished-name" : "own-distinguished-name"
        let lines = fleet.messages.split(separator: "\n").map(String.init)
        let index = try #require(lines.firstIndex { $0.contains("[cisco-ios/\(rule)]") })
        #expect(lines[index].contains("C=CN, O=x, CN=y") && lines[index + 1].contains("IkeConfig.\(field)"))
        #expect(!fleet.messages.contains("[cisco-ios/\(field == "LocalId" ? "own-" : "")distinguished-name]"))
    }

    @Test(
        "Weak algorithms are warned of, by phase; later releases refuse them",
        arguments: [
            ("IkeEncAlg", "des"), ("IkeEncAlg", "3des"), ("IkeAuthAlg", "md5"), ("IkePfs", "group1"),
            ("IkePfs", "group2"), ("IkePfs", "group5"), ("IpsecEncAlg", "des"), ("IpsecEncAlg", "3des"),
            ("IpsecAuthAlg", "md5"), ("IpsecPfs", "group1"), ("IpsecPfs", "group2"), ("IpsecPfs", "group5"),
        ], versions)
    func weakAlgorithms(change: (field: String, value: String), version: String) async throws {
        for ike in ["ikev1", "ikev2"] {
            let plain = AnswerNode.page([CiscoKeyTests().connection(0, ike: ike, psk: "Plain1", bgpKey: nil)], total: 1)
                .xmlDocument()
            let page = plain.replacing(try Regex("<\(change.field)>[^<]*<"), with: "<\(change.field)>\(change.value)<")
            let site = "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\nwan_address = \"198.51.100.10\"\n"
            for (text, isWeak) in [(page, true), (plain, false)] {
                let fleet = try await withTemporaryFolder { folder in
                    try await RenderedFleet.render(
                        ["a.xml": text], device: "cisco-ios@\(version)", site: site, folder: folder)
                }
                let isFirst = change.field.hasPrefix("Ike")
                let isWarned = isWeak && version != "17.11"
                #expect(fleet.messages.contains("[cisco-ios/weak-ike]") == (isWarned && isFirst))
                #expect(fleet.messages.contains("[cisco-ios/weak-esp]") == (isWarned && !isFirst))
                let file = fleet.routers["r"]?.files["vco-k0.ios"]
                #expect((file == nil) == (isWeak && version == "17.11"), "\(fleet.messages)")
                let line = "\n! Weak by today's measure: phase \(isFirst ? 1 : 2), "
                #expect(file?.contains(line) ?? false == isWarned)
            }
        }
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
        #expect(fleet.messages.contains("203.0.0.1 lies in a network that is routed into a tunnel") == (vrf == nil))
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
