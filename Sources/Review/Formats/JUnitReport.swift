import Findings

/// A report as JUnit's XML: a suite for each connection, a failed case for each finding.
///
/// Notes do not fail; they stand in a case's output. What is waived is skipped.
enum JUnitReport {
    private struct Case {
        var name: String
        var content: String
        var isFailure = false
        var isSkipped = false
    }

    static func text(_ report: Report) -> String {
        var suites: [String: [Case]] = [:]
        for connection in report.topology.links.map(\.connection) { suites[connection] = [] }
        for finding in report.findings { suites[suite(finding), default: []].append(failed(finding)) }
        for waived in report.waived { suites[suite(waived.finding), default: []].append(skipped(waived)) }
        let all = suites.mapValues { $0.isEmpty ? [Case(name: "no findings", content: "")] : $0 }
        let cases = all.values.flatMap(\.self)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites name=\"peerconf \(escaped(report.command))\" \(counts(cases))>\n"
        for name in all.keys.sorted() {
            let cases = all[name] ?? []
            text +=
                "  <testsuite name=\"\(escaped(name))\" \(counts(cases)) skipped=\"\(cases.count { $0.isSkipped })\">\n"
            for single in cases {
                let head = "    <testcase name=\"\(escaped(single.name))\" classname=\"\(escaped(name))\""
                text += single.content.isEmpty ? head + "/>\n" : head + ">\n\(single.content)    </testcase>\n"
            }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private static func suite(_ finding: Finding) -> String {
        finding.place.connection ?? finding.place.device ?? finding.place.location?.file ?? "peerconf"
    }

    private static func counts(_ cases: [Case]) -> String {
        "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.isFailure })\" errors=\"0\""
    }

    private static func name(_ finding: Finding) -> String {
        let title = RuleCatalogue.rule(finding.rule.rawValue)?.title
        return [finding.rule.rawValue, title, finding.place.tunnel].compactMap(\.self).joined(separator: " ")
    }

    private static func failed(_ finding: Finding) -> Case {
        let text = escaped(TextReport().text(finding))
        guard finding.severity > .note else {
            return Case(name: name(finding), content: "      <system-out>\(text)</system-out>\n")
        }
        let head = "<failure type=\"\(finding.severity.rawValue)\" message=\"\(escaped(finding.message))\">"
        return Case(name: name(finding), content: "      \(head)\(text)</failure>\n", isFailure: true)
    }

    private static func skipped(_ waived: Report.Waived) -> Case {
        Case(
            name: name(waived.finding), content: "      <skipped message=\"\(escaped(waived.reason))\"/>\n",
            isSkipped: true)
    }

    /// Text that may stand in content and in attributes; what XML can't have becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result += scalar == "\n" ? "&#10;" : "&#9;"
            case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
