public import Findings
import PeerModel

/// What a command of the review found: the one model that all formats write.
public struct Report: Sendable {
    /// One line of what the report rests on, such as the policy.
    public struct Fact: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Its value.
        public var value: String

        /// Pairs a name and a value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A finding that an exception covers.
    public struct Waived: Sendable {
        /// What was found.
        public var finding: Finding
        /// Why it does not count.
        public var reason: String

        /// Pairs a finding with the reason.
        public init(finding: Finding, reason: String) {
            self.finding = finding
            self.reason = reason
        }
    }

    /// Steps in the order in which they are to be taken.
    public struct Plan: Sendable, Equatable {
        /// What they are about, such as a connection.
        public var subject: String
        /// The steps.
        public var steps: [String]
    }

    /// The commands that make reports.
    static let commands = ["lint", "diff", "check", "scan"]

    /// The command, such as `lint`.
    public let command: String
    /// What the report rests on.
    public var facts: [Fact] = []
    /// What was found: worst first, then by connection, tunnel and rule.
    public private(set) var findings: [Finding]
    /// Names of the findings, in their order, that stay the same when lines move.
    public private(set) var fingerprints: [String]
    /// In which order changes are to be made.
    public var plans: [Plan] = []
    /// Unified differences of files, without keys.
    public var diffs: [String] = []
    /// What exceptions cover.
    public var waived: [Waived] = []
    /// How many findings an earlier run told too, which are left out here.
    public private(set) var knownCount = 0
    /// How many findings are below the severity asked for, and left out here.
    public private(set) var hiddenCount = 0
    /// How many connections were looked at.
    public var connectionCount = 0
    /// How many connections could not be looked at.
    public var leftOutCount = 0
    /// Devices, tunnels and gateways, for a diagram.
    public var topology = Topology()
    /// Tunnels that a diagram marks though no finding is of their connection, by id.
    public var marks: [String: Severity] = [:]

    /// Collects findings of a command.
    public init(command: String, findings: [Finding]) {
        self.command = command
        self.findings = findings.sorted(by: Self.precedes)
        fingerprints = Self.fingerprints(of: self.findings)
    }

    /// Leaves out what an earlier run told.
    public mutating func leaveOut(knownBy baseline: Baseline) {
        knownCount += leaveOut { baseline.knows($1) }
    }

    /// Leaves out what matters less than a severity.
    public mutating func leaveOut(below severity: Severity) {
        hiddenCount += leaveOut { finding, _ in finding.severity < severity }
    }

    private mutating func leaveOut(where isUnwanted: (Finding, String) -> Bool) -> Int {
        let kept = findings.indices.filter { !isUnwanted(findings[$0], fingerprints[$0]) }
        let count = findings.count - kept.count
        (findings, fingerprints) = (kept.map { findings[$0] }, kept.map { fingerprints[$0] })
        return count
    }

    /// The number of findings of a severity.
    public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// "1 error, 2 warnings"; "nothing found" when there is nothing.
    public var summary: String { TextReport().summary(findings) ?? "nothing found" }

    /// What is not shown, and why; `nil` when everything is.
    public var omissions: String? {
        var parts: [String] = []
        if !waived.isEmpty { parts.append("\(waived.count) waived") }
        if knownCount > 0 { parts.append("\(knownCount) in the baseline") }
        if hiddenCount > 0 { parts.append("\(hiddenCount) below the severity asked for") }
        return parts.isEmpty ? nil : "not shown: " + parts.joined(separator: ", ")
    }

    private static func precedes(_ a: Finding, _ b: Finding) -> Bool {
        func key(_ finding: Finding) -> [String] {
            let place = finding.place
            return [
                place.connection ?? "", place.tunnel ?? "", finding.rule.rawValue, place.device ?? "",
                place.field ?? "",
            ]
        }
        if a.severity != b.severity { return a.severity > b.severity }
        let (left, right) = (key(a), key(b))
        if left != right { return left.lexicographicallyPrecedes(right) }
        if let first = a.place.location, let second = b.place.location, first != second { return first < second }
        return a.message < b.message
    }

    /// Rule, device, connection, tunnel and field, not line: a report stays the same when the file is indented anew.
    ///
    /// Equal ones are numbered in their order.
    private static func fingerprints(of findings: [Finding]) -> [String] {
        var seen: [String: Int] = [:]
        return findings.map { finding in
            let place = finding.place
            // Where no connection is concerned, the file is: its name without folders, which differ between machines.
            let file =
                place.connection == nil
                ? place.location.map { $0.file.split(separator: "/").last.map(String.init) ?? "" } : nil
            let parts = [file, place.device, place.connection, place.tunnel, place.field].compactMap(\.self)
            let name = ([finding.rule.rawValue] + parts).joined(separator: "/")
            seen[name, default: 0] += 1
            let number = seen[name] ?? 1
            return number == 1 ? name : "\(name)#\(number)"
        }
    }
}
