import Findings
import TestSupport
import Testing

@testable import Review

/// In which order changes are to be made, and whom a gateway's change concerns.
@Suite("Order of work")
struct OrderOfWorkTests {
    private static let master = "tun-1aaaaaaaaaaaaaaaa"
    private static let slave = "tun-2aaaaaaaaaaaaaaaa"
    private static let dual = "vco-bp1aaaaaaaaaaaaaaaaaa"
    private static let single = "vco-bp1bbbbbbbbbbbbbbbbbb"

    private func report(_ old: World, _ new: World) -> Report {
        Report.differences(from: Snapshot(documents: old.documents), to: Snapshot(documents: new.documents))
    }

    private func rules(_ report: Report) -> [String] { report.findings.map(\.rule.rawValue) }

    private func steps(_ report: Report, _ subject: String = "connection vco-bp1aaaaaaaaaaaaaaaaaa") -> [String] {
        report.plans.first { $0.subject == subject }?.steps ?? []
    }

    private func notes(_ report: Report) -> String {
        report.findings.flatMap(\.notes).map(\.message).joined(separator: "\n")
    }

    @Test("The standby first, by the roles of now; a swap is a step between the two") func swap() {
        let new = World.good.changing(tunnels: [
            0: ["Role": "slave", "TunnelIkeConfig.IkeEncAlg": "aes"],
            1: ["Role": "master", "TunnelIkeConfig.IkeEncAlg": "aes"],
        ])
        let report = report(.good, new)
        let swap = report.findings.filter { $0.rule == "PC737" }
        #expect(swap.count == 1 && swap[0].message.contains("swapped: \(Self.slave) is the master now"))
        let steps = steps(report)
        let places = [
            "change the standby \(Self.slave) ", "swap the roles", "change the former master \(Self.master) ",
        ].map { text in steps.firstIndex { $0.contains(text) } }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("Another group of phase 2 is proved on each tunnel before the next one is touched") func secrecy() {
        let new = World.good.changing(tunnels: [
            0: ["TunnelIpsecConfig.IpsecPfs": "group5"], 1: ["TunnelIpsecConfig.IpsecPfs": "group5"],
        ])
        let steps = steps(report(.good, new))
        let order = steps.compactMap { step in
            ["change the standby", "change the master", "swanctl --rekey --child"].first { step.contains($0) }
        }
        #expect(
            order == [
                "change the standby", "swanctl --rekey --child", "change the master", "swanctl --rekey --child",
            ])
    }

    @Test("A swap alone is one finding, and one step; it is no change of all tunnels") func swapAlone() {
        let report = report(.good, World.good.changing(tunnels: [0: ["Role": "slave"], 1: ["Role": "master"]]))
        #expect(rules(report) == ["PC737"])
        #expect(steps(report).contains { $0.contains("all traffic moves to \(Self.slave)") })
    }

    @Test("A standby that is removed: traffic first, then the device, then the cloud") func removedStandby() {
        var new = World.good
        new.sites[0].tunnels.removeLast()
        let report = report(.good, new)
        #expect(rules(report) == ["PC705"])
        let steps = steps(report)
        let move = steps.firstIndex { $0.contains("move the traffic") && $0.contains(Self.slave) }
        let remove = steps.firstIndex { $0.contains("take the standby \(Self.slave) off the device") }
        #expect(move != nil && remove != nil && (move ?? 9) < (remove ?? 0))
    }

    @Test("A connection that is removed: where its traffic goes stands before its end") func removedConnection() {
        let old = World.single.adding(["LocalSubnet": "172.16.0.0/12", "RemoteSubnet": "10.30.0.0/16"])
        let report = report(old, .single)
        #expect(rules(report) == ["PC702"])
        let steps = steps(report, "connection vco-bp1cccccccccccccccccc")
        #expect(steps.count == 4 && steps[0].contains("172.16.0.0/12") && steps[2].contains("render --remove"))
    }

