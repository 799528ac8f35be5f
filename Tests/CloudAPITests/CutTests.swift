import CloudAPI
import FieldReader
import Findings
import Foundation
import TestSupport
import Testing

/// A whole answer, cut off where a connection may have broken: anywhere.
@Suite("Answers cut at any byte")
struct CutTests {
    @Test(
        "One error says so, and nothing of it is used",
        arguments: ["samples/dual-bgp-vpn-gateway/response.xml", "samples/documentation-sample-json/response.json"])
    func cuts(name: String) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Repository.path(name))))
        let end = try #require(bytes.lastIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "}") })
        #expect(end > 1000)
        var wrong: [Int] = []
        for length in 0...end {
            let answers = ResponseSet(reading: [ByteSource(Array(bytes[..<length]), name: name)])
            let errors = answers.findings.count { $0.severity == .error }
            if errors != 1 || !answers.connections.isEmpty { wrong.append(length) }
        }
        #expect(wrong == [])
    }

    @Test("Any byte in the place of another is read or refused, in whatever way, with few words")
    func damage() throws {
        let name = "samples/documentation-sample-json/response.json"
        for path in [name, "samples/single-ikev2-policy/response.xml"] {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Repository.path(path))))
            for position in stride(from: 0, to: bytes.count, by: 3) {
                var damaged = bytes
                damaged[position] = [0, 0xFF, UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "&")][position % 5]
                let answers = ResponseSet(reading: [ByteSource(damaged, name: path)])
                #expect(answers.findings.count { $0.severity == .error } <= 2, "\(path) at \(position)")
            }
        }
    }
}
