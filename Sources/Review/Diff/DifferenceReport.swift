import CloudAPI
public import Findings
import PeerModel

extension Report {
    /// What is otherwise in newer answers, the worst first, with an order of work.
    ///
    /// - Parameters:
    ///   - old: the older side.
    ///   - new: the newer side.
    ///   - showsState: whether changes are listed that nobody configured.
    ///   - problems: what was found while the sides were read.
    public static func differences(
        from old: Snapshot, to new: Snapshot, showsState: Bool = false, problems: [Finding] = []
    ) -> Report {
        let difference = Difference(from: old, to: new)
        let shown = difference.changes.filter { showsState || $0.effect != .state }
        let order = OrderOfWork(shown, ComparedSides(old: old, new: new))
        var findings = problems + shown.map(\.finding) + order.touchedTwice.map(bothAtOnce)
        findings += difference.notCompared.map(notCompared)
        findings += difference.missingAnswers.map(notComparable)
        var report = Report(command: "diff", findings: findings)
        report.plans = order.plans
        report.facts = facts(difference, stateCount: difference.changes.count - shown.count)
        report.connectionCount = Set((old.connections + new.connections).map { $0.vpnConnectionId.value }).count
        report.leftOutCount =
            difference.notCompared.count + shown.count { $0.kind == .unknown && $0.connection != nil }
        for change in shown where change.severity > .note {
            for tunnel in change.uses.flatMap(\.tunnels) {
                report.marks[tunnel] = max(report.marks[tunnel] ?? .note, change.severity)
            }
        }
        report.topology = Topology(new.fleet)
        let drawn = Set(report.topology.links.map(\.tunnel))
        report.topology.links += Topology(old.fleet).links.filter { !drawn.contains($0.tunnel) }
        return report
    }

    private static func facts(_ difference: Difference, stateCount: Int) -> [Fact] {
        var facts: [Fact] = []
        if stateCount > 0 {
            facts.append(Fact(name: "state changes not listed (--show-state):", value: "\(stateCount)"))
        }
        if difference.hiddenKeyCount > 0 {
            facts.append(
                Fact(
                    name: "keys masked on both sides, whose change can't be seen:",
                    value: "\(difference.hiddenKeyCount)"))
        }
        return facts
    }

    private static func bothAtOnce(_ touched: OrderOfWork.TouchedTwice) -> Finding {
        Finding(
            "PC790", .error, "connection \(touched.connection): changes interrupt all of its tunnels",
            at: Place(connection: touched.connection),
            remedy: touched.needsWindow
                ? "announce an interruption, and change everything in one window"
                : "change \(touched.tunnels.joined(separator: ", then ")), each on cloud and device together")
    }

    private static func notCompared(_ connection: String) -> Finding {
        Finding(
            "PC791", .warning, "connection \(connection) could not be read on both sides and is not compared",
            at: Place(connection: connection), remedy: "correct the answer, or save it again")
    }

    private static func notComparable(_ kind: ComparedRecord.Kind, _ side: String) -> Finding {
        let values =
            switch kind {
            case .connection: "connections"
            case .vpnGateway: "the cloud's addresses and its use of BGP"
            case .customerGateway: "the devices' addresses, AS numbers and BGP keys"
            }
        return Finding(
            "PC793", .warning, "\(side) has no answer about \(kind.rawValue)s: \(values) can't be compared",
            remedy: "save \(kind.list.rawValue) on both sides")
    }
}
