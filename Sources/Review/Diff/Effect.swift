import Findings

/// What a change in the cloud does to tunnels that run.
///
/// Which change does what is data: `Rules/pages/pages_diff.toml`, with the reason and its source.
public enum Effect: String, Sendable, CaseIterable, Comparable {
    /// Nobody configured it: what the cloud observes.
    case state
    /// No packet notices.
    case nothing
    /// It counts from the next renewal of keys.
    case rekey
    /// Nobody tells.
    case unknown
    /// Packets go another way, or none until both sides match.
    case routing
    /// SAs are set up again, seconds without traffic.
    case reset
    /// The tunnel can't be set up again until both sides match.
    case down
    /// The tunnel is no longer there.
    case gone

    /// In a few words.
    public var words: String {
        switch self {
        case .state: "state, nothing was configured"
        case .nothing: "nothing"
        case .rekey: "rekey: counts from the next renewal of keys; that the cloud waits for it is unverified"
        case .unknown: "unverified"
        case .routing: "routing change"
        case .reset: "SA reset: a short interruption"
        case .down: "tunnel down until both sides match"
        case .gone: "tunnel gone"
        }
    }

    /// How much it matters by itself.
    var severity: Severity {
        switch self {
        case .state, .nothing, .rekey: .note
        case .unknown, .routing, .reset: .warning
        case .down, .gone: .error
        }
    }

    /// Whether traffic through the tunnel stops, if only for a while.
    var interrupts: Bool { self >= .routing }

    /// Orders by how much it matters, the least first.
    public static func < (a: Effect, b: Effect) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}
