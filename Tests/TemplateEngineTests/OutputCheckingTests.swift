import Findings
import TemplateEngine
import Testing

/// What comes from outside stays untrusted whatever a template does to it.
struct OutputCheckingTests {
    private static let rules = OutputRules(
        name: "bare word", bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-"),
        quoted: { text throws(FilterFailure) in
            if text.contains("\"") { throw FilterFailure("a quotation mark can't be written") }
            return "\"" + text + "\""
        },
        remark: { $0 })

    private static let context = Value.dict([
        "good": .string("a-b.c"), "bad": .string("a b"), "evil": .string("x\n set y"), "empty": .string(""),
        "constant": .trusted("two words"), "list": .list([.string("a"), .string("b c")]), "number": 7,
        "umlaut": .string("ü"), "separator": .string("\u{2028}"), "bidi": .string("a\u{202E}b"),
        "map": .dict(Dict([(Text("k k"), .string("v"))])),
        "secret": .string("geheim nis", isSecret: true),
    ])

    private func render(_ source: String) throws(TemplateError) -> String {
        try Environment(rules: Self.rules).template(source: source).render(Self.context)
    }

    @Test(arguments: [
        ("{{ good }}", "a-b.c"), ("{{ constant }}", "two words"), ("{{ 'lit eral' }}", "lit eral"),
        ("{{ number }}", "7"), ("{{ empty }}", ""), ("{{ bad|quoted }}", "\"a b\""),
        ("{{ bad|quoted ~ ';' }}", "\"a b\";"), ("{{ 'x ' ~ bad|quoted }}", "x \"a b\""),
        ("{{ bad|replace(' ', '-') }}", "a-b"), ("{{ list|map('quoted')|join(' ') }}", "\"a\" \"b c\""),
        ("{% macro m(x) %}<{{ x|quoted }}>{% endmacro %}{{ m(bad) }}", "<\"a b\">"),
        ("{% macro m(x) %}\n<{{ x|quoted }}>\n{% endmacro %}{{ m(bad)|indent(2, true) }}", "  <\"a b\">\n"),
        ("{% macro m(x) %} {{ x|quoted }} {% endmacro %}[{{ m(bad)|trim }}]", "[\"a b\"]"),
        ("{% set q = bad|quoted %}{{ q }}{{ q }}", "\"a b\"\"a b\""),
        ("{{ bad|remark }}", "a b"), ("{{ number|quoted }}", "\"7\""), ("{{ bad|length }}", "3"),
        ("{{ 'yes no' if bad else 'x' }}", "yes no"), ("{{ '%s = %s'|format('a', good) }}", nil),
        ("{% for x in ['p q'] %}{{ x }}{% endfor %}", "p q"),
    ])
    func `fits or is made to fit`(source: String, expected: String?) throws {
        guard let expected else {
            #expect(throws: TemplateError.self) { try render(source) }
            return
        }
        #expect(try render(source) == expected)
    }

    @Test(arguments: [
        "{{ bad }}", "{{ bad ~ '' }}", "{{ 'x' ~ bad }}", "{{ bad + 'x' }}", "{{ bad|upper }}",
        "{{ bad|lower }}",
        "{{ bad|replace('a', 'b') }}", "{{ 'x'|replace('x', bad) }}", "{{ bad[0:3] }}", "{{ bad[1] }}",
        "{{ list|join('') }}", "{{ ['a', 'b']|join(bad) }}", "{{ bad.split('a')[1] }}",
        "{{ bad|default('x') }}",
        "{{ bad|trim }}", "{{ bad|indent }}", "{{ '%s'|format(bad) }}", "{{ '%s' % bad }}", "{{ bad * 2 }}",
        "{{ bad|capitalize }}", "{{ bad|reverse }}", "{{ bad|string }}", "{{ list|last }}",
        "{{ list|sort|last }}",
        "{{ list|map('upper')|join }}", "{{ bad if true else 'x' }}", "{{ bad or 'x' }}", "{{ bad.upper() }}",
        "{{ bad.replace('a', 'c') }}", "{{ ' '.join(list) }}", "{{ bad|quoted|upper }}",
        "{{ bad|quoted ~ bad }}",
        "{{ (bad|quoted)[1:] }}", "{{ (bad|quoted)|replace('\"', '') }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(bad) }}",
        "{% set ns = namespace(x=bad) %}{{ ns.x }}", "{% for k, v in map.items() %}{{ k }}{% endfor %}",
        "{% for c in bad %}{{ c }}{% endfor %}", "{{ map|tojson }}", "{{ map.keys()|join }}", "{{ umlaut }}",
        "{% for g, l in [{'x': bad}]|groupby('x') %}{{ g }}{% endfor %}",
        "{{ [bad, 'z']|max }}{{ [bad]|min }}",
    ])
    func `does not fit`(source: String) throws {
        let error = #expect(throws: TemplateError.self) { try render(source) }
        guard case .notBare? = error?.kind else {
            Issue.record("\(source): \(error?.message ?? "")")
            return
        }
    }

