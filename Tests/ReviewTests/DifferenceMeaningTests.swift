import Findings
import PeerModel
import TestSupport
import Testing

@testable import Review

/// What a reviewer is told of changes, and in which order they are to be made.
@Suite("What differences mean")
struct DifferenceMeaningTests {
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

    // MARK: - Order of work

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

    // MARK: - One thing, one finding

    @Test("One tunnel instead of two, and back, is one finding with its consequence", arguments: [true, false])
    func tunnelMode(toDual: Bool) {
        var dual = World.single
        dual.sites[0].fields = World.single.sites[0].fields.filter { !$0.key.contains(".") }
        for name in ["CustomerGatewayId", "InternetIp", "EnableDpd", "EnableNatTraversal"] {
            dual.sites[0].fields[name] = nil
        }
        dual.sites[0].tunnels = World.good.sites[0].tunnels.map { tunnel in
            var tunnel = tunnel.filter { !$0.key.hasPrefix("TunnelBgpConfig") }
            tunnel["CustomerGatewayId"] = "cgw-1"
            tunnel["TunnelIkeConfig.IkeEncAlg"] = "aes"
            return tunnel
        }
        let report = toDual ? report(.single, dual) : report(dual, .single)
        #expect(rules(report) == ["PC749"])
        #expect(report.findings[0].message.contains(toDual ? "single → dual" : "dual → single"))
        #expect(notes(report).contains("weaker than before: aes256 → aes") == toDual)
        #expect(notes(report).contains("redundancy lost") == !toDual)
        #expect(steps(report, "connection \(Self.single)").contains { $0.contains("render anew") })
    }

    @Test(
        "A state by which the connection goes is an error, with an order of work", arguments: ["deleting", "deleted"])
    func end(state: String) {
        let new = World.good.changing(["State": state])
        let gone = report(.good, new)
        #expect(rules(gone) == ["PC771"] && gone.findings[0].severity == .error)
        #expect(gone.findings[0].message.contains("active → \(state): the connection goes away"))
        #expect(steps(gone).contains { $0.contains("off the device") })
        let back = report(new, .good)
        #expect(rules(back) == ["PC771"] && back.findings[0].severity == .warning)
        let further = Report.differences(
            from: Snapshot(documents: World.good.changing(["State": "deleting"]).documents),
            to: Snapshot(documents: World.good.changing(["State": "deleted"]).documents))
        #expect(further.findings.isEmpty)
    }

    @Test("BGP switched off or on is one finding, of the connection", arguments: [true, false])
    func bgpSwitched(isOn: Bool) {
        var without = World.good.changing(["EnableTunnelsBgp": "false"])
        for index in 0...1 {
            without.sites[0].tunnels[index] = without.sites[0].tunnels[index].filter { !$0.key.hasPrefix("TunnelBgp") }
        }
        let report = isOn ? report(without, .good) : report(.good, without)
        #expect(rules(report) == ["PC794"])
        #expect(report.findings[0].message == "connection \(Self.dual): BGP switched \(isOn ? "on" : "off")")
        #expect(report.findings[0].severity == (isOn ? .warning : .error))
        #expect(notes(report).contains("both tunnels of the connection at once"))
    }

    @Test("BGP that one tunnel loses is one finding of that tunnel") func bgpOfOneTunnel() {
        var new = World.good
        new.sites[0].tunnels[1] = new.sites[0].tunnels[1].filter { !$0.key.hasPrefix("TunnelBgp") }
        let report = report(.good, new)
        #expect(rules(report) == ["PC794"] && report.findings[0].place.tunnel == Self.slave)
        #expect(notes(report).contains("only the other tunnel has BGP now"))
    }

    @Test("Several values of a health check are one finding") func healthCheck() {
        let old = World.single.changing([
            "VcoHealthCheck.Enable": "true", "VcoHealthCheck.Sip": "192.168.0.1", "VcoHealthCheck.Dip": "10.20.0.1",
            "VcoHealthCheck.Interval": "3", "VcoHealthCheck.Retry": "3",
        ])
        let report = report(old, old.changing(["VcoHealthCheck.Dip": "10.20.0.9", "VcoHealthCheck.Interval": "5"]))
        #expect(rules(report) == ["PC754"])
        #expect(report.findings[0].message.hasSuffix("health check Dip 10.20.0.1 → 10.20.0.9, Interval 3 → 5"))
        let off = self.report(old, .single)
        #expect(rules(off) == ["PC753"])
    }

