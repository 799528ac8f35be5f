import Findings
import PeerModel
import TestSupport
import Testing

@testable import Review

/// What a reviewer is told of changes: one thing is one finding, with what it does and risks.
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
        #expect(notes(report).contains("weaker than before: aes256 → aes128") == toDual)
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
        let told = notes(report(old, old.changing(["IkeConfig.IkeLifetime": "28800"])))
        #expect(told.contains("effect: unverified") && told.contains("with IKEv1 lifetimes are negotiated"))
        let plain = notes(report(.single, World.single.changing(["IkeConfig.IkeLifetime": "28800"])))
        #expect(!plain.contains("with IKEv1") && plain.contains("from the next renewal of keys"))
    }

    @Test("What both tunnels take at once is told") func atOnce() {
        let report = report(.good, World.good.changing(["LocalSubnet": "192.168.0.0/16"]))
        #expect(notes(report).contains("both tunnels of the connection at once"))
    }
}
