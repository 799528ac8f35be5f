public import CloudAPI
public import Findings

/// Joins what several answers say of the same connections.
public struct InputMerging: Sendable {
    /// Every connection once, by id.
    public private(set) var connections: [VPNConnection] = []
    /// Where answers contradict each other.
    public private(set) var findings: [Finding] = []

    /// Joins answers: a connection that stands in several is taken once; where they differ, the content that is
    /// smallest by its text is taken, so that the order of the inputs means nothing, and the difference is told.
    public init(_ connections: [VPNConnection], origins: OriginTable) {
        var groups: [String: [VPNConnection]] = [:]
        for connection in connections { groups[connection.vpnConnectionId.value, default: []].append(connection) }
        for id in groups.keys.sorted() {
            let group = groups[id] ?? []
            let first = group.count == 1 ? group[0] : group.min(by: Self.precedes) ?? group[0]
            self.connections.append(first)
            let known = first.configuration
            for other in group where group.count > 1 {
                let differing = Self.differences(known, other.configuration)
                if let place = differing.first {
                    findings.append(Self.finding(id, differing, place, first, origins))
                    break
                }
            }
        }
        noteRegions(origins)
    }

    private static func differences(_ a: [FieldValue], _ b: [FieldValue]) -> [FieldValue] {
        let left = Set(a)
        let right = Set(b)
        return b.filter { !left.contains($0) } + a.filter { !right.contains($0) }
    }

    private static func precedes(_ a: VPNConnection, _ b: VPNConnection) -> Bool {
        let texts = [a, b].map { $0.configuration.map { $0.text ?? "" } }
        return texts[0].lexicographicallyPrecedes(texts[1])
    }

    private static func finding(
        _ id: String, _ differing: [FieldValue], _ place: FieldValue, _ taken: VPNConnection, _ origins: OriginTable
    ) -> Finding {
        var paths: [String] = []
        for value in differing where !paths.contains(value.field.path) { paths.append(value.field.path) }
        return Finding(
            "PC252", .warning, "two answers tell of this connection and differ in \(paths.joined(separator: ", "))",
            at: Place(location: origins.location(of: place.origin), field: place.field.path, connection: id),
            remedy: "give answers of one moment only",
            notes: [
                .init("the other one, which is used", at: origins.location(of: taken.vpnConnectionId.origin))
            ])
    }

    /// Ids begin with the type and a few characters of the region: `vco-bp1…` is Hangzhou.
    ///
    /// Answers of several regions are fine as long as that is meant.
    private mutating func noteRegions(_ origins: OriginTable) {
        var regions: [String: VPNConnection] = [:]
        for connection in connections {
            let id = connection.vpnConnectionId.value
            guard id.hasPrefix("vco-"), id.utf8.count > 12 else { continue }
            let region = String(id.dropFirst(4).prefix(3))
            if regions[region] == nil { regions[region] = connection }
        }
        guard regions.count > 1 else { return }
        let names = regions.keys.sorted()
        let place = regions[names[1]]?.vpnConnectionId.origin ?? .none
        findings.append(
            Finding(
                "PC253", .note,
                "by their ids, the connections are of several regions: \(names.joined(separator: ", "))",
                at: Place(location: origins.location(of: place)),
                remedy: "nothing, if it is meant; gateways must be given for each region"))
    }
}
