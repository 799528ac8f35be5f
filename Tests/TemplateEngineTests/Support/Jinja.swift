import Foundation
import TemplateEngine
import TestSupport

/// Real Jinja2, run as a process.
enum Jinja {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    enum Answer {
        case output(String)
        case error(kind: String, template: String?, line: Int?)
    }

    /// The folder of fixtures beside the tests.
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// The interpreter that has Jinja2, or `nil` where there is none; in CI that is a failure.
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["PEERCONF_PYTHON"]
        for candidate in [named, Python.path, "python3"].compactMap({ $0 }) {
            if let run = try? Run(candidate, ["-c", "import jinja2"], input: Data()),
                (try? run.finish().status) == 0
            {
                return candidate
            }
        }
        return nil
    }()

    /// What Jinja2 says to each of the cases.
    ///
    /// Compiling is what takes it long, so two processes share them.
    static func answers(to cases: [String]) throws -> [Answer] {
        guard let python else { throw Missing(description: "no python3 with jinja2 (set PEERCONF_PYTHON)") }
        let script = fixtures.appending(path: "jinja_answers.py").path(percentEncoded: false)
        let middle = cases.count < 100 ? cases.count : cases.count / 2
        let runs = try [cases[..<middle], cases[middle...]].filter { !$0.isEmpty }.map {
            try Run(python, [script], input: Data($0.joined(separator: "\n").utf8))
        }
        var answers: [Answer] = []
        for run in runs {
            let result = try run.finish()
            guard result.status == 0 else {
                throw Missing(description: String(decoding: result.errors, as: UTF8.self))
            }
            for line in String(decoding: result.output, as: UTF8.self).split(separator: "\n") {
                answers.append(try answer(String(line)))
            }
        }
        return answers
    }

    private static func answer(_ line: String) throws -> Answer {
        let value = try JSON.value(line)
        if case .text(let output)? = value["output"] { return .output(output.string) }
        var number: Int?
        if case .int(let line, _)? = value["line"] { number = line }
        return .error(kind: value["error"]?.string ?? "", template: value["template"]?.string, line: number)
    }
}

/// A process with files for its input and output, so that nobody waits for the other to read.
private struct Run {
    let process = Process()
    let folder: URL

    init(_ command: String, _ arguments: [String], input: Data) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "jinja-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        try input.write(to: folder.appending(path: "in"))
        for name in ["out", "err"] { try Data().write(to: folder.appending(path: name)) }
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err"))
        try process.run()
    }

    func finish() throws -> (status: Int32, output: Data, errors: Data) {
        process.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: folder) }
        return (
            process.terminationStatus, try Data(contentsOf: folder.appending(path: "out")),
            try Data(contentsOf: folder.appending(path: "err"))
        )
    }
}

extension Value {
    /// A key's value, where the value is a mapping.
    subscript(_ key: String) -> Value? {
        if case .dict(let dict) = self { return dict[key] }
        return nil
    }

    var string: String? {
        if case .text(let text) = self { return text.string }
        return nil
    }
}
