public import Findings
import PeerModel

/// Which device can express what, in each of its versions.
public struct DeviceMatrix: Sendable {
    private let rows: [Row]

    private struct Row {
        var device: String
        var title: String
        var version: String
        var isDefault: Bool
        var values: [(kind: String, words: [String])]
    }

    /// What a value is, where its words are looked for, and all values the API can send.
    private static let kinds: [(title: String, kind: String, sections: [String], values: [String])] = {
        let encryption = Encryption.allCases.filter { !$0.isShangMi }.map(\.name)
        let integrity = Integrity.allCases.filter { !$0.isShangMi }.map(\.name)
        let groups = DHGroup.allCases.map(\.name)
        return [
            ("IKEv1 encryption", "encryption", ["ikev1", "ike"], encryption),
            ("IKEv1 integrity", "integrity", ["ikev1", "ike"], integrity),
            ("IKEv1 groups", "group", ["ikev1", "ike"], groups),
            ("IKEv2 encryption", "encryption", ["ikev2", "ike"], encryption),
            ("IKEv2 integrity", "integrity", ["ikev2", "ike"], integrity),
            ("IKEv2 groups", "group", ["ikev2", "ike"], groups),
            ("ESP encryption", "encryption", ["esp"], encryption),
            ("ESP integrity", "integrity", ["esp"], integrity),
            ("PFS groups", "group", ["esp"], groups),
        ]
    }()

    /// Makes the matrix of some packs.
    public init(_ manifests: [Manifest]) {
        rows = manifests.flatMap { manifest in
            manifest.versions.map { version in
                let vocabulary = manifest.vocabulary.overridden(
                    by: manifest.overrides[version]?.vocabulary ?? Vocabulary(words: [:], identityPrefixes: [:]))
                return Row(
                    device: manifest.name, title: manifest.title, version: version,
                    isDefault: version == manifest.defaultVersion,
                    values: Self.kinds.map { kind in
                        (
                            kind.title,
                            kind.values.filter {
                                vocabulary.word(for: $0, kind: kind.kind, in: kind.sections) != nil
                            }
                        )
                    })
            }
        }
    }

    /// For a terminal: a paragraph for each version.
    public var text: String {
        rows.map { row in
            let head = "\(row.device)@\(row.version)\(row.isDefault ? " (default)" : "")  \(row.title)\n"
            return head + row.values.map { "    \($0.kind): \($0.words.joined(separator: " "))\n" }.joined()
        }.joined()
    }

    /// For a README: a table.
    public var markdown: String {
        let lines = rows.map { row in
            let cells = Self.kinds.indices.map { index in
                let words = row.values[index].words
                return words.count == Self.kinds[index].values.count ? "all" : words.joined(separator: " ")
            }
            return "| `\(row.device)@\(row.version)`\(row.isDefault ? " (default)" : "") | "
                + cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ") + " |"
        }
        let head = "| Device | " + Self.kinds.map(\.title).joined(separator: " | ") + " |"
        let rule = "|---" + String(repeating: "|---", count: Self.kinds.count) + "|"
        return ([head, rule] + lines).joined(separator: "\n") + "\n"
    }

    /// For programs.
    public var json: JSON {
        .array(
            rows.map { row in
                .object([
                    "device": .string(row.device), "title": .string(row.title), "version": .string(row.version),
                    "is_default": .bool(row.isDefault),
                    "can_express": .object(
                        row.values.map { JSON.Member(name: $0.kind, value: .array($0.words.map(JSON.string))) }),
                ])
            })
    }
}
