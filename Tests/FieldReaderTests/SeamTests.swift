import FieldReader
import Testing

/// Bytes come in pieces of any size, and files are cut anywhere.
@Suite("Seams and cuts")
struct SeamTests {
    static let all = ["good", "broken"].flatMap { folder in Fixtures.names(in: folder).map { [folder, $0] } }

    @Test("pieces of any size give the same reading", arguments: all, [1, 2, 3, 7])
    func pieces(file: [String], chunkSize: Int) throws {
        let bytes = try Fixtures.bytes(file[1], in: file[0])
        #expect(Reading(bytes, chunkSize: chunkSize) == Reading(bytes))
    }

    @Test("blocks of the reader's own size give the same reading", arguments: ["xml", "json"])
    func blocks(format: String) {
        // Texts and keys of all lengths cross the seams at all places, escaped and plain ones.
        let items = (0..<4000).map { number in
            let text = String(repeating: "x", count: number % 61) + "上"
            return format == "xml"
                ? "<Thing><Id>\(number)</Id><Name>\(text)&amp;</Name><n\(number)>\(text)</n\(number)></Thing>"
                : #"{"Id": "\#(number)", "Name": "\#(text)&", "\#("n\(number)")": "\#(text)"}"#
        }
        let document =
            format == "xml"
            ? "<L><Things>\(items.joined())</Things></L>" : #"{"Things": [\#(items.joined(separator: ","))]}"#
        let whole = Reading(document)
        #expect(whole.problem == nil)
        #expect(whole.records.count == 4000)
        #expect(whole.records.last?.contains("Id=3999") == true)
        #expect(whole == Reading(Array(document.utf8), chunkSize: 4095))
    }

    @Test("a file cut at any byte gives one finding", arguments: Fixtures.names(in: "good"))
    func cuts(name: String) throws {
        let bytes = try Fixtures.bytes(name, in: "good")
        let isUTF16 = name.hasPrefix("utf16") && name.hasSuffix(".xml")
        // The last byte is a line feed, without which the document is still whole.
        let whole = bytes.count - (isUTF16 ? 2 : 1)
        for length in 0..<whole {
            #expect(Reading(Array(bytes[..<length])).problem != nil, "accepted at \(length)")
        }
    }

    @Test("a file cut after its beginning is said to be cut", arguments: Fixtures.names(in: "good"))
    func cutsAreNamed(name: String) throws {
        let bytes = try Fixtures.bytes(name, in: "good")
        guard !name.hasPrefix("utf16"), let start = bytes.firstIndex(where: { $0 == 0x3C || $0 == 0x7B })
        else { return }
        for length in (start + 6)..<(bytes.count - 1) {
            let kind = Reading(Array(bytes[..<length])).problem?.kind
            #expect(kind == .truncated, "cut at \(length)")
        }
    }
}