    @Test(arguments: [
        "{{ evil }}", "{{ evil|quoted }}", "{{ evil|remark }}", "{{ 'x' ~ evil }}", "{{ evil|upper }}",
        "{{ evil|replace('y', 'z')|quoted }}", "{% macro m(x) %}{{ x|quoted }}{% endmacro %}{{ m(evil) }}",
        "{{ separator }}", "{{ separator|quoted }}", "{{ bidi }}",
    ])
    func `no line break gets through`(source: String) throws {
        let error = #expect(throws: TemplateError.self) { try render(source) }
        guard case .controlCharacter? = error?.kind else {
            Issue.record("\(source): \(error?.message ?? "")")
            return
        }
    }

    @Test func `nothing is quoted twice`() throws {
        for source in [
            "{{ bad|quoted|quoted }}", "{{ bad|quoted|remark }}",
            "{% macro m(x) %}{{ x|quoted }}{% endmacro %}{{ m(bad)|quoted }}",
        ] {
            let error = #expect(throws: TemplateError.self) { try render(source) }
            guard case .alreadyQuoted? = error?.kind else {
                Issue.record("\(source)")
                continue
            }
        }
    }

    @Test func `a host's filter can't make anything trusted`() throws {
        let launder = Filter("launder") { value, _ in
            guard case .text(let text) = value else { return value }
            return .text(Text(text.string, trust: .trusted))
        }
        let mark = Filter("mark") { value, _ in
            guard case .text(let text) = value else { return value }
            return .text(Text(text.string, trust: .marked))
        }
        let environment = Environment(filters: [launder, mark], rules: Self.rules)
        for source in ["{{ bad|launder }}", "{{ bad|mark }}", "{{ bad|quoted|mark|upper }}"] {
            #expect(throws: TemplateError.self) {
                try environment.template(source: source).render(Self.context)
            }
        }
    }

    @Test func `an error tells the origin and never the secret`() throws {
        var origins = OriginTable(fieldPaths: ["IkeConfig.Psk"])
        let file = origins.addFile("response.xml")
        let origin = Origin(file: file, line: 12, column: 3, field: 1)
        let context = Value.dict([
            "peers": .list([
                .dict(["id": .string("vco-1"), "psk": .string("geheim nis", origin: origin, isSecret: true)])
            ])
        ])
        let template = try Environment(rules: Self.rules).template(
            source: "{% for p in peers %}\npsk = {{ p.psk ~ '' }}\n{% endfor %}", named: "t.j2")
        let error = #expect(throws: TemplateError.self) { try template.render(context) }
        let finding = try #require(error?.finding(origins: origins))
        #expect(finding.notes.first?.location?.description == "response.xml:12:3")
        #expect(finding.place.field == "IkeConfig.Psk")
        #expect(!"\(finding)".contains("geheim"))
        #expect(!"\(String(describing: error))".contains("geheim"))
    }

    @Test func `without rules nothing is checked and the filters are absent`() throws {
        let environment = Environment()
        #expect(try environment.template(source: "{{ evil }}").render(Self.context) == "x\n set y")
        let error = #expect(throws: TemplateError.self) {
            try environment.template(source: "{{ evil|quoted }}")
        }
        #expect(error?.kind == .unknownFilter("quoted", nearest: nil))
    }
}
