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
        for candidate in [named, "python3"].compactMap({ $0 }) {
            if let status = try? run(candidate, ["-c", "import jinja2"], input: Data()).status, status == 0 {
                return candidate
            }
        }
        return nil
    }()

    /// What Jinja2 says to each of the cases.
    static func answers(to cases: [String]) throws -> [Answer] {
        guard let python else { throw Missing(description: "no python3 with jinja2 (set PEERCONF_PYTHON)") }
        let script = fixtures.appending(path: "jinja_answers.py").path(percentEncoded: false)
        let result = try run(python, [script], input: Data(cases.joined(separator: "\n").utf8))
        guard result.status == 0 else {
            throw Missing(description: String(decoding: result.errors, as: UTF8.self))
        }
        return try String(decoding: result.output, as: UTF8.self).split(separator: "\n").map {
            let value = try JSON.value(String($0))
            if case .text(let output)? = value["output"] { return .output(output.string) }
            var line: Int?
            if case .int(let number, _)? = value["line"] { line = number }
            return .error(kind: value["error"]?.string ?? "", template: value["template"]?.string, line: line)
        }
    }

    private static func run(
        _ command: String, _ arguments: [String], input: Data
    ) throws -> (status: Int32, output: Data, errors: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        let folder = FileManager.default.temporaryDirectory.appending(path: "jinja-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files instead of pipes: nobody waits for the other to read.
        let names = ["in", "out", "err"].map { folder.appending(path: $0) }
        try input.write(to: names[0])
        for name in names[1...] { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try Data(contentsOf: names[1]), try Data(contentsOf: names[2]))
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
