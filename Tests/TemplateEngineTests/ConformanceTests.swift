import Foundation
import TemplateEngine
import TestSupport
import Testing

/// The engine's answers beside those of real Jinja2, case by case.
///
/// A new case is one line in a file of `Fixtures/conformance`.
struct ConformanceTests {
    @Test(.enabled(if: Jinja.python != nil || isCI), arguments: try files())
    func `renders as Jinja2 does`(file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let cases = try lines.map { try Case(json: $0) }
        let answers = try Jinja.answers(to: lines)
        #expect(cases.count == answers.count)
        for (one, answer) in zip(cases, answers) {
            if let difference = one.difference(from: answer, mayRefuse: false) {
                Issue.record("\(file.lastPathComponent): \(one.name)\n\(difference)")
            }
        }
    }

    private static func files() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: Jinja.fixtures.appending(path: "conformance"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "jsonl" }.sorted { $0.path() < $1.path() }
    }
}
