public import CloudAPI
public import Findings

/// Which connections of an answer are wanted: the API's own request parameters, and names.
///
/// Values of one parameter are alternatives; all parameters that are given must hold.
public struct ConnectionSelection: Sendable {
    /// `VpnConnectionId`s.
    public var connectionIDs: [String] = []
    /// `VpnGatewayId`s.
    public var vpnGatewayIDs: [String] = []
    /// `CustomerGatewayId`s, of the connection or of one of its tunnels.
    public var customerGatewayIDs: [String] = []
    /// Tags, all of which must be there, as with the API's `Tag.N`.
    ///
    /// No value means any.
    public var tags: [(key: String, value: String?)] = []
    /// Patterns for `Name`, where `*` stands for any text and `?` for one character.
    public var names: [String] = []

    /// A selection of everything.
    public init() {}

    /// Whether everything is wanted.
    public var isEmpty: Bool {
        connectionIDs.isEmpty && vpnGatewayIDs.isEmpty && customerGatewayIDs.isEmpty && tags.isEmpty && names.isEmpty
    }

    /// Whether a connection is wanted.
    public func includes(_ connection: VPNConnection) -> Bool {
        if isEmpty { return true }
        let gateways = ([connection.customerGatewayId] + connection.tunnelOptions.map(\.customerGatewayId))
            .compactMap { $0?.value }
        return matches(connectionIDs, [connection.vpnConnectionId.value])
            && matches(vpnGatewayIDs, [connection.vpnGatewayId?.value].compactMap(\.self))
            && matches(customerGatewayIDs, gateways)
            && tags.allSatisfy { tag in
                connection.tags.contains { $0.key.value == tag.key && (tag.value ?? $0.value.value) == $0.value.value }
            }
            && (names.isEmpty || names.contains { Self.glob($0, matches: connection.name?.value ?? "") })
    }

    /// States that the API knows (api.md 1.1), in lower case.
    private static let knownStates: Set<String> = [
        "active", "init", "attaching", "attached", "detaching", "financiallocked", "provisioning", "updating",
        "upgrading", "deleting", "deleted",
    ]

    /// Ids that were asked for and that no connection has, and states that neither the API nor a connection has.
    public func unmatched(in connections: [VPNConnection], states: [String]) -> [Finding] {
        if isEmpty, states.isEmpty { return [] }
        let gateways = connections.flatMap { [$0.customerGatewayId] + $0.tunnelOptions.map(\.customerGatewayId) }
        let known = Self.knownStates.union(connections.compactMap { $0.state?.value.lowercased() })
        let kinds: [(option: String, wanted: [String], known: [String])] = [
            ("--state", states.map { $0.lowercased() }, Array(known)),
            ("--vpn-connection-id", connectionIDs, connections.map { $0.vpnConnectionId.value }),
            ("--vpn-gateway-id", vpnGatewayIDs, connections.compactMap { $0.vpnGatewayId?.value }),
            ("--customer-gateway-id", customerGatewayIDs, gateways.compactMap { $0?.value }),
        ]
        return kinds.flatMap { kind in
            let known = Set(kind.known)
            return kind.wanted.filter { !known.contains($0) }.map { id in
                let nearest = nearestName(to: id, among: known.sorted()).map(shown)
                return Finding(
                    "PC088", .warning,
                    "no connection of the inputs has \(kind.option) \(shown(id))" + didYouMean(nearest),
                    remedy: "peerconf list shows what there is")
            }
        }
    }

    private func matches(_ wanted: [String], _ values: [String]) -> Bool {
        wanted.isEmpty || values.contains { wanted.contains($0) }
    }

    /// Matches without backtracking over more than the last `*`: linear for every text a person would type.
    static func glob(_ pattern: String, matches text: String) -> Bool {
        let pattern = Array(pattern.unicodeScalars)
        let text = Array(text.unicodeScalars)
        var p = 0
        var t = 0
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = star {
                p = last.pattern + 1
                t = last.text + 1
                star = (last.pattern, t)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
