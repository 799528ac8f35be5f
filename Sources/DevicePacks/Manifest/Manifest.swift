public import Findings

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
    /// The device's words for the model's values, in the default version.
    public var vocabulary: Vocabulary
    /// What the device can hold, in the default version.
    public var limits: Limits
    /// What is different in other versions.
    public var overrides: [String: VersionOverride]
    /// What the device can't do, or a person must know, as conditions on the data.
    public var rules: [Rule]
    /// What it says of features that its other tables do not tell.
    public var features: [Feature: Claim]

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
        /// Whether the device takes keys from this file only, so that it is written with `--secrets inline`, too.
        public var isOnlyPlaceOfSecrets: Bool
        /// The name of the file's ``DeviceSyntax``: the pack's, unless the file is of another program.
        public var quoting: String
        /// Whether the file takes the place of the one before it as a whole, so that a removal comes with it anew.
        public var isWhole: Bool

        /// The path with a connection's id in its place.
        func path(for id: String) -> String {
            let placeholder = "{connection}".utf8
            guard let start = path.utf8.firstIndex(of: UInt8(ascii: "{")),
                path.utf8[start...].starts(with: placeholder)
            else { return path.replacing("{connection}", with: id) }
            let end = path.utf8.index(start, offsetBy: placeholder.count)
            var result = String(path[..<start])
            result += id
            result += path[end...]
            return result
        }
    }

    /// Bounds of what the device can hold; `nil` is no bound.
    public struct Limits: Sendable, Equatable {
        /// Seconds of a phase-1 lifetime.
        public var ikeLifetime: ClosedRange<Int>?
        /// Seconds of a phase-2 lifetime.
        public var espLifetime: ClosedRange<Int>?
        /// Numbers of tunnels.
        public var tunnelNumber: ClosedRange<Int>?
        /// Characters of a pre-shared key.
        public var presharedKeyLength: Int?
        /// Characters of a BGP key.
        public var bgpKeyLength: Int?

        /// No bounds.
        public init() {}
    }

    /// What is different in one version: tables and bounds that take the place of the common ones.
    public struct VersionOverride: Sendable, Equatable {
        var vocabulary = Vocabulary(words: [:], identityPrefixes: [:])
        var limits = Limits()
        /// The ``DeviceSyntax`` that says how this version holds keys; `nil`: as the others do.
        var keyQuoting: String?
    }

    /// A condition on the data under which a connection is refused, or a person is told something.
    public struct Rule: Sendable, Equatable {
        /// A short name; findings carry it as `pack/id`.
        public var id: String
        /// How much it matters; `error` refuses the connection.
        public var severity: Severity
        /// A template expression over what templates of scope `connection` see; with `tunnel` in it, each tunnel is asked.
        public var when: String
        /// One sentence; may print values.
        public var message: String
        /// What to do about it.
        public var remedy: String
        /// The API's field concerned.
        public var field: String?
        /// The versions it holds for; empty means all.
        public var versions: [String]
    }

    /// What there is one file for.
    public enum Scope: String, Sendable, CaseIterable {
        /// Every connection.
        case connection
        /// The device.
        case device
        /// Every connection that is to be taken off its device; rendered when that is asked for and never else.
        case removal
    }
}

/// The device's words for the model's values.
///
/// A value without a word can't be expressed.
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

    /// Whether any value of a kind has a word.
    func hasWords(of kind: String, in sections: [String]) -> Bool {
        sections.contains { words[$0]?[kind]?.isEmpty == false }
    }

    /// These words, with the tables of `other` in place of those of the same section and kind.
    func overridden(by other: Vocabulary) -> Vocabulary {
        var result = self
        for (section, kinds) in other.words {
            for (kind, words) in kinds { result.words[section, default: [:]][kind] = words }
        }
        if !other.identityPrefixes.isEmpty { result.identityPrefixes = other.identityPrefixes }
        return result
    }

    /// The values of one kind that have a word, sorted by number, then name.
    func values(of kind: String, in sections: [String]) -> [String] {
        Set(sections.flatMap { words[$0]?[kind].map { Array($0.keys) } ?? [] })
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}

extension Manifest.Limits {
    /// These bounds, with those of `other` in place where it has any.
    func overridden(by other: Manifest.Limits) -> Manifest.Limits {
        var result = self
        result.ikeLifetime = other.ikeLifetime ?? ikeLifetime
        result.espLifetime = other.espLifetime ?? espLifetime
        result.tunnelNumber = other.tunnelNumber ?? tunnelNumber
        result.presharedKeyLength = other.presharedKeyLength ?? presharedKeyLength
        result.bgpKeyLength = other.bgpKeyLength ?? bgpKeyLength
        return result
    }
}
