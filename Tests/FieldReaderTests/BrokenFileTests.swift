import FieldReader
import Findings
import Foundation
import TestSupport
import Testing

/// Each file in `Fixtures/broken` has the finding that it must give beside it, as printed.
///
/// `PEERCONF_RECORD=1` writes them anew, and fails, so that nobody records by accident.
@Suite("Files that cannot be read")
struct BrokenFileTests {
    @Test("the whole printed finding", arguments: Fixtures.names(in: "broken"))
    func finding(name: String) throws {
        let bytes = try Fixtures.bytes(name, in: "broken")
        let problem = try #require(Reading(bytes, name: name).problem, "the file was accepted")
        let text = printed(problem.finding)
        let url = URL(filePath: Fixtures.path(name + ".finding", in: "broken"))
        if isRecording {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(url.lastPathComponent)")
        } else {
            let expected = try? String(contentsOf: url, encoding: .utf8)
            #expect(text == expected)
        }
    }

    @Test(
        "each finding has a place and a remedy, and none a line break",
        arguments: Fixtures.names(in: "broken"))
    func form(name: String) throws {
        let finding = try #require(Reading(try Fixtures.bytes(name, in: "broken"), name: name).problem)
            .finding
        #expect(finding.place.location?.file == name)
        #expect(finding.remedy?.isEmpty == false)
        #expect(!finding.message.contains { $0.isNewline })
        #expect(!finding.message.hasSuffix("."))
    }

    @Test(
        "no finding holds content of the document",
        arguments: [
            #"{"Psk": "hunter2"hunter3"}"#, #"{"Psk": "hunter2\hunter3"}"#, #"{"Psk": hunter2}"#, "{hunter2",
            "<L><Psk>hunter2<hunter3</Psk></L>", "<L><Psk>hunter2&hunter3;</Psk></L>",
            "<L><Psk>hunter2&hunter3</Psk></L>",
            "<L><Psk>hunter2</hunter3></L>", "<L><hunter2>x</Psk></L>", "<L><Psk><a/>hunter2</Psk></L>",
            "hunter2",
        ])
    func secrecy(text: String) throws {
        let problem = try #require(Reading(text).problem)
        #expect(!printed(problem.finding).contains("hunter"))
        #expect(!"\(problem)".contains("hunter"))
    }
}
