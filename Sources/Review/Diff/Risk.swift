import Findings

/// Why a change deserves a second look.
public enum Risk: Sendable, Hashable {
    /// What protects the tunnel is weaker than before.
    case weaker(String)
    /// A key changed: both sides need it in one moment.
    case keyChanged
    /// More addresses are let through than before.
    case wider(String)
    /// Some addresses are cut off.
    case narrower(String)
    /// Some addresses are let through that were not, others are cut off.
    case otherNetworks(gained: String, lost: String)
    /// Another connection leads to the same addresses.
    case overlap(String)
    /// What stood in for something no longer does.
    case redundancyLost(String)
    /// Both tunnels take the change in one moment.
    case allTunnels
    /// The other tunnel is not up.
    case onlyTunnelUp(String)
    /// Nobody teaches routes any more.
    case routesLost
    /// Routes are taught that were not.
    case routesLearnt
    /// Rendering leaves the connection out now.
    case notRendered

    /// How much it matters by itself.
    var severity: Severity {
        switch self {
        case .weaker, .redundancyLost, .onlyTunnelUp, .routesLost: .error
        case .keyChanged, .wider, .narrower, .otherNetworks, .overlap, .allTunnels, .routesLearnt, .notRendered:
            .warning
        }
    }

    /// In words.
    var words: String {
        switch self {
        case .weaker(let text): "weaker than before: \(text)"
        case .keyChanged: "the key must reach the device on a safe way, and both sides in one moment"
        case .wider(let networks): "wider: \(networks) can be reached through the tunnel now"
        case .narrower(let networks): "narrower: \(networks) can no longer be reached through the tunnel"
        case .otherNetworks(let gained, let lost):
            "other networks: \(gained) can be reached through the tunnel now, \(lost) no longer"
        case .overlap(let text): "overlap: \(text)"
        case .redundancyLost(let text): "redundancy lost: \(text)"
        case .allTunnels: "both tunnels of the connection at once: nothing stands in meanwhile"
        case .onlyTunnelUp(let other): "the only tunnel that is up: \(other)"
        case .routesLost: "routes that BGP taught go, on both sides: static ones must lead there before"
        case .routesLearnt: "each side takes what the other one announces: see that filters stand before"
        case .notRendered: "render leaves the connection out now, or takes it in; lint tells why"
        }
    }
}
