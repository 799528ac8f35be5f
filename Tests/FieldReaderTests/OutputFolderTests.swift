import FieldReader
import Foundation
import TestSupport
import Testing

@Suite("Output folder")
struct OutputFolderTests {
    @Test(
        "Nothing is written outside of it, whatever a file is called",
        arguments: ["../evil", "a/../../evil", "/evil", "a//evil", "a/./evil", "..", ".", ""])
    func staysBelow(path: String) async throws {
        try await withTemporaryFolder { folder in
            #expect(throws: FileProblem.self) { () throws in
                _ = try OutputFolder(folder + "/out").write(Array("x".utf8), to: path, isSecret: false)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == [])
        }
    }
}
