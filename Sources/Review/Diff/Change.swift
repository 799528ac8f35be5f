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
        /// It is on one side only, and the other side's answers are not whole.
        case unknown
    }

    /// Tunnels of a connection that depend on a gateway.
    struct Use: Sendable, Hashable {
        var connection: String
        /// The tunnels concerned.
        var tunnels: [String]
        /// Whether they are all tunnels of the connection.
        var isWhole: Bool

        /// "vco-… (tun-…, tun-…)".
        var words: String {
            tunnels == [connection] ? connection : "\(connection) (\(tunnels.joined(separator: ", ")))"
        }
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
    /// Where a gateway changed: the connections that depend on it.
    var uses: [Use] = []
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
        let severity = severity
        var notes = [Finding.Note("effect: \(effect.words)")]
        notes += risks.map { Finding.Note("risk: \($0.words)") } + remarks.map { Finding.Note($0) }
        if !uses.isEmpty {
            let more = uses.count > 10 ? " and \(uses.count - 10) more" : ""
            notes.append(
                Finding.Note(
                    "affects connection\(uses.count == 1 ? "" : "s") "
                        + uses.prefix(10).map(\.words).joined(separator: ", ") + more))
        }
        return Finding(
            rule, severity, message,
            at: Place(location: location, field: field.map(Self.name), connection: connection, tunnel: tunnel),
            remedy: severity > .note ? remedy : nil, notes: notes)
    }

    /// The rule's remedy, unless no order of tunnels can help.
    private var remedy: String? {
        !uses.isEmpty && risks.contains(.allTunnels)
            ? "announce an interruption; cloud and device in the same window"
            : RuleCatalogue.rule(rule.rawValue)?.remedy
    }

    /// How much it matters: as much as the worst of what it does and what it risks.
    var severity: Severity { ([effect.severity] + risks.map(\.severity)).max() ?? .note }

    /// What changed, without whose it is.
    var shortSubject: String {
        subject.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? subject
    }

    /// The path of a field, with the tag's key where it is one of a tag.
    private static func name(_ key: RawField.Key) -> String { key.tag.map { "\(key.path)[\($0)]" } ?? key.path }
}
