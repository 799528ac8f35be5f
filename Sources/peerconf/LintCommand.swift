public import ArgumentParser
import FieldReader
public import Findings
import Glibc
import PeerModel
public import Review

/// `peerconf lint`: what is weak, doubtful or without redundancy.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Tell what is weak, doubtful or without redundancy.",
        usage: """
            peerconf lint cloud/
            peerconf lint cloud/ --policy bsi --waivers waivers.toml
            peerconf lint cloud/ --format json > baseline.json; peerconf lint cloud/ --baseline baseline.json
            """,
        discussion: .paragraphs(
            """
            peerconf explain RULE tells what is behind a rule, and what each policy says.

            Exit status: 0 nothing but notes; 1 findings; 2 unusable input, policy, waivers or baseline; 3 some
            connections could not be read, the rest was looked at.
            """))

    @OptionGroup var inputs: Inputs

    @Option(
        help: ArgumentHelp(
            "What to hold the tunnels against; a path may name a policy of your own.",
            valueName: "rfc|nist|bsi|cnsa|file.toml"),
        completion: .list(["rfc", "nist", "bsi", "cnsa"]))
    var policy = "rfc"

    @Option(
        help: ArgumentHelp("Exceptions, each with an owner, a reason and a last day.", valueName: "file.toml"),
        completion: .file(extensions: ["toml"]))
    var waivers: String?

    @Option(
        help: ArgumentHelp("An earlier report in JSON: only what is new is shown.", valueName: "file.json"),
        completion: .file(extensions: ["json"]))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Form of the report.", valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format = ReportFormat.text

    @Option(help: ArgumentHelp("Leave out what matters less.", valueName: "note|warning|error"))
    var severity = Severity.note

    @Flag(help: "End with status 0 in spite of findings.")
    var exitZero = false

    @Option(
        help: ArgumentHelp(
            "The day on which waivers must still hold; else the system's (UTC).", valueName: "YYYY-MM-DD"))
    var today: String?

    @OptionGroup var terminal: TerminalOptions

    func validate() throws {
        try inputs.validateGiven()
        if let today, CalendarDate(today) == nil { throw ValidationError("--today must be a day such as 2027-06-30.") }
    }

    func run() throws {
        try Console.reporting {
            let policy = try loadPolicy()
            let baseline = try self.baseline.map { path in try Baseline(json: WholeFile.read(path), file: path) }
            // A machine that looks at what is to be committed need not have any keys.
            let reading = try inputs.read(for: Purpose(needsKeys: false))
            let outcome = try loadWaivers(reading.site).applied(to: findings(reading, policy), today: day)
            var report = Report(command: "lint", findings: outcome.findings)
            report.facts = [.init(name: "policy", value: policy.title)]
            report.waived = outcome.waived.map { finding, waiver in
                .init(finding: finding, reason: "\(waiver.reason) (\(waiver.owner), until \(waiver.expires))")
            }
            report.connectionCount = reading.fleet.wholeConnections.count
            report.leftOutCount = reading.leftOutCount
            report.topology = Topology(reading.fleet)
            if let baseline { report.leaveOut(knownBy: baseline) }
            report.leaveOut(below: severity)
            try Console.write(format, report)
            let status = status(of: report, reading)
            if status != .clean { throw status.code }
        }
    }

    /// Everything found: by reading, by the model, and by the rules of the policy.
    private func findings(_ reading: FleetReading, _ policy: Policy) -> [Finding] {
        let found =
            Lint.adjusted(reading.allFindings, policy: policy)
            + Lint.findings(reading.fleet, policy: policy, origins: reading.origins)
        let missing = reading.site.missingKeys
        guard !missing.isEmpty else { return found }
        // What stands in for a key is nobody's key: nothing is to be said of it.
        let judged = found.filter { finding in
            let tunnel = finding.place.tunnel ?? finding.place.connection ?? ""
            return missing[tunnel] == nil || !Lint.isAboutKeys(finding.rule)
        }
        let unjudged = MissingKeys(missing, of: reading.connections).findings.map { finding in
            var finding = finding
            finding.severity = .note
            finding.message += ": the tunnel's keys are not judged"
            finding.remedy = "nothing; or lint where the keys are"
            return finding
        }
        return judged + unjudged.filter { $0.place.connection.map(reading.isSelected) ?? true }
    }

    /// Errors of rules are findings like others: only what could not be read is a failure.
    private func status(of report: Report, _ reading: FleetReading) -> ExitStatus {
        let couldNotRead = reading.findings.contains { $0.severity == .error }
        if reading.fleet.connections.isEmpty, couldNotRead || reading.leftOutCount > 0 { return .failure }
        if reading.leftOutCount > 0 || couldNotRead { return .partial }
        return report.findings.contains { $0.severity > .note } && !exitZero ? .findings : .clean
    }

    private var day: CalendarDate {
        today.flatMap { CalendarDate($0) } ?? CalendarDate(secondsSince1970: time(nil))
    }

    private func loadPolicy() throws -> Policy {
        guard policy.hasSuffix(".toml") || policy.contains("/") else { return try Policy.builtIn(policy) }
        return try Policy(toml: try Self.text(policy), file: policy, name: policy)
    }

    /// The waivers of the command line, else those that the site file names.
    private func loadWaivers(_ site: Site) throws -> Waivers {
        guard let path = waivers ?? site.waiversPath else { return Waivers() }
        return try Waivers(toml: try Self.text(path), file: path)
    }

    private static func text(_ path: String) throws(FileProblem) -> String {
        String(decoding: try WholeFile.read(path), as: UTF8.self)
    }
}

extension ReportFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
