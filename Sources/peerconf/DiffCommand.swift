import ArgumentParser
import CloudAPI
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf diff`: what changed in meaning between two states of the answers, and what that does to tunnels.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between two states of the answers, and what it does to tunnels.",
        usage: """
            peerconf diff old/ new/
            peerconf diff HEAD~1:cloud/ cloud/
            peerconf diff main:cloud/ cloud/ --format markdown
            """,
        discussion: """
            OLD and NEW are files, folders (their .xml and .json), or REV:PATH, what a revision of git has at a path
            relative to the current folder; a name with a colon that exists is a path. Everything that the API sent
            is compared, but for what concerns the call itself (PageNumber, PageSize, TotalCount, RequestId). Keys
            are never shown, values of unknown fields neither.

            What is on one side only was added or removed if the other side's answers are whole; where pages are
            missing, or something could not be read, that is unknown, and said so. A side without any answer about
            connections is an error.

            Exit status: 0 no difference; 1 differences; 2 wrong usage or unusable input; 3 something is missing or
            could not be read, the rest was compared.
            """)

    @Argument(help: "The older answers.", completion: .file())
    var old: String

    @Argument(help: "The newer answers.", completion: .file())
    var new: String

    @OptionGroup var reading: ReadingChoices

    @Flag(
        name: .customLong("show-state"),
        help: "List what nobody configured too: State, Status, BGP and health status, times.")
    var showsState = false

    @Option(
        help: ArgumentHelp(
            "Form of the report.", valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format = ReportFormat.text

    @OptionGroup var color: ColorOption

    func validate() throws {
        if old == "-", new == "-" { throw ValidationError("Standard input can be one side only.") }
    }

    func run() throws {
        try Console.reporting {
            let before = try side(old)
            let after = try side(new)
            let (from, to) = (Self.snapshot(before), Self.snapshot(after))
            let silent = [("OLD", old, before, from), ("NEW", new, after, to)].filter { !$0.3.coverage.hasConnections }
            guard silent.isEmpty else {
                Console.report(silent.flatMap { Self.problems($0.2, of: nil) + [Self.noConnections($0.0, $0.1)] })
                throw ExitStatus.failure.code
            }
            let report = Report.differences(
                from: from, to: to, showsState: showsState,
                problems: Self.problems(before, of: "OLD") + Self.problems(after, of: "NEW"))
            try Console.write(format, report)
            if before.couldNotBeUsed || after.couldNotBeUsed { throw ExitStatus.failure.code }
            let isPartial = from.coverage.isPartial || to.coverage.isPartial
            if report.leftOutCount > 0 || isPartial || before.isIncomplete || after.isIncomplete {
                throw ExitStatus.partial.code
            }
            if !report.findings.isEmpty { throw ExitStatus.findings.code }
        }
    }

    private func side(_ text: String) throws -> FleetReading {
        let sources = try GitRevision(text)?.sources() ?? InputSource.onDisk([text])
        return try reading.read(sources, for: Purpose(needsKeys: false, keepsRecords: true))
    }

    private static func snapshot(_ reading: FleetReading) -> Snapshot {
        let unread = reading.answers.findings.filter { $0.severity == .error }.compactMap(\.place.connection)
        return Snapshot(
            connections: reading.connections, vpnGateways: reading.answers.vpnGateways,
            customerGateways: reading.answers.customerGateways, fleet: reading.fleet, origins: reading.origins,
            unreadable: Set(unread + reading.contradictory),
            coverage: Coverage(of: reading.answers, hasUnread: reading.hasUnread))
    }

    /// What kept something from being compared, and what is missing; all else is lint's to tell.
    private static func problems(_ reading: FleetReading, of side: String?) -> [Finding] {
        let ofMissing: Set<RuleID> = ["PC059", "PC060", "PC082", "PC085"]
        return reading.findings.filter { $0.severity == .error || ofMissing.contains($0.rule) }.map { finding in
            var finding = finding
            if let side { finding.notes.append(Finding.Note("found while \(side) was read")) }
            return finding
        }
    }

    private static func noConnections(_ side: String, _ path: String) -> Finding {
        Finding(
            "PC087", .error, "\(side), \(path), has no answer about connections: nothing can be compared with it",
            remedy:
                "give a DescribeVpnConnections answer; where there are no connections, the API's empty answer says so"
        )
    }
}

extension FleetReading {
    /// Whether something of the inputs could not be read.
    var isIncomplete: Bool { findings.contains { $0.severity == .error } }

    /// Whether an answer, or a record, could not be read that could be about anything.
    var hasUnread: Bool { answers.findings.contains { $0.severity == .error && $0.place.connection == nil } }

    /// Whether nothing of the inputs could be read.
    var couldNotBeUsed: Bool {
        isIncomplete && connections.isEmpty && answers.vpnGateways.isEmpty && answers.customerGateways.isEmpty
            && contradictory.isEmpty
    }
}
