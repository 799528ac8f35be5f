import Foundation
import TestSupport

/// The commands of Cisco's own YANG models of IOS XE that the packs use, release by release.
///
/// `Fixtures/yang-commands.py` derives `yang-commands.tsv` from the models alone: each row is a form of a command, the
/// bounds of its values are the model's, and its path is where the model has it. Where the command line has another
/// word than the model, the path shows it (`group/fourteen` is `group 14`). `match identity user` is `user-fqdn` there:
/// the command reference has `user`, which IOS would take as short for the longer word, too.
struct ModelCommands {
    private struct Form {
        let releases: [Substring]
        let mode: String
        let words: [Substring]
        let opens: String?
    }

    private let forms: [Form]
    let release: String

    /// The releases that the table has.
    static let releases = ["16.8.1", "16.12.1", "17.11.1", "17.15.1", "17.18.1"]

    /// The releases that a version of the pack stands for.
    ///
    /// IOS 15 has no model: the oldest of IOS XE stands in for it.
    static func releases(of version: String) -> [String] {
        switch version {
        case "15.x": ["16.8.1"]
        case "16.12": ["16.12.1"]
        default: ["17.11.1", "17.15.1", "17.18.1"]
        }
    }

    init(release: String) throws {
        let path = Repository.path("Tests/CiscoTests/Fixtures/yang-commands.tsv")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        self.release = release
        forms = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let columns = line.split(separator: "\t")
            let releases = columns[0].split(separator: ",")
            guard releases.contains(Substring(release)) else { return nil }
            return Form(
                releases: releases, mode: columns[1] == "-" ? "" : String(columns[1]),
                words: columns[2].split(separator: " "), opens: columns[3] == "-" ? nil : String(columns[3]))
        }
    }

    /// Lines of a configuration that the release has no command for; keys are cut off.
    ///
    /// After `no` the beginning of a command will do, up to the name of what it makes.
    func unknownLines(in text: String) -> [String] {
        var unknown: [String] = []
        var modes: [(name: String, indent: Int)] = []
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ")
            guard let first = words.first, !first.hasPrefix("!") else { continue }
            let isRemoval = first == "no"
            if isRemoval { words.removeFirst() }
            let indent = line.prefix { $0 == " " }.count
            while let last = modes.last, last.indent >= indent { modes.removeLast() }
            let mode = modes.last?.name ?? ""
            // Leaves a mode that the indentation shows to be over; no model has it.
            if words == ["exit-address-family"] { continue }
            let isKnown = { (form: Form) in
                form.mode == mode
                    && Self.match(isRemoval ? Array(form.words.prefix(words.count)) : form.words, words)
            }
            guard let form = forms.first(where: isKnown) else {
                unknown.append("\(release) \(mode): \(words.prefix(4).joined(separator: " "))")
                continue
            }
            if let opened = form.opens, !isRemoval { modes.append((opened, indent)) }
        }
        return unknown
    }

    /// Whether a command exists in a mode.
    func has(_ command: String, in mode: String = "") -> Bool {
        let words = command.split(separator: " ")
        return forms.contains { $0.mode == mode && Self.match($0.words, words) }
    }

    private static func match(_ form: [Substring], _ words: [Substring]) -> Bool {
        for (index, word) in form.enumerated() {
            guard index < words.count else { return false }
            if word == "<line>" { return true }
            // `interface Tunnel7` is one word with a number in it.
            if let open = word.firstIndex(of: "<") {
                guard words[index].hasPrefix(word[..<open]) else { return false }
                let value = words[index].dropFirst(word.distance(from: word.startIndex, to: open))
                let kinds = word[word.index(after: open)...].dropLast()
                guard kinds.split(separator: "/").contains(where: { holds($0, value) }) else { return false }
            } else if word != words[index] {
                return false
            }
        }
        return form.count == words.count
    }

    private static func holds(_ kind: Substring, _ value: Substring) -> Bool {
        let parts = kind.split(separator: ":", maxSplits: 1)
        switch parts[0] {
        case "word": return !value.isEmpty
        case "ip": return isIPv4(String(value))
        case "prefix": return value.contains("/") && isIPv4(String(value.split(separator: "/")[0]))
        case "if": return value == "<<WAN-INTERFACE>>" || value.hasPrefix("GigabitEthernet")
        case "one": return parts[1].split(separator: "|").contains(value)
        case "n":
            guard let number = UInt64(value) else { return false }
            return parts[1].split(separator: ",").contains { range in
                let bounds = range.split(separator: "-").compactMap { UInt64($0) }
                return bounds.count == 2 && (bounds[0]...bounds[1]).contains(number)
            }
        default: return false
        }
    }
}
