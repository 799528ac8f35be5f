import Foundation
import TestSupport
import Testing

/// `xmllint` and Python's `json` are the second judges of what is well-formed.
@Suite("Agreement with xmllint and Python")
struct OracleTests {
    /// Well-formed XML that is refused here on purpose.
    static let strictXML: Set = [
        "doctype.xml", "external-entity.xml", "billion-laughs.xml", "stray-text.xml", "mixed-list.xml",
        "mixed-list-reversed.xml", "too-deep.xml", "web-page-xhtml.xml",
    ]

    /// JSON that Python accepts and that is refused here on purpose: NaN and the infinities, equal keys,
    /// lone surrogates, NUL, great depth, UTF-16, and lists of mixed shapes.
    static let strictJSON: Set = [
        "not-a-number.json", "minus-infinity.json", "duplicate-key.json", "duplicate-unknown-key.json",
        "lone-surrogate.json", "lone-low-surrogate.json", "escaped-nul.json", "too-deep.json",
        "mixed-list.json",
        "utf16.json", "surrogate-in-utf8.json",
    ]

    @Test("xmllint accepts and refuses the same files")
    func xml() throws {
        guard let xmllint = tool("xmllint") else { return }
        for folder in ["good", "broken"] {
            for name in Fixtures.names(in: folder) where name.hasSuffix(".xml") {
                let status = try run(xmllint, ["--noout", "--nonet", Fixtures.path(name, in: folder)])
                let isAccepted = folder == "good" || Self.strictXML.contains(name)
                #expect((status == 0) == isAccepted, "\(name): xmllint exits with \(status)")
            }
        }
    }

    @Test("Python accepts and refuses the same files")
    func json() throws {
        guard let python = tool("python3") else { return }
        let program = "import json, sys; json.loads(open(sys.argv[1], 'rb').read())"
        for folder in ["good", "broken"] {
            for name in Fixtures.names(in: folder) where name.hasSuffix(".json") {
                let path = Fixtures.path(name, in: folder)
                let status = try run(python, ["-c", program, path])
                let isAccepted = folder == "good" || Self.strictJSON.contains(name)
                #expect((status == 0) == isAccepted, "\(name): Python exits with \(status)")
            }
        }
    }

    /// The path of a tool; its absence is a failure in CI and reported loudly elsewhere.
    private func tool(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = folders.map { "\($0)/\(name)" }
        if let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) { return path }
        let severity: Issue.Severity = isCI ? .error : .warning
        Issue.record("\(name) is not installed; without it this test proves nothing", severity: severity)
        return nil
    }

    private func run(_ path: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
