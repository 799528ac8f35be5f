import Findings

/// A report as workflow commands of GitHub Actions, which become annotations of the lines concerned.
///
/// The service shows ten errors, ten warnings and ten notices of a step, and drops the rest silently: so no more are
/// written of any kind, the worst first, and what is left out is counted by the last notice.
enum AnnotationReport {
    static let limit = 10

    static func text(_ report: Report) -> String {
        let kinds = Severity.allCases.reversed().map { severity in
            report.findings.filter { $0.severity == severity }
        }
        let isTooMuch = kinds.contains { $0.count > limit }
        var lines: [String] = []
        var rest: [Finding] = []
        for findings in kinds {
            // The line that counts what is left out is a notice too.
            let room = isTooMuch && findings.first?.severity == .note ? limit - 1 : limit
            lines += findings.prefix(room).map(command)
            rest += findings.dropFirst(room)
        }
        if !rest.isEmpty {
            let counts = TextReport().summary(rest) ?? ""
            lines.append(
                "::notice title=peerconf \(report.command)::\(data("\(rest.count) more findings: \(counts)"))")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func command(_ finding: Finding) -> String {
        var properties: [String] = []
        if let location = finding.place.location, location.file != "<stdin>" {
            properties.append("file=\(property(location.file))")
            properties.append("line=\(location.line)")
            if let column = location.column { properties.append("col=\(column)") }
        }
        let title = [finding.rule.rawValue, RuleCatalogue.rule(finding.rule.rawValue)?.title].compactMap(\.self)
        properties.append("title=\(property(title.joined(separator: " ")))")
        var text = finding.message
        if let tunnel = finding.place.tunnel ?? finding.place.connection { text += " (\(tunnel))" }
        for note in finding.notes { text += "\n" + note.message }
        if let remedy = finding.remedy { text += "\nfix: " + remedy }
        let name = finding.severity == .note ? "notice" : finding.severity.rawValue
        return "::\(name) \(properties.joined(separator: ","))::\(data(text))"
    }

    /// The escapes of the runner for what follows the second pair of colons.
    private static func data(_ text: String) -> String {
        text.replacingScalars(["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    /// The escapes of the runner for the value of a property.
    private static func property(_ text: String) -> String {
        text.replacingScalars(["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }
}

extension String {
    /// The text with single scalars replaced.
    func replacingScalars(_ replacements: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in unicodeScalars {
            if let replacement = replacements[scalar] {
                result += replacement
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
