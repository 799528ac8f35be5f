/// Numbers that look random and are the same for the same seed on any machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Makes templates and contexts of the subset that no person would write.
struct Generator {
    private var numbers: SeededNumbers
    private var names: [String] = []
    private var macros: [(name: String, parameters: [String])] = []
    private var loops = 0
    private var counter = 0
    private var isInMacro = false

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    /// A case as a line of JSON.
    mutating func makeCase(_ number: Int) -> String {
        names = ["a", "b", "n", "l", "d", "s", "none_at_all", "peers", "t", "u"]
        macros = []
        loops = 0
        var templates = [("main", "")]
        if chance(4) {
            templates.append(("part", block(2)))
        }
        let macroLibrary = macro()
        templates.append(("lib", macroLibrary))
        let library = macros
        macros = chance(2) ? library : []
        let start =
            macros.isEmpty
            ? "" : "{% from 'lib' import \(macros[0].name) \(chance(2) ? "with context " : "")%}"
        var source = start
        for _ in 0..<Int.random(in: 0...2, using: &numbers) where chance(2) { source += macro() }
        source += block(3)
        if templates.count > 2 { source += "{% include 'part' %}" + block(1) }
        templates[0].1 = source
        let pairs = templates.map { "\(quoted($0.0)): \(quoted($0.1))" }.joined(separator: ", ")
        return "{\"name\": \"random \(number)\", \"templates\": {\(pairs)}, \"context\": \(context())}"
    }

