import TemplateEngine
import Testing

/// Templates from strangers can't take the program down, nor more than their share.
struct LimitTests {
    private func kind(_ source: String, _ limits: Limits = Limits(), _ context: Value = .dict([:]))
        -> TemplateError.Kind?
    {
        do throws(TemplateError) {
            _ = try Environment(loader: { _ in Array(source.utf8) }, limits: limits)
                .template(source: source).render(context)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(arguments: [
        "{{ " + String(repeating: "(", count: 3000) + "1" + String(repeating: ")", count: 3000) + " }}",
        "{{ " + String(repeating: "-", count: 100_000) + "1 }}",
        "{{ " + String(repeating: "not ", count: 100_000) + "1 }}",
        String(repeating: "{% if 1 %}", count: 2000) + String(repeating: "{% endif %}", count: 2000),
        String(repeating: "{% for i in [1] %}", count: 20000),
        "{{ a" + String(repeating: ".b", count: 50000) + " }}",
        "{{ a" + String(repeating: "|upper", count: 50000) + " }}",
        "{{ 1" + String(repeating: " + 1", count: 50000) + " }}",
        "{{ 1" + String(repeating: " if 1 else 1", count: 50000) + " }}",
        "{{ 1" + String(repeating: " and 1", count: 50000) + " }}",
        "{{ " + String(repeating: "[", count: 50000) + String(repeating: "]", count: 50000) + " }}",
        "{{ x is defined" + String(repeating: "(x", count: 50000) + String(repeating: ")", count: 50000)
            + " }}",
        "{{ " + String(repeating: "{'a': ", count: 50000) + "1" + String(repeating: "}", count: 50000)
            + " }}",
    ])
    func `nesting is bounded`(source: String) {
        guard case .limit(.nesting)? = kind(source) else {
            Issue.record("\(source.prefix(40)): \(String(describing: kind(source)))")
            return
        }
    }

    @Test func `loops and recursion end`() {
        #expect(kind("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}") == .limit(.depth(100)))
        #expect(kind("{% macro f() %}{{ f() ~ '' }}{% endmacro %}{{ f() }}") == .limit(.depth(100)))
        #expect(kind("{% include 'self' %}") == .limit(.depth(100)))
        #expect(kind("{% import 'self' as m %}") == .limit(.depth(100)))
        let loops =
            String(repeating: "{% for i in range(1000) %}", count: 5)
            + String(repeating: "{% endfor %}", count: 5)
        var limits = Limits()
        limits.steps = 1_000_000
        #expect(kind(loops, limits) == .limit(.steps(1_000_000)))
    }

    @Test(arguments: [
        "{{ range(9223372036854775807)|length }}",
        "{{ range(-9223372036854775807, 9223372036854775807)|length }}",
        "{{ ([1] * 9223372036854775807)|length }}", "{% for i in range(2000000) %}{% endfor %}",
    ])
    func `lists are bounded`(source: String) {
        switch kind(source) {
        case .limit(.elements)?, .overflow?: break
        case let other: Issue.record("\(source): \(String(describing: other))")
        }
    }

    @Test(arguments: [
        "{{ 'x' * 9223372036854775807 }}", "{{ ('ab' * 5000000000)|length }}",
        "{{ 'x'|indent(999999999999, true) }}",
        "{% set ns = namespace(s='x' * 1000000) %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set s = 'a' * 1000000 %}{{ s|replace('a', s)|length }}",
        "{% set s = 'a' * 1000000 %}{{ (s|list|join(s))|length }}",
    ])
    func `texts are bounded`(source: String) {
        guard case .limit(.textBytes)? = kind(source) else {
            Issue.record("\(source): \(String(describing: kind(source)))")
            return
        }
    }

    @Test func `output and source are bounded`() {
        var limits = Limits()
        limits.outputBytes = 1000
        limits.templateBytes = 200
        #expect(kind("{% for i in range(500) %}xyz{% endfor %}", limits) == .limit(.outputBytes(1000)))
        #expect(kind("{{ 'x' * 2000 }}", limits) == .limit(.outputBytes(1000)))
        #expect(kind(String(repeating: "x", count: 201), limits) == .limit(.templateBytes(200)))
    }

    @Test func `lists in lists are bounded`() {
        let source =
            "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}"
        #expect(kind(source) == .limit(.nesting(48)))
    }

    @Test(arguments: [
        "{{ 9223372036854775807 + 1 }}", "{{ -9223372036854775807 - 2 }}",
        "{{ 9223372036854775807 * 9223372036854775807 }}",
        "{{ (-9223372036854775807 - 1) // -1 }}", "{{ -(-9223372036854775807 - 1) }}",
        "{{ (-9223372036854775807 - 1)|abs }}",
        "{{ [9223372036854775807, 1]|sum }}", "{{ '9223372036854775808'|int }}", "{{ 9223372036854775808 }}",
    ])
    func `arithmetic is checked`(source: String) { #expect(kind(source) == .overflow) }

    /// Each of these took quadratic time in an earlier form or would in a simple one.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "{# a #}{{ 1 }}\n", count: 20000), String(repeating: "{", count: 500_000),
            "{{ '" + String(repeating: "a", count: 500_000) + "'|replace('aaaaaaaaab', 'x')|length }}",
            "{{ ('ab' * 200000).split('b')|length }}", "{% set s = 'a' * 300000 %}{{ (s ~ 'b') in s }}",
            "{{ range(100000)|list|unique|list|length }}", "{{ range(100000)|sort(reverse=true)|first }}",
            "{% for c in 'é' * 100000 %}{% endfor %}", "{% raw %}" + String(repeating: "{% ", count: 100_000),
        ])
    func `long input takes no longer than its length`(source: String) { _ = kind(source) }

    @Test func `bytes that are no text are refused with a position`() {
        let environment = Environment(loader: { _ in [0x61, 0x0A, 0x62, 0xFF, 0x63] })
        let error = #expect(throws: TemplateError.self) { try environment.template(named: "t") }
        #expect(error?.kind == .notUTF8)
        #expect(error?.line == 2)
        #expect(error?.column == 2)
    }
}
