import Findings

/// A report for a comment in a pull request: always short enough to be accepted, the worst first, details collapsed.
struct MarkdownReport {
    /// Services refuse comments of 65 536 characters and more; bytes are counted, which are never fewer.
    static let limit = 65_000

    /// How many findings are shown openly.
    private static let worstCount = 5

    private let report: Report

    init(_ report: Report) { self.report = report }

    var text: String {
        var text = "## peerconf \(report.command): \(report.summary)\n\n"
        var facts = report.facts.map { "\($0.name) \(Markdown.escaped($0.value))" }
        facts.append("\(report.connectionCount) connection\(report.connectionCount == 1 ? "" : "s")")
        if report.leftOutCount > 0 { facts.append("**\(report.leftOutCount) left out**") }
        if let omissions = report.omissions { facts.append(omissions) }
        text += facts.joined(separator: " · ") + "\n"
        guard !report.findings.isEmpty else { return text }
        text += "\n" + ruleTable + worst
        if let diagram = MermaidDiagram(report).text {
            text += "\n<details><summary>Diagram</summary>\n\n\(diagram)\n</details>\n"
        }
        // What is to be done, and the lines themselves, get a share of the room; the findings all that is left.
        text += plans(room: Self.limit / 8)
        let diffs = diffs(room: Self.limit / 4)
        return text + details(room: Self.limit - text.utf8.count - diffs.utf8.count) + diffs
    }

    /// How often each rule was found; the worst rules first.
    private var ruleTable: String {
        let groups = Dictionary(grouping: report.findings, by: \.rule).values.sorted { a, b in
            (b[0].severity, b.count, a[0].rule) < (a[0].severity, a.count, b[0].rule)
        }
        var text = "| Rule | | Severity | Times |\n|---|---|---|---|\n"
        for group in groups.prefix(60) {
            let title = RuleCatalogue.rule(group[0].rule.rawValue)?.title ?? ""
            let rule = Markdown.code(group[0].rule.rawValue)
            text += "| \(rule) | \(Markdown.escaped(title)) | \(group[0].severity.rawValue) | \(group.count) |\n"
        }
        if groups.count > 60 { text += "\n\(groups.count - 60) more rules were found.\n" }
        return text
    }

    /// The worst, so that nobody has to open anything to see them.
    private var worst: String {
        let findings = report.findings.prefix(Self.worstCount).filter { $0.severity > .note }
        guard !findings.isEmpty else { return "" }
        let lines = findings.enumerated().map { index, finding in
            // Most messages name what they are about.
            let place = (finding.place.tunnel ?? finding.place.connection).map { [$0] } ?? []
            let unnamed = place.filter { !finding.message.contains($0) }.map(Markdown.code)
            return "\(index + 1). **\(finding.severity.rawValue)** \(Markdown.code(finding.rule.rawValue)) "
                + (unnamed.isEmpty ? "" : unnamed.joined() + ": ")
                + Markdown.escaped(String(finding.message.prefix(500))) + "\n"
        }
        let rest = report.findings.count - lines.count
        return "\nWorst first:\n\n" + lines.joined() + (rest > 0 ? "\nand \(rest) more below.\n" : "")
    }

    /// In which order to work, as much as there is room for.
    private func plans(room: Int) -> String {
        var text = ""
        var count = 0
        for plan in report.plans {
            let steps = plan.steps.enumerated().map { "\($0.offset + 1). \(Markdown.escaped($0.element))\n" }
            let part = "\n**\(Markdown.escaped(plan.subject))**\n\n" + steps.joined()
            guard text.utf8.count + part.utf8.count <= room else { break }
            text += part
            count += 1
        }
        guard !report.plans.isEmpty else { return "" }
        if count < report.plans.count { text += "\n\(report.plans.count - count) more are not shown.\n" }
        return "\n<details><summary>Order of work, one connection at a time</summary>\n\(text)\n</details>\n"
    }

    /// The differences of files, as many as there is room for.
    private func diffs(room: Int) -> String {
        var text = ""
        var count = 0
        for diff in report.diffs {
            // No line of a file may end the block: the fence is longer than any in the text.
            let longest = diff.split { $0 != "`" }.map(\.count).max() ?? 0
            let fence = String(repeating: "`", count: max(3, longest + 1))
            let part = "\n\(fence)diff\n\(diff)\(fence)\n"
            guard text.utf8.count + part.utf8.count <= room else { continue }
            text += part
            count += 1
        }
        guard !report.diffs.isEmpty else { return "" }
        if count < report.diffs.count { text += "\n\(report.diffs.count - count) longer ones are not shown.\n" }
        return "\n<details><summary>Differences of files</summary>\n\(text)\n</details>\n"
    }

    /// One block for each connection, as many as there is room for; what is cut is counted.
    private func details(room: Int) -> String {
        var order: [String] = []
        var groups: [String: [Finding]] = [:]
        for finding in report.findings {
            let name = finding.place.connection ?? finding.place.device ?? finding.place.location?.file ?? "inputs"
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(finding)
        }
        // Room for the line that counts what was cut.
        var room = room - 200
        var text = ""
        var cutFindings = 0
        var cutGroups = 0
        for name in order {
            let findings = groups[name] ?? []
            let summary = TextReport().summary(findings) ?? ""
            let head = "\n<details><summary><code>\(Markdown.html(name))</code>: \(summary)</summary>\n\n"
            let tail = "\n</details>\n"
            var items = ""
            var count = 0
            let space = room - head.utf8.count - tail.utf8.count
            for finding in findings {
                let item = item(finding)
                guard cutFindings == 0, items.utf8.count + item.utf8.count <= space else { break }
                items += item
                count += 1
            }
            cutFindings += findings.count - count
            if count == 0 {
                cutGroups += 1
            } else {
                text += head + items + tail
                room -= head.utf8.count + items.utf8.count + tail.utf8.count
            }
        }
        if cutFindings > 0 {
            let whole = cutGroups > 0 ? ", among them all of \(cutGroups) connections or files" : ""
            text += "\n**\(cutFindings) more findings did not fit into a comment\(whole).**\n"
        }
        return text
    }

    private func item(_ finding: Finding) -> String {
        var text = "- **\(finding.severity.rawValue)** \(Markdown.code(finding.rule.rawValue))"
        if let tunnel = finding.place.tunnel { text += " \(Markdown.code(tunnel))" }
        text += ": \(Markdown.escaped(finding.message))"
        if let location = finding.place.location { text += " (\(Markdown.code(location.description)))" }
        text += "\n"
        for note in finding.notes { text += "  - \(Markdown.escaped(note.message))\n" }
        if let remedy = finding.remedy { text += "  - fix: \(Markdown.escaped(remedy))\n" }
        return text
    }
}

/// Foreign text in Markdown: it must neither format, link, mention nor end a block.
enum Markdown {
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "|", "~", "!": result += "\\" + String(scalar)
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "@": result += "&#64;"
            case "#": result += "&#35;"
            default: result += scalar.isInvisible ? " " : String(scalar)
            }
        }
        return result
    }

    static func code(_ text: String) -> String {
        "`" + text.replacingScalars(["`": "'", "\n": " ", "\r": " ", "|": "¦"]) + "`"
    }

    static func html(_ text: String) -> String {
        text.replacingScalars(["<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": " ", "\r": " "])
    }
}
