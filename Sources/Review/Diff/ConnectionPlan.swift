import CloudAPI
import Findings
import PeerModel

/// In which order the changes of one connection can be made.
///
/// The roles are the old ones: they tell which tunnel carries traffic while the work is done.
struct ConnectionPlan {
    private(set) var steps: [String] = []
    /// The tunnels, where each of them has changes of its own that interrupt it.
    private(set) var touchedTwice: [String]?
    /// Whether something interrupts both tunnels in one moment, so that no order helps.
    private(set) var needsWindow = false

    let id: String
    let changes: [Change]
    let sides: ComparedSides

    init(_ id: String, _ changes: [Change], _ sides: ComparedSides) {
        self.id = id
        self.changes = changes
        self.sides = sides
        if let whole = changes.first(where: Self.isWhole) {
            steps = steps(forWhole: whole)
            return
        }
        let tunnels = tunnels
        if tunnels.count > 1 { addSteps(for: tunnels) } else { addSteps(forOnly: tunnels.first) }
    }

    /// A tunnel as the work finds it.
    private struct PlannedTunnel {
        let id: String
        let role: Role?
        let health: ComparedSides.Health
        var changes: [Change] = []

        var isAdded: Bool { changes.contains { $0.rule == "PC704" } }
        var isRemoved: Bool { changes.contains { $0.effect == .gone } }
        var hasOwnChanges: Bool { !changes.isEmpty && !isAdded && !isRemoved }

        var name: String {
            switch role {
            case .master: "the master \(id)"
            case .slave: "the standby \(id)"
            default: id
            }
        }
    }

    /// The tunnels of both sides; one under a new id is one tunnel.
    private var tunnels: [PlannedTunnel] {
        let replaced = Set(changes.filter { $0.rule == "PC706" }.compactMap(\.old))
        let all = Set((sides.old.tunnels[id] ?? []) + (sides.new.tunnels[id] ?? [])).subtracting(replaced)
        return all.sorted().map { tunnel in
            PlannedTunnel(
                id: tunnel, role: sides.old.roles[tunnel] ?? sides.new.roles[tunnel],
                health: sides.health(of: tunnel), changes: changes.filter { $0.tunnel == tunnel })
        }
    }

    private mutating func addSteps(forOnly tunnel: PlannedTunnel?) {
        let isDown = tunnel?.health == .down
        if let tunnel, isDown {
            let status = sides.status(of: tunnel.id) ?? ""
            steps.append(
                sides.wasUp(tunnel.id)
                    ? "its tunnel is not up (\(status)), and was in OLD: the cloud may have the new values already"
                    : "its tunnel is not up (\(status)): this interrupts nothing")
        } else {
            steps = Self.preparations(for: changes) + ["there is one tunnel: announce an interruption"]
        }
        steps.append("change cloud and device together: \(Self.list(changes))")
        steps += Self.proofs(of: changes)
        steps.append("see that the tunnel \(isDown ? "comes up" : "is up again") before the next connection")
    }

    private mutating func addSteps(for tunnels: [PlannedTunnel]) {
        let ordered = Self.carrierLast(tunnels)
        let standing = ordered.filter { !$0.isAdded }
        let touched = standing.filter(\.hasOwnChanges)
        let removed = standing.filter(\.isRemoved)
        if standing.count > 1, touched.count + removed.count == standing.count {
            touchedTwice = (touched + removed).map(\.id)
        }
        let common = changes.filter { $0.tunnel == nil && $0.rule != "PC737" }
        let swap = changes.first { $0.tunnel == nil && $0.rule == "PC737" }
        let worksOnTunnels = !touched.isEmpty || !removed.isEmpty || swap != nil
        addHealth(
            of: standing, whileWorking: worksOnTunnels,
            movesTraffic: swap != nil || !common.isEmpty
                || standing.contains { $0.health != .down && !$0.changes.isEmpty })
        steps += Self.preparations(for: changes)
        for tunnel in ordered where tunnel.isAdded {
            steps.append("configure \(tunnel.name), which is new, on the device, and see that it comes up")
        }
        if common.isEmpty {
            let (before, after) = swap == nil ? (touched, []) : Self.aroundSwap(touched)
            addChanges(of: before, among: standing)
            if let swap { addSwap(swap, among: standing, isFirst: before.isEmpty) }
            addChanges(of: after, among: standing, isAfterSwap: true)
        } else {
            addCommon(common, touched)
            if let swap { addSwap(swap, among: standing, isFirst: true) }
        }
        for tunnel in removed { addRemoval(of: tunnel, among: standing) }
        if worksOnTunnels || !common.isEmpty {
            steps.append(
                "see that \(removed.isEmpty ? "all tunnels are" : "what remains is") up before the next connection")
        }
    }

    /// What both tunnels take at once interrupts them anyway: all else is done in the same window, not in another one.
    private mutating func addCommon(_ common: [Change], _ touched: [PlannedTunnel]) {
        needsWindow = true
        steps.append("announce an interruption: both tunnels take this at once: \(Self.list(common))")
        steps.append("change it on cloud and device together")
        for tunnel in touched {
            steps.append("in the same window, change \(tunnel.name): \(Self.list(tunnel.changes))")
            steps += Self.proofs(of: tunnel.changes)
        }
    }

    /// What must be ready before the work.
    private static func preparations(for changes: [Change]) -> [String] {
        guard let bgp = changes.first(where: { $0.rule == "PC794" }) else { return [] }
        return [
            bgp.new == "off"
                ? "set static routes on both sides before: those that BGP taught go"
                : "set filters on both sides before: each takes what the other one announces"
        ]
    }

