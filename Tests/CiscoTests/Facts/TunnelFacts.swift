/// What a network engineer would agree on about one tunnel, in no vendor's words.
///
/// Read twice: from the cloud's answer, and from the configuration of the device. Both must be equal.
struct TunnelFacts: Equatable {
    /// Where the device sends IKE packets to.
    var cloudAddress = ""
    /// The address it sends from; empty where only the interface is known.
    var deviceAddress = ""
    /// The identities, as `kind:text`.
    var cloudIdentity = ""
    var deviceIdentity = ""
    var ikeVersion = 0
    var isAggressive = false
    /// Phase 1 as `cipher-hash-group`.
    var ikeProposal = ""
    var ikeLifetime = 0
    /// Phase 2 as `cipher-hash-group`; the group is `none` without perfect forward secrecy.
    var espProposal = ""
    var espLifetime = 0
    var detectsDeadPeers = false
    /// Pairs as `device>cloud`; one `0.0.0.0/0>0.0.0.0/0` for everything.
    var selectors: Set<String> = []
    var isOnInterface = false
    var presharedKey = ""
    /// Networks routed into the tunnel, as `network@distance`.
    var routes: Set<String> = []
    /// Networks that must not leave in clear when no tunnel is up.
    var guarded: Set<String> = []
    var bgp: BGPFacts?

    /// Names of what differs; no values, because some are keys.
    func differences(from other: TunnelFacts) -> [String] {
        let own = Mirror(reflecting: self).children
        let others = Mirror(reflecting: other).children
        return zip(own, others).compactMap { a, b in
            guard String(describing: a.value) != String(describing: b.value) else {
                // Sets may print in another order although equal, never the same although different.
                return nil
            }
            if let a = a.value as? Set<String>, let b = b.value as? Set<String>, a == b { return nil }
            let name = a.label ?? "?"
            let isSecret = name == "presharedKey" || name == "bgp"
            return isSecret ? name + bgpDifferences(from: other) : "\(name): \(a.value) instead of \(b.value)"
        }
    }

    private func bgpDifferences(from other: TunnelFacts) -> String {
        guard var a = bgp, var b = other.bgp else { return bgp == nil && other.bgp == nil ? "" : " (one has none)" }
        let keysDiffer = a.key != b.key
        (a.key, b.key) = (nil, nil)
        return keysDiffer ? " (key)" : a == b ? "" : ": \(a) instead of \(b)"
    }
}

/// The BGP session in a tunnel.
struct BGPFacts: Equatable {
    var cloudAddress = ""
    /// With the length of the tunnel's network.
    var deviceAddress = ""
    var cloudASN = ""
    var deviceASN = ""
    var key: String?
    var timers = ""
    /// What is announced.
    var announced: Set<String> = []
    /// `master`, `slave`, or empty: which tunnel traffic to and from the cloud prefers.
    var preference = ""
    /// How often the own AS number is added to what the cloud hears.
    var prepends = 0
    /// What the cloud is told as local preference, which only neighbors in one AS hear; empty where nothing.
    var toldPreference = ""
    /// Whether the device names itself as the next hop of what it announces.
    var namesItself = false
}
