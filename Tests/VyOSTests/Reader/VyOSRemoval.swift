/// Values of a router from which `delete` commands take away, as the session's editor does.
struct VyOSRemoval {
    private(set) var values: [[String]: [String]]
    private(set) var faults: [String] = []
    private let release: String

    init(_ configuration: VyOSConfiguration) {
        values = configuration.values
        release = configuration.release
    }

    /// Applies the commands of a text; with its suggestions, too, which a person decides on.
    mutating func apply(_ text: String, withSuggestions: Bool = true) {
        let script = CommandLine.script(text)
        faults += script.faults
        for command in script.commands { delete(command.words) }
        guard withSuggestions else { return }
        for comment in script.comments {
            let words = CommandLine.words(of: comment.trimmingPrefix(while: { $0 == " " })) ?? []
            if words.first == "delete" { delete(words) }
        }
    }

    private mutating func delete(_ words: [String]) {
        guard words.first == "delete" else {
            faults.append("no delete command: \(words.prefix(3).joined(separator: " "))")
            return
        }
        let path = Array(words.dropFirst())
        if case .fault(let fault)? = ReleaseTree.all[release]?.meaning(of: path) { faults.append(fault) }
        let below = values.keys.filter { $0.starts(with: path) }
        if !below.isEmpty {
            for key in below { values[key] = nil }
        } else if let leaf = values[path.dropLast()], leaf.contains(path.last ?? "") {
            let rest = leaf.filter { $0 != path.last }
            values[path.dropLast()] = rest.isEmpty ? nil : rest
        } else {
            faults.append("\(path.joined(separator: " ")) is not there")
        }
    }
}
