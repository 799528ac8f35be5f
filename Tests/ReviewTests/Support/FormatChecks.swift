import Foundation
import TestSupport
import Testing

/// Reports against the documents that say how they must be, read by programs that share nothing with their writers.
///
/// JUnit and GitLab publish no schema of their own. `junit.xsd` says what Jenkins' `junit-10.xsd` says of the elements
/// that are written (jenkinsci/xunit-plugin, `types/model/xsd/junit-10.xsd`, commit 031e285); `gitlab.json` what
/// GitLab's documentation asks of its code quality report (docs.gitlab.com/ci/testing/code_quality, report format).
enum FormatChecks {
    /// A reader of the part of Mermaid's flow charts that is written: nodes, links, styles.
    static func mermaid(_ text: String) throws {
        let blocks = text.split(separator: "```mermaid\n").dropFirst().map { $0.prefix(while: { $0 != "`" }) }
        #expect(blocks.count == 1)
        for block in blocks {
            var nodes = Set<Substring>()
            let lines = block.split(separator: "\n")
            #expect(lines.first == "flowchart LR")
            for line in lines.dropFirst() {
                if let match = line.wholeMatch(of: #/ +(\w+)(\["[^"]*"\]|\(\["[^"]*"\]\)|\{\{"[^"]*"\}\})/#) {
                    nodes.insert(match.1)
                } else if let match = line.wholeMatch(of: #/ +(\w+) --- (\w+) --- (\w+)/#) {
                    #expect([match.1, match.2, match.3].allSatisfy { nodes.contains($0) })
                } else if let match = line.wholeMatch(of: #/ +class ([\w,]+) \w+/#) {
                    #expect(match.1.split(separator: ",").allSatisfy { nodes.contains($0) })
                } else {
                    #expect(line.wholeMatch(of: #/ +classDef \w+ [\w:#,]+/#) != nil, "\(line)")
                }
            }
        }
    }

    /// SARIF against the schema of OASIS.
    static func sarif(_ report: String) async throws {
        try await json(report, schema: "sarif-schema-2.1.0.json")
        // GitHub asks for more than the schema: a report in which one result has no file is refused as a whole.
        let read = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
        for run in read?["runs"] as? [[String: Any]] ?? [] {
            for result in run["results"] as? [[String: Any]] ?? [] {
                let place = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
                let file = place?["artifactLocation"] as? [String: Any]
                if !((file?["uri"] as? String).map { !$0.isEmpty } ?? false) {
                    throw HarnessError("a result of \(result["ruleId"] ?? "no rule") has no file")
                }
            }
        }
    }

    /// JSON against one of the schemas here.
    static func json(_ report: String, schema name: String) async throws {
        guard let python = Python.path else { throw HarnessError(Python.remedy) }
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft4Validator.check_schema(schema)
            errors = list(jsonschema.Draft4Validator(schema).iter_errors(json.load(sys.stdin)))
            for error in errors: print(error.json_path, error.message[:200])
            sys.exit(1 if errors else 0)
            """
        let schema = Repository.path("Tests/ReviewTests/Fixtures/" + name)
        let output = try await Command.run(python, ["-c", script, schema], input: report, seconds: 60)
        #expect(output.status == 0, "\(output.stdout)\(output.stderr.suffix(300))")
    }

    /// JUnit's XML against what Jenkins takes.
    static func junit(_ report: String) async throws {
        try await withTemporaryFolder { folder in
            try report.write(toFile: folder + "/junit.xml", atomically: false, encoding: .utf8)
            let schema = Repository.path("Tests/ReviewTests/Fixtures/junit.xsd")
            try await Command.check("/usr/bin/xmllint", ["--noout", "--schema", schema, folder + "/junit.xml"])
        }
    }

    /// Any report against what its format asks for.
    static func check(_ report: String, format: String) async throws {
        switch format {
        case "sarif": try await sarif(report)
        case "gitlab": try await json(report, schema: "gitlab.json")
        case "junit": try await junit(report)
        case "json": _ = try JSONSerialization.jsonObject(with: Data(report.utf8))
        case "markdown":
            #expect(report.utf8.count < 65_536)
            #expect(report.matches(of: #/<details>/#).count == report.matches(of: #/</details>/#).count)
            if report.contains("```mermaid") { try mermaid(report) }
        case "github":
            let lines = report.split(separator: "\n")
            let kinds = lines.map { $0.firstMatch(of: #/^::(error|warning|notice) [^:]+::.+/#).map { String($0.1) } }
            // The service shows ten annotations of each kind of a step; the worst are written first.
            let order = ["error", "warning", "notice"]
            #expect(kinds == order.flatMap { kind in kinds.filter { $0 == kind } })
            #expect(order.allSatisfy { kind in kinds.count { $0 == kind } <= 10 })
        default: break
        }
    }
}

/// The Python with jsonschema that `.ci/install` makes.
enum Python {
    static let remedy = "Run .ci/install, or set PEERCONF_VENV to a Python environment with jsonschema."
    static let path: String? = {
        let venv = ProcessInfo.processInfo.environment["PEERCONF_VENV"] ?? Repository.path(".build-tools/python")
        let path = venv + "/bin/python"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// Whether to go on: with Python, and on CI, where the test then fails.
    static let mayRun: Bool = {
        if path != nil || isCI { return true }
        FileHandle.standardError.write(Data("*** NOT RUN: SARIF against its schema. \(remedy)\n".utf8))
        return false
    }()
}

extension Trait where Self == ConditionTrait {
    /// The test validates by JSON Schema.
    static var needsPython: Self { .enabled("no Python with jsonschema, see standard error") { Python.mayRun } }
}
