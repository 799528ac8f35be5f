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
            peerconf diff --since main cloud/ gateways.xml
            """,
        discussion: .paragraphs(
            """
            OLD and NEW are files, folders (their .xml and .json), or REV:PATH, what a revision of git has at a path
            relative to the current folder; a name with a colon that exists is a path. With --since, any number of
            paths is compared with what a revision has at them; one that is on one side only is nothing on the other.
            Everything that the API sent is compared, but for what concerns the call itself (PageNumber, PageSize, TotalCount, RequestId). Keys
            are never shown, values of unknown fields neither.

            What is on one side only was added or removed if the other side's answers are whole; where pages are
            missing, or something could not be read, that is unknown, and said so. A side without any answer about
            connections is an error.

            Exit status: 0 no difference; 1 differences; 2 wrong usage or unusable input; 3 something is missing or
            could not be read, the rest was compared.
            """))

    @Argument(
        help: ArgumentHelp(
            "The older answers and the newer ones; with --since, what is compared with that revision.",
            valueName: "old new"),
        completion: .file())
    var sides: [String] = []

    @Option(help: ArgumentHelp("Compare what a revision of git has with what is there now.", valueName: "revision"))
    var since: String?

    @OptionGroup var reading: ReadingChoices

    @Flag(
        name: .customLong("show-state"),
        help: "List what nobody configured too: State, Status, BGP and health status, times.")
    var showsState = false

    @Option(
        help: ArgumentHelp(
            "Form of the report.", valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format = ReportFormat.text

    @OptionGroup var terminal: TerminalOptions

    func validate() throws {
        guard since == nil else {
            if sides.isEmpty { throw ValidationError("Missing expected argument: what to compare with --since") }
            if sides.contains(where: { $0 == "-" || $0.hasPrefix("/") }) {
                throw ValidationError("--since compares paths that are relative to the current folder.")
            }
            return
        }
        guard sides.count == 2 else {
            throw ValidationError(
                sides.count < 2
                    ? "Missing expected argument '<old>' or '<new>'"
                    : "Two sides are compared; for several paths on each, say --since REVISION.")
        }
        if sides == ["-", "-"] { throw ValidationError("Standard input can be one side only.") }
    }

    func run() throws {
        try Console.reporting {
            let (old, new) = try sources()
            let before = try reading.read(old.sources, for: Self.purpose)
            let after = try reading.read(new.sources, for: Self.purpose)
            let (from, to) = (Self.snapshot(before), Self.snapshot(after))
            let silent = [("OLD", old.names, before, from), ("NEW", new.names, after, to)].filter {
                !$0.3.coverage.hasConnections
            }
            guard silent.isEmpty else {
                Console.report(silent.flatMap { Self.problems($0.2, of: nil) + [Self.noConnections($0.0, $0.1)] })
                throw ExitStatus.failure.code
            }
            Progress.tell("comparing \(from.connections.count) and \(to.connections.count) connections")
            let report = Report.differences(
                from: from, to: to, showsState: showsState,
                problems: Self.problems(before, of: "OLD") + Self.problems(after, of: "NEW")
                    + Self.unmatched(before, after))
            try Console.write(format, report)
            if before.couldNotBeUsed || after.couldNotBeUsed { throw ExitStatus.failure.code }
            let isPartial = from.coverage.isPartial || to.coverage.isPartial
            if report.leftOutCount > 0 || isPartial || before.isIncomplete || after.isIncomplete {
                throw ExitStatus.partial.code
            }
            if !report.findings.isEmpty { throw ExitStatus.findings.code }
        }
    }

    private static let purpose = Purpose(needsKeys: false, keepsRecords: true)

    /// What is read for each side, and what it is called.
    private typealias Side = (names: [String], sources: [InputSource])

    private func sources() throws -> (old: Side, new: Side) {
        guard let since else {
            let sources = try sides.map { try GitRevision($0)?.sources() ?? InputSource.onDisk([$0]) }
            return (([sides[0]], sources[0]), ([sides[1]], sources[1]))
        }
        let old = try sides.map { GitRevision(since, path: $0) }.filter { try $0.exists() }
        // What is on neither side is a slip of the pen; reading it says so.
        let new = try sides.filter { path in
            try InputFolder.mode(of: path) != nil || !old.contains { $0.name == since + ":" + path }
        }
        return ((old.map(\.name), try old.flatMap { try $0.sources() }), (new, try InputSource.onDisk(new)))
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
        let ofMissing: Set<RuleID> = ["PC059", "PC060", "PC085"]
        return reading.findings.filter { $0.severity == .error || ofMissing.contains($0.rule) }.map { finding in
            var finding = finding
            if let side { finding.notes.append(Finding.Note("found while \(side) was read")) }
            return finding
        }
    }

    /// What was asked for and is on neither side; what is on one side only was added or removed.
    private static func unmatched(_ before: FleetReading, _ after: FleetReading) -> [Finding] {
        let ofSelection: Set<RuleID> = ["PC082", "PC088"]
        func told(_ reading: FleetReading) -> [String: Finding] {
            let findings = reading.findings.filter { ofSelection.contains($0.rule) }
            return Dictionary(findings.map { ($0.messageWithoutHint, $0) }) { first, _ in first }
        }
        func isEmpty(_ reading: FleetReading) -> Bool { reading.findings.contains { $0.rule == "PC085" } }
        let (old, new) = (told(before), told(after))
        // A side without connections tells nothing of what was asked for.
        let lost = isEmpty(before) ? new : isEmpty(after) ? old : new.filter { old[$0.key] != nil }
        return lost.keys.sorted().compactMap { lost[$0] }
    }

    private static func noConnections(_ side: String, _ paths: [String]) -> Finding {
        Finding(
            "PC087", .error,
            "\(side), \(paths.isEmpty ? "none of the paths" : paths.joined(separator: ", ")), has no answer about "
                + "connections: nothing can be compared with it",
            remedy:
                "give a DescribeVpnConnections answer; where there are no connections, the API's empty answer says so"
        )
    }
}

extension FleetReading {
    /// Whether something of the inputs could not be read.
    var isIncomplete: Bool { findings.contains { $0.severity == .error } }

    /// Whether there may be connections that the answers do not have.
    var mayLackConnections: Bool { Coverage(of: answers, hasUnread: hasUnread).mayLackConnections }

    /// Whether an answer, or a record, could not be read that could be about anything.
    var hasUnread: Bool { answers.findings.contains { $0.severity == .error && $0.place.connection == nil } }

    /// Whether nothing of the inputs could be read.
    var couldNotBeUsed: Bool {
        isIncomplete && connections.isEmpty && answers.vpnGateways.isEmpty && answers.customerGateways.isEmpty
            && contradictory.isEmpty
    }
}
