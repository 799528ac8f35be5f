import Findings

/// A report for programs.
///
/// Members are added without a new version; a member that changes or goes makes a new one.
enum ReportJSON {
    static func json(_ report: Report) -> JSON {
        .object([
            "format": .string("peerconf-report"),
            "version": .int(1),
            "command": .string(report.command),
            "facts": .object(report.facts.map { .init(name: $0.name, value: .string($0.value)) }),
            "summary": .object([
                "errors": .int(report.count(.error)), "warnings": .int(report.count(.warning)),
                "notes": .int(report.count(.note)), "waived": .int(report.waived.count),
                "known": .int(report.knownCount), "hidden": .int(report.hiddenCount),
                "connections": .int(report.connectionCount), "left_out": .int(report.leftOutCount),
            ]),
            "plans": .array(
                report.plans.map {
                    .object(["subject": .string($0.subject), "steps": .array($0.steps.map(JSON.string))])
                }),
            "diffs": .array(report.diffs.map(JSON.string)),
            "findings": .array(zip(report.findings, report.fingerprints).map(finding)),
            "waived": .array(
                report.waived.map {
                    .object([
                        "rule": .string($0.finding.rule.rawValue), "message": .string($0.finding.message),
                        "place": place($0.finding.place), "waiver": .string($0.reason),
                    ])
                }),
        ])
    }

    private static func finding(_ finding: Finding, _ fingerprint: String) -> JSON {
        .object([
            "rule": .string(finding.rule.rawValue),
            "title": .optional(RuleCatalogue.rule(finding.rule.rawValue)?.title),
            "severity": .string(finding.severity.rawValue),
            "message": .string(finding.message),
            "remedy": .optional(finding.remedy),
            "fingerprint": .string(fingerprint),
            "place": place(finding.place),
            "notes": .array(
                finding.notes.map {
                    .object([
                        "message": .string($0.message), "file": .optional($0.location?.file),
                        "line": $0.location.map { .int($0.line) } ?? .null,
                    ])
                }),
        ])
    }

    private static func place(_ place: Place) -> JSON {
        .object([
            "file": .optional(place.location?.file),
            "line": place.location.map { .int($0.line) } ?? .null,
            "column": place.location?.column.map { .int($0) } ?? .null,
            "field": .optional(place.field),
            "device": .optional(place.device),
            "connection": .optional(place.connection),
            "tunnel": .optional(place.tunnel),
        ])
    }
}