    @Test("A standby that is not up: nobody starts with it, and the master is the only one") func standbyDown() {
        let old = World.good.changing(tunnels: [1: ["Status": "ike_sa_not_established"]])
        let both = old.changing(tunnels: [
            0: ["TunnelIkeConfig.IkeLifetime": "28800", "TunnelIkeConfig.IkePfs": "group5"],
            1: ["TunnelIkeConfig.IkePfs": "group5"],
        ])
        let first = steps(report(old, both)).first ?? ""
        #expect(first.contains("\(Self.slave) (ike_sa_not_established) is not up: do not start with it"))
        #expect(first.contains("the master \(Self.master) is the only tunnel that is up"))
        let one = report(old, old.changing(tunnels: [0: ["TunnelIkeConfig.IkePfs": "group5"]]))
        #expect(notes(one).contains("the only tunnel that is up: \(Self.slave) is not"))
        #expect(steps(one).first?.contains("find out why") == true)
    }

    @Test("A standby that is not up, and alone is changed or removed, needs no repair first") func standbyDownAlone() {
        let old = World.good.changing(tunnels: [1: ["Status": "ike_sa_not_established"]])
        let changed = steps(report(old, old.changing(tunnels: [1: ["TunnelIkeConfig.IkePfs": "group5"]])))
        #expect(
            changed.first?.contains("interrupts nothing, as long as the master \(Self.master) is left alone") == true)
        var without = old
        without.sites[0].tunnels.removeLast()
        #expect(!steps(report(old, without)).contains { $0.contains("bring it up") })
    }

    @Test("What both take at once and what each takes is one window") func oneWindow() {
        let new = World.good.changing(["LocalSubnet": "192.168.0.0/16"])
            .changing(tunnels: [0: ["TunnelIkeConfig.IkePfs": "group5"], 1: ["TunnelIkeConfig.IkePfs": "group5"]])
        let report = report(.good, new)
        #expect(steps(report).filter { $0.contains("announce an interruption") }.count == 1)
        #expect(steps(report).filter { $0.hasPrefix("in the same window") }.count == 2)
        #expect(report.findings.first { $0.rule == "PC790" }?.remedy?.contains("one window") == true)
    }

    @Test("A master that is not up is not what carries traffic: the standby comes last") func masterDown() {
        let old = World.good.changing(tunnels: [0: ["Status": "ike_sa_not_established"]])
        let new = old.changing(tunnels: [
            0: ["TunnelIkeConfig.IkePfs": "group5"], 1: ["TunnelIkeConfig.IkePfs": "group5"],
        ])
        let changes = steps(report(old, new)).filter { $0.hasPrefix("then change") }
        #expect(changes.count == 2 && changes[0].contains(Self.master) && changes[1].contains(Self.slave))
    }

    @Test("Tunnels that were up and are not: the cloud has the new values already") func alreadyChanged() {
        let new = World.good.changing(tunnels: [
            0: ["TunnelIkeConfig.Psk": "Ab5kTq9XwN3vGb7HsL2mYd5JcF8pUe4B", "Status": "ike_sa_not_established"],
            1: ["TunnelIkeConfig.Psk": "Cd6kTq9XwN3vGb7HsL2mYd5JcF8pUe4D", "Status": "ike_sa_not_established"],
        ])
        let steps = steps(report(.good, new))
        #expect(steps.first?.contains("the cloud may have the new values already") == true)
        let changes = steps.filter { $0.hasPrefix("change the") }
        #expect(changes.count == 2 && changes[0].contains(Self.slave))
    }

    // MARK: - Gateways

    @Test("A customer gateway's address: the connections it concerns, marked and planned") func customerGateway() throws
    {
        let report = report(.good, World.good.changing(gateways: [0: ["IpAddress": "61.128.0.99"]]))
        #expect(rules(report) == ["PC780"])
        #expect(notes(report).contains("affects connection \(Self.dual) (\(Self.master))"))
        #expect(steps(report).contains { $0.contains("change the master \(Self.master) ") && $0.contains("cgw-1") })
        let diagram = try #require(MermaidDiagram(report).text)
        #expect(diagram.contains("classDef error"))
        #expect(report.marks == [Self.master: .error])
    }

    @Test("A gateway of several connections has an order of its own") func sharedGateway() {
        let old = World.single.adding(["LocalSubnet": "172.16.0.0/12", "RemoteSubnet": "10.30.0.0/16"])
        let report = report(old, old.changing(gateways: [0: ["IpAddress": "61.128.0.99"]]))
        #expect(rules(report) == ["PC780"])
        #expect(steps(report, "customer gateway cgw-1").first?.contains("2 connections in one moment") == true)
        #expect(!steps(report, "connection \(Self.single)").isEmpty)
        #expect(!steps(report, "connection vco-bp1cccccccccccccccccc").isEmpty)
    }

    @Test("A VPN gateway's address concerns the tunnels at that address only") func vpnGateway() {
        func side(_ address: String) -> Snapshot {
            Snapshot(
                documents: World.good.documents + [
                    """
                    <DescribeVpnGatewaysResponse><VpnGateways><VpnGateway><VpnGatewayId>vpn-1</VpnGatewayId>\
                    <InternetIp>47.96.1.10</InternetIp>\
                    <DisasterRecoveryInternetIp>\(address)</DisasterRecoveryInternetIp>\
                    </VpnGateway></VpnGateways></DescribeVpnGatewaysResponse>
                    """
                ])
        }
        let report = Report.differences(from: side("47.96.2.10"), to: side("47.96.2.99"))
        #expect(rules(report) == ["PC781"])
        #expect(notes(report).contains("affects connection \(Self.dual) (\(Self.slave))"))
        #expect(steps(report).contains { $0.contains("change the standby \(Self.slave) ") })
    }

    @Test("An AS number of a gateway that nobody uses for BGP does nothing") func unusedNumber() {
        let report = report(
            World.single.changing(gateways: [0: ["Asn": "65001"]]),
            World.single.changing(gateways: [0: ["Asn": "65002"]]))
        #expect(rules(report) == ["PC745"] && report.findings[0].severity == .note)
        #expect(notes(report).contains("no connection that uses BGP hangs on it"))
    }

    @Test("Answers about gateways on one side only: nothing is made of them", arguments: [true, false])
    func missingGateways(isOld: Bool) {
        let whole = Snapshot(documents: World.good.documents)
        let without = Snapshot(documents: Array(World.good.documents.prefix(1)))
        let report = Report.differences(from: isOld ? without : whole, to: isOld ? whole : without)
        #expect(rules(report) == ["PC793"])
        #expect(report.findings[0].message.hasPrefix(isOld ? "OLD has no answer" : "NEW has no answer"))
        #expect(report.findings[0].message.contains("addresses"))
    }

    @Test("A VPN gateway that is deleted takes its connections along") func deletedGateway() {
        func side(_ status: String) -> Snapshot {
            Snapshot(
                documents: World.single.documents + [
                    """
                    <DescribeVpnGatewaysResponse><VpnGateways><VpnGateway><VpnGatewayId>vpn-1</VpnGatewayId>\
                    <Status>\(status)</Status></VpnGateway></VpnGateways></DescribeVpnGatewaysResponse>
                    """
                ])
        }
        let report = Report.differences(from: side("active"), to: side("deleting"))
        #expect(rules(report) == ["PC771"] && report.findings[0].severity == .error)
        #expect(steps(report, "connection \(Self.single)").contains { $0.contains("render --remove") })
    }

    @Test("A gateway that nobody names can go") func unusedGateway() {
        var old = World.single
        old.customerGateways.append(["CustomerGatewayId": "cgw-9", "IpAddress": "61.128.9.9"])
        let report = report(old, .single)
        #expect(rules(report) == ["PC708"] && report.findings[0].severity == .note)
    }
}
