import FieldReader
import Findings
import Foundation
import Testing

@Suite("Sources of bytes")
struct ByteSourceTests {
    @Test("a file is read from disk and named as given")
    func file() throws {
        let path = Fixtures.path("wrapped.xml", in: "good")
        var count = 0
        _ = try ByteSource.withFile(path) { source throws(ReadProblem) in
            #expect(source.name == path)
            return try thingReader.read(source) { _ in
                count += 1
                return .proceed
            }
        }
        #expect(count == 2)
    }

    @Test("a missing file and a folder are findings in the system's words")
    func unreadable() {
        for (path, reason) in [("/no/such/file.xml", "No such file or directory"), ("/", "Is a directory")] {
            do throws(ReadProblem) {
                _ = try ByteSource.withFile(path) { source throws(ReadProblem) in
                    try thingReader.readWhole(source)
                }
                Issue.record("\(path) was read")
            } catch {
                #expect(error.kind == .unreadable(reason: reason))
                #expect(printed(error.finding).hasPrefix("\(path):1: error PC001: "))
            }
        }
    }

    @Test("a pipe that is written slowly is read to its end")
    func pipe() throws {
        let pipe = Pipe()
        let text = "<L><Things><Thing><Id>1</Id></Thing></Things></L>"
        let writer = Thread {
            for byte in text.utf8 { pipe.fileHandleForWriting.write(Data([byte])) }
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        var count = 0
        let source = ByteSource(descriptor: pipe.fileHandleForReading.fileDescriptor, name: "<stdin>")
        _ = try thingReader.read(source) { _ in
            count += 1
            return .proceed
        }
        #expect(count == 1)
    }

    @Test("the reader can be used again and from many threads")
    func threads() async {
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    Reading("<L><Things><Thing><Id>1</Id></Thing></Things></L>").records.count
                        + Reading("<L><Things><Thing>").records.count
                }
            }
            for await count in group { #expect(count == 1) }
        }
    }
}
