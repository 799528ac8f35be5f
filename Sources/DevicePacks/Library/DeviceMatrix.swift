import PeerModel

/// Which device can express what, in each of its versions.
public struct DeviceMatrix: Sendable {
    /// One version of a device.
    public struct Row: Sendable {
        /// The pack's name.
        public let device: String
        /// The device's name for people.
        public let title: String
        /// Its version.
        public let version: String
        /// Whether that is rendered for when none is asked for.
        public let isDefault: Bool
        /// The values that it has words for, by what they are.
        public let values: [(kind: String, words: [String])]
        /// What it makes of each feature.
        public let features: [(feature: Feature, support: Support)]
        /// The rules under which connections are refused.
        public let refusals: [Manifest.Rule]

        /// `name@version`, as on the command line.
        var reference: String { "\(device)@\(version)" }
    }

    /// The versions of all devices, by name, oldest first.
    public let rows: [Row]

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
                    },
                    features: Feature.allCases.map { ($0, manifest.support(of: $0, in: version)) },
                    refusals: manifest.refusals(in: version))
            }
        }
    }

    /// For a terminal: a paragraph for each version.
    public var text: String {
        rows.map { row in
            let head = "\(row.reference)\(row.isDefault ? " (default)" : "")  \(row.title)\n"
            let values = row.values.map { "    \($0.kind): \($0.words.joined(separator: " "))\n" }
            let features = row.features.map { "    \($0.feature.title): \(Self.told($0.support))\n" }
            let refusals = row.refusals.map(\.id).joined(separator: " ")
            return head + (values + features).joined()
                + "    Refusals by rule: \(refusals.isEmpty ? "none" : refusals)\n"
        }.joined()
    }

    /// What the device makes of a feature, with the rules behind it.
    private static func told(_ support: Support) -> String {
        if support == .noWords { return "refused (no words for its algorithms)" }
        let rules = support.rules.joined(separator: ", ")
        return rules.isEmpty ? support.word : "\(support.word) (\(rules))"
    }

    /// For a README: tables of algorithms and of features.
    public var markdown: String {
        let algorithms = Self.table(
            head: ["Device"] + Self.kinds.map(\.title),
            lines: rows.map { row in
                let cells = Self.kinds.indices.map { index in
                    let words = row.values[index].words
                    let all = words.count == Self.kinds[index].values.count
                    return words.isEmpty ? "–" : all ? "all" : words.joined(separator: " ")
                }
                return ["`\(row.reference)`\(row.isDefault ? " (default)" : "")"] + cells
            })
        // Features are the lines: there are more of them than devices.
        let features = Self.table(
            head: ["Feature"] + rows.map { "`\($0.reference)`" },
            lines: Feature.allCases.indices.map { index in
                [Feature.allCases[index].title] + rows.map { Self.told($0.features[index].support) }
            })
        return algorithms + "\n" + features
    }

    private static func table(head: [String], lines: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + lines).enumerated().map { index, cells in
            index == 1 ? "|" + cells.joined(separator: "|") + "|\n" : "| " + cells.joined(separator: " | ") + " |\n"
        }.joined()
    }
}
