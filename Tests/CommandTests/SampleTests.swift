import Foundation
import TestSupport
import Testing

/// Every folder of `samples/` is documentation and a test: what the command prints for it stands beside the answers.
@Suite("Samples render as they stand in the repository")
struct SampleTests {
    static let cases = Repository.folders(in: "samples")
    static let packs = Repository.folders(in: "templates")

    @Test("There are samples") func exist() { #expect(Self.cases.count >= 8) }

    @Test("Rendered for each pack, with what is said about it", arguments: cases, packs)
    func renders(sample: String, pack: String) async throws {
        let output = try await Peerconf.run(["render", "samples/\(sample)", "--device", pack])
        try expect(output.stdout, equalsFile: "samples/\(sample)/expected/\(pack).txt")
        try expect(
            output.stderr + "exit status \(output.status)\n",
            equalsFile: "samples/\(sample)/expected/\(pack).messages.txt")
    }

    @Test("Listed", arguments: cases)
    func lists(sample: String) async throws {
        let output = try await Peerconf.run(["list", "samples/\(sample)"])
        try expect(output.stdout, equalsFile: "samples/\(sample)/expected/list.txt")
    }

    @Test("Rendering into a folder gives the same files, and a second run changes nothing", arguments: cases)
    func isIdempotent(sample: String) async throws {
        try await withTemporaryFolder { folder in
            let arguments = ["render", "samples/\(sample)", "--device", "strongswan", "-o", folder]
            let first = try await Peerconf.run(arguments)
            let before = try snapshot(of: folder)
            let second = try await Peerconf.run(arguments)
            #expect(first.status == second.status)
            #expect(try snapshot(of: folder) == before)
        }
    }

    /// Paths, contents and times of all files.
    private func snapshot(of folder: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            let full = folder + "/" + path
            let attributes = try FileManager.default.attributesOfItem(atPath: full)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            result[path] = "\(time)\n" + (try String(contentsOfFile: full, encoding: .utf8))
        }
        return result
    }
}