    // MARK: - Networks

    @Test("Wider, narrower, and others are three things")
    func networks() {
        func told(_ old: String, _ new: String) -> (notes: String, effect: Effect?) {
            let world = World.single.changing(["RemoteSubnet": old])
            let difference = Difference(
                from: Snapshot(documents: world.documents),
                to: Snapshot(documents: world.changing(["RemoteSubnet": new]).documents))
            #expect(difference.changes.count == 1)
            let change = difference.changes.first
            return ((change?.risks.map(\.words) ?? []).joined(separator: "\n"), change?.effect)
        }
        let narrower = told("10.20.0.0/16,10.30.0.0/16", "10.20.0.0/16")
        #expect(narrower.notes == "narrower: 10.30.0.0/16 can no longer be reached through the tunnel")
        #expect(narrower.effect == .routing)
        #expect(told("10.20.0.0/16", "10.20.0.0/17").notes.hasPrefix("narrower: 10.20.128.0/17 "))
        let wider = told("10.20.0.0/17", "10.20.0.0/16")
        #expect(wider.notes.hasPrefix("wider: 10.20.128.0/17 ") && wider.effect == .down)
        let other = told("10.20.0.0/16", "10.40.0.0/16")
        #expect(
            other.notes.hasPrefix("other networks: 10.40.0.0/16 can be reached")
                && other.notes.hasSuffix("10.20.0.0/16 no longer"))
        #expect(told("10.20.0.0/17,10.20.128.0/17", "10.20.0.0/16").notes.isEmpty)
        #expect(told("10.20.5.0/24", "10.0.0.0/8").notes.hasPrefix("wider: 10.0.0.0/8 but for 10.20.5.0/24 "))
    }

    @Test("An added connection that leads where another one leads is told; one beside it is not") func overlap() {
        let beside = report(
            .single, World.single.adding(["LocalSubnet": "172.16.0.0/12", "RemoteSubnet": "10.30.0.0/16"]))
        #expect(rules(beside) == ["PC701"] && beside.findings[0].severity == .note)
        let same = report(
            .single, World.single.adding(["LocalSubnet": "192.168.7.0/24", "RemoteSubnet": "10.20.5.0/24"]))
        #expect(rules(same) == ["PC701"] && same.findings[0].severity == .warning)
        #expect(
            notes(same).contains("overlap: \(Self.single) carries traffic between 10.20.5.0/24 and 192.168.7.0/24, too")
        )
        #expect(steps(same, "connection vco-bp1cccccccccccccccccc").first?.hasPrefix("decide which") == true)
        let other = ["CustomerGatewayId": "cgw-9", "RemoteSubnet": "10.30.0.0/16"]
        #expect(report(.single, World.single.adding(other)).findings[0].severity == .note)
    }

    @Test(
        "Addresses of networks are counted exactly",
        arguments: [
            (["10.0.0.0/8"], ["10.128.0.0/9"], ["10.0.0.0/9"]), (["0.0.0.0/0"], ["128.0.0.0/1"], ["0.0.0.0/1"]),
            (["10.0.0.0/24", "10.0.1.0/24"], ["10.0.0.0/23"], []), (["0.0.0.0/0"], [], ["0.0.0.0/0"]),
            (["255.255.255.255/32"], ["10.0.0.0/8"], ["255.255.255.255/32"]),
            (["10.0.0.0/29"], ["10.0.0.2/32"], ["10.0.0.0/31", "10.0.0.3/32", "10.0.0.4/30"]),
        ])
    func addressSets(first: [String], second: [String], rest: [String]) {
        func set(_ networks: [String]) -> AddressSet { AddressSet(networks.compactMap { .parse($0)?.network }) }
        #expect(set(first).subtracting(set(second)).networks.map(\.description) == rest)
    }

    @Test("With IKEv1 a longer lifetime may be refused") func lifetimes() {
        let old = World.single.changing(["IkeConfig.IkeVersion": "ikev1"])
        #expect(notes(report(old, old.changing(["IkeConfig.IkeLifetime": "28800"]))).contains("with IKEv1"))
        #expect(
            !notes(report(.single, World.single.changing(["IkeConfig.IkeLifetime": "28800"]))).contains("with IKEv1"))
    }

    @Test("What both tunnels take at once is told") func atOnce() {
        let report = report(.good, World.good.changing(["LocalSubnet": "192.168.0.0/16"]))
        #expect(notes(report).contains("both tunnels of the connection at once"))
    }
}
