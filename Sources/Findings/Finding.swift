/// How much a finding matters.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing; changes nothing about the result or the exit code.
    case note
    /// Doubtful: the result is complete, but a person should look at it.
    case warning
    /// Wrong: what it concerns was left out or refused.
    case error

    /// Orders by weight, `note` first.
    public static func < (a: Severity, b: Severity) -> Bool { a.weight < b.weight }

    private var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// The stable name of a kind of finding, such as `PC103`.
///
/// Documented, never reused.
public struct RuleID: RawRepresentable, Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
    /// The name as printed.
    public let rawValue: String

    /// Wraps a rule's printed name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a rule's printed name.
    public init(stringLiteral value: StaticString) { rawValue = value.description }

    /// Orders by the printed name.
    public static func < (a: RuleID, b: RuleID) -> Bool { a.rawValue < b.rawValue }
}

/// What a finding is about: a place in a file, and the thing described there.
public struct Place: Hashable, Sendable {
    /// Where in a file, if in one.
    public var location: SourceLocation?
    /// The API's field path or the site file's key, such as `IkeConfig.IkeEncAlg`.
    public var field: String?
    /// The `VpnConnectionId` concerned.
    public var connection: String?
    /// The tunnel concerned; equal to the connection in single-tunnel mode.
    public var tunnel: String?
    /// The on-premises device concerned.
    public var device: String?

    /// Creates a place of which any part may be unknown.
    public init(
        location: SourceLocation? = nil, field: String? = nil, connection: String? = nil,
        tunnel: String? = nil, device: String? = nil
    ) {
        self.location = location
        self.field = field
        self.connection = connection
        self.tunnel = tunnel
        self.device = device
    }
}

/// One thing worth telling: what, how bad, where, and what to do about it.
///
/// Every stage produces findings and none prints them. A finding never holds a secret or a part of one.
public struct Finding: Hashable, Sendable, Error {
    /// The stable rule behind it.
    public var rule: RuleID
    /// How much it matters.
    public var severity: Severity
    /// One sentence, without a full stop, that makes sense alone.
    public var message: String
    /// What to do about it, in the imperative.
    public var remedy: String?
    /// What it is about.
    public var place: Place
    /// The source line with a marker, where showing it helps and it can hold no secret.
    public var excerpt: Excerpt?
    /// Further places that explain it: an include chain, the other tunnel.
    public var notes: [Note]

    /// A further place that explains a finding.
    public struct Note: Hashable, Sendable {
        /// What is there.
        public var message: String
        /// Where it is.
        public var location: SourceLocation?

        /// Creates a note.
        public init(_ message: String, at location: SourceLocation? = nil) {
            self.message = message
            self.location = location
        }
    }

    /// Creates a finding.
    public init(
        _ rule: RuleID, _ severity: Severity, _ message: String, at place: Place = Place(),
        remedy: String? = nil, excerpt: Excerpt? = nil, notes: [Note] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.remedy = remedy
        self.place = place
        self.excerpt = excerpt
        self.notes = notes
    }
}
