public import Findings
public import PeerModel

/// The model as JSON, for other programs: with fingerprints of keys or `null`, never the keys.
public struct ModelJSON: Sendable {
    /// The number of the document's form: it changes when a name or a meaning changes or goes.
    ///
    /// New members raise it too, so that a reader that checks against the schema is never surprised.
    public static let version = 1

    /// The document.
    public let json: JSON

    /// Prepares a fleet for writing.
    ///
    /// - Parameters:
    ///   - fleet: the connections, by device.
    ///   - fingerprintKey: turns keys into fingerprints; without it they are `null`.
    public init(_ fleet: Fleet, fingerprintKey: FingerprintKey? = nil) {
        json = ModelDescriptions(fingerprintKey: fingerprintKey).fleet.json(fleet)
    }

    /// The document's JSON Schema (2020-12).
    public static var schema: JSON {
        ModelDescriptions(fingerprintKey: nil).fleet.documentSchema(
            title: "peerconf list --format json, version \(version)", "What the devices must be told, without keys.")
    }
}
