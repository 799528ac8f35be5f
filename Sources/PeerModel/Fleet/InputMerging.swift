public import CloudAPI
public import Findings

/// Joins what several answers say of the same connections.
public struct InputMerging: Sendable {
    /// Every connection once, by id.
    public private(set) var connections: [VPNConnection] = []
    /// Ids of connections that are left out, because answers contradict each other in what would be rendered.
    public private(set) var leftOut: [String] = []
    /// Where answers contradict each other.
    public private(set) var findings: [Finding] = []

    /// Joins answers: a connection that stands in several is taken once.
    ///
    /// Which of two answers is the newer one can't be told: no field says when it was given. So a connection whose
    /// answers contradict each other is left out. Where they differ only in what no device is told (`Name`, `State`),
    /// the difference is told; where one has fields that the other lacks, the one that says more is taken. The order
    /// of the inputs means nothing.
    ///
    /// - Parameters:
    ///   - connections: what all answers say.
    ///   - isWanted: the selection; a connection takes part when any of its answers is selected.
    ///   - origins: where values came from, for findings.
    public init(
        _ connections: [VPNConnection], selecting isWanted: (VPNConnection) -> Bool = { _ in true },
        origins: OriginTable
    ) {
        let ids = connections.map { $0.vpnConnectionId.value }
        var rest = ids.indices.sorted { (ids[$0], $0) < (ids[$1], $1) }[...]
        self.connections.reserveCapacity(ids.count)
        while let first = rest.first {
            let id = ids[first]
            let group = rest.prefix { ids[$0] == id }.map { connections[$0] }
            rest = rest.dropFirst(group.count)
            if group.count == 1 {
                if isWanted(group[0]) { self.connections.append(group[0]) }
                continue
            }
            guard group.contains(where: isWanted) else { continue }
            let fullest = group.min(by: Self.precedes) ?? group[0]
            let others = group.map { Difference(fullest, $0) }.filter { !$0.isEmpty }
            if let contradiction = others.first(where: \.isContradiction) {
                leftOut.append(id)
                findings.append(contradiction.finding(id, fullest, origins))
                continue
            }
            if let difference = others.first { findings.append(difference.finding(id, fullest, origins)) }
            self.connections.append(fullest)
        }
        noteRegions(origins)
    }

    /// Whether `a` says more than `b`, or as much and is smaller by its text.
    private static func precedes(_ a: VPNConnection, _ b: VPNConnection) -> Bool {
        let texts = [a, b].map { $0.configuration.map { $0.text ?? "" } }
        guard texts[0].count == texts[1].count else { return texts[0].count > texts[1].count }
        return texts[0].lexicographicallyPrecedes(texts[1])
    }

    /// What two answers say differently of one connection.
    private struct Difference {
        /// Values of one that the other lacks or has otherwise; those of the answer not taken come first.
        var values: [FieldValue]
        /// Whether a value that devices depend on stands in both, and not the same.
        var isContradiction: Bool

        var isEmpty: Bool { values.isEmpty }

        init(_ taken: VPNConnection, _ other: VPNConnection) {
            let (left, right) = (taken.configuration, other.configuration)
            let (known, told) = (Set(left), Set(right))
            let (missing, added) = (left.filter { !told.contains($0) }, right.filter { !known.contains($0) })
            // A field that only one kind of answer has is no difference (api.md 1.2).
            let differing = added.filter { value in
                missing.contains { $0.field == value.field && $0.tunnel == value.tunnel }
            }
            let tunnels = [left, right].map { Set($0.compactMap(\.tunnel)) }
            let hasOtherTunnels = tunnels[0] != tunnels[1]
            values = hasOtherTunnels ? added + missing : differing
            isContradiction = hasOtherTunnels || differing.contains { !Self.descriptive.contains($0.field) }
        }

        /// Fields that say nothing to a device.
        private static let descriptive: Set<APIField> = [.name, .state, .effectImmediately]

        func finding(_ id: String, _ taken: VPNConnection, _ origins: OriginTable) -> Finding {
            var paths: [String] = []
            for value in values where !paths.contains(value.field.path) { paths.append(value.field.path) }
            return Finding(
                "PC252", isContradiction ? .error : .warning,
                "two answers tell of this connection and differ in \(paths.joined(separator: ", "))",
                at: Place(
                    location: values.first.flatMap { origins.location(of: $0.origin) },
                    field: values.first?.field.path, connection: id),
                remedy: isContradiction
                    ? "give answers of one moment only: which one holds can't be told, so the connection is left out"
                    : "give answers of one moment only",
                notes: [
                    .init(
                        isContradiction ? "the other one" : "the other one, which is used",
                        at: origins.location(of: taken.vpnConnectionId.origin))
                ])
        }
    }

    /// Ids begin with the type and a few characters of the region: `vco-bp1…` is Hangzhou.
    ///
    /// Answers of several regions are fine as long as that is meant.
    private mutating func noteRegions(_ origins: OriginTable) {
        var regions: [String: Origin] = [:]
        for connection in connections {
            let id = connection.vpnConnectionId.value
            guard id.hasPrefix("vco-"), id.utf8.count > 12 else { continue }
            let region = String(id.dropFirst(4).prefix(3))
            if regions[region] == nil { regions[region] = connection.vpnConnectionId.origin }
        }
        guard regions.count > 1 else { return }
        let names = regions.keys.sorted()
        let place = regions[names[1]] ?? .none
        findings.append(
            Finding(
                "PC253", .note,
                "by their ids, the connections are of several regions: \(names.joined(separator: ", "))",
                at: Place(location: origins.location(of: place)),
                remedy: "nothing, if it is meant; gateways must be given for each region"))
    }
}
