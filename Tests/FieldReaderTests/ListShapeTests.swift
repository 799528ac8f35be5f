import FieldReader
import Testing

/// The forms in which the API writes one list (api.md 4.2) all give the same records.
@Suite("Lists in all their shapes")
struct ListShapeTests {
    @Test(
        "an XML file and the JSON file of the same name hold the same records",
        arguments: Fixtures.names(in: "good").filter { $0.hasSuffix(".xml") })
    func xmlEqualsJSON(name: String) throws {
        let xml = Reading(try Fixtures.bytes(name, in: "good"))
        let json = Reading(try Fixtures.bytes(name.replacing(".xml", with: ".json"), in: "good"))
        #expect(xml.problem == nil)
        #expect(json.problem == nil)
        // An XML item is called by its element, an item of a JSON array has no name.
        #expect(xml.records.map(withoutName) == json.records.map(withoutName))
    }

    @Test("children named as items are the items")
    func wrapped() {
        let reading = Reading("<L><Things><Thing><Id>1</Id></Thing><Thing><Id>2</Id></Thing></Things></L>")
        #expect(reading.records == ["Thing{Id=1}", "Thing{Id=2}"])
    }

    @Test("a list with other children is one item itself")
    func flattened() {
        let reading = Reading("<L><Things><Id>1</Id><Name>n</Name></Things></L>")
        #expect(reading.records == ["Things{Id=1 Name=n}"])
        #expect(Reading(#"{"Things": {"Id": "1", "Name": "n"}}"#).records == ["Things{Id=1 Name=n}"])
    }

    @Test("repeated lists are one list, in the order sent")
    func siblings() {
        let reading = Reading("<L><Things><Id>1</Id></Things><Page>3</Page><Things><Id>2</Id></Things></L>")
        #expect(reading.records == ["Things{Id=1}", "Things{Id=2}"])
    }

    @Test(
        "an empty list has no items, but is told of",
        arguments: [
            "<L><Things/></L>", "<L><Things></Things></L>", "<L><Things>\n  </Things></L>",
            #"{"Things": []}"#,
            #"{"Things": {"Thing": []}}"#, #"{"Things": {"Thing": null}}"#, #"{"Things": null}"#,
            #"{"Things": {}}"#,
        ])
    func empty(text: String) throws {
        let reading = Reading(text)
        #expect(reading.problem == nil)
        #expect(reading.records.isEmpty)
        #expect(reading.envelope.contains("Things"))
    }

    @Test("records are left out of the envelope, all else is kept")
    func envelope() {
        let xml = Reading(
            "<L><Page>1</Page><Things><Thing><Id>1</Id></Thing></Things><More><A>x</A></More></L>")
        #expect(xml.envelope == "L{Page=1 Things{} More{A=x}}")
        let json = Reading(#"{"Page": 1, "Things": [{"Id": "1"}], "More": {"A": "x"}}"#)
        #expect(json.envelope == "{Page=1 Things{} More{A=x}}")
    }

    @Test("only directly under the root is a list a list")
    func deeper() {
        let reading = Reading("<L><In><Things><Thing><Id>1</Id></Thing></Things></In></L>")
        #expect(reading.records.isEmpty)
        #expect(reading.envelope == "L{In{Things{Thing{Id=1}}}}")
    }

    @Test("items that are no objects are handed out as they are")
    func oddItems() {
        #expect(Reading(#"{"Things": [1, null, "x", [2]]}"#).records == ["=1", "=", "=x", "{=2}"])
        #expect(Reading("<L><Things><Thing>x</Thing></Things></L>").records == ["Thing=x"])
    }

    @Test("items and fields of an item in one list are refused, in either order")
    func mixed() {
        let documents = [
            "<L><Things><Thing/><Id>1</Id></Things></L>", "<L><Things><Id>1</Id><Thing/></Things></L>",
            #"{"Things": {"Thing": [], "Id": "1"}}"#, #"{"Things": {"Id": "1", "Thing": []}}"#,
        ]
        for document in documents {
            #expect(Reading(document).problem?.kind == .mixedList("Things"), "\(document)")
        }
    }

    @Test("the receiver may stop the reading")
    func stop() throws {
        for text in ["<L><Things><Thing/><Thing/></Things><broken", #"{"Things": [{}, {}], broken"#] {
            var count = 0
            let envelope = try thingReader.read(ByteSource(Array(text.utf8), name: "input")) { _ in
                count += 1
                return .stop
            }
            #expect(envelope == nil)
            #expect(count == 1)
        }
    }

    private func withoutName(_ outline: String) -> String {
        String(outline.drop { $0 != "{" && $0 != "=" })
    }
}
