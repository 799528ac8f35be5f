import Findings

/// Something a connection may need, and a device may have.
public enum Feature: String, Sendable, CaseIterable {
    case ikev1
    case ikev1Aggressive = "ikev1_aggressive"
    case ikev2
    case routeBased = "route_based"
    case policyBased = "policy_based"
    case severalNetworksIKEv1 = "several_networks_ikev1"
    case severalNetworksIKEv2 = "several_networks_ikev2"
    case dualTunnel = "dual_tunnel"
    case staticFailover = "static_failover"
    case dualPolicy = "dual_policy"
    case bgp
    case bgpKey = "bgp_key"
    case natTraversal = "nat_traversal"
    case domainIdentities = "domain_identities"
    case vrf
    case healthCheck = "health_check"
    case removal

    /// What it is called in tables.
    public var title: String {
        switch self {
        case .ikev1: "IKEv1, main mode"
        case .ikev1Aggressive: "IKEv1, aggressive mode"
        case .ikev2: "IKEv2"
        case .routeBased: "Route-based (0.0.0.0/0)"
        case .policyBased: "Policy-based (one network on each side)"
        case .severalNetworksIKEv1: "Several networks, IKEv1"
        case .severalNetworksIKEv2: "Several networks, IKEv2"
        case .dualTunnel: "Dual tunnel with BGP"
        case .staticFailover: "Dual tunnel with static failover"
        case .dualPolicy: "Dual tunnel with concrete networks"
        case .bgp: "BGP"
        case .bgpKey: "BGP key"
        case .natTraversal: "Behind a NAT"
        case .domainIdentities: "FQDN identities"
        case .vrf: "VRF"
        case .healthCheck: "Health check (routes depend on a probe)"
        case .removal: "Undo (--remove)"
        }
    }

    /// Whether the manifest's other tables tell it already, so that `features` must not.
    var isDerived: Bool { self == .ikev1 || self == .ikev2 || self == .removal }

    /// The section of the vocabulary without which nothing of it can be said.
    var neededSection: String? {
        switch self {
        case .ikev1, .ikev1Aggressive, .severalNetworksIKEv1: "ikev1"
        case .ikev2, .severalNetworksIKEv2: "ikev2"
        default: nil
        }
    }
}

/// What a device makes of a ``Feature``.
public enum Support: Sendable, Equatable {
    /// It is rendered.
    case yes
    /// It is rendered, and these rules of the pack warn.
    case warned([String])
    /// These rules of the pack refuse connections that need it.
    case refused([String])
    /// The device's words lack what it needs, so that connections are refused.
    case noWords
    /// Nothing is rendered for it, and nothing is refused: the connection works without.
    case no
    /// The manifest does not tell.
    case unknown

    /// One word for it.
    public var word: String {
        switch self {
        case .yes: "yes"
        case .warned: "warned"
        case .refused, .noWords: "refused"
        case .no: "no"
        case .unknown: "unknown"
        }
    }

    /// The rules that warn or refuse.
    public var rules: [String] {
        switch self {
        case .warned(let rules), .refused(let rules): rules
        case .yes, .noWords, .no, .unknown: []
        }
    }
}

extension Manifest {
    /// What `features` says of one: whether there is anything for it, or which rules stand against it.
    public enum Claim: Sendable, Equatable {
        case plain(Bool)
        case rules([String])
    }

    /// The rules that refuse connections in a version.
    public func refusals(in version: String) -> [Rule] {
        rules.filter { $0.severity == .error && $0.holds(in: version) }
    }

    /// What the device makes of a feature in one version.
    public func support(of feature: Feature, in version: String) -> Support {
        if let section = feature.neededSection, !hasWords(for: section, in: version) { return .noWords }
        switch feature {
        case .ikev1, .ikev2: return .yes
        case .removal: return documents.contains { $0.scope == .removal } ? .yes : .no
        default: break
        }
        switch features[feature] {
        case nil: return .unknown
        case .plain(let has): return has ? .yes : .no
        case .rules(let names):
            let standing = rules.filter { names.contains($0.id) && $0.holds(in: version) }
            let errors = standing.filter { $0.severity == .error }
            if !errors.isEmpty { return .refused(errors.map(\.id)) }
            return standing.isEmpty ? .yes : .warned(standing.map(\.id))
        }
    }

    private func hasWords(for section: String, in version: String) -> Bool {
        let words = vocabulary.overridden(
            by: overrides[version]?.vocabulary ?? Vocabulary(words: [:], identityPrefixes: [:]))
        return ["encryption", "integrity", "group"].allSatisfy { kind in
            !words.values(of: kind, in: [section, "ike"]).isEmpty
        }
    }
}

extension Manifest.Rule {
    func holds(in version: String) -> Bool { versions.isEmpty || versions.contains(version) }
}
