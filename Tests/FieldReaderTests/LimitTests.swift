import FieldReader
import Testing

/// Memory and stack stay bounded, whatever is fed in.
@Suite("Limits")
struct LimitTests {
    private func problem(_ text: String, _ limits: ReadLimits) -> ReadProblem.Kind? {
        let shapes = [RecordShape(list: "Things", item: "Thing")]
        return Reading(text, reader: RecordReader(names: [], shapes: shapes, limits: limits)).problem?.kind
    }

    @Test("depth, up to the limit and beyond")
    func depth() {
        let limits = ReadLimits(depth: 5)
        #expect(problem("<a><a><a><a><a/></a></a></a></a>", limits) == nil)
        #expect(problem("<a><a><a><a><a><a/></a></a></a></a></a>", limits) == .tooDeep(limit: 5))
        #expect(problem("[[[[[]]]]]", limits) == nil)
        #expect(problem("[[[[[[]]]]]]", limits) == .tooDeep(limit: 5))
    }

    @Test("a million brackets do not reach the stack's end")
    func brackets() {
        #expect(problem(String(repeating: "[", count: 1_000_000), ReadLimits()) == .tooDeep(limit: 64))
        #expect(problem(String(repeating: "<a>", count: 1_000_000), ReadLimits()) == .tooDeep(limit: 64))
    }

    @Test("text and fields of one record are limited, records are not")
    func size() {
        let limits = ReadLimits(bytes: 100, fields: 10)
        let record = "<Thing><a>\(String(repeating: "x", count: 40))</a></Thing>"
        #expect(problem("<L><Things>\(String(repeating: record, count: 50))</Things></L>", limits) == nil)
        let long = "<Thing><a>\(String(repeating: "x", count: 101))</a></Thing>"
        #expect(problem("<L><Things>\(long)</Things></L>", limits) == .tooLarge)
        let wide = "<Thing>\(String(repeating: "<a/>", count: 10))</Thing>"
        #expect(problem("<L><Things>\(wide)</Things></L>", limits) == .tooLarge)
        #expect(
            problem(#"{"Things": [{"a": "\#(String(repeating: "x", count: 101))"}]}"#, limits) == .tooLarge)
        #expect(problem(#"{"Things": [[\#(String(repeating: "1,", count: 10))1]]}"#, limits) == .tooLarge)
        #expect(problem("<L>\(String(repeating: "<a/>", count: 10))</L>", limits) == .tooLarge)
    }

    @Test("names and numbers of any length are bounded")
    func names() {
        let name = String(repeating: "n", count: 70_000)
        #expect(problem(#"{"\#(name)": 1}"#, ReadLimits()) == .tooLarge)
        #expect(problem("<L><\(name)/></L>", ReadLimits()) != nil)
        #expect(problem(#"{"a": 1\#(String(repeating: "0", count: 5000))}"#, ReadLimits()) == .tooLarge)
    }
}
