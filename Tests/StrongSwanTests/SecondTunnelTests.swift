import Foundation
import TestSupport
import Testing

@Suite("strongSwan: what the files tell of a second tunnel and of other lines of a host")
struct SecondTunnelTests {
    private static let packs = ["strongswan", "strongswan-legacy"]

    @Test("Equal tunnels with static routes: one carries all, and that is said", arguments: packs)
    func equalTunnels(pack: String) async throws {
        for isEqual in [true, false] {
            let output = try await render("dual-bgp-vpn-gateway", pack) { page in
                let still = page.replacing("<EnableTunnelsBgp>true<", with: "<EnableTunnelsBgp>false<")
                    .replacing(/<TunnelBgpConfig>[\s\S]*?<\/TunnelBgpConfig>/, with: "")
                return isEqual
                    ? still.replacing(/<Role>[a-z]*<\/Role>/, with: "")
                        .replacing("<AttachType>VPNGW<", with: "<AttachType>CEN<") : still
            }
            #expect(output.stdout.contains("the first tunnel's before the second's"), "\(output.stderr)")
            #expect(
                output.stdout.contains("# To the cloud the two are equal. From this host one carries all") == isEqual)
        }
    }

    @Test("frr.conf: what to do where FRRouting runs already, and what two hosts need", arguments: packs)
    func frr(pack: String) async throws {
        let both = try await render("dual-bgp-vpn-gateway", pack)
        #expect(both.stdout.contains("! This is all of a frr.conf. Where FRRouting has one already"), "\(both.stderr)")
        #expect(!both.stdout.contains("is another router's"))
        let ids = try Set(
            answer("dual-bgp-vpn-gateway").matches(of: /<CustomerGatewayId>([^<]+)</).map { String($0.1) })
        let id = try #require(ids.count == 1 ? ids.first : nil)
        // The second tunnel belongs to another host.
        let apart = try await render(
            "dual-bgp-vpn-gateway", pack,
            routers: "[routers.a]\ncustomer_gateways = [\"\(id)\"]\n[routers.b]\ncustomer_gateways = [\"cgw-other\"]\n"
        ) { page in
            guard let last = page.ranges(of: "<CustomerGatewayId>\(id)<").last, page.contains("<VpnConnections>") else {
                return page
            }
            var changed = page
            changed.replaceSubrange(last, with: "<CustomerGatewayId>cgw-other<")
            return changed
        }
        #expect(apart.stdout.contains("local preference, which the two must tell each other by iBGP."))
    }

    private func answer(_ sample: String) throws -> String {
        try Repository.files(in: "samples/\(sample)").filter { $0.hasSuffix(".xml") }.map {
            try String(contentsOfFile: Repository.path("samples/\(sample)/\($0)"), encoding: .utf8)
        }.joined()
    }

    private func render(
        _ sample: String, _ pack: String, routers: String = "", _ change: (String) -> String = { $0 }
    ) async throws -> CommandOutput {
        try await withTemporaryFolder { folder in
            var names: [String] = []
            for name in Repository.files(in: "samples/\(sample)") where name.hasSuffix(".xml") {
                let page = try String(
                    contentsOfFile: Repository.path("samples/\(sample)/\(name)"), encoding: .utf8)
                try change(page).write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
                names.append(name)
            }
            try ("[defaults]\nroutes = [\"172.16.0.0/12\"]\nadvertise = [\"10.0.0.0/8\"]\n" + routers).write(
                toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            return try await Peerconf.run(
                ["render"] + names + ["--site", "peerconf.toml", "--device", pack], folder: folder)
        }
    }
}
