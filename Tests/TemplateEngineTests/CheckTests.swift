import TemplateEngine
import Testing

/// The static check: what is wrong is found without data, what is right is not complained of.
struct CheckTests {
    private static let schema = Schema.record([
        "name": .text, "count": .int, "flag": .bool, "note": .optional(.text),
        "peers": .list(of: .record(["id": .text, "asn": .int, "tags": .dict(of: .text)])),
        "site": .record(["device": .record(["asn": .int]), "list": .list(of: .text)]), "free": .any,
    ])

    private func problems(_ source: String, _ files: [String: String] = [:]) throws -> [String] {
        let environment = Environment(loader: { files[$0].map { Array($0.utf8) } })
        return try environment.template(source: source, named: "main").check(against: Self.schema).map {
            "\($0.template):\($0.line):\($0.column) \($0.message)"
        }
    }

    @Test(arguments: [
        "{{ name }}{{ count }}{{ site.device.asn }}{{ peers[0].id }}{{ peers|first|length }}",
        "{% for p in peers %}{{ p.id }}{{ p.tags.any }}{{ loop.index }}{% endfor %}",
        "{% for p in peers if p.asn > 1 %}{{ p.asn }}{% else %}{{ name }}{% endfor %}",
        "{% for k, v in site.items() %}{{ k }}{% endfor %}{% for g, l in peers|groupby('asn') %}{{ g }}{{ l[0].id }}{% endfor %}",
        "{% if unknown is defined %}{{ unknown }}{% endif %}{{ unknown|default('x') }}{{ site.nope|default('x') }}",
        "{% if site.nope is defined and site.nope %}{{ site.nope }}{% endif %}{{ 'x' if q is not defined else q }}",
        "{% if q is not defined %}{% else %}{{ q }}{% endif %}",
        "{{ free.anything.goes }}{{ note|default('', true) }}",
        "{% set x = name %}{{ x }}{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}",
        "{% macro m(p, q=name) %}{{ p.id }}{{ q }}{% endmacro %}{% for p in peers %}{{ m(p) }}{{ m(p, q='x') }}{% endfor %}",
        "{{ peers|map(attribute='id')|join(',') }}{{ peers|selectattr('asn', 'eq', 1)|list|length }}",
        "{{ peers|sort(attribute='asn,id')|map(attribute='tags.x')|join }}{{ range(3)|join }}",
        "{{ name.split(',')[0].upper() }}{{ site.list|first|upper }}{{ peers|selectattr('zz', 'defined')|list|length }}",
    ])
    func `finds nothing`(source: String) throws { #expect(try problems(source) == []) }

    @Test(arguments: [
        ("{{ nmae }}", "main:1:4 there is no variable `nmae`"),
        ("{% if false %}{{ nope }}{% endif %}", "main:1:18 there is no variable `nope`"),
        ("{% for x in [] %}{{ x }}{% else %}{{ nope }}{% endfor %}", "main:1:38 there is no variable `nope`"),
        ("{{ site.devise.asn }}", "main:1:9 in `site.devise` there is no `devise`"),
        ("{% for p in peers %}{{ p.asnn }}{% endfor %}", "main:1:26 in `p.asnn` there is no `asnn`"),
        ("{{ peers[0].idd }}", "main:1:13 in `peers[0].idd` there is no `idd`"),
        (
            "{% macro m(p) %}{{ p.nope }}{% endmacro %}{{ m(peers[0]) }}",
            "main:1:22 in `p.nope` there is no `nope`"
        ),
        ("{% macro m(p) %}{{ nope }}{% endmacro %}", "main:1:20 there is no variable `nope`"),
        ("{% macro m(p) %}{% endmacro %}{{ m(1, 2) }}", "main:1:39 `m` takes no more than one argument"),
        ("{% macro m(p) %}{% endmacro %}{{ m(q=2) }}", "main:1:36 `m` has no argument `q`"),
        ("{{ peers|map(attribute='nope')|join }}", "main:1:24 an element has no attribute `nope`"),
        ("{{ peers|sort(attribute='asn,nope')|length }}", "main:1:25 an element has no attribute `nope`"),
        ("{{ peers }}", "main:1:4 a list would be printed in Python's spelling"),
        ("{{ 'a' ~ flag }}", "main:1:10 a truth value would be printed in Python's spelling"),
        ("{% for x in count %}{% endfor %}", "main:1:13 `for` can't be done with a number"),
        ("{{ site.nope is defined and site.other }}", "main:1:34 in `site.other` there is no `other`"),
    ])
    func `finds the mistake`(source: String, expected: String) throws {
        #expect(try problems(source) == [expected])
    }

    @Test func `follows includes and imports`() throws {
        let files = [
            "part": "{{ x }}\n{{ nope }}", "lib": "{% macro f(p) %}{{ p.nope }}{% endmacro %}",
        ]
        #expect(
            try problems(
                "{% set x = 1 %}{% include 'part' %}{% from 'lib' import f, g %}{{ f(peers[0]) }}", files)
                == [
                    "part:2:4 there is no variable `nope`",
                    "main:1:60 the imported template does not define `g`",
                    "lib:1:22 in `p.nope` there is no `nope`",
                ])
    }

    @Test func `ends on recursion`() throws {
        let chain = (0..<12).map {
            "{% macro m\($0)(x) %}{{ m\($0 + 1)(x) }}{{ m\($0 + 1)(x) }}{{ m\($0 + 1)(x) }}{% endmacro %}"
        }
        #expect(try problems(chain.joined() + "{% macro m12(x) %}{{ x }}{% endmacro %}{{ m0(1) }}") == [])
        #expect(try problems("{% include 'a' %}", ["a": "{% include 'a' %}{{ nope }}"]).count == 1)
    }
}
