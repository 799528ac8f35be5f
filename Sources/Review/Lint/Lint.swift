import CloudAPI
public import Findings
public import PeerModel

/// Looks at a fleet with a policy's eyes: what is weak, doubtful or without redundancy, though it may work.
///
/// The rules' words are data (``RuleCatalogue``), their verdicts too (``Policy``); here is only how each is found.
/// No key, nor a part of one, leaves this type.
public struct Lint {
    let policy: Policy
    let origins: OriginTable
    private(set) var findings: [Finding] = []
    /// Values that the policy has no word on, each told once.
    private var unjudged: Set<String> = []

    /// Everything that the policy objects to, and everything that the rules find by themselves.
    public static func findings(_ fleet: Fleet, policy: Policy, origins: OriginTable) -> [Finding] {
        var lint = Lint(policy: policy, origins: origins)
        for device in fleet.devices {
            for connection in device.connections {
                for tunnel in connection.tunnels {
                    lint.checkValues(tunnel, connection)
                    lint.checkLifetimes(tunnel, connection)
                    lint.checkKeys(tunnel, connection)
                    lint.checkLiveness(tunnel, connection)
                    lint.checkAddresses(tunnel, connection)
                }
            }
        }
        // Two devices may have a part each of one connection.
        let connections = fleet.wholeConnections
        for connection in connections {
            lint.checkNetworks(connection)
            lint.checkPair(connection)
        }
        lint.checkRedundancy(connections)
        lint.checkRelatedKeys(connections)
        lint.checkSites(fleet.devices)
        return lint.findings
    }

    /// Findings of other stages with the severities that the policy gives their rules, and with remedies that agree with
    /// it; what can't be rendered stays an error.
    public static func adjusted(_ findings: [Finding], policy: Policy) -> [Finding] {
        findings.compactMap { finding in
            var finding = finding
            if Policy.hasRemedy(for: finding.rule), let rule = RuleCatalogue.rule(finding.rule.rawValue) {
                finding.remedy = policy.remedy(for: rule)
            }
            guard finding.severity != .error, let verdict = policy.rules[finding.rule] else { return finding }
            guard let severity = verdict.severity else { return nil }
            finding.severity = severity
            if let citation = verdict.citation { finding.notes.append(.init(citation.words)) }
            return finding
        }
    }

    private init(policy: Policy, origins: OriginTable) {
        self.policy = policy
        self.origins = origins
    }

    /// Reports a rule at a place, with the severity that the policy, a verdict or the rule itself gives it.
    mutating func report(
        _ id: String, _ message: String, at origin: Origin, _ connection: Connection, _ tunnel: Tunnel?,
        verdict: Policy.Verdict? = nil, remedy: String? = nil, notes: [Finding.Note] = []
    ) {
        guard let rule = RuleCatalogue.rule(id) else { return }
        let override = policy.rules[rule.id]
        let severity = override.map(\.severity) ?? verdict.map(\.severity) ?? rule.severity
        guard let severity else { return }
        let connectionID = connection.id.value
        let tunnelID = tunnel?.id.value
        var notes = notes
        if let citation = override?.citation ?? verdict?.citation { notes.append(.init(citation.words)) }
        findings.append(
            Finding(
                rule.id, severity, message,
                at: Place(
                    location: origins.location(of: origin), field: origins.field(of: origin),
                    connection: connectionID, tunnel: tunnelID == connectionID ? nil : tunnelID),
                remedy: remedy ?? policy.remedy(for: rule), notes: notes))
    }

    /// Reports a value that the policy objects to.
    mutating func reportValue(
        _ path: String, _ message: String, at origin: Origin, _ connection: Connection, _ tunnel: Tunnel
    ) {
        guard let rule = RuleCatalogue.rule(forValue: path) else { return }
        // Without a verdict a user's own policy may still give the rule a severity.
        if !policy.acceptsSilently, policy.verdicts[path] == nil, policy.rules[rule.id] == nil {
            guard unjudged.insert(path).inserted else { return }
            return self.report(
                "PC199", "\(message), and the policy \(quoted(policy.name)) has no word on \(path)", at: origin,
                connection, tunnel)
        }
        let verdict = policy.verdicts[path] ?? Policy.Verdict()
        report(rule.id.rawValue, message, at: origin, connection, tunnel, verdict: verdict)
    }

    /// Reports a number that breaks a bound of the policy.
    ///
    /// - Returns: whether it does.
    @discardableResult
    mutating func reportLimit(
        _ id: String, _ name: String, _ number: Int, at origin: Origin, _ connection: Connection, _ tunnel: Tunnel,
        _ message: (Int) -> String
    ) -> Bool {
        guard let limit = policy.limits[name], let bound = limit.broken(by: number) else { return false }
        report(id, message(bound), at: origin, connection, tunnel, verdict: limit.verdict)
        return limit.verdict.severity != nil
    }
}
