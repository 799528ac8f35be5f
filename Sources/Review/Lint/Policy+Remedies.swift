import Findings
import PeerModel

/// What to do about what a policy objects to: a remedy must not lead from one objection to the next.
///
/// So values are proposed only where the cloud can set them and the policy thinks better of them than of what is there.
extension Policy {
    private static let exception = "take an exception for this service, or another way into the cloud"
    private static let together = "on the cloud side and on the device at once"

    /// What to do about a finding of a rule; rules that no policy decides have one remedy for all.
    func remedy(for rule: Rule) -> String {
        switch rule.id.rawValue {
        case "PC131": return "use ikev2 in IkeVersion, \(Self.together)"
        case "PC132":
            let mayStay = objection(to: "ike.version.ikev1") < min(objection(to: "ike.mode.aggressive"), .error)
            return "use ikev2 in IkeVersion, \(Self.together)"
                + (mayStay ? "; where IKEv1 must stay, use main in IkeMode, with addresses as identities" : "")
        case "PC133", "PC135": return lifetime("IkeLifetime", "ike_lifetime")
        case "PC134", "PC136": return lifetime("IpsecLifetime", "ipsec_lifetime")
        case "PC209":
            return lifetime("IkeLifetime", "ike_lifetime") + ", or " + lifetime("IpsecLifetime", "ipsec_lifetime")
        case "PC271": return lifetime("IpsecLifetime", "ipsec_lifetime") + ", below IkeLifetime"
        case "PC141", "PC142", "PC143", "PC144", "PC145": return "set \(randomKey) on both sides"
        case "PC148": return "set \(randomKey) for each tunnel, on both sides"
        case "PC151": return "\(Self.exception); with an exception, have \(randomKey) for each tunnel"
        default: break
        }
        guard let path = rule.value, let choice = Choice.holding(path) else { return rule.remedy }
        let current = objection(to: path)
        return best(choice, among: choice.values) { $0 < current }
    }

    /// What to do about a value that is weaker than the other phase's.
    ///
    /// - Parameters:
    ///   - path: the weak value, such as `ipsec.group.group2`.
    ///   - isEnough: whether a value, by its name, is at least as strong as the other phase's.
    func remedy(forWeak path: String, _ isEnough: (String) -> Bool) -> String {
        guard let choice = Choice.holding(path) else { return Self.exception }
        let current = objection(to: path)
        return best(choice, among: choice.values.filter { isEnough($0.name) }) { $0 <= current }
    }

    /// Whether a rule's remedy depends on the policy.
    static func hasRemedy(for rule: RuleID) -> Bool { ["PC209", "PC271"].contains(rule.rawValue) }

    /// How much a policy has against a value: a severity that is given to the rule goes before the value's own.
    private func objection(to path: String) -> Objection {
        guard let rule = RuleCatalogue.rule(forValue: path) else { return .none }
        guard let verdict = rules[rule.id] ?? verdicts[path] else { return acceptsSilently ? .none : .unjudged }
        return switch verdict.severity {
        case nil: .none
        case .note: .note
        case .warning: .warning
        case .error: .error
        }
    }

    private func best(_ choice: Choice, among values: [Choice.Value], isBetter: (Objection) -> Bool) -> String {
        let judged = values.map { (value: $0, objection: objection(to: "\(choice.path).\($0.name)")) }
        guard let least = judged.map(\.objection).min(), least < .error, isBetter(least) else {
            return "\(Self.exception): the policy \(quoted(name)) accepts no \(choice.kind) that the cloud offers in "
                + choice.field
        }
        // Of ciphers and groups the strongest, so that neither phase becomes weaker than the other; hashes are equals.
        let spellings = judged.filter { $0.objection == least }.map(\.value.spelling)
            .prefix(choice.kind == "hash" ? 3 : 1)
        let list = [spellings.dropLast().joined(separator: ", "), spellings.last ?? ""].filter { !$0.isEmpty }
        let remedy = "use \(list.joined(separator: " or ")) in \(choice.field), \(Self.together)"
        return least == .none ? remedy : "\(remedy); the policy \(quoted(name)) objects to that too, but less"
    }

    /// A lifetime that keeps both bounds; 3600 s or more where they leave the choice.
    private func lifetime(_ field: String, _ limit: String) -> String {
        var (least, most) = (1, 86_400)
        for limit in [limit, limit + "_short"].compactMap({ limits[$0] }) where limit.verdict.severity != nil {
            switch limit.bound {
            case .atMost(let bound): most = min(most, bound)
            case .atLeast(let bound): least = max(least, bound)
            }
        }
        guard least <= most else {
            return "mend the policy \(quoted(name)): no \(field) of 1 to 86400 seconds keeps its bounds"
        }
        least = min(max(least, 3600), most)
        return "set \(field) to \(least == most ? "" : "\(least) to ")\(most) seconds on both sides"
    }

    /// A key that has the bits which the policy asks for, also if chance puts patterns into it.
    private var randomKey: String {
        let asked = ["psk_bits", "psk_bits_low"].compactMap { limits[$0] }.map { limit in
            if limit.verdict.severity != nil, case .atLeast(let bits) = limit.bound { bits } else { 0 }
        }
        let bits = (asked.max() ?? 0) + Self.chance
        // The cloud takes 100 characters (api.md 3.2): 4 bits each as hexadecimal digits, 5.17 as letters and digits.
        let bytes = max(32, (bits + 7) / 8)
        guard bytes * 2 <= 100 else {
            return "a random key of 100 characters, the most that the cloud takes"
        }
        let characters = max(32, (bits * 100 + 516) / 517)
        return "a random key of \(characters) or more letters and digits, such as openssl rand -hex \(bytes) makes,"
    }

    /// Bits that patterns may seem to take from a random key: measured, one key in a million loses more.
    private static let chance = 40
}

/// How much a policy has against a value, the least first.
private enum Objection: Comparable {
    case none, note, warning, error, unjudged
}

/// The values that the cloud offers in one field (api.md 3.1), the best first; to have none is never proposed.
private struct Choice {
    /// A value by its name in policies and by the API's spelling, where that is another one.
    struct Value {
        var name: String
        var spelling: String

        init(_ name: String, spelling: String? = nil) {
            self.name = name
            self.spelling = spelling ?? name
        }
    }

    var path: String
    var kind: String
    var field: String
    var values: [Value]

    static func holding(_ path: String) -> Choice? { all.first { path.hasPrefix($0.path + ".") } }

    private static let ciphers = [
        Value("aes256"), Value("aes192"), Value("aes128", spelling: "aes"), Value("3des"), Value("des"),
    ]
    private static let hashes = ["sha256", "sha384", "sha512", "sha1", "md5"].map { Value($0) }
    private static let groups = ["group14", "group5", "group2", "group1"].map { Value($0) }

    private static let all = [
        Choice(path: "ike.encryption", kind: "cipher", field: "IkeEncAlg", values: ciphers),
        Choice(path: "ike.integrity", kind: "hash", field: "IkeAuthAlg", values: hashes),
        Choice(path: "ike.group", kind: "group", field: "IkePfs", values: groups),
        Choice(path: "ipsec.encryption", kind: "cipher", field: "IpsecEncAlg", values: ciphers),
        Choice(path: "ipsec.integrity", kind: "hash", field: "IpsecAuthAlg", values: hashes),
        Choice(path: "ipsec.group", kind: "group", field: "IpsecPfs", values: groups),
    ]
}