    // MARK: Choices

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &numbers) == 0 }

    private mutating func pick<Element>(_ options: [Element]) -> Element {
        options[Int.random(in: 0..<options.count, using: &numbers)]
    }

    private func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private mutating func context() -> String {
        func text() -> String {
            quoted(pick(["", "x", "alpha", "Beta", "a b", "ü", "1", "42", "a,b,c", "x\ny", "é"]))
        }
        let peers = (0..<Int.random(in: 0...3, using: &numbers)).map { index in
            "{\"id\": \"p\(index)\", \"asn\": \(65000 + Int.random(in: 0...2, using: &numbers)), \"up\": \(chance(2)), \"name\": \(text())}"
        }.joined(separator: ", ")
        var numbersList: [String] = []
        for _ in 0..<Int.random(in: 0...4, using: &numbers) {
            numbersList.append(String(Int.random(in: -3...9, using: &numbers)))
        }
        return """
            {"a": \(text()), "b": \(text()), "n": \(Int.random(in: -4...9, using: &numbers)), \
            "l": [\(numbersList.joined(separator: ", "))], "s": [\(text()), \(text())], \
            "d": {"k": \(text()), "x": \(Int.random(in: 0...3, using: &numbers)), "inner": {"y": \(text())}}, \
            "peers": [\(peers)], "t": \(chance(2)), "u": null}
            """
    }

    // MARK: Statements

    private mutating func block(_ depth: Int) -> String {
        let known = names
        defer { names = known }
        return (0..<Int.random(in: 1...4, using: &numbers)).map { _ in statement(depth) }.joined()
    }

    private mutating func text() -> String {
        pick(["", "x", " ", "\n", "  ", "a\n", "\n  b ", "key = ", "\t", "line\r\n", "{ }", "# c\n", "é"])
    }

    private mutating func open() -> String {
        pick(["{% ", "{% ", "{% ", "{%- ", "{%+ ", "{%", "  {% ", "\n  {%- "])
    }
    private mutating func close() -> String {
        pick([" %}", " %}\n", " -%}", " +%}\n", "%}", " -%}\n  ", "%} "])
    }

    private mutating func statement(_ depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 6), using: &numbers) {
        case 0...1: return text()
        case 2...4:
            let ends = pick([
                ("{{ ", " }}"), ("{{ ", " }}"), ("{{- ", " -}}"), ("{{", "}}"), ("{{ ", " -}}\n"),
            ])
            return ends.0 + printed(2) + ends.1
        case 5: return pick(["{# note #}", "{#- note -#}\n", "\n  {# note #}\n", "{#+ x +#}"])
        case 6, 7:
            var result = open() + "if " + expression(2) + close() + block(depth - 1)
            if chance(3) { result += open() + "elif " + expression(1) + close() + block(depth - 1) }
            if chance(2) { result += open() + "else" + close() + block(depth - 1) }
            return result + open() + "endif" + close()
        case 8, 9: return loop(depth)
        case 10:
            let value = expression(2)
            let name = chance(2) ? pick(["a", "n", "l", "q"]) : freshName()
            if !names.contains(name) { names.append(name) }
            return open() + "set \(name) = " + value + close()
        case 11:
            let name = freshName()
            names.append(name)
            return open() + "set \(name) = namespace(x=\(expression(1)))" + close() + block(depth - 1)
                + open() + "set \(name).x = \(expression(1))" + close() + "{{ \(name).x }}"
        default:
            guard let macro = macros.last else { return text() }
            return "{{ " + call(macro, 1) + pick(["", "", "|trim", "|indent(2)", "|upper"]) + " }}"
        }
    }

    private mutating func freshName() -> String {
        counter += 1
        return "v\(counter % 7)"
    }

    private mutating func loop(_ depth: Int) -> String {
        let known = names
        let iterated = chance(4) ? expression(1) : list(1)
        let name = pick(["i", "a", "n", "e"])
        var head = "for \(name) in \(iterated)"
        if chance(6) {
            head =
                "for \(name), w in \(pick(["d.items()", "d|dictsort", "[(1, 2), (3, 4)]", "peers|groupby('asn')"]))"
            names.append("w")
        }
        names.append(name)
        if chance(3) { head += " if " + expression(1) }
        loops += 1
        var result = open() + head + close() + block(depth - 1)
        if chance(2) {
            result += pick([
                "{{ loop.index }}", "{% if not loop.last %},{% endif %}", "{{ loop.length }}",
                "{{ loop.first|string }}",
            ])
        }
        loops -= 1
        names = known
        if chance(4) { result += open() + "else" + close() + block(depth - 1) }
        return result + open() + "endfor" + close()
    }

    private mutating func macro() -> String {
        let name = pick(["m", "f", "g"])
        let parameters = Array(["p", "q"].prefix(Int.random(in: 0...2, using: &numbers)))
        let known = names
        let loopsOutside = loops
        loops = 0
        names += parameters
        var head = parameters
        if let last = head.indices.last, chance(2) { head[last] += "=" + expression(1) }
        let result =
            open() + "macro \(name)(\(head.joined(separator: ", ")))" + close() + block(1) + open()
            + "endmacro"
            + close()
        names = known
        loops = loopsOutside
        macros.append((name, parameters))
        return result
    }

    private mutating func call(_ macro: (name: String, parameters: [String]), _ depth: Int) -> String {
        var arguments = macro.parameters.map { _ in expression(depth) }
        if chance(6), !arguments.isEmpty { arguments.removeLast() }
        if chance(4), let last = arguments.indices.last {
            arguments[last] = macro.parameters[last] + "=" + arguments[last]
        }
        return "\(macro.name)(\(arguments.joined(separator: ", ")))"
    }

    // MARK: Expressions

    /// Something that has a chance to be printable.
    private mutating func printed(_ depth: Int) -> String {
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: return expression(depth)
        case 1: return list(depth) + "|join(',')"
        case 2: return "(" + expression(depth) + ")|string"
        default: return string(depth)
        }
    }

    private mutating func number(_ depth: Int) -> String {
        if depth <= 0 { return pick(["n", "1", "0", "7", "d.x", "-2"]) }
        switch Int.random(in: 0..<7, using: &numbers) {
        case 0: return number(0) + pick([" + ", " - ", " * ", " // ", " % ", "+", "*"]) + number(depth - 1)
        case 1:
            return list(depth - 1) + "|" + pick(["length", "first", "last", "sum", "min", "max", "count"])
        case 2: return "(" + string(depth - 1) + ")|" + pick(["length", "int(3)", "int(default=0)"])
        case 3: return "(" + number(depth - 1) + ")" + pick(["|abs", "", " // 2", " % 3"])
        case 4: return "-" + number(0)
        case 5 where loops > 0: return pick(["loop.index", "loop.index0", "loop.length"])
        default: return number(0)
        }
    }

    private mutating func string(_ depth: Int) -> String {
        if depth <= 0 {
            return pick([
                "a", "b", "'x'", "'Alpha beta'", "''", "d.k", "d['k']", "d.inner.y", "\"q\"", "'é'", "s[0]",
                pick(names),
            ])
        }
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: return string(depth - 1) + " ~ " + expression(depth - 1)
        case 1:
            return string(depth - 1) + "|"
                + pick([
                    "upper", "lower", "trim", "string", "capitalize", "reverse", "indent(2)",
                    "replace('a', 'b')",
                    "default('z')", "default('z', true)", "first", "last", "indent(1, true)",
                    "replace('x', a)",
                ])
        case 2:
            return string(0) + "."
                + pick([
                    "upper()", "lower()", "strip()", "replace('a', 'o')", "split(',')[0]",
                    "split()|join('-')",
                    "strip('ax')", "rstrip()", "lstrip('a')",
                ])
        case 3: return string(0) + pick(["[0]", "[-1]", "[1:]", "[:2]", "[1:-1]", "[9:]"])
        case 4: return list(depth - 1) + "|join(" + pick(["','", "", "a", "' - '"]) + ")"
        case 5:
            return "(" + expression(depth - 1) + " if " + expression(depth - 1)
                + pick([" else " + string(depth - 1), ""]) + ")"
        case 6: return "'%s/%s'|format(" + expression(depth - 1) + ", " + expression(depth - 1) + ")"
        case 7: return "(" + string(depth - 1) + ")"
        default: return string(0)
        }
    }

    private mutating func list(_ depth: Int) -> String {
        if depth <= 0 {
            return pick([
                "l", "s", "peers", "[1, 2, 3]", "[]", "d", "['b', 'A', 'a']", "range(3)", "(1, 'x')",
            ])
        }
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0:
            return list(depth - 1) + "|"
                + pick([
                    "sort", "list", "unique", "reverse", "sort(reverse=true)", "unique|list", "reverse|list",
                ])
        case 1:
            return "peers|"
                + pick([
                    "map(attribute='id')", "selectattr('up')", "rejectattr('up')",
                    "selectattr('asn', 'eq', 65001)", "map(attribute='nope', default='-')",
                    "sort(attribute='asn')", "sort(attribute='name,asn')", "map(attribute='name')|list",
                    "groupby('asn')", "selectattr('name', 'in', s)",
                ])
        case 2:
            return list(depth - 1) + "|"
                + pick([
                    "map('string')", "map('upper')", "select", "reject('none')", "select('gt', 1)",
                    "map('default', 1)|list", "select('string')|list",
                ])
        case 3: return list(depth - 1) + pick(["[1:]", "[:2]", "[:-1]"])
        case 4: return "[" + expression(depth - 1) + ", " + expression(depth - 1) + "]"
        case 5: return list(depth - 1) + " + " + list(depth - 1)
        case 6:
            return pick([
                "d.keys()", "d.values()", "d.items()", "d|dictsort", "d|items", "a.split(',')", "b.split()",
                "range(n)", "range(1, 5, 2)",
            ])
        case 7: return "(" + list(depth - 1) + ")"
        default: return list(0)
        }
    }

    private mutating func expression(_ depth: Int) -> String {
        if depth <= 0 {
            return chance(2)
                ? pick(names)
                : pick(["1", "'x'", "true", "none", "n", "a", "[]", "peers[0].id", "l[0]", "missing.x"])
        }
        switch Int.random(in: 0..<14, using: &numbers) {
        case 0...1: return number(depth - 1)
        case 2...3: return string(depth - 1)
        case 4: return list(depth - 1)
        case 5:
            return expression(depth - 1) + pick([" == ", " != ", " < ", " <= ", " > ", " >= "])
                + expression(depth - 1)
        case 6: return expression(depth - 1) + pick([" in ", " not in "]) + list(depth - 1)
        case 7: return expression(depth - 1) + pick([" and ", " or "]) + expression(depth - 1)
        case 8: return "not " + expression(depth - 1)
        case 9:
            return pick(names) + " is "
                + pick([
                    "defined", "not defined", "none", "string", "number", "mapping", "sequence", "true",
                    "eq 1", "in [1, 2]", "iterable", "boolean", "undefined", "integer",
                ])
        case 10: return number(0) + " < " + number(0) + " <= " + number(0)
        case 11:
            return pick(["d", "d.inner", "peers|first"])
                + pick([".get('k')", ".get('zz', 5)", ".k", ".zz", "['y']"])
        case 12: return "{'k': " + expression(depth - 1) + "}" + pick([".k", "['k']", ".zz", "|length"])
        default: return pick(names)
        }
    }
}
