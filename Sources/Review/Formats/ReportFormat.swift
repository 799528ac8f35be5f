import Findings

/// The forms in which a report can be written.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// For a terminal or a log.
    case text
    /// For programs; versioned.
    case json
    /// For a comment in a pull request.
    case markdown
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// Workflow commands of GitHub Actions.
    case github
    /// GitLab's code quality report.
    case gitlab
    /// JUnit's XML, for whatever shows test results.
    case junit

    /// The report in this form; it ends with a line break, or is empty.
    public func text(of report: Report, usesColor: Bool = false) -> String {
        switch self {
        case .text: TextReport(usesColor: usesColor).text(report)
        case .json: ReportJSON.json(report).text
        case .markdown: MarkdownReport(report).text
        case .sarif: SARIFReport.json(report).text
        case .github: AnnotationReport.text(report)
        case .gitlab: CodeQualityReport.json(report).text
        case .junit: JUnitReport.text(report)
        }
    }
}

extension TextReport {
    /// All findings, their number, and what is not shown.
    func text(_ report: Report) -> String {
        var last = report.summary
        if let omissions = report.omissions { last += " (\(omissions))" }
        let facts = report.facts.map { "\($0.name) \($0.value)" }
        var plan = report.plans.isEmpty ? "" : "\nOrder of work, one connection at a time:\n"
        for part in report.plans {
            plan += "\n  \(visible(part.subject))\n"
            for (place, step) in part.steps.enumerated() { plan += "    \(place + 1). \(visible(step))\n" }
        }
        if !plan.isEmpty { plan += "\n" }
        return text(report.findings) + plan + report.diffs.joined() + "peerconf \(report.command): "
            + ([last] + facts).joined(separator: "; ") + "\n"
    }
}
