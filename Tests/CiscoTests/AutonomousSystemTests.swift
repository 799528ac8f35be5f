import Foundation
import TestSupport
import Testing

@Suite("Cisco: customer gateways of one router with several AS numbers")
struct CiscoAutonomousSystemTests {
    @Test(
        "The site file tells the process's number; the other is shown to its neighbor alone", arguments: versions,
        [nil, "CLOUD"])
    func shown(version: String, vrf: String?) async throws {
        for process in [65_010, 65_011, 64_999] {
            let fleet = try await render([65_010, 65_011], "as_number = \(process)\n", version, vrf)
            if version == "15.x", vrf != nil {
                #expect(fleet.messages.contains("[cisco-ios/vrf-as-number]"))
                continue
            }
            #expect(!fleet.messages.contains("error: "), "\(fleet.messages)")
            let pasted = fleet.routers["r"]?.pasted() ?? []
            let facts = IOSFacts(IOSConfiguration(pasted, version: version))
            #expect(facts.problems.isEmpty, "\(facts.problems)")
            #expect(facts.tunnels.values.compactMap(\.bgp?.deviceASN).sorted() == ["65010", "65011"])
            #expect(pasted.allSatisfy { !$0.contains("\nrouter bgp ") || $0.contains("\nrouter bgp \(process)\n") })
            for release in ModelCommands.releases(of: version) {
                let model = try ModelCommands(release: release)
                for text in pasted { #expect(model.unknownLines(in: text).isEmpty) }
            }
        }
    }

    @Test("Without it nobody knows the process's number: both are refused, and the key is named", arguments: versions)
    func unknown(version: String) async throws {
        let fleet = try await render([65_010, 65_011], "", version, nil)
        #expect(fleet.messages.components(separatedBy: "[cisco-ios/several-as-numbers]").count == 3)
        #expect(fleet.messages.contains("as_number in the site file"))
        #expect(fleet.routers(of: "vco-k0").isEmpty && fleet.routers(of: "vco-k1").isEmpty)
    }

    @Test("One number needs no key, and a session inside one AS can't show another", arguments: versions)
    func oneNumber(version: String) async throws {
        let one = try await render([65_010, 65_010], "", version, nil)
        #expect(!one.messages.contains("error: ") && !one.routers(of: "vco-k1").isEmpty)
        // 45104 is the cloud's.
        for (own, process) in [(45_104, 65_010), (65_010, 45_104)] {
            let fleet = try await render([own, own], "as_number = \(process)\n", version, nil)
            #expect(fleet.messages.contains("[cisco-ios/internal-as-number]"), "\(fleet.messages)")
            #expect(fleet.routers(of: "vco-k0").isEmpty)
        }
    }

    private func render(_ numbers: [Int], _ settings: String, _ version: String, _ vrf: String?) async throws
        -> RenderedFleet
    {
        let pages = numbers.enumerated().map { index, number in
            AnswerNode.page(
                [CiscoKeyTests().connection(index, ike: "ikev2", psk: "Plain1", bgpKey: "Bgp1")], total: 1
            ).xmlDocument().replacing("<PeerAsn>65010<", with: "<PeerAsn>\(number)<")
        }
        let site =
            "[routers.r]\ncustomer_gateways = [\"cgw-keys\"]\nadvertise = [\"10.0.0.0/8\"]\n"
            + "wan_interface = \"GigabitEthernet0/0/1\"\n" + settings + (vrf.map { "vrf = \"\($0)\"\n" } ?? "")
        return try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                ["a.xml": pages[0], "b.xml": pages[1]], device: "cisco-ios@\(version)", site: site, folder: folder)
        }
    }
}
