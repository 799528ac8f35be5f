import Foundation
import TestSupport
import Testing

@Suite("Cisco: every line is a command of Cisco's own YANG models")
struct CiscoModelTests {
    /// What a site file may ask for, by name.
    static let sites = [
        "plain": "", "vrf": "vrf = \"CLOUD\"\n", "map": "policy_based = true\n", "probe": "probes_cloud = true\n",
        "everything":
            "vrf = \"CLOUD\"\nprobes_cloud = true\npolicy_based = true\nrouter_id = \"198.51.100.9\"\n",
        "responder": "initiates = false\n",
    ]

    @Test("Samples, with whatever the site file asks for", arguments: versions, sites.keys.sorted())
    func samples(version: String, site: String) async throws {
        let models = try ModelCommands.releases(of: version).map(ModelCommands.init)
        let settings =
            "[defaults]\nwan_interface = \"GigabitEthernet0/0/1\"\nadvertise = [\"10.0.0.0/8\"]\nroutes = [\"100.100.0.0/16\"]\n"
            + (Self.sites[site] ?? "")
        var lines = 0
        try await withTemporaryFolder { folder in
            try settings.write(toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            for sample in CiscoSampleTests.cases {
                let fleet = try await RenderedFleet.render(
                    ["samples/\(sample)"], device: "cisco-ios@\(version)", secrets: "inline",
                    site: folder + "/peerconf.toml", output: folder + "/" + sample)
                for (path, text) in fleet.contents where path.hasSuffix(".ios") {
                    lines += text.split(separator: "\n").count
                    for model in models { #expect(model.unknownLines(in: text).isEmpty, "\(path)") }
                }
            }
        }
        // IOS 15 can't leave the start to the cloud: there every sample is refused.
        #expect(lines > 200 || (version == "15.x" && site == "responder"))
    }

    @Test("Random fleets", arguments: versions, [nil, "CLOUD"])
    func fleets(version: String, vrf: String?) async throws {
        let models = try ModelCommands.releases(of: version).map(ModelCommands.init)
        let fleet = RandomFleet(seed: 71, count: 300, vrf: vrf, healthChecks: true, settings: "probes_cloud = true\n")
        let rendered = try await withTemporaryFolder { folder in
            try await RenderedFleet.render(
                fleet.answers, device: "cisco-ios@\(version)", site: fleet.site, folder: folder)
        }
        var lines = 0
        for (path, text) in rendered.contents where path.hasSuffix(".ios") {
            lines += text.split(separator: "\n").count
            for model in models { #expect(model.unknownLines(in: text).isEmpty, "\(path)") }
        }
        #expect(lines > 1000)
        print("cisco-ios@\(version), vrf \(vrf ?? "none"): \(lines) lines in the models of \(models.map(\.release))")
    }

    @Test("Tunnel interfaces with several SAs came between 16.8 and 16.12, all else was there before")
    func multipleSAs() throws {
        let line = "tunnel protection ipsec policy ipv4 vco-1"
        for release in ModelCommands.releases {
            #expect(try ModelCommands(release: release).has(line, in: "tunnel") == (release != "16.8.1"))
        }
    }

    @Test(
        "What no model has is told",
        arguments: [
            ("isakmp policy", "lifetime 59"), ("isakmp policy", "group 17"), ("isakmp policy", "hash sha1"),
            ("ikev2 proposal", "group 18"), ("ikev2 proposal", "integrity sha"), ("ikev2 profile", "lifetime 119"),
            ("ikev2 profile", "dpd 9 3 periodic"), ("ipsec profile", "set pfs group17"),
            ("ipsec profile", "set security-association lifetime seconds 119"), ("tunnel", "ip tcp adjust-mss 1461"),
            ("tunnel", "ip mtu 67"), ("", "ip route 10.0.0.0 255.0.0.0 Tunnel1 256"),
            ("", "ip route 10.0.0.0 255.0.0.0 Tunnel1 track 1001"), ("", "crypto isakmp policy 10001"),
            ("transform-set", "mode transparent"), ("bgp", "neighbor 169.254.1.1 remote-asn 1"),
        ])
    func strangers(mode: String, line: String) throws {
        for release in ModelCommands.releases {
            #expect(try !ModelCommands(release: release).has(line, in: mode), "\(release)")
        }
    }
}
