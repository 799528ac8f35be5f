import Findings
import TemplateEngine
import Testing

/// The engine from the outside, in the order in which one gets to know it.
struct ManualTests {
    @Test func `a template is compiled once and rendered with a context`() throws {
        let template = try Environment().template(
            source: """
                hostname {{ name|lower }}
                {% for peer in peers %}
                neighbor {{ peer.address }} remote-as {{ peer.asn }}
                {% endfor %}

                """)
        let text = try template.render(
            .dict([
                "name": "EDGE-1",
                "peers": [
                    .dict(["address": "192.0.2.1", "asn": 65001]),
                    .dict(["address": "192.0.2.2", "asn": 65002]),
                ],
            ]))
        #expect(
            text == """
                hostname edge-1
                neighbor 192.0.2.1 remote-as 65001
                neighbor 192.0.2.2 remote-as 65002

                """)
    }

    @Test func `a host gives objects as records of a shape`() throws {
        let shape = Shape(["name", "asn"])
        let router = Record(shape, [.string("edge-1"), 65001])
        var output = Array("! ".utf8)
        try Environment().template(source: "{{ name }}: {{ asn }}").render(router, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "! edge-1: 65001")
    }

    @Test func `includes and imports come from the loader and from nowhere else`() throws {
        let files = [
            "main.j2": "{% from 'macros.j2' import comment %}{{ comment(title) }}{% include 'body.j2' %}",
            "macros.j2": "{% macro comment(text) %}! {{ text }}\n{% endmacro %}",
            "body.j2": "end\n",
        ]
        let environment = Environment(loader: { files[$0].map { Array($0.utf8) } })
        let text = try environment.template(named: "main.j2").render(.dict(["title": "Branch"]))
        #expect(text == "! Branch\nend\n")
    }

    @Test func `a host adds filters of its own`() throws {
        let mask = Filter("prefix_length", [.optional("bits", default: 32)], result: .int) {
            value, arguments throws(FilterFailure) in
            guard case .text(let text) = value, case .int(let bits, _) = arguments[0] else {
                throw FilterFailure("an address is needed")
            }
            return .int(text.string == "255.255.255.0" ? 24 : bits)
        }
        let environment = Environment(filters: [mask])
        let template = try environment.template(
            source: "{{ mask|prefix_length }} {{ 'x'|prefix_length(bits=8) }}")
        #expect(try template.render(.dict(["mask": "255.255.255.0"])) == "24 8")
    }

    /// Values from outside can't break out of their place.
    private static let rules = OutputRules(
        name: "bare word", bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-"),
        quoted: { text throws(FilterFailure) in
            guard !text.contains("\"") else { throw FilterFailure("a quotation mark can't be written") }
            return "\"" + text + "\""
        },
        remark: { text in String(text.map { $0 == "\n" ? " " : $0 }) })

    @Test func `text from outside must fit the device's bare words or be quoted`() throws {
        let environment = Environment(rules: Self.rules)
        let context = Value.dict(["name": .string("Frankfurt office"), "id": .string("vco-1")])
        let good = try environment.template(source: "id {{ id }}\ndescription {{ name|quoted }}\n")
        #expect(try good.render(context) == "id vco-1\ndescription \"Frankfurt office\"\n")

        let bad = try environment.template(source: "id {{ id }}\ndescription {{ name }}\n", named: "peer.j2")
        let error = #expect(throws: TemplateError.self) { try bad.render(context) }
        #expect(error?.kind == .notBare(expression: "name", character: 0x20, rule: "bare word"))
        #expect(error?.message == "the value of `name` holds a blank, which a bare word can't hold")
        #expect(error?.remedy == "use `| quoted`, or `| remark` inside a comment")
        #expect(error?.line == 2)
    }

    @Test func `an error says where, what, what was meant and how it came there`() throws {
        let files = [
            "peers.j2": "{% for peer in peers %}\n{% include 'peer.j2' %}\n{% endfor %}\n",
            "peer.j2": "neighbor {{ peer.adress }}\n",
        ]
        let environment = Environment(loader: { files[$0].map { Array($0.utf8) } })
        let context = Value.dict([
            "peers": [.dict(["id": .string("vco-1"), "address": .string("192.0.2.1")])]
        ])
        let error = #expect(throws: TemplateError.self) {
            try environment.template(named: "peers.j2").render(context)
        }
        let finding = try #require(error?.finding())
        #expect(finding.rule == "PC510")
        #expect(finding.message == "in `peer.adress` there is no `adress`")
        #expect(finding.remedy == "did you mean `peer.address`?")
        #expect(finding.place.location?.description == "peer.j2:1:18")
        #expect(
            finding.excerpt?.lines == [
                "  1 | neighbor {{ peer.adress }}", "    |                  ^^^^^^",
            ])
        #expect(
            finding.notes.map(\.message) == [
                "at element 1 of `peers`, vco-1", "in the included template `peer.j2`",
            ])
    }

    @Test func `a source map tells where each line came from`() throws {
        var origins = OriginTable(fieldPaths: ["Name"])
        let file = origins.addFile("response.xml")
        let name = Text("edge-1", origin: Origin(file: file, line: 7, column: 1, field: 1))
        let template = try Environment().template(source: "a\n{{ name }}{{ 1 + 1 }}\nz\n", named: "t.j2")
        var output: [UInt8] = []
        let map = try template.renderWithSourceMap(.dict(["name": .text(name)]), into: &output)
        #expect(map.lines.map { $0.frames.map(\.line) } == [[1], [2], [3]])
        #expect(map.lines[1].values.map(\.expression) == ["name", "1 + 1"])
        let origin = try #require(map.lines[1].values.first?.origins.first)
        #expect(origins.location(of: origin)?.description == "response.xml:7:1")
    }

    @Test func `the static check needs no data`() throws {
        let template = try Environment().template(
            source: "{% if peer.up %}{{ peer.adress }}{% endif %}{{ pear.asn }}", named: "t.j2")
        let schema = Schema.record(["peer": .record(["up": .bool, "address": .text, "asn": .int])])
        let errors = template.check(against: schema)
        #expect(
            errors.map(\.kind) == [
                .undefinedMember(path: "peer.adress", missing: "adress", nearest: "peer.address"),
                .undefinedVariable("pear", nearest: "peer"),
            ])
    }

    @Test func `what Jinja2 has and the engine has not is refused by name`() throws {
        let error = #expect(throws: TemplateError.self) {
            try Environment().template(source: "{% do names.append(1) %}")
        }
        #expect(error?.message == "the tag `do` of Jinja2 is not supported")
        #expect(error?.remedy == "collect in a namespace: `{% set ns.list = ns.list + [x] %}`")
    }
}
