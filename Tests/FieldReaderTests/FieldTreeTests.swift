import FieldReader
import Testing

@Suite("Field trees")
struct FieldTreeTests {
    @Test("JSON keeps order, kinds and the text of numbers")
    func kinds() throws {
        let text = #"{"z": 1e3, "a": -0.50, "t": true, "n": null, "s": "", "l": [1, {}], "o": {"k": "v"}}"#
        let root = try RecordReader.readJSON(ByteSource(Array(text.utf8), name: "context")).root
        #expect(root.kind == .object)
        #expect(root.children.map(\.name) == ["z", "a", "t", "n", "s", "l", "o"])
        #expect(root.children.map(\.kind) == [.number, .number, .boolean, .null, .text, .array, .object])
        #expect(root["z"]?.text == "1e3")
        #expect(root["a"]?.text == "-0.50")
        #expect(root["t"]?.text == "true")
        #expect(root["l"]?.children.map(\.kind) == [.number, .object])
        #expect(root["o"]?["k"]?.text == "v")
        #expect(root["nothing"] == nil)
    }

    @Test("any value may be a JSON document", arguments: ["12", "\"x\"", "null", "true", " [ ] ", "-0.0E+1"])
    func scalars(text: String) throws {
        let tree = try RecordReader.readJSON(ByteSource(Array(text.utf8), name: "context"))
        #expect(tree.count == 1)
    }

    @Test("an XML element with elements within is an object, every other a text")
    func elements() throws {
        let text = "<a><b> x </b><c/><d>\n  <e>1</e>\n</d></a>"
        let root = try RecordReader().readWhole(ByteSource(Array(text.utf8), name: "input")).root
        #expect(root.children.map(\.kind) == [.text, .text, .object])
        #expect(root["b"]?.text == " x ")
        #expect(root["b"]?.trimmedText == "x")
        #expect(root["d"]?.text == "")
    }

    /// The marks `①②…` stand before the places that the fields must have.
    @Test(
        "places are those of the tag and of the key, in characters",
        arguments: [
            "①<L>\n  ②<Id>1</Id>\n  ③<Name a='x'>é</Name>④<City>上海</City>⑤<Empty/>⑥<S  />\n⑦<Page>2</Page></L>",
            "①{②\"Id\": 1,\n\t③\"é\" : [④\"上\", ⑤[], ⑥true],\n\n⑦\"\\u0041\": {}}",
        ])
    func places(marked: String) throws {
        var expected: [[UInt32]] = []
        var (line, column): (UInt32, UInt32) = (1, 1)
        var text = ""
        for scalar in marked.unicodeScalars {
            if ("①"..."⑨").contains(scalar) {
                expected.append([line, column])
                continue
            }
            text.unicodeScalars.append(scalar)
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        let tree = try thingReader.readWhole(ByteSource(Array(text.utf8), name: "input"))
        #expect(places(tree.root) == expected)
    }

    private func places(_ field: Field) -> [[UInt32]] {
        [[field.line, field.column]] + field.children.flatMap { places($0) }
    }

    @Test("known names are numbers, unknown ones keep their text")
    func names() throws {
        let text = "<Id><Name/><name/><Nam/><Names/><Page/><Thing/></Id>"
        let root = try thingReader.readWhole(ByteSource(Array(text.utf8), name: "input")).root
        #expect(root.nameNumber == 1)
        #expect(root.children.map(\.nameNumber) == [2, nil, nil, nil, 0, 4])
        #expect(root.children.map(\.name) == ["Name", "name", "Nam", "Names", "Page", "Thing"])
    }

    @Test("more different names than the reader remembers are still told apart")
    func manyNames() throws {
        let elements = (0..<2000).map { "<n\($0)/><Id/>" }.joined()
        let root = try thingReader.readWhole(ByteSource(Array("<L>\(elements)</L>".utf8), name: "input")).root
        #expect(root.children.map(\.name) == (0..<2000).flatMap { ["n\($0)", "Id"] })
    }

    @Test("a tree outlives the reading")
    func lifetime() throws {
        var trees: [FieldTree] = []
        let text = "<L><Things><Thing><Id>1</Id></Thing><Thing><Id>2</Id></Thing></Things></L>"
        _ = try thingReader.read(ByteSource(Array(text.utf8), name: "input")) { record in
            trees.append(record.tree)
            return .proceed
        }
        #expect(trees.map { $0.root["Id"]?.text } == ["1", "2"])
    }
}
