import Findings

/// Filters and methods that make texts.
extension Machine {
    mutating func join(
        _ value: Value, _ separator: Value?, attribute: Value?
    ) throws(Fault) -> Value {
        let separator = try separator.map { value throws(Fault) in try text(value, allowsPython: false) }
        var items = try elements(of: value, for: "join")
        if let attribute, !attribute.isNone {
            let path = try AttributePath(attribute)
            items = try mapped(items) { machine, item throws(Fault) in try machine.follow(path, item) }
        }
        try spend(items.count)
        var provenance: Provenance?
        var string = ""
        for (index, item) in items.enumerated() {
            if index > 0, let separator {
                string += separator.string
                if index == 1 { provenance?.add(separator) }
            }
            let part = try text(item, allowsPython: false)
            string += part.string
            if provenance == nil { provenance = Provenance(part) } else { provenance?.add(part) }
            if string.utf8.count > program.limits.textBytes { break }
        }
        try spend(bytes: string.utf8.count)
        return recorded((provenance ?? Provenance()).text(string), of: items)
    }

    mutating func replace(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        .text(
            try replace(
                try text(value, allowsPython: true), try text(arguments[0] ?? .none, allowsPython: false),
                try text(arguments[1] ?? .none, allowsPython: false), count: arguments[2]))
    }

    mutating func replace(
        _ text: Text, _ old: Text, _ new: Text, count: Value?
    ) throws(Fault) -> Text {
        var limit = Int.max
        if let count, !count.isNone {
            guard let number = count.number else {
                if case .undefined(let undefined) = count { throw Fault(undefined) }
                throw Fault(.wrongType(operation: "replace", found: count.typeName))
            }
            if number >= 0 { limit = number }
        }
        guard !old.string.isEmpty else { throw Fault(.refused(.other("`replace` of the empty text"))) }
        let bytes = Array(text.string.utf8)
        try spend(bytes: bytes.count + old.string.utf8.count)
        let matches = ByteSearch(old.string).matches(in: bytes, limit: limit)
        var provenance = Provenance(text)
        if !matches.isEmpty { provenance.addUnmarked(new) }
        guard !matches.isEmpty else { return text.derived(text.string) }
        let newBytes = Array(new.string.utf8)
        let oldCount = old.string.utf8.count
        try spend(bytes: bytes.count + matches.count * max(0, newBytes.count - oldCount))
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result.append(contentsOf: bytes[position..<match])
            result.append(contentsOf: newBytes)
            position = match + oldCount
        }
        result.append(contentsOf: bytes[position...])
        return provenance.unmarkedText(String(decoding: result, as: UTF8.self))
    }

    enum Side { case left, right, both }

    /// Takes white space, or any of the given characters, off the ends.
    mutating func strip(_ text: Text, _ characters: Value?, _ side: Side) throws(Fault) -> Text {
        var set: Set<Unicode.Scalar>?
        switch characters {
        case nil, .some(.none): break
        case .text(let characters): set = Set(characters.string.unicodeScalars)
        case .undefined(let undefined): throw Fault(undefined)
        case .some(let other): throw Fault(.wrongType(operation: "strip", found: other.typeName))
        }
        try spend(bytes: text.string.utf8.count)
        func goes(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? scalar.isPythonSpace }
        var scalars = Substring(text.string).unicodeScalars
        if side != .right { while let first = scalars.first, goes(first) { scalars.removeFirst() } }
        if side != .left { while let last = scalars.last, goes(last) { scalars.removeLast() } }
        return text.derived(String(Substring(scalars)))
    }

    mutating func indent(_ value: Value, _ arguments: FilterArguments) throws(Fault) -> Value {
        guard case .text(let text) = value else {
            if case .undefined(let undefined) = value { throw Fault(undefined) }
            throw Fault(.wrongType(operation: "indent", found: value.typeName))
        }
        var provenance = Provenance(text)
        let indentation: String
        switch arguments[0] {
        case nil: indentation = "    "
        case .text(let width):
            indentation = width.string
            provenance.add(width)
        case .undefined(let undefined): throw Fault(undefined)
        case .some(let width):
            guard let number = width.number else {
                throw Fault(.wrongType(operation: "indent", found: width.typeName))
            }
            try spend(bytes: max(0, number))
            indentation = String(repeating: " ", count: max(0, number))
        }
        let first = try arguments[1].map { flag throws(Fault) in try isTrue(flag) } ?? false
        let blank = try arguments[2].map { flag throws(Fault) in try isTrue(flag) } ?? false
        let lines = text.string.pythonLines(addingBreak: true)
        let (added, overflow) = lines.count.multipliedReportingOverflow(by: indentation.utf8.count)
        try spend(bytes: overflow ? Int.max : added + text.string.utf8.count)
        var string = first ? indentation : ""
        for (index, line) in lines.enumerated() {
            if index > 0 {
                string += "\n"
                if blank || !line.isEmpty { string += indentation }
            }
            string.unicodeScalars.append(contentsOf: line)
        }
        return .text(provenance.text(string))
    }

    enum LetterCase { case upper, lower, capitalized }

    mutating func changeCase(_ text: Text, _ letterCase: LetterCase) throws(Fault) -> Text {
        try spend(bytes: text.string.utf8.count)
        if !text.string.isASCII {
            for scalar in text.string.unicodeScalars where !scalar.hasStableCase {
                throw Fault(.refused(.letterCase(scalar.value)), origin: text.origin)
            }
        }
        switch letterCase {
        case .upper: return text.derived(text.string.uppercased())
        case .lower:
            return text.derived(text.string.isSmallASCII ? text.string : text.string.lowercased())
        case .capitalized:
            var scalars = Substring(text.string).unicodeScalars
            guard let first = scalars.popFirst() else { return text.derived("") }
            let rest = String(Substring(scalars)).lowercased()
            return text.derived(first.properties.titlecaseMapping + rest)
        }
    }
}

extension Value {
    var isNone: Bool {
        if case .none = self { return true }
        return false
    }
}

extension String {
    /// The lines as Python's `splitlines` cuts them, as if a line break stood at the end.
    func pythonLines(addingBreak: Bool) -> [Substring.UnicodeScalarView] {
        var lines: [Substring.UnicodeScalarView] = []
        let scalars = Substring(self).unicodeScalars
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            guard scalars[index].isPythonLineBreak else {
                index = scalars.index(after: index)
                continue
            }
            lines.append(scalars[start..<index])
            let next = scalars.index(after: index)
            if scalars[index] == "\r", next < scalars.endIndex, scalars[next] == "\n" {
                index = scalars.index(after: next)
            } else {
                // The break added at the end makes one with a carriage return before it.
                index = next
            }
            start = index
        }
        if addingBreak, start == scalars.endIndex, unicodeScalars.last == "\r" { return lines }
        if addingBreak || start < scalars.endIndex { lines.append(scalars[start...]) }
        return lines
    }
}

extension Unicode.Scalar {
    /// Whether Python and Swift change its case in the same way, whatever versions of Unicode they have.
    ///
    /// Left out are `Σ`, whose small form depends on its place in the word, the letters of which Unicode has
    /// changed the case in recent years, and scripts with two cases that no configuration holds.
    var hasStableCase: Bool {
        switch value {
        case 0x03A3, 0x019B, 0x0264, 0x0130: false
        case 0..<0x0530, 0x0590..<0x1000, 0x1100..<0x1200, 0x2000..<0x2100, 0x2500..<0x2C00,
            0x3000..<0xA000, 0xAC00..<0xD7A4, 0x1F300..<0x1FAFF:
            true
        default: false
        }
    }
}
