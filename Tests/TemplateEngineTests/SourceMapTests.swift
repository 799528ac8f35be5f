import Findings
import TemplateEngine
import Testing

struct SourceMapTests {
    private func map(_ files: [String: String], _ context: Value) throws -> ([SourceMap.Line], String) {
        let environment = Environment(loader: { files[$0].map { Array($0.utf8) } })
        var output = Array("before\n".utf8)
        let map = try environment.template(named: "main").renderWithSourceMap(context, into: &output)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text == "before\n" + (try environment.template(named: "main").render(context)))
        return (map.lines, text)
    }

    private func frames(_ line: SourceMap.Line) -> [String] {
        line.frames.map { "\($0.template):\($0.line)" }
    }

    @Test func `leads through includes and macros`() throws {
        let (lines, _) = try map(
            [
                "main":
                    "{% macro m(x) %}\nm {{ x }}\n{% endmacro %}\nfirst\n{% include 'part' %}\n{{ m(b) }}",
                "part": "\npart {{ a }}\n",
            ], .dict(["a": "1", "b": "2"]))
        #expect(
            lines.map(frames) == [
                ["main:4"], ["main:5", "part:1"], ["main:5", "part:2"], ["main:6", "main:2"],
            ])
        #expect(lines.map { $0.values.map(\.expression) } == [[], [], ["a"], ["x"]])
    }

    @Test func `keeps the lines of a macro's text through filters`() throws {
        let (lines, text) = try map(
            ["main": "{% macro m(x) %}\none\ntwo {{ x }}\n{% endmacro %}\n{{ m(a)|indent(2, true) }}end\n"],
            .dict(["a": "1"]))
        #expect(text == "before\n  one\n  two 1\nend\n")
        #expect(lines.map(frames) == [["main:5", "main:2"], ["main:5", "main:3"], ["main:5"]])
        #expect(lines.map { $0.values.map(\.expression) } == [[], ["x"], []])
    }

    @Test func `has a line for each line`() throws {
        let (lines, text) = try map(
            ["main": "{% for p in l %}\n{{ p }}\n\n{% endfor %}\n{{ l|join(',') }}"],
            .dict(["l": ["a", "b"]]))
        #expect(lines.count == text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
        #expect(lines.allSatisfy { !$0.frames.isEmpty })
    }

    @Test func `says which values are secret`() throws {
        let (lines, _) = try map(
            ["main": "psk {{ k }}\nasn {{ n }}\n"],
            .dict([
                "k": .string("x", isSecret: true),
                "n": .int(5, origin: Origin(file: 1, line: 3, column: 0, field: 0)),
            ]))
        #expect(lines[0].values.map(\.isSecret) == [true])
        #expect(lines[1].values.flatMap(\.origins).map(\.line) == [3])
    }
}
