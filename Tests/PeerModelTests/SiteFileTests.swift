import Findings
import PeerModel
import Testing

@Suite("The site file names the key of every mistake")
struct SiteFileTests {
    @Test("Defaults hold for all routers, and a router's own words win")
    func inherits() throws {
        let site = try SiteFile(
            toml: """
                [defaults]
                device = "vyos@1.4"
                mtu = 1380
                [routers.ber-1]
                customer_gateways = ["cgw-1"]
                mtu = 1400
                advertise = ["10.0.0.0/8"]
                [routers.ber-1.tunnels."tun-1"]
                number = 7
                psk = { environment = "KEY" }
                [routers."ber-2"]
                tunnel_numbers = [200, 299]
                """, file: "peerconf.toml")
        #expect(site.routers["ber-1"]?.mtu == 1400)
        #expect(site.routers["ber-2"]?.mtu == 1380)
        #expect(site.routers["ber-2"]?.device == "vyos@1.4")
        #expect(site.routers["ber-2"]?.tunnelNumbers == 200...299)
        #expect(site.routers["ber-1"]?.tunnels["tun-1"]?.number == 7)
        #expect(site.routers["ber-1"]?.tunnels["tun-1"]?.presharedKey == .environment("KEY"))
        #expect(site.routers["ber-1"]?.advertise.map(\.description) == ["10.0.0.0/8"])
    }

    @Test(
        "Each mistake names its key",
        arguments: [
            ("x = 1", "PC602", "x"), ("[routers.a]\nwan_interfac = \"eth0\"", "PC602", "routers.a.wan_interfac"),
            ("[routers.a]\nmtu = \"1400\"", "PC603", "routers.a.mtu"),
            ("[defaults]\nmtu = 100", "PC604", "defaults.mtu"),
            ("[routers.a]\nadvertise = [\"0.0.0.0/0\"]", "PC603", "routers.a.advertise"),
            ("[routers.a]\nadvertise = [\"10.0.0.1/8\"]", "PC603", "routers.a.advertise"),
            ("[routers.a]\nwan_interface = \"eth0; reboot\"", "PC603", "routers.a.wan_interface"),
            ("[routers.a]\nwan_address = \"10.0.0\"", "PC603", "routers.a.wan_address"),
            ("[routers.a]\ntunnel_numbers = [5]", "PC603", "routers.a.tunnel_numbers"),
            ("[routers.a]\nbgp_hold = 5\nbgp_keepalive = 10", "PC606", "routers.a.bgp_hold"),
            ("[routers.a.tunnels.t]\npsk = \"clear text\"", "PC603", "routers.a.tunnels.t.psk"),
            ("[routers.\"../x\"]\n", "PC607", "routers"), ("[routers.a]\ndevice = 3", "PC603", "routers.a.device"),
            (
                "[routers.a]\ncustomer_gateways = [\"c\"]\n[routers.b]\ncustomer_gateways = [\"c\"]", "PC605",
                "routers.a.customer_gateways"
            ),
        ])
    func mistakes(toml: String, rule: String, field: String) {
        let error = #expect(throws: Finding.self) { try SiteFile(toml: toml, file: "peerconf.toml") }
        #expect(error?.rule.rawValue == rule)
        #expect(error?.place.field == field)
        #expect(error?.message.contains("clear text") == false, "a key written by mistake is not repeated")
    }

    @Test("Broken TOML has line and column")
    func syntax() {
        let error = #expect(throws: Finding.self) { try SiteFile(toml: "a = 1\nb = [\n", file: "peerconf.toml") }
        #expect(error?.rule == "PC601")
        #expect(error?.place.location?.line ?? 0 >= 2)
    }

    @Test("Every key that is documented is read", arguments: SiteFile.routerKeys.map(\.name))
    func examples(name: String) throws {
        let key = try #require(SiteFile.routerKeys.first { $0.name == name })
        _ = try SiteFile(toml: "[routers.a]\n\(key.name) = \(key.example)\n", file: "peerconf.toml")
    }
}
