import Foundation
import TestSupport
import Testing

/// Reports against the documents that say how they must be, read by programs that share nothing with their writers.
@Suite("Formats of reports")
struct ReportFormatTests {
    private static let inputs = "samples/fleet-two-pages"

    @Test("SARIF is valid by the official schema", .needsPython) func sarif() async throws {
        for input in [Self.inputs, "samples/dual-bgp-vpn-gateway", "samples/documentation-sample"] {
            let report = try await Peerconf.run(["lint", input, "--format", "sarif"]).stdout
            try await FormatChecks.sarif(report)
            let results = try #require(Self.results(report))
            #expect(!results.isEmpty)
            #expect(results.allSatisfy { ($0["partialFingerprints"] as? [String: String])?.isEmpty == false })
        }
    }

    @Test("What is waived is suppressed in SARIF and skipped in JUnit", .needsPython) func suppressed() async throws {
        try await withTemporaryFolder { folder in
            let waivers = """
                [[waivers]]
                rule = "PC152"
                tunnel = "vco-bp1pgqg11h4uu6fjddszz"
                owner = "a & b"
                reason = "<soon>"
                expires = "2999-01-01"
                """
            try waivers.write(toFile: folder + "/w.toml", atomically: false, encoding: .utf8)
            let arguments = ["lint", "samples/single-ikev2-policy", "--waivers", folder + "/w.toml", "--format"]
            let report = try await Peerconf.run(arguments + ["sarif"]).stdout
            try await FormatChecks.sarif(report)
            #expect(Self.results(report)?.count { $0["suppressions"] != nil } == 1)
            let junit = try await Peerconf.run(arguments + ["junit"]).stdout
            #expect(junit.contains("<skipped message=\"&lt;soon&gt; (a &amp; b, until 2999-01-01)\"/>"))
        }
    }

    @Test("SARIF fingerprints do not depend on lines") func stability() async throws {
        try await withTemporaryFolder { folder in
            let text = try String(
                contentsOfFile: Repository.path("samples/single-ikev2-policy/response.xml"), encoding: .utf8)
            var reports: [[String]] = []
            for lines in ["", "\n\n\n\n"] {
                let moved = text.replacing("<VpnConnections>", with: lines + "<VpnConnections>")
                try moved.write(toFile: folder + "/response.xml", atomically: false, encoding: .utf8)
                let report = try await Peerconf.run(["lint", folder, "--format", "sarif"]).stdout
                reports.append(
                    (Self.results(report) ?? []).map { "\($0["partialFingerprints"] ?? "")" })
            }
            #expect(reports[0] == reports[1] && !reports[0].isEmpty)
            #expect(Set(reports[0]).count == reports[0].count)
        }
    }

    @Test("JUnit is XML, and its counts are true") func junit() async throws {
        try await withTemporaryFolder { folder in
            let report = try await Peerconf.run(["lint", Self.inputs, "--format", "junit"]).stdout
            try report.write(toFile: folder + "/junit.xml", atomically: false, encoding: .utf8)
            try await Command.check("/usr/bin/xmllint", ["--noout", folder + "/junit.xml"])
            for (query, attribute) in [("//testcase", "tests"), ("//testcase[failure]", "failures")] {
                let counts = try await ["count(\(query))", "number(/testsuites/@\(attribute))"].asyncMap { expression in
                    try await Command.check("/usr/bin/xmllint", ["--xpath", expression, folder + "/junit.xml"]).stdout
                }
                #expect(counts[0] == counts[1])
            }
        }
    }

