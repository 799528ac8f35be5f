import CloudAPI
import Findings
import PeerModel

/// Connections that come, go, or become another one as a whole.
extension ConnectionPlan {
    static func isWhole(_ change: Change) -> Bool {
        ["PC701", "PC702", "PC703", "PC749"].contains(change.rule)
            || change.rule == "PC771" && change.effect == .gone
                && (change.field?.path == "State" || !change.uses.isEmpty)
    }

    func steps(forWhole change: Change) -> [String] {
        switch change.rule {
        case "PC701":
            let hasOverlap = change.effect > .nothing
            return hasOverlap
                ? [
                    "decide which connection is to lead to the networks that overlap (see above), and set the routes so",
                    "configure it on the device, and see where the traffic of those networks goes",
                ] : ["configure it on the device; no tunnel that runs is touched"]
        case "PC702", "PC771":
            let networks = sides.old.connections[id]?.cloudNetworks.map(\.value) ?? []
            let led = networks.isEmpty || networks == [.any] ? "" : " (\(ComparedSides.list(networks)))"
            return [
                "see that another way leads where it led\(led) and is up, or that nobody needs it any more",
                "move the traffic: take its routes off the device, or let other ones be preferred",
                "take it off the device: render --remove \(id), from the answers of OLD",
                "delete it in the cloud only then, if that is not done yet",
            ]
        case "PC749":
            let rest = Self.list(changes.filter { $0.rule != "PC749" })
            let isDual = change.new == "dual"
            return [
                "announce an interruption: the cloud ends what there is when the mode changes",
                "render anew: the device gets " + (isDual ? "two tunnels" : "one tunnel")
                    + " with addresses and keys of its own" + (rest.isEmpty ? "" : "; also changed: \(rest)"),
                "change cloud and device in one window, and take the old configuration off the device",
                isDual
                    ? "see that both tunnels are up before the next connection"
                    : "see that the tunnel is up before the next connection",
            ]
        default: return ["render anew, and replace the old configuration on the device in one step"]
        }
    }
}
