import Findings
import PeerModel

/// In which order changes can be made with the least interruption.
///
/// Sources: RFC 7296 lets SAs live until they are renewed or deleted, so a tunnel that is not touched goes on carrying
/// traffic; VPN gateways fail over to the standby by themselves, transit routers share traffic among both tunnels
/// (api.md 3.7).
struct OrderOfWork {
    /// Gateways whose change concerns several connections, then each connection with changes that interrupt it.
    private(set) var plans: [Report.Plan] = []
    /// Connections all of whose tunnels are interrupted by changes of their own.
    private(set) var touchedTwice: [TouchedTwice] = []

    /// A connection all of whose tunnels are interrupted.
    struct TouchedTwice {
        var connection: String
        /// The tunnels in the order of work.
        var tunnels: [String]
        /// Whether something else interrupts them in one moment.
        var needsWindow: Bool
    }

    init(_ changes: [Change], _ sides: ComparedSides) {
        var groups: [String: [Change]] = [:]
        for change in changes {
            if let connection = change.connection {
                guard change.effect.interrupts || change.kind == .added && change.field == nil else { continue }
                groups[connection, default: []].append(change)
            } else if change.effect.interrupts {
                if let plan = Self.plan(ofGateway: change) { plans.append(plan) }
                for use in change.uses { groups[use.connection, default: []] += Self.parts(of: change, for: use) }
            }
        }
        for id in groups.keys.sorted() {
            let plan = ConnectionPlan(id, groups[id] ?? [], sides)
            if !plan.steps.isEmpty { plans.append(Report.Plan(subject: "connection \(id)", steps: plan.steps)) }
            if let tunnels = plan.touchedTwice {
                touchedTwice.append(.init(connection: id, tunnels: tunnels, needsWindow: plan.needsWindow))
            }
        }
    }

    /// What a gateway's change is for a connection that hangs on it.
    private static func parts(of change: Change, for use: Change.Use) -> [Change] {
        (use.isWhole ? [nil] : use.tunnels.map(Optional.some)).map { tunnel in
            var part = change
            part.connection = use.connection
            part.tunnel = tunnel
            part.subject = "\(change.shortSubject) (\(change.gateway))"
            return part
        }
    }

    /// What several connections have to wait for together.
    private static func plan(ofGateway change: Change) -> Report.Plan? {
        guard change.uses.count > 1 else { return nil }
        let shown = change.uses.prefix(10).map(\.words).joined(separator: ", ")
        let more = change.uses.count > 10 ? " and \(change.uses.count - 10) more" : ""
        return Report.Plan(
            subject: change.gateway,
            steps: [
                "\(change.shortSubject) concerns \(change.uses.count) connections in one moment: \(shown)\(more)",
                "see that each of them has another tunnel that is up, or announce an interruption",
                "change it in the cloud and on the device in one window, as told for each connection below",
                "see that all of them are up again before the next gateway",
            ])
    }
}

extension Change {
    /// "customer gateway cgw-…".
    fileprivate var gateway: String { subject.split(separator: ": ", maxSplits: 1).first.map(String.init) ?? subject }
}