    /// What shows at once whether both sides match, where a tunnel that is up does not: the first child SA of IKEv2 is
    /// made without the group of phase 2 (RFC 7296, section 1.2).
    private static func proofs(of changes: [Change]) -> [String] {
        guard changes.contains(where: { $0.rule == "PC722" }) else { return [] }
        return [
            "have the device renew its child SA by hand, such as with swanctl --rekey --child: only that shows whether "
                + "both match"
        ]
    }

    /// Tells of tunnels that are not up: what is changed then has nothing that stands in for it.
    private mutating func addHealth(of tunnels: [PlannedTunnel], whileWorking: Bool, movesTraffic: Bool) {
        let down = tunnels.filter { $0.health == .down && !$0.isRemoved }
        guard !down.isEmpty else { return }
        let names = down.map { "\($0.name) (\(sides.status(of: $0.id) ?? ""))" }.joined(separator: ", ")
        if down.count == tunnels.count {
            let wereUp = down.contains { sides.wasUp($0.id) }
            steps.append(
                "no tunnel is up: \(names). "
                    + (wereUp
                        ? "OLD has them up, so the cloud may have the new values already: change the device at once"
                        : "Nothing is interrupted by this; find out first why that is so"))
            return
        }
        guard whileWorking else { return }
        let up = tunnels.filter { $0.health != .down }.map(\.name).joined(separator: ", ")
        let isTouched = down.contains { !$0.changes.isEmpty }
        if !movesTraffic {
            steps.append("\(names) is not up: its change interrupts nothing, as long as \(up) is left alone")
            return
        }
        steps.append(
            "\(names) is not up: " + (isTouched ? "do not start with it; " : "")
                + "find out why, and bring it up first. "
                + "Until then \(up) is the only tunnel that is up, and its change interrupts the connection")
    }

    /// Changes one tunnel after the other, the other one carrying traffic meanwhile.
    private mutating func addChanges(
        of touched: [PlannedTunnel], among all: [PlannedTunnel], isAfterSwap: Bool = false
    ) {
        for (place, tunnel) in touched.enumerated() {
            if all.allSatisfy({ $0.health == .down }) {
                steps.append("change \(tunnel.name) on cloud and device together: \(Self.list(tunnel.changes))")
                steps += Self.proofs(of: tunnel.changes)
                continue
            }
            let others = all.filter { $0.id != tunnel.id }
            let names = others.map(\.name).joined(separator: ", ")
            if isAfterSwap {
                steps.append("see that \(others.map(\.id).joined(separator: ", ")) carries the traffic")
            } else if place == 0 {
                let carries = tunnel.role == .master ? "it takes over the traffic" : "it carries the traffic meanwhile"
                steps.append("see that \(names) is up: \(carries)")
            } else {
                steps.append("wait until \(names) is up")
            }
            let name = isAfterSwap && tunnel.role == .master ? "the former master \(tunnel.id)" : tunnel.name
            steps.append("then change \(name) on cloud and device together: \(Self.list(tunnel.changes))")
            steps += Self.proofs(of: tunnel.changes)
        }
    }

    /// A step of its own: it moves all traffic, so nothing else may be under way.
    private mutating func addSwap(_ change: Change, among tunnels: [PlannedTunnel], isFirst: Bool) {
        let master = change.new.map { $0.replacing("master ", with: "") } ?? ""
        let others = tunnels.map(\.id).filter { $0 != master }.joined(separator: ", ")
        steps.append(
            isFirst
                ? "see that \(master) and \(others) are up"
                : "wait until \(master) is up, and change nothing else meanwhile")
        steps.append(
            "then swap the roles, by themselves: all traffic moves to \(master); let the device prefer it in the same window"
        )
    }

    private mutating func addRemoval(of tunnel: PlannedTunnel, among all: [PlannedTunnel]) {
        let rest = all.filter { $0.id != tunnel.id && !$0.isRemoved }
        let names = rest.map(\.name).joined(separator: ", ")
        if rest.isEmpty {
            steps.append("no other tunnel remains: see that another connection leads where this one led")
        } else {
            steps.append(
                "see that \(names) is up, and move the traffic to it: no route of the device may lead into \(tunnel.id)"
            )
        }
        steps.append(
            "then take \(tunnel.name) off the device, and delete it in the cloud only then, if that is not done yet")
        if !rest.isEmpty { steps.append("nothing stands in for \(names) from here on") }
    }

    /// What carries no traffic first: the standby, and what is not up.
    private static func carrierLast(_ tunnels: [PlannedTunnel]) -> [PlannedTunnel] {
        let isAllDown = tunnels.allSatisfy { $0.health == .down }
        func weight(_ tunnel: PlannedTunnel) -> Int {
            // Where none is up, the one that is to carry traffic is still changed last.
            tunnel.health == .down && !isAllDown ? 0 : tunnel.role == .master ? 2 : 1
        }
        return tunnels.enumerated().sorted { a, b in
            (weight(a.element), a.offset) < (weight(b.element), b.offset)
        }.map(\.element)
    }

    /// The standby is changed before it becomes the master, the master when it is the standby.
    private static func aroundSwap(_ tunnels: [PlannedTunnel]) -> ([PlannedTunnel], [PlannedTunnel]) {
        (tunnels.filter { $0.role != .master }, tunnels.filter { $0.role == .master })
    }

    /// What is to be changed, each kind once.
    static func list(_ changes: [Change]) -> String {
        var words: [String] = []
        for word in changes.map(\.shortSubject) where !words.contains(word) { words.append(word) }
        return words.joined(separator: ", ")
    }
}
