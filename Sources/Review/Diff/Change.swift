public import CloudAPI
public import Findings

/// One thing that is otherwise in the newer answers.
public struct Change: Sendable {
    /// What became of it.
    public enum Kind: String, Sendable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// It has another value.
        case changed
    }

    /// What became of it.
    public var kind: Kind
    /// The rule whose page tells what it does.
    public var rule: RuleID
    /// What it does to tunnels that run.
    public var effect: Effect
    /// The connection concerned; `nil` for gateways.
    public var connection: String?
    /// The tunnel concerned; the connection's id in single-tunnel mode.
    public var tunnel: String?
    /// The field that changed; `nil` where a whole connection, tunnel or gateway did.
    public var field: RawField.Key?
    /// What changed, in words: "tunnel tun-… (master): IKE encryption".
    var subject: String
    /// The value before, as it may be shown; `nil` where there was none.
    public var old: String?
    /// The value now, as it may be shown; `nil` where there is none.
    public var new: String?
    /// Why it deserves a second look.
    public var risks: [Risk] = []
    /// Whatever else helps to understand it.
    var remarks: [String] = []
    /// Where the value stands now; where there is none, where it stood.
    var location: SourceLocation?
    /// How the message ends, where it is not "old → new".
    var outcome: String?

    /// The finding that reports show.
    var finding: Finding {
        var message = subject
        if let outcome {
            message += " " + outcome
        } else {
            message += " \(old ?? "(none)") → \(new ?? "(none)")"
        }
        let severity = ([effect.severity] + risks.map(\.severity)).max() ?? .note
        var notes = [Finding.Note("effect: \(effect.words)")]
        notes += risks.map { Finding.Note("risk: \($0.words)") } + remarks.map { Finding.Note($0) }
        return Finding(
            rule, severity, message,
            at: Place(location: location, field: field.map(Self.name), connection: connection, tunnel: tunnel),
            remedy: severity > .note ? RuleCatalogue.rule(rule.rawValue)?.remedy : nil, notes: notes)
    }

    /// The path of a field, with the tag's key where it is one of a tag.
    private static func name(_ key: RawField.Key) -> String { key.tag.map { "\(key.path)[\($0)]" } ?? key.path }
}

/// Why a change deserves a second look.
public enum Risk: Sendable, Hashable {
    /// What protects the tunnel is weaker than before.
    case weaker(String)
    /// A key changed: both sides need it in one moment.
    case keyChanged
    /// More addresses are let through than before.
    case wider(String)
    /// Some addresses are cut off.
    case narrower(String)
    /// What stood in for something no longer does.
    case redundancyLost(String)
    /// Rendering leaves the connection out now.
    case notRendered

    /// How much it matters by itself.
    var severity: Severity {
        switch self {
        case .weaker, .redundancyLost: .error
        case .keyChanged, .wider, .narrower, .notRendered: .warning
        }
    }

    /// In words.
    var words: String {
        switch self {
        case .weaker(let text): "weaker than before: \(text)"
        case .keyChanged: "the key must reach the device on a safe way, and both sides in one moment"
        case .wider(let networks): "wider: \(networks) can be reached through the tunnel now"
        case .narrower(let networks): "narrower: \(networks) can no longer be reached through the tunnel"
        case .redundancyLost(let text): "redundancy lost: \(text)"
        case .notRendered: "render leaves the connection out now, or takes it in; lint tells why"
        }
    }
}
