import TestSupport

/// Reads what `swanctl --raw` prints: one message per line, `list-conn event {name {key=value list=[a b]}}`.
///
/// The text is not exact: swanctl neither quotes nor escapes. A value runs to the next `name=`, `name {` or
/// closing brace (`class=pre-shared key` is one value), list items are split at blanks. Where bytes count, use
/// `ViciRelay`.
struct RawOutput: Equatable, Sendable {
    /// One line: `list-sa event {…}` has the label `list-sa event`.
    struct Message: Equatable, Sendable {
        var label: String
        var content: ViciTree
    }

    var messages: [Message] = []

    /// Reads the whole output; a line without a brace is an error.
    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            guard let brace = line.firstIndex(of: "{") else { throw HarnessError("not raw output: \(line)") }
            var parser = Parser(rest: line[line.index(after: brace)...])
            let content = try parser.section()
            guard parser.rest.isEmpty else { throw HarnessError("text after the message: \(parser.rest)") }
            messages.append(Message(label: line[..<brace].trimmedBlanks, content: content))
        }
    }

    /// All events of one name, `list-conn` for example, merged into one tree.
    func events(_ name: String) -> ViciTree {
        ViciTree(entries: messages.filter { $0.label == "\(name) event" }.flatMap(\.content.entries))
    }

    private struct Parser {
        var rest: Substring

        mutating func section() throws -> ViciTree {
            var tree = ViciTree()
            while true {
                skipBlanks()
                if take("}") { return tree }
                let name = rest.prefix { $0 != "=" && $0 != " " && $0 != "}" }
                rest = rest.dropFirst(name.count)
                guard !name.isEmpty else { throw HarnessError("no name at: \(rest)") }
                tree.entries.append(.init(name: String(name), value: try value()))
            }
        }

        private mutating func value() throws -> ViciTree.Value {
            if take(" {") { return .section(try section()) }
            guard take("=") else { throw HarnessError("neither value nor section at: \(rest)") }
            guard take("[") else { return .bytes(Array(scalar().utf8)) }
            guard let end = rest.firstIndex(of: "]") else { throw HarnessError("list without an end") }
            defer { rest = rest[rest.index(after: end)...] }
            return .list(rest[..<end].split(separator: " ").map { Array($0.utf8) })
        }

        /// Words up to the one that begins the next entry.
        private mutating func scalar() -> String {
            var words = [takeWord()]
            while rest.first == " ", !startsEntry(rest.dropFirst()) {
                rest = rest.dropFirst()
                words.append(takeWord())
            }
            return words.joined(separator: " ")
        }

        private mutating func takeWord() -> String {
            let word = rest.prefix { $0 != " " && $0 != "}" }
            rest = rest.dropFirst(word.count)
            return String(word)
        }

        private func startsEntry(_ text: Substring) -> Bool {
            let word = text.prefix { $0 != " " && $0 != "}" }
            return word.contains("=") || text.dropFirst(word.count).hasPrefix(" {")
        }

        private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }

        private mutating func take(_ text: String) -> Bool {
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmedBlanks: String {
        var text = self.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
