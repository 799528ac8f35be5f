import FieldReader
import Findings

/// A file or folder as a revision of git has it: `REV:PATH`, the path relative to the current folder.
///
/// git gets what the user typed on its standard input, where nothing can be taken for an option, and is asked for
/// objects only: no hook, filter or external program of the repository runs.
struct GitRevision {
    /// `REV:PATH`, as it was named.
    let name: String
    /// How git is asked for it.
    private let query: String

    /// `nil` for what is there as a path, and for what is no revision of anything.
    init?(_ text: String) throws(FileProblem) {
        guard text != "-", let colon = Self.colon(of: text), try InputFolder.mode(of: text) == nil else { return nil }
        self.init(String(text[..<colon]), path: String(text[text.index(after: colon)...]))
    }

    /// What a revision has at a path.
    init(_ revision: String, path: String) {
        name = revision + ":" + path
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        // git knows a relative path by its beginning, `./` or `../`.
        if path == "." || path == ".." { path += "/" }
        let isRelative = path.hasPrefix("./") || path.hasPrefix("../")
        query = revision + ":" + (isRelative ? path : "./" + path)
    }

    /// The first colon that is not in brackets, as in `HEAD^{/fix: keys}:cloud`.
    private static func colon(of text: String) -> String.Index? {
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "{": depth += 1
            case "}": depth -= 1
            case ":" where depth == 0: return index
            default: break
            }
        }
        return nil
    }

    /// The answers in it: the file itself, or the `.xml` and `.json` files directly in the folder.
    func sources() throws -> [InputSource] {
        // A line break would be a second question.
        guard !query.utf8.contains(10), !query.utf8.contains(0) else { throw missing }
        let first = try objects([query])[0]
        switch first.type {
        case "blob": return [.content(name: name, first.content)]
        case "tree":
            let entries = try GitTree.entries(first.content, idLength: first.id.utf8.count / 2, name)
            let answers = entries.filter { InputFolder.isAnswer($0.name) && $0.kind != .folder }
            if let link = answers.first(where: { $0.kind != .file }) {
                throw broken("\(path(link.name)) is no file there")
            }
            guard !answers.isEmpty else { return [] }
            let blobs = try objects(answers.map(\.id))
            return zip(answers, blobs).map { entry, blob in .content(name: path(entry.name), blob.content) }
        default: throw broken("it is a \(first.type) there")
        }
    }

    /// Whether the revision has something at the path.
    ///
    /// - Throws: a finding where there is no such revision.
    func exists() throws -> Bool {
        guard !query.utf8.contains(10), !query.utf8.contains(0), let colon = Self.colon(of: query) else {
            throw missing
        }
        _ = try objects([query[..<colon] + "^{commit}"])
        return try find([query])[0].type != "missing"
    }

    private func path(_ file: String) -> String {
        name.hasSuffix("/") || name.hasSuffix(":") ? name + file : name + "/" + file
    }

    /// What git has under some names, in their order.
    private func objects(_ names: [String]) throws -> [GitObject] {
        let objects = try find(names)
        guard objects.allSatisfy({ $0.type != "missing" }) else { throw missing }
        return objects
    }

    /// The same, with what git has not.
    private func find(_ names: [String]) throws -> [GitObject] {
        let output = try run(names.map { $0 + "\n" }.joined())
        guard let objects = GitObject.all(output), objects.count == names.count else {
            throw broken("git's answer can't be read")
        }
        return objects
    }

    private func run(_ input: String) throws -> [UInt8] {
        let result: Program.Output
        do {
            // Nothing is fetched, nobody is asked for a password, no index is refreshed.
            result = try Program.run(
                "git", ["cat-file", "--batch"], input: Array(input.utf8),
                environment: [
                    "LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
                    "GIT_NO_REPLACE_OBJECTS=1",
                ])
        } catch let problem {
            throw Finding(
                "PC795", .error, "git can't be run for \(quoted(name)): \(problem.finding.message)",
                remedy: "install git, or give files instead of a revision")
        }
        guard result.status == 0 else {
            let lines = String(decoding: result.messages, as: UTF8.self).split(separator: "\n")
            throw broken("git says \(quoted(lines.first.map(String.init) ?? "nothing, status \(result.status)"))")
        }
        return result.output
    }

    private var missing: Finding {
        Finding(
            "PC796", .error, "\(quoted(name)) is no path, and git has no such revision, or nothing at that path in it",
            remedy: "give a path, or REV:PATH with the path relative to the current folder")
    }

    private func broken(_ reason: String) -> Finding {
        Finding(
            "PC797", .error, "the revision \(quoted(name)) can't be read: \(reason)",
            remedy: "run from within the repository, and name a file or a folder in it")
    }
}
