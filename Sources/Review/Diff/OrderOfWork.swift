import Findings
import PeerModel

/// In which order the changes of a connection can be made with the least interruption.
///
/// Sources: RFC 7296 lets SAs live until they are renewed or deleted, so a tunnel that is not touched goes on carrying
/// traffic; VPN gateways fail over to the standby by themselves, transit routers share traffic among both tunnels
/// (api.md 3.7).
struct OrderOfWork {
    /// What concerns the fleet as a whole, and each connection with changes that interrupt it.
    private(set) var plans: [Report.Plan] = []
    /// Connections all of whose tunnels are interrupted by changes of their own.
    private(set) var touchedTwice: [(connection: String, tunnels: [String])] = []

    init(_ changes: [Change], _ sides: ComparedSides) {
        let groups = Dictionary(grouping: changes.filter { $0.connection != nil }) { $0.connection ?? "" }
        for id in groups.keys.sorted() {
            let changes = groups[id] ?? []
            let steps = steps(
                id, changes.filter { $0.effect.interrupts || $0.kind == .added && $0.field == nil }, sides)
            if !steps.isEmpty { plans.append(Report.Plan(subject: "connection \(id)", steps: steps)) }
        }
        let gateways = changes.filter { $0.connection == nil && $0.effect.interrupts }
        if !gateways.isEmpty {
            plans.append(
                Report.Plan(
                    subject: "gateways",
                    steps: ["change one gateway at a time, and wait until all tunnels that end on it are up again"]))
        }
    }

    private mutating func steps(_ id: String, _ changes: [Change], _ sides: ComparedSides) -> [String] {
        if let whole = changes.first(where: { ["PC701", "PC702", "PC703"].contains($0.rule) }) {
            return Self.steps(forWhole: whole.rule)
        }
        guard let connection = sides.new.connections[id] ?? sides.old.connections[id], !changes.isEmpty else {
            return []
        }
        guard connection.tunnels.count > 1 else {
            return [
                "there is one tunnel: announce an interruption",
                "change cloud and device together: \(Self.list(changes))",
                "see that the tunnel is up again before the next connection",
            ]
        }
        let common = changes.filter { $0.tunnel == nil }
        let ordered = Self.standbyFirst(connection.tunnels)
        let touched = ordered.filter { tunnel in changes.contains { $0.tunnel == tunnel.id.value } }
        if touched.count == ordered.count { touchedTwice.append((id, touched.map(\.id.value))) }
        var steps: [String] = []
        for (place, tunnel) in touched.enumerated() {
            let own = changes.filter { $0.tunnel == tunnel.id.value }
            let others = ordered.filter { $0.id.value != tunnel.id.value }.map(Self.name).joined(separator: ", ")
            steps.append(
                place == 0 ? "see that \(others) is up: it carries the traffic meanwhile" : "wait until \(others) is up"
            )
            steps.append("then change \(Self.name(tunnel)) on cloud and device together: \(Self.list(own))")
        }
        if !common.isEmpty {
            steps.append("announce an interruption: both tunnels take this at once: \(Self.list(common))")
        }
        steps.append("see that all tunnels are up before the next connection")
        return steps
    }

    private static func steps(forWhole rule: RuleID) -> [String] {
        switch rule {
        case "PC701": ["configure it on the device; no tunnel that runs is touched"]
        case "PC702": ["see that other routes lead where it led, then take it off the device"]
        default: ["render anew, and replace the old configuration on the device in one step"]
        }
    }

    /// The standby before the master; equals by their order.
    private static func standbyFirst(_ tunnels: [Tunnel]) -> [Tunnel] {
        tunnels.filter { $0.role != .master } + tunnels.filter { $0.role == .master }
    }

    private static func name(_ tunnel: Tunnel) -> String {
        switch tunnel.role {
        case .master: "the master \(tunnel.id.value)"
        case .slave: "the standby \(tunnel.id.value)"
        case .equal, .only: tunnel.id.value
        }
    }

    /// What is to be changed, each kind once.
    private static func list(_ changes: [Change]) -> String {
        var words: [String] = []
        for change in changes {
            let word = change.subject.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? change.subject
            if !words.contains(word) { words.append(word) }
        }
        return words.joined(separator: ", ")
    }
}
