import Findings

/// A report as SARIF 2.1.0 (OASIS, with errata 01), as code scanning services read it.
enum SARIFReport {
    static func json(_ report: Report) -> JSON {
        let rules = Set(report.findings.map(\.rule) + report.waived.map(\.finding.rule)).sorted()
        let results = zip(report.findings, report.fingerprints).map { finding, fingerprint in
            result(finding, fingerprint, rules, waiver: nil)
        }
        // What is waived is told as suppressed, so that the service closes it instead of forgetting it.
        let waivedReport = Report(command: report.command, findings: report.waived.map(\.finding))
        let reasons = Dictionary(report.waived.map { ($0.finding, $0.reason) }) { first, _ in first }
        let suppressed = zip(waivedReport.findings, waivedReport.fingerprints).map { finding, fingerprint in
            result(finding, fingerprint, rules, waiver: reasons[finding] ?? "")
        }
        return .object([
            "$schema": .string(
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
            "version": .string("2.1.0"),
            "runs": .array([
                .object([
                    "tool": .object([
                        "driver": .object([
                            "name": .string("peerconf"),
                            "rules": .array(rules.map(rule)),
                        ])
                    ]),
                    "automationDetails": .object(["id": .string("peerconf/\(report.command)/")]),
                    "columnKind": .string("unicodeCodePoints"),
                    "results": .array(results + suppressed),
                ])
            ]),
        ])
    }

    private static func rule(_ id: RuleID) -> JSON {
        guard let page = RuleCatalogue.rule(id.rawValue) else { return .object(["id": .string(id.rawValue)]) }
        return .object([
            "id": .string(id.rawValue),
            "shortDescription": message(page.title),
            "fullDescription": message(page.what + " " + page.why),
            "help": message("Remedy: \(page.remedy). peerconf explain \(id.rawValue) tells more."),
            "properties": .object(["tags": .array([.string("ipsec"), .string(page.stage)])]),
        ])
    }

    private static func result(_ finding: Finding, _ fingerprint: String, _ rules: [RuleID], waiver: String?) -> JSON {
        var text = finding.message
        if let tunnel = finding.place.tunnel ?? finding.place.connection { text += " (\(tunnel))" }
        text += "."
        for note in finding.notes { text += " \(note.message)." }
        if let remedy = finding.remedy { text += " Remedy: \(remedy)." }
        var members: [JSON.Member] = [
            .init(name: "ruleId", value: .string(finding.rule.rawValue)),
            .init(name: "ruleIndex", value: .int(rules.firstIndex(of: finding.rule) ?? -1)),
            .init(name: "level", value: .string(finding.severity.rawValue)),
            .init(name: "message", value: message(text)),
            .init(name: "locations", value: .array([location(finding.place)])),
            .init(name: "partialFingerprints", value: .object(["peerconf/v1": .string(fingerprint)])),
        ]
        if let waiver {
            members.append(
                .init(
                    name: "suppressions",
                    value: .array([.object(["kind": .string("external"), "justification": .string(waiver)])])))
        }
        return .object(members)
    }

    private static func location(_ place: Place) -> JSON {
        // Not so the standard, but GitHub refuses a report as a whole in which one result has no file.
        let isInFile = place.location.map { $0.file != "<stdin>" } ?? false
        let location = isInFile ? place.location : nil
        var region: [JSON.Member] = [.init(name: "startLine", value: .int(max(1, location?.line ?? 1)))]
        if let column = location?.column { region.append(.init(name: "startColumn", value: .int(max(1, column)))) }
        var members: [JSON.Member] = [
            .init(
                name: "physicalLocation",
                value: .object([
                    "artifactLocation": .object(["uri": .string(uri(location?.file ?? "peerconf"))]),
                    "region": .object(region),
                ]))
        ]
        let names = [("device", place.device), ("connection", place.connection), ("tunnel", place.tunnel)]
        let logical = names.compactMap { kind, name in
            name.map { JSON.object(["name": .string($0), "kind": .string(kind)]) }
        }
        if !logical.isEmpty { members.append(.init(name: "logicalLocations", value: .array(logical))) }
        return .object(members)
    }

    private static func message(_ text: String) -> JSON { .object(["text": .string(text)]) }

    /// A path as a URI reference (RFC 3986): everything but unreserved characters and slashes in percent form.
    static func uri(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.append(Unicode.Scalar(byte))
            default:
                result.append("%")
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return String(result)
    }
}
