import Foundation
import TestSupport
import Testing

/// What `peerconf render --device strongswan` prints, loaded by a real charon and compared with the raw answers.
@Suite("Rendered configurations in a real charon", .needsCharon)
struct RenderedTests {
    static let samples = Repository.folders(in: "samples")

    @Test("Every sample loads in silence, and charon holds what the answers say", arguments: samples)
    func inline(name: String) async throws {
        try await proveInline(folder: Repository.path("samples/\(name)"))
    }

    @Test("The same from split files, included as on a device", arguments: samples)
    func split(name: String) async throws {
        let folder = Repository.path("samples/\(name)")
        let facts = try AnswerFacts(folder: folder)
        try await withTemporaryFolder { temporary in
            let target = temporary + "/output"
            let output = try await Peerconf.run(
                ["render", folder, "--device", "strongswan", "--secrets", "split", "-o", target])
            #expect(facts.connections.filter { facts.leftOut.contains($0) && !output.stderr.contains($0) } == [])
            let parts = try configurationFiles(below: target)
            #expect(parts.isEmpty == facts.tunnels.isEmpty)
            // Keys stand in files that only their owner can read, and nowhere else.
            for part in parts {
                let mode = try FileManager.default.attributesOfItem(atPath: part.path)[.posixPermissions] as? Int
                #expect((mode == 0o600) == part.path.hasSuffix(".secrets.conf"), "\(part.path)")
                let leaks = facts.tunnels.contains { $0.key.count > 3 && part.holds($0.key) }
                #expect(!leaks || part.path.hasSuffix(".secrets.conf"), "\(part.path) holds a key")
            }
            for part in try configurationFiles(below: target, suffix: ".conf.example") {
                #expect(!facts.tunnels.contains { $0.key.count > 3 && part.holds($0.key) }, "\(part.path) holds a key")
            }
            guard !parts.isEmpty else { return }
            var files = ["swanctl.conf": "include conf.d/*.conf\n"]
            for (number, part) in parts.enumerated() { files["conf.d/\(number).conf"] = part.text }
            let report = try await withCharon { try await $0.load(files) }
            try Comparison(report: report).check(facts.tunnels)
        }
    }

    @Test(
        "Random fleets with every value there is",
        arguments: [(UInt64(1), true), (2, false)] + Seeds.more.map { ($0, true) })
    func fleets(seed: UInt64, asXML: Bool) async throws {
        try await withTemporaryFolder { folder in
            try Fleet(seed: seed, count: Seeds.size(160), for: .loading).write(to: folder, asXML: asXML)
            let facts = try AnswerFacts(folder: folder)
            #expect(facts.connections.count == Seeds.size(160))
            #expect(facts.leftOut == [], "seed \(seed)")
            try await proveInline(folder: folder, "seed \(seed)")
        }
    }

    @Test("Every printable character of a key, in each of 100 places, arrives unchanged, as do keys of every length")
    func keys() async throws {
        let characters = (0x21...0x7E).map { String(UnicodeScalar(UInt8($0))) }
        let keys =
            characters.flatMap { ["\($0)a1B2c3D4e5", "a1B2c\($0)3D4e5", "a1B2c3D4e5\($0)"] } + characters
            + [
                "0x12ab", "0X12AB", "0xzz", "0x", "0sQUJD", "0SQUJD", "0s", "0s!", #"\\"#, #""""#, #"\""#, #"\n"#,
                "${x}",
                "a#b", "}", "\"}secrets{", String(repeating: "\\", count: 100), String(repeating: "\"", count: 100),
            ]
            + KeySquare.keys()
        let connections = keys.enumerated().map { index, key in KeyAnswer.connection(index, key: key) }
        try await withTemporaryFolder { folder in
            try AnswerNode.page(connections, size: keys.count, total: keys.count).xmlDocument()
                .write(toFile: folder + "/page.xml", atomically: false, encoding: .utf8)
            // A key of nothing but asterisks is a masked one, and refused.
            #expect(try AnswerFacts(folder: folder).leftOut.count == 1)
            try await proveInline(folder: folder)
        }
    }

    /// Renders a folder of answers, loads the result, and compares what charon was told with the answers.
    private func proveInline(folder: String, _ comment: String = "") async throws {
        let facts = try AnswerFacts(folder: folder)
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
        let unnamed = facts.leftOut.filter { !output.stderr.contains($0) }
        #expect(unnamed == [], "left out without a word; \(comment)")
        guard !facts.tunnels.isEmpty else {
            #expect(output.stdout.isEmpty)
            #expect(output.status == 2)
            return
        }
        #expect((output.status == 3) == !facts.leftOut.isEmpty, "\(comment)")
        let report = try await withCharon { try await $0.load(output.swanctlText) }
        try Comparison(report: report, comment: comment).check(facts.tunnels)
    }

    private struct Part {
        var path: String
        var text: String

        func holds(_ key: [UInt8]) -> Bool { text.contains(String(decoding: key, as: UTF8.self)) }
    }

    private func configurationFiles(below folder: String, suffix: String = ".conf") throws -> [Part] {
        var parts: [Part] = []
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init()
        where path.contains("/swanctl/") && path.hasSuffix(suffix) {
            parts.append(
                Part(path: "\(folder)/\(path)", text: try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)))
        }
        return parts
    }
}
