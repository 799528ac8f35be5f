import Findings

/// A report as GitLab's code quality artifact: a list of issues, each with a fingerprint that no other one has.
enum CodeQualityReport {
    static func json(_ report: Report) -> JSON {
        .array(
            zip(report.findings, report.fingerprints).map { finding, fingerprint in
                var text = finding.message
                if let tunnel = finding.place.tunnel ?? finding.place.connection { text += " (\(tunnel))" }
                return .object([
                    "description": .string(text),
                    "check_name": .string(finding.rule.rawValue),
                    "fingerprint": .string(fingerprint),
                    "severity": .string(severity(finding.severity)),
                    "location": .object([
                        "path": .string(finding.place.location?.file ?? "peerconf"),
                        "lines": .object(["begin": .int(max(1, finding.place.location?.line ?? 1))]),
                    ]),
                ])
            })
    }

    private static func severity(_ severity: Severity) -> String {
        switch severity {
        case .note: "info"
        case .warning: "minor"
        case .error: "critical"
        }
    }
}
