/// A configuration as IOS would take it line by line: objects with attributes, and everything IOS would complain of.
struct IOSConfiguration {
    /// One object: what entered its mode, and what was said in it.
    struct Object {
        let kind: String
        /// Values of the command that entered the mode, outer modes' first.
        let key: [String]
        /// Values by attribute.
        ///
        /// An attribute without values stands as an empty list.
        var values: [String: [[String]]] = [:]
        /// The words of attributes, for those whose form says something.
        var lines: [String: [String]] = [:]
        /// Where each of those lines stands.
        var places: [String: [Int]] = [:]
        /// The line on which it begins, counted over all files.
        let line: Int

        /// The only value of an attribute.
        subscript(_ attribute: String) -> String? { values[attribute]?.first?.first }
    }

    private(set) var objects: [Object] = []
    /// What IOS would refuse, or what would change something else; lines are cut before their third word.
    private(set) var problems: [String] = []
    private var index: [String: Int] = [:]
    private var lineNumber = 0
    /// Where the innermost mode was entered.
    private var blockStart = 0

    /// Reads files in the order in which they are pasted.
    init(_ files: [String], version: String) {
        let grammar = IOSGrammar(version: version)
        for file in files { read(file, grammar) }
    }

    /// All objects of a kind.
    func all(_ kind: String) -> [Object] { objects.filter { $0.kind == kind } }

    /// The object of a kind and key.
    func object(_ kind: String, _ key: String...) -> Object? {
        index[([kind] + key).joined(separator: "\u{1}")].map { objects[$0] }
    }

    private mutating func read(_ file: String, _ grammar: IOSGrammar) {
        if !file.hasSuffix("\n") { problems.append("no line break at the end") }
        var modes: [(mode: IOSGrammar.Mode, object: Int, indent: Int)] = []
        for line in file.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            lineNumber += 1
            check(line)
            let words = line.split(separator: " ")
            guard let first = words.first, !first.hasPrefix("!") else { continue }
            let indent = line.prefix { $0 == " " }.count
            // A line belongs to the innermost mode that stands one blank to its left.
            while let last = modes.last, last.indent >= indent { modes.removeLast() }
            guard indent == (modes.last?.indent ?? -1) + 1 else {
                problem("indented, but no mode is open", words)
                continue
            }
            if let (mode, key) = Self.mode(words, modes.last?.mode.modes ?? (modes.isEmpty ? grammar.modes : [])) {
                blockStart = lineNumber
                let outer = modes.last.map { objects[$0.object].key } ?? []
                modes.append((mode, object(mode.kind, outer + key), indent))
            } else if let last = modes.last {
                set(words, last.mode, last.object)
            } else if let command = grammar.commands.first(where: { $0.pattern.match(words) != nil }) {
                let values = command.pattern.match(words) ?? []
                let key =
                    command.attribute.hasSuffix("mit") || command.attribute == "deny" ? Array(values.prefix(2)) : values
                let before = objects.count
                let object = object(command.attribute, key)
                if object < before, objects[object].values["form"] != [values] {
                    problem("the same number stands for something else", words)
                }
                objects[object].values["form"] = [values]
            } else {
                problem("no command of the global mode", words)
            }
        }
    }

    private static func mode(_ words: [Substring], _ modes: [IOSGrammar.Mode]) -> (IOSGrammar.Mode, [String])? {
        for mode in modes { if let key = mode.header.match(words) { return (mode, key) } }
        return nil
    }

    private mutating func object(_ kind: String, _ key: [String]) -> Int {
        let kindWord = kind.hasPrefix("transform ") ? "transform" : kind
        let name = ([kindWord] + key).joined(separator: "\u{1}")
        if let known = index[name] {
            if objects[known].kind != kind { problems.append("line \(lineNumber): a transform set becomes another") }
            return known
        }
        index[name] = objects.count
        objects.append(Object(kind: kind, key: key, line: lineNumber))
        return objects.count - 1
    }

    private mutating func set(_ words: [Substring], _ mode: IOSGrammar.Mode, _ object: Int) {
        for command in mode.commands {
            guard let values = command.pattern.match(words) else { continue }
            let line = words.joined(separator: " ")
            let name = command.attribute
            if !command.isMany, let known = objects[object].lines[name], known != [line] {
                problem("said before, and otherwise", words)
            }
            guard objects[object].lines[name]?.contains(line) != true else {
                if mode.kind == "acl", (objects[object].places[name]?.max() ?? 0) >= blockStart {
                    problem("the same twice", words)
                }
                return
            }
            objects[object].values[name, default: []].append(values)
            objects[object].lines[name, default: []].append(line)
            objects[object].places[name, default: []].append(lineNumber)
            return
        }
        problem("no command of the mode \(mode.kind)", words)
    }

    /// What a terminal would not take: other characters than printable ASCII, `?`, long lines.
    private mutating func check(_ line: Substring) {
        let isTypable = line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }
        if !isTypable { problems.append("line \(lineNumber): a character that can't be typed") }
        if line.last == " " { problems.append("line \(lineNumber): a blank at the end") }
        if line.utf8.count > 254 { problems.append("line \(lineNumber): longer than the command line takes") }
    }

    private mutating func problem(_ what: String, _ words: [Substring]) {
        problems.append("line \(lineNumber): \(what): \(words.prefix(2).joined(separator: " "))")
    }
}

extension IOSConfiguration {
    /// References to what does not exist, or only later.
    var danglingReferences: [String] {
        var missing: [String] = []
        func refer(_ from: Object, _ attribute: String, _ kind: String, place: Int = 0) {
            for (values, line) in zip(from.values[attribute] ?? [], from.places[attribute] ?? []) {
                let name = values[place]
                // Route maps and crypto maps have a number besides their name.
                let target = object(kind, name) ?? object(kind, name, "10") ?? all(kind).first { $0.key.first == name }
                if target.map({ $0.line > line }) ?? true {
                    missing.append("\(from.kind) \(from.key.first ?? "") refers to \(kind) \(name)")
                }
            }
        }
        let prefixLists = Set(objects.filter { ["permit", "deny"].contains($0.kind) }.map { $0.key[0] })
        for object in objects {
            switch object.kind {
            case "isakmp profile": refer(object, "keyring", "keyring")
            case "ikev2 profile": refer(object, "keyring", "ikev2 keyring")
            case "ikev2 policy": refer(object, "proposal", "ikev2 proposal")
            case "ipsec profile", "map":
                refer(object, "ikev2", "ikev2 profile")
                refer(object, "isakmp", "isakmp profile")
                refer(object, "acl", "acl")
                for values in object.values["transform"] ?? [] where transform(values[0]) == nil {
                    missing.append("\(object.kind) refers to transform set \(values[0])")
                }
            case "interface":
                refer(object, "profile", "ipsec profile")
                refer(object, "policy", "acl")
                refer(object, "map", "map")
            case "route-map":
                for values in object.values["prefixes"] ?? []
                where !prefixLists.contains(values[0]) {
                    missing.append("route-map refers to prefix-list \(values[0])")
                }
            case "family", "vrf family": refer(object, "route-map", "route-map", place: 1)
            case "route", "vrf route":
                let next = object.key[object.kind == "route" ? 2 : 3]
                if next != "Null0", self.object("interface", next) == nil { missing.append("route to \(next)") }
            default: break
            }
        }
        return missing
    }

    /// A transform set's words.
    func transform(_ name: String) -> [String]? {
        object("transform", name).map { $0.kind.split(separator: " ").dropFirst().map(String.init) }
    }
}
