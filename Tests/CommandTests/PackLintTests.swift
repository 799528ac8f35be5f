import Foundation
import TestSupport
import Testing

/// What `templates lint` finds in packs with one fault each: `Fixtures/packs/sound` is without, the other folders hold
/// what is different and, in `lint.txt`, what is told.
@Suite("Faults of packs are found without any data")
struct PackLintTests {
    private static let folder = "Tests/CommandTests/Fixtures/packs"
    private static let faults = Repository.folders(in: folder).filter { $0 != "sound" }

    @Test("Each fault is told with its place", arguments: faults)
    func isTold(fault: String) async throws {
        let output = try await lint(["sound", fault])
        let told = output.stderr.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n")
        try expect(told + "exit status \(output.status)\n", equalsFile: "\(Self.folder)/\(fault)/lint.txt")
        // A note is enough only where something can be left out on purpose.
        #expect(fault == "no-words" ? told.contains("vocabulary.esp.group has no words") : output.status == 2)
    }

    @Test("The pack that they are made from has none")
    func sound() async throws {
        let output = try await lint(["sound"])
        #expect(output.status == 0)
        #expect(!output.stderr.contains("error") && !output.stderr.contains("warning"))
    }

    private func lint(_ layers: [String]) async throws -> CommandOutput {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/p", withIntermediateDirectories: true)
            for layer in layers {
                for file in Repository.files(in: "\(Self.folder)/\(layer)") where file != "lint.txt" {
                    let content = try Data(
                        contentsOf: URL(fileURLWithPath: Repository.path("\(Self.folder)/\(layer)/\(file)")))
                    try content.write(to: URL(fileURLWithPath: folder + "/p/" + file))
                }
            }
            return try await Peerconf.run(["templates", "lint", "--templates", folder, "p"])
        }
    }
}
