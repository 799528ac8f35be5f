public import Findings

/// Findings as a person reads them on a terminal or in a log.
///
/// ```
/// cloud/response.xml:17:9: error: "aes-gcm" is not a known encryption algorithm [PC202]
///   connection vco-bp1…, field IkeConfig.IkeEncAlg
///   fix: look whether the file was changed, or for a newer peerconf; known are aes, aes192, …
/// ```
public struct TextReport: Sendable {
    /// Whether severities are coloured by ANSI sequences.
    public var usesColor: Bool

    /// Creates a writer of reports.
    public init(usesColor: Bool = false) { self.usesColor = usesColor }

    /// One finding, each line ending in a line break.
    public func text(_ finding: Finding) -> String {
        let location = finding.place.location.map { "\($0): " } ?? ""
        var lines = [
            "\(visible(location))\(colored(finding.severity)): \(visible(finding.message)) [\(finding.rule.rawValue)]"
        ]
        let subject = subject(finding.place)
        if !subject.isEmpty { lines.append("  " + visible(subject)) }
        if let excerpt = finding.excerpt { lines += excerpt.lines }
        for note in finding.notes {
            lines.append("  " + visible(note.message + (note.location.map { " (\($0))" } ?? "")))
        }
        if let remedy = finding.remedy { lines.append("  fix: " + visible(remedy)) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// All findings, in the order given, without their count.
    public func text(_ findings: [Finding]) -> String { findings.map(text).joined() }

    /// One line that counts findings by severity; `nil` when there are none.
    public func summary(_ findings: [Finding]) -> String? {
        let counts = Severity.allCases.reversed().compactMap { severity -> String? in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }

    private func subject(_ place: Place) -> String {
        var parts: [String] = []
        if let device = place.device { parts.append("device \(device)") }
        if let connection = place.connection { parts.append("connection \(connection)") }
        if let tunnel = place.tunnel { parts.append("tunnel \(tunnel)") }
        if let field = place.field { parts.append("field \(field)") }
        return parts.joined(separator: ", ")
    }

    private func colored(_ severity: Severity) -> String {
        guard usesColor else { return severity.rawValue }
        let code =
            switch severity {
            case .error: "1;31"
            case .warning: "1;33"
            case .note: "1;36"
            }
        return "\u{1B}[\(code)m\(severity.rawValue)\u{1B}[0m"
    }
}
