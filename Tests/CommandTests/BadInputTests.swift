import Foundation
import TestSupport
import Testing

/// Each file of `Fixtures/bad` has one thing wrong; what is said about it stands beside it.
///
/// All keys in these files hold the word CANARY.
@Suite("Bad input: one clear finding, no crash, no file written, no key in the message")
struct BadInputTests {
    private static let folder = "Tests/CommandTests/Fixtures/bad"
    private static let doubtfulFolder = "Tests/CommandTests/Fixtures/doubtful"
    static let files = Repository.files(in: folder).filter { !$0.hasSuffix(".expected.txt") }
    static let doubtful = Repository.files(in: doubtfulFolder).filter { !$0.hasSuffix(".expected.txt") }

    @Test("There are cases, and no answers without a case")
    func exist() {
        #expect(Self.files.count > 70)
        #expect(Self.doubtful.count > 12)
        for folder in [Self.folder, Self.doubtfulFolder] {
            let names = Set(Repository.files(in: folder))
            let orphans = names.filter { $0.hasSuffix(".expected.txt") && !names.contains(String($0.dropLast(13))) }
            #expect(orphans == [])
        }
    }

    @Test("What is said", arguments: files)
    func message(name: String) async throws {
        try await withTemporaryFolder { folder in
            let output = try await render("\(Self.folder)/\(name)", to: folder + "/out")
            #expect(output.status == 2)
            #expect(output.stderr.count(of: "error") == 1, "one clear finding")
            #expect(output.stderr.count(of: "warning") == 0, "one clear finding")
            #expect(!FileManager.default.fileExists(atPath: folder + "/out"), "something is written")
        }
    }

    @Test("What was written before stays as it was", arguments: ["truncated.xml", "masked-psk.xml", "empty.xml"])
    func keepsOldFiles(name: String) async throws {
        try await withTemporaryFolder { folder in
            let target = folder + "/out"
            let sample = ["render", "samples/single-ikev2-policy", "--device", "strongswan", "-o", target]
            _ = try await Peerconf.run(sample)
            let before = try contents(of: target)
            #expect(before.count == 3)
            let output = try await Peerconf.run([
                "render", "\(Self.folder)/\(name)", "--device", "strongswan", "-o", target,
            ])
            #expect(output.status == 2)
            #expect(try contents(of: target) == before)
        }
    }

    @Test("What is doubtful is rendered with a warning, or passed over with one", arguments: doubtful)
    func doubt(name: String) async throws {
        try await withTemporaryFolder { folder in
            let output = try await render("\(Self.doubtfulFolder)/\(name)", to: folder + "/out")
            #expect(output.status == 1)
            #expect(output.stderr.count(of: "error") == 0)
            #expect(output.stderr.count(of: "warning") >= 1)
        }
    }

    @Test("One broken connection does not stop the others", arguments: ["masked-psk.xml", "unknown-encryption.xml"])
    func partial(name: String) async throws {
        let output = try await Peerconf.run(
            ["render", "\(Self.folder)/\(name)", "samples/ikev1-main-2x2", "--device", "strongswan"])
        #expect(output.status == 3)
        #expect(output.stdout.contains("vco-bp1fehs66aaez9zx8qpgc {"))
    }

    /// Renders a file with its keys, and checks what must hold for every input.
    private func render(_ file: String, to folder: String) async throws -> CommandOutput {
        let arguments = ["render", file, "--device", "strongswan", "--secrets", "inline"]
        let output = try await Peerconf.run(arguments + ["-o", folder])
        try expect(output.stderr + "exit status \(output.status)\n", equalsFile: "\(file).expected.txt")
        #expect(output.stdout.isEmpty)
        // Neither keys nor what could move a terminal's cursor.
        #expect(!output.stderr.contains("CANARY"), "a key is shown")
        let controls = output.stderr.unicodeScalars.filter {
            $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
        }
        #expect(controls.isEmpty, "control characters are shown")
        return output
    }

    private func contents(of folder: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            if let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) { result[path] = text }
        }
        return result
    }
}

extension String {
    /// How many findings of a severity a report has.
    fileprivate func count(of severity: String) -> Int {
        split(separator: "\n").filter { $0.hasPrefix("\(severity): ") || $0.contains(": \(severity): ") }.count
    }
}
