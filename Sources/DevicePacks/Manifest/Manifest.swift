/// What a pack says of itself: `<pack>/<pack>.toml`.
public struct Manifest: Sendable, Equatable {
    /// The pack's name: its folder's.
    public var name: String
    /// The device's name for people, such as "strongSwan (swanctl)".
    public var title: String
    /// One sentence on what it renders.
    public var summary: String
    /// What begins a comment line.
    public var commentMark: String
    /// The name of its ``DeviceSyntax``.
    public var quoting: String
    /// Versions of the device it can render for, oldest first.
    public var versions: [String]
    /// The version rendered for when none is asked for.
    public var defaultVersion: String
    /// The files it produces.
    public var documents: [DocumentRule]
    /// The device's words for the model's values.
    public var vocabulary: Vocabulary

    /// One file that a pack produces.
    public struct DocumentRule: Sendable, Equatable {
        /// Path below the device's folder; `{connection}` stands for the connection's id.
        public var path: String
        /// The template's file name.
        public var template: String
        /// What there is one file for.
        public var scope: Scope
        /// Whether the file is for keys alone, and so not written with `--secrets inline`.
        public var isForSecrets: Bool
    }

    /// What there is one file for.
    public enum Scope: String, Sendable, CaseIterable {
        /// Every connection.
        case connection
        /// The device.
        case device
    }
}

/// The device's words for the model's values. A value without a word can't be expressed.
public struct Vocabulary: Sendable, Equatable {
    /// Words by section (`ike`, `ikev1`, `ikev2`, `esp`), kind (`encryption`, `integrity`, `group`) and value.
    public var words: [String: [String: [String: String]]]
    /// What makes the type of an identity explicit, by kind of identity.
    public var identityPrefixes: [String: String]

    /// The word for a value of one kind, looked for in the sections given, first come.
    func word(for value: String, kind: String, in sections: [String]) -> String? {
        for section in sections {
            if let word = words[section]?[kind]?[value] { return word }
        }
        return nil
    }

    /// The values of one kind that have a word, sorted by number, then name.
    func values(of kind: String, in sections: [String]) -> [String] {
        Set(sections.flatMap { words[$0]?[kind].map { Array($0.keys) } ?? [] })
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}
