import CloudAPI
import DevicePacks
import Findings

/// Completes what the rules of packs say by what the answers have: where the field stands, and what it says there.
///
/// A rule is data and names a field; only the answers know its line and value.
struct RuleFindingPlaces {
    private let connections: [VPNConnection]
    /// Where each connection stands among them; made when the first finding wants it.
    private lazy var places = Dictionary(
        connections.enumerated().map { ($1.vpnConnectionId.value, $0) }, uniquingKeysWith: { first, _ in first })
    private let origins: OriginTable

    init(_ connections: [VPNConnection], origins: OriginTable) {
        self.connections = connections
        self.origins = origins
    }

    /// The finding with its place, and for a refusal the value and the version of the device.
    mutating func completed(_ finding: Finding, _ pack: Pack) -> Finding {
        // Rules of packs are `pack/id`.
        guard finding.rule.rawValue.contains("/"), finding.place.location == nil else { return finding }
        var result = finding
        var notes: [String] = []
        if let value = value(of: finding.place) {
            result.place.location = origins.location(of: value.origin)
            result.place.field = value.field.path
            // Keys have no text.
            if let text = value.text { notes.append("\(value.field.path) is \(text.prefix(120))") }
        }
        if finding.severity == .error {
            notes.append("the device is \(pack.reference)")
            result.notes.append(.init(notes.joined(separator: "; ")))
        }
        return result
    }

    /// The value of the tunnel's field that a rule names by its last parts, else of the connection's.
    private mutating func value(of place: Place) -> FieldValue? {
        guard let field = place.field, let id = place.connection, let index = places[id] else {
            return nil
        }
        let connection = connections[index]
        let last = field.split(separator: ".").last.map(String.init) ?? field
        let alike = connection.configuration.filter { value in
            let path = value.field.path
            return path.hasSuffix(field) && path.split(separator: ".").last.map(String.init) == last
        }
        return alike.first { $0.tunnel == place.tunnel } ?? alike.first { $0.tunnel == nil }
    }
}
