public import Findings
import PeerModel
import TOMLKit

extension Policy {
    /// The policies that come with the program, by name.
    static let embedded: [(name: String, bytes: [UInt8])] = [
        ("rfc", PackageResources.rfc_toml), ("nist", PackageResources.nist_toml),
        ("bsi", PackageResources.bsi_toml), ("cnsa", PackageResources.cnsa_toml),
    ]

    /// Names of the policies that come with the program; the first is the default.
    public static var builtInNames: [String] { embedded.map(\.name) }

    /// A policy that comes with the program.
    ///
    /// - Throws: a `Finding` that names the known ones.
    public static func builtIn(_ name: String) throws(Finding) -> Policy {
        guard let policy = embedded.first(where: { $0.name == name }) else {
            let hint = didYouMean(nearestName(to: name, among: builtInNames))
            throw Finding(
                "PC195", .error, "there is no policy \(quoted(name))\(hint)",
                remedy: "known are \(builtInNames.joined(separator: ", ")), or the path of a .toml file")
        }
        return try Policy(toml: String(decoding: policy.bytes, as: UTF8.self), file: "policies:\(name)", name: name)
    }

    /// Reads a policy file.
    ///
    /// - Throws: a `Finding` that names the key that can't be used.
    public init(toml: String, file: String, name: String) throws(Finding) {
        let reader = PolicyReader(file: file)
        let table = try reader.input.parse(toml)
        try reader.input.allow(
            ["title", "base", "sources", "limits", "rules", "ike", "ipsec"], in: table, at: "")
        self.init(name: name, title: try reader.input.text(table["title"], "title") ?? name)
        if let base = try reader.input.text(table["base"], "base") {
            guard base != name || file.hasPrefix("policies:") == false else {
                throw reader.input.problem("base", "must be another policy")
            }
            let other = try Policy.builtIn(base)
            (verdicts, limits, rules) = (other.verdicts, other.limits, other.rules)
        } else {
            acceptsSilently = file.hasPrefix("policies:")
        }
        let sources = try reader.sources(table["sources"])
        for phase in ["ike", "ipsec"] {
            guard let kinds = try reader.input.table(table[phase], phase) else { continue }
            for kind in kinds.keys.sorted() {
                let path = "\(phase).\(kind)"
                guard let values = try reader.input.table(kinds[kind], path) else { continue }
                for value in values.keys.sorted() {
                    let full = "\(path).\(value)"
                    guard RuleCatalogue.rule(forValue: full) != nil else {
                        let nearest = nearestName(to: full, among: RuleCatalogue.valuePaths)
                        throw reader.input.problem(
                            full, "is no value of the API" + didYouMean(nearest))
                    }
                    verdicts[full] = try reader.verdict(values[value], full, sources)
                }
            }
        }
        try readLimits(table["limits"], reader, sources)
        guard let overrides = try reader.input.table(table["rules"], "rules") else { return }
        for id in overrides.keys.sorted() {
            guard RuleCatalogue.rule(id) != nil else {
                throw reader.input.problem("rules.\(id)", "names no rule; peerconf explain lists them")
            }
            rules[RuleID(rawValue: id)] = try reader.verdict(overrides[id], "rules.\(id)", sources)
        }
    }

    private init(name: String, title: String) {
        self.name = name
        self.title = title
    }

    /// The names of bounds.
    static let limitNames = [
        "ike_lifetime", "ike_lifetime_short", "ipsec_lifetime", "ipsec_lifetime_short", "psk_bits", "psk_bits_low",
    ]

    private mutating func readLimits(
        _ value: (any TOMLValueConvertible)?, _ reader: PolicyReader, _ sources: [String: Citation]
    ) throws(Finding) {
        guard let table = try reader.input.table(value, "limits") else { return }
        try reader.input.allow(Self.limitNames, in: table, at: "limits.")
        for name in table.keys.sorted() {
            let path = "limits.\(name)"
            guard let entry = try reader.input.table(table[name], path) else { continue }
            // A lifetime that is too long has an upper bound, everything else a lower one.
            let isUpper = name == "ike_lifetime" || name == "ipsec_lifetime"
            let (key, other) = isUpper ? ("at_most", "at_least") : ("at_least", "at_most")
            guard let number = entry[key]?.int, number >= 0, entry[other] == nil else {
                throw reader.input.problem(path, "must have \(key), and no \(other): a whole number of 0 or more")
            }
            let bound = isUpper ? Limit.Bound.atMost(number) : .atLeast(number)
            limits[name] = Limit(bound: bound, verdict: try reader.verdict(table[name], path, sources))
        }
    }
}

/// Takes verdicts and their sources out of a policy file.
struct PolicyReader {
    let input: ReviewFile

    init(file: String) { input = ReviewFile(file: file, rule: "PC196", what: "the policy") }

    /// The documents that verdicts cite.
    func sources(_ value: (any TOMLValueConvertible)?) throws(Finding) -> [String: Citation] {
        guard let table = try input.table(value, "sources") else { return [:] }
        var sources: [String: Citation] = [:]
        for name in table.keys.sorted() {
            let path = "sources.\(name)"
            guard let entry = try input.table(table[name], path) else { continue }
            try input.allow(["title", "edition"], in: entry, at: path + ".")
            guard let title = try input.text(entry["title"], path + ".title"),
                let edition = try input.text(entry["edition"], path + ".edition")
            else { throw input.problem(path, "must have title and edition") }
            sources[name] = Citation(title: title, edition: edition, isVerified: false)
        }
        return sources
    }

    func verdict(
        _ value: (any TOMLValueConvertible)?, _ path: String, _ sources: [String: Citation]
    ) throws(Finding) -> Policy.Verdict {
        guard let entry = try input.table(value, path) else { throw input.problem(path, "must be a table") }
        try input.allow(
            ["severity", "source", "clause", "says", "verified", "at_most", "at_least"], in: entry, at: path + ".")
        guard let word = try input.text(entry["severity"], path + ".severity"),
            word == "off" || Severity(rawValue: word) != nil
        else { throw input.problem(path + ".severity", "must be note, warning, error or off") }
        var verdict = Policy.Verdict(severity: Severity(rawValue: word))
        guard let name = try input.text(entry["source"], path + ".source") else { return verdict }
        guard var citation = sources[name] else {
            throw input.problem(path + ".source", "must be one of those under [sources]")
        }
        citation.clause = try input.text(entry["clause"], path + ".clause")
        citation.says = try input.text(entry["says"], path + ".says")
        guard let verified = entry["verified"]?.bool else {
            throw input.problem(path + ".verified", "must say whether the source's own text was read: true or false")
        }
        citation.isVerified = verified
        verdict.citation = citation
        return verdict
    }
}
