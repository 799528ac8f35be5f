import CloudAPI
import Findings
import Foundation
import TestSupport
import Testing

/// Answers that are no input: each file in `Fixtures/refused` has its printed findings beside it.
///
/// `PEERCONF_RECORD=1` writes them anew, and fails, so that nobody records by accident.
@Suite("Documents that are refused")
struct RefusedDocumentTests {
    @Test("the whole printed findings", arguments: Fixtures.names(in: "refused"))
    func findings(name: String) throws {
        let set = ResponseSet(reading: [try Fixtures.source(name, in: "refused")])
        #expect(set.documents.map(\.isRefused) == [true])
        #expect(set.connections.isEmpty)
        let text = set.findings.map(printed).joined()
        let url = Fixtures.url(name + ".findings", in: "refused")
        if isRecording {
            try Data(text.utf8).write(to: url)
            Issue.record("recorded \(url.lastPathComponent)")
        } else {
            #expect(text == (try? String(contentsOf: url, encoding: .utf8)))
        }
    }

    @Test("an error answer is data, too")
    func apiError() throws {
        let set = ResponseSet(reading: [try Fixtures.source("error.xml", in: "refused")])
        let error = try #require(set.documents.first?.apiError)
        #expect(error.code.value == "Forbbiden.SubUser")
        #expect(error.message?.value == "User not authorized.")
        #expect(error.requestId?.value == "0A")
        #expect(error.hostId?.value == "vpc.aliyuncs.com")
        #expect(error.recommend?.value == "https://error.example.invalid/?q=1&p=2")
    }

    @Test(
        "known codes are explained, families by their beginning",
        arguments: [
            ("Forbidden", "may not read"), ("Forbidden.RAM", "may not read"),
            ("Forbidden.TagKey.Duplicated", "tag key"),
            ("InvalidParameter.TagValue", "tag filter"), ("Throttling.User", "too many calls"),
            ("Api.Throttling", "too many calls"),
            ("InvalidVpnConnectionInstanceId.NotFound", "no such connection"),
        ])
    func meanings(code: String, words: String) {
        let set = read(#"{"Code": "\#(code)", "Message": "m"}"#)
        #expect(set.findings.map(\.rule) == ["PC050"])
        #expect(set.findings.first?.message.contains(words) == true)
    }
}
