import Foundation
import TestSupport
import Testing

/// What the site file and the command line name, held against what the answers have.
@Suite("Names that match nothing are told")
struct SiteMatchingTests {
    private static let gateway = "cgw-bp1s5pm030sbkgh8ye7m4"
    private static let connection = "vco-bp1pgqg11h4uu6fjddszz"

    private func render(
        site: String, _ arguments: [String] = [], inputs: [String] = ["samples/single-ikev2-policy"],
        environment: [String: String] = [:]
    ) async throws -> CommandOutput {
        try await withTemporaryFolder { folder in
            try site.write(toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
            return try await Peerconf.run(
                ["render"] + inputs + ["--device", "strongswan", "--site", folder + "/peerconf.toml"] + arguments,
                environment: environment)
        }
    }

    @Test("A starter file has the routers of a repository whose keys are masked, and tells what stays away")
    func starter() async throws {
        let masked = try await Peerconf.run(["site", "init", "Tests/CommandTests/Fixtures/repository/cloud"])
        #expect(masked.status == 0 && masked.stderr.isEmpty, "\(masked.stderr)")
        #expect(masked.stdout.contains("[routers.\"cgw-bp1g46ed7esu7ygaowa45\"]"))
        #expect(masked.stdout.contains("# psk = { file = \"keys/tun-09deva8uj38ptc63e2.psk\" }"))
        let none = try await Peerconf.run(["site", "init", "samples/shangmi-certificate"])
        #expect(none.status == 2 && none.stderr.contains("[PC220]"))
        let some = try await Peerconf.run(
            ["site", "init", "samples/shangmi-certificate", "samples/single-ikev2-policy"])
        #expect(some.status == 3 && some.stdout.contains("[routers.\"\(Self.gateway)\"]"))
    }

    @Test("What matches says nothing")
    func matching() async throws {
        let output = try await render(
            site: """
                [routers.core]
                customer_gateways = ["\(Self.gateway)"]
                [routers.core.tunnels.\(Self.connection)]
                number = 7
                [routers.core.connections.\(Self.connection)]
                routes = ["10.0.0.0/8"]
                """)
        #expect(!output.stderr.contains("PC61"), "\(output.stderr)")
    }

    @Test(
        "An id with a slip of the pen has its right spelling beside it, and its line",
        arguments: [
            "customer_gateways = [\"cgw-bp1s5pm030sbkgh8ye7m5\"]", "tunnels.vco-bp1pgqg11h4uu6fjddsz.number = 7",
            "connections.vco-bp1pgqg11h4uu6fjddzsz.routes = []",
        ])
    func slips(line: String) async throws {
        let output = try await render(site: "[routers.core]\n\(line)\n")
        #expect(output.status == 1)
        #expect(output.stderr.contains("peerconf.toml:2: warning: no "), "\(output.stderr)")
        #expect(output.stderr.contains("did you mean "))
        #expect(output.stderr.contains("[PC610]"))
    }

    @Test("What is simply not there is one note: the site file may serve other inputs, too")
    func absent() async throws {
        let output = try await render(
            site: "[routers.far]\ncustomer_gateways = [\"cgw-one\", \"cgw-two\"]\ntunnels.tun-x.number = 1\n")
        #expect(output.stderr.components(separatedBy: "[PC611]").count == 2)
        #expect(output.stderr.contains("3 things: customer gateway cgw-one, customer gateway cgw-two, tunnel tun-x"))
    }

    @Test("Settings of a tunnel under a router that it does not end on")
    func elsewhere() async throws {
        let output = try await render(
            site: """
                [routers.core]
                customer_gateways = ["\(Self.gateway)"]
                [routers.other.tunnels.\(Self.connection)]
                number = 7
                """)
        #expect(output.stderr.contains("ends on \(Self.gateway), which is router core's, not other's [PC612]"))
    }

    @Test("A key of the site file beside another one in the answer: told, and neither is shown")
    func otherKey() async throws {
        let site = """
            [routers.core]
            customer_gateways = ["\(Self.gateway)"]
            tunnels.\(Self.connection).psk = { environment = "CANARY_KEY" }
            """
        let output = try await render(site: site, environment: ["CANARY_KEY": "Quite-Another-4711"])
        #expect(output.stderr.contains("[PC613]"), "\(output.stderr)")
        #expect(!output.stderr.contains("4711"))
    }

    @Test(
        "Options that match nothing, each by name",
        arguments: [
            ["--vpn-connection-id", "vco-bp1pgqg11h4uu6fjddsz", "--vpn-connection-id", connection],
            ["--customer-gateway-id", "cgw-bp1s5pm030sbkgh8ye7m", "--customer-gateway-id", gateway],
            ["--state", "activ"],
        ])
    func options(arguments: [String]) async throws {
        let output = try await render(site: "", arguments)
        #expect(output.stderr.contains("\(arguments[0]) \(arguments[1]); did you mean "), "\(output.stderr)")
        #expect(output.stderr.contains("[PC088]") && output.status == 1)
        #expect(output.stdout.contains(Self.connection))
    }

    @Test("Known states that no connection has are no slip")
    func state() async throws {
        #expect(try await !render(site: "", ["--state", "deleted"]).stderr.contains("PC088"))
    }

    @Test("Routes of one connection take the place of the router's")
    func routes() async throws {
        let (first, second) = ("vco-bp1aaaaaaaaaaaaaaaaaa", "vco-bp1bbbbbbbbbbbbbbbbbb")
        let site = """
            [routers.core]
            customer_gateways = ["cgw-1"]
            device = "cisco-ios"
            routes = ["172.16.0.0/12"]

            """
        let own = "connections.\(second).routes = [\"10.0.0.0/8\"]\n"
        func answer(_ id: String, _ address: String) -> String {
            """
            <VpnConnection><VpnConnectionId>\(id)</VpnConnectionId><CustomerGatewayId>cgw-1</CustomerGatewayId>\
            <State>active</State><LocalSubnet>0.0.0.0/0</LocalSubnet><RemoteSubnet>0.0.0.0/0</RemoteSubnet>\
            <InternetIp>\(address)</InternetIp><IkeConfig><IkeVersion>ikev2</IkeVersion><IkeEncAlg>aes256</IkeEncAlg>\
            <IkeAuthAlg>sha256</IkeAuthAlg><IkePfs>group14</IkePfs><IkeLifetime>86400</IkeLifetime>\
            <LocalId>\(address)</LocalId><RemoteId>198.51.100.1</RemoteId><Psk>k\(id)</Psk></IkeConfig>\
            <IpsecConfig><IpsecEncAlg>aes256</IpsecEncAlg><IpsecAuthAlg>sha256</IpsecAuthAlg>\
            <IpsecPfs>group14</IpsecPfs><IpsecLifetime>3600</IpsecLifetime></IpsecConfig></VpnConnection>
            """
        }
        let page =
            "<DescribeVpnConnectionsResponse><VpnConnections>\(answer(first, "203.0.113.1"))"
            + "\(answer(second, "203.0.113.2"))</VpnConnections></DescribeVpnConnectionsResponse>"
        for (text, isShared) in [(site, true), (site + own, false)] {
            try await withTemporaryFolder { folder in
                try page.write(toFile: folder + "/a.xml", atomically: false, encoding: .utf8)
                let output = try await render(site: text, inputs: [folder + "/a.xml"])
                #expect(output.stderr.contains("[PC267]") == isShared, "\(output.stderr)")
                #expect(output.stdout.contains("ip route 10.0.0.0 255.0.0.0 Tunnel") == !isShared)
                #expect(
                    output.stdout.components(separatedBy: "ip route 172.16.0.0 255.240.0.0 Tunnel").count
                        == (isShared ? 3 : 2))
            }
        }
    }
}
