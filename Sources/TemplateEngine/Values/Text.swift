public import Findings

/// What is known about where a text came from, and so where it may be printed.
public enum Trust: UInt8, Sendable, Hashable {
    /// The host's own words or a template's: printed as they are.
    case trusted
    /// From outside: printed bare only where it fits the bare-word rule.
    case untrusted
    /// Made by `quoted`, `remark` or a macro: already in the device's syntax, never quoted again.
    case marked
}

/// A string together with what is known about it.
///
/// Equality in templates looks at the string alone; `==` here compares everything.
public struct Text: Hashable, Sendable {
    /// The characters.
    public let string: String
    /// Where the value was read.
    public let origin: Origin
    /// Whether it may be printed as it is.
    public let trust: Trust
    /// Whether it must never appear in a message.
    public let isSecret: Bool

    /// Creates a text; from outside unless said otherwise.
    public init(
        _ string: String, trust: Trust = .untrusted, origin: Origin = .none, isSecret: Bool = false
    ) {
        self.string = string
        self.origin = origin
        self.trust = trust
        self.isSecret = isSecret
    }

    /// A constant of the host.
    public static func trusted(_ string: String) -> Text { Text(string, trust: .trusted) }

    /// Another string made from this one: same origin, same secrecy; a mark is lost.
    public func derived(_ string: String) -> Text {
        Text(string, trust: trust == .marked ? .untrusted : trust, origin: origin, isSecret: isSecret)
    }

    /// The same text with other characters that keep its mark, as indentation does.
    func rewritten(_ string: String) -> Text {
        Text(string, trust: trust, origin: origin, isSecret: isSecret)
    }
}

/// What the concatenation of several texts is known to be.
struct Provenance {
    private(set) var trust = Trust.trusted
    private(set) var origin = Origin.none
    private(set) var isSecret = false

    init() {}

    init(_ text: Text) {
        trust = text.trust
        origin = text.origin
        isSecret = text.isSecret
    }

    /// Takes in one more part: untrusted wins over marked, marked over trusted.
    ///
    /// The origin is the first untrusted part's, since that is the one a message will be about.
    mutating func add(_ text: Text) {
        switch text.trust {
        case .untrusted:
            if trust != .untrusted || origin == .none { origin = text.origin }
            trust = .untrusted
        case .marked:
            if trust == .trusted { trust = .marked }
            if origin == .none { origin = text.origin }
        case .trusted:
            if origin == .none { origin = text.origin }
        }
        if text.isSecret { isSecret = true }
    }

    /// Takes in a part whose own mark means nothing once it has been cut up or searched.
    mutating func addUnmarked(_ text: Text) { add(text.trust == .marked ? text.derived(text.string) : text) }

    func text(_ string: String) -> Text {
        Text(string, trust: trust, origin: origin, isSecret: isSecret)
    }

    /// The text made by an operation that can break the quoting of a marked part.
    func unmarkedText(_ string: String) -> Text {
        Text(string, trust: trust == .marked ? .untrusted : trust, origin: origin, isSecret: isSecret)
    }
}