    @Test("GitLab gets the fields that it asks for, with unique fingerprints") func gitlab() async throws {
        let report = try await Peerconf.run(["lint", Self.inputs, "--format", "gitlab"]).stdout
        let issues = try #require(
            try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [[String: Any]])
        #expect(!issues.isEmpty)
        for issue in issues {
            #expect(
                (issue["description"] as? String)?.isEmpty == false
                    && (issue["check_name"] as? String)?.isEmpty == false)
            #expect(["info", "minor", "major", "critical", "blocker"].contains(issue["severity"] as? String ?? ""))
            let location = issue["location"] as? [String: Any]
            let path = location?["path"] as? String ?? ""
            #expect(!path.isEmpty && !path.hasPrefix("./"))
            #expect(((location?["lines"] as? [String: Any])?["begin"] as? Int ?? 0) >= 1)
        }
        let fingerprints = issues.compactMap { $0["fingerprint"] as? String }
        #expect(fingerprints.count == issues.count && Set(fingerprints).count == issues.count)
    }

    @Test("GitHub gets ten commands of a kind at most, worst first; the last notice counts the rest")
    func github() async throws {
        let report = try await Peerconf.run(["lint", Self.inputs, "--policy", "cnsa", "--format", "github"]).stdout
        try await FormatChecks.check(report, format: "github")
        let written = report.split(separator: "\n").count
        #expect(written > 10)
        let json = try await Peerconf.run(["lint", Self.inputs, "--policy", "cnsa", "--format", "json"]).stdout
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let findings = try #require(object["findings"] as? [[String: Any]])
        // Each kind up to the limit; where one has more, one notice is the line that counts.
        let counts = ["error", "warning", "note"].map { kind in findings.count { $0["severity"] as? String == kind } }
        #expect(counts.contains { $0 > 10 })
        #expect(written == min(counts[0], 10) + min(counts[1], 10) + min(counts[2] + 1, 10))
        let last = report.split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("::notice ") && last.contains("\(findings.count - written + 1) more findings: "))
        let few = try await Peerconf.run(["lint", "samples/single-ikev2-policy", "--format", "github"]).stdout
        #expect(!few.contains("more findings"))
        try await FormatChecks.check(few, format: "github")
    }

    @Test("JSON says its version, and is the same on every run") func json() async throws {
        let report = try await Peerconf.run(["lint", Self.inputs, "--format", "json"]).stdout
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
        #expect(object["format"] as? String == "peerconf-report" && object["version"] as? Int == 1)
        let again = try await Peerconf.run(["lint", Self.inputs, "--format", "json"]).stdout
        #expect(again == report)
    }

    @Test("Markdown fits into a comment, the worst first, and counts what is cut", arguments: [1, 50, 500])
    func markdown(count: Int) async throws {
        try await withTemporaryFolder { folder in
            var generator = AnswerGenerator(seed: UInt64(count))
            let connections = (0..<count).map { generator.connection($0) }
            let page = AnswerNode.page(connections, size: count, total: count)
            try page.xmlDocument().write(toFile: folder + "/fleet.xml", atomically: false, encoding: .utf8)
            let output = try await Command.run(
                Peerconf.path, ["lint", folder, "--format", "markdown"], seconds: 120)
            let text = output.stdout
            #expect(text.utf8.count < 65_536 && text.utf16.count < 65_536)
            #expect(text.hasPrefix("## peerconf lint: "))
            #expect(text.matches(of: #/<details>/#).count == text.matches(of: #/</details>/#).count)
            let shown = text.matches(of: #/(?m)^- \*\*(error|warning|note)\*\*/#).map { String($0.1) }
            let cut = text.firstMatch(of: #/\*\*([0-9]+) more findings did not fit/#).flatMap { Int($0.1) } ?? 0
            #expect((cut > 0) == (count >= 50))
            let json = try await Command.run(Peerconf.path, ["lint", folder, "--format", "json"], seconds: 120).stdout
            let severities = json.matches(of: #/"severity": "(\w+)"/#).map { String($0.1) }
            #expect(shown.count + cut == severities.count)
            #expect(shown.first == ["error", "warning", "note"].first { severities.contains($0) })
            try FormatChecks.mermaid(text)
        }
    }

    private static func results(_ report: String) -> [[String: Any]]? {
        let object = try? JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
        return (object?["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
