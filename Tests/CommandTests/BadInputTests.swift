import Foundation
import TestSupport
import Testing

/// Each file of `Fixtures/bad` has one thing wrong; what is said about it stands beside it.
@Suite("Bad input: one clear finding, no crash, no partial file, no key in the message")
struct BadInputTests {
    private static let folder = "Tests/CommandTests/Fixtures/bad"
    static let files = Repository.files(in: folder).filter { !$0.hasSuffix(".expected.txt") }

    @Test("There are cases") func exist() { #expect(Self.files.count > 20) }

    @Test("What is said", arguments: files)
    func message(name: String) async throws {
        try await withTemporaryFolder { folder in
            let output = try await Peerconf.run(
                [
                    "render", "\(Self.folder)/\(name)", "--device", "strongswan", "--secrets", "inline", "-o",
                    folder + "/out",
                ])
            try expect(
                output.stderr + "exit status \(output.status)\n", equalsFile: "\(Self.folder)/\(name).expected.txt")
            #expect(output.status == 2)
            #expect(output.stdout.isEmpty)
            #expect(!(output.stderr + output.stdout).contains("CANARY"), "a key is shown")
            let errors = output.stderr.split(separator: "\n").filter {
                $0.contains(": error: ") || $0.hasPrefix("error: ")
            }
            #expect(errors.count == 1, "one clear finding")
            let written = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            #expect(written.filter { $0.contains("swanctl") } == [], "a partial file")
        }
    }

    @Test("One broken connection does not stop the others", arguments: ["masked-psk.xml", "unknown-encryption.xml"])
    func partial(name: String) async throws {
        let output = try await Peerconf.run(
            ["render", "\(Self.folder)/\(name)", "samples/ikev1-main-2x2", "--device", "strongswan"])
        #expect(output.status == 3)
        #expect(output.stdout.contains("vco-bp1fehs66aaez9zx8qpgc {"))
    }
}
