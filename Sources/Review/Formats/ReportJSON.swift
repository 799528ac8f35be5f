public import Findings

/// A report for programs: `--format json` of `lint`, `diff`, `render --check` and `scan`.
public enum ReportJSON {
    /// The number of the document's form: it changes when a name or a meaning changes, comes or goes.
    public static let version = 1

    /// The document's JSON Schema (2020-12).
    public static var schema: JSON {
        ReportDescriptions.report.documentSchema(
            title: "peerconf lint|diff|scan|render --check --format json, version \(version)",
            "What a command of peerconf found, without keys.")
    }

    static func json(_ report: Report) -> JSON { ReportDescriptions.report.json(report) }
}

/// The objects of a report's JSON document.
private enum ReportDescriptions {
    static let report = JSONDescription<Report>([
        .init("format", .word(["peerconf-report"]), "What this is.") { _ in .string("peerconf-report") },
        .init("version", .version(ReportJSON.version), "The number of this form.") { _ in .int(ReportJSON.version) },
        .init("command", .word(Report.commands), "The command that found it.") { .string($0.command) },
        .init("facts", .named(.text), "What the report rests on, such as the policy.") {
            .object($0.facts.map { .init(name: $0.name, value: .string($0.value)) })
        },
        .init("summary", "How many there are of what.", summary, of: { $0 }),
        .init("plans", each: "Steps in the order in which they are to be taken.", plan, of: { $0.plans }),
        .init("diffs", .list(.text), "Unified differences of files, without keys.") {
            .array($0.diffs.map(JSON.string))
        },
        .init(
            "findings", each: "What was found: worst first, then by connection, tunnel and rule.", finding,
            of: { Array(zip($0.findings, $0.fingerprints)) }),
        .init("waived", each: "What exceptions cover.", waived, of: { $0.waived }),
    ])

    private static let summary = JSONDescription<Report>([
        count("errors", "Findings that are errors.") { $0.count(.error) },
        count("warnings", "Findings that are warnings.") { $0.count(.warning) },
        count("notes", "Findings that are notes.") { $0.count(.note) },
        count("waived", "Findings that an exception covers.") { $0.waived.count },
        count("known", "Findings that the baseline has, left out here.") { $0.knownCount },
        count("hidden", "Findings below the severity asked for, left out here.") { $0.hiddenCount },
        count("connections", "Connections that were looked at.") { $0.connectionCount },
        count("left_out", "Connections that could not be looked at.") { $0.leftOutCount },
    ])

    private static let plan = JSONDescription<Report.Plan>([
        .init("subject", .text, "What the steps are about, such as a connection.") { .string($0.subject) },
        .init("steps", .list(.text), "The steps.") { .array($0.steps.map(JSON.string)) },
    ])

    private static let finding = JSONDescription<(Finding, String)>([
        .init("rule", .text, "Its rule; peerconf explain tells about it.") { .string($0.0.rule.rawValue) },
        .init("title", .orNull(.text), "The rule's title; null for rules of a pack.") {
            .optional(RuleCatalogue.rule($0.0.rule.rawValue)?.title)
        },
        .init("severity", .word(["error", "warning", "note"]), "How much it matters.") {
            .string($0.0.severity.rawValue)
        },
        .init("message", .text, "What was found.") { .string($0.0.message) },
        .init("remedy", .orNull(.text), "What to do about it.") { .optional($0.0.remedy) },
        .init("fingerprint", .text, "A name that stays the same when lines move.") { .string($0.1) },
        .init("place", "Where it is.", place, of: { $0.0.place }),
        .init("notes", each: "What belongs to it elsewhere.", note, of: { $0.0.notes }),
    ])

    private static let note = JSONDescription<Finding.Note>([
        .init("message", .text, "What there is.") { .string($0.message) },
        .init("file", .orNull(.text), "The file.") { .optional($0.location?.file) },
        .init("line", .orNull(.position), "The line.") { $0.location.map { .int($0.line) } ?? .null },
    ])

    private static let waived = JSONDescription<Report.Waived>([
        .init("rule", .text, "Its rule.") { .string($0.finding.rule.rawValue) },
        .init("message", .text, "What was found.") { .string($0.finding.message) },
        .init("place", "Where it is.", place, of: { $0.finding.place }),
        .init("waiver", .text, "Why it does not count.") { .string($0.reason) },
    ])

    private static let place = JSONDescription<Place>([
        .init("file", .orNull(.text), "The file.") { .optional($0.location?.file) },
        .init("line", .orNull(.position), "The line, from 1.") { $0.location.map { .int($0.line) } ?? .null },
        .init("column", .orNull(.position), "The column, from 1.") {
            $0.location?.column.map { .int($0) } ?? .null
        },
        .init("field", .orNull(.text), "The API's field, or the key of the site file.") { .optional($0.field) },
        .init("device", .orNull(.text), "The device.") { .optional($0.device) },
        .init("connection", .orNull(.text), "VpnConnectionId.") { .optional($0.connection) },
        .init("tunnel", .orNull(.text), "The tunnel.") { .optional($0.tunnel) },
    ])

    private static func count(
        _ name: String, _ documentation: String, _ count: @escaping @Sendable (Report) -> Int
    ) -> JSONDescription<Report>.Member {
        .init(name, .number(0...Int(Int32.max)), documentation) { .int(count($0)) }
    }
}

extension JSONShape {
    /// A line or column; 0 where a reader could tell none.
    fileprivate static let position = JSONShape.number(0...Int(Int32.max))
}
