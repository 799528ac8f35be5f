import Findings

/// An object as `git cat-file --batch` writes it: `ID TYPE SIZE`, a line break, the content, a line break.
struct GitObject {
    var id: String
    /// `blob`, `tree`, `commit`, `tag`; `missing` where there is none.
    var type: String
    var content: [UInt8]

    /// All objects in the program's output; `nil` where it is not what was expected.
    static func all(_ output: [UInt8]) -> [GitObject]? {
        var objects: [GitObject] = []
        var rest = output[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: 10) else { return nil }
            let line = String(decoding: rest[..<end], as: UTF8.self)
            let words = line.split(separator: " ")
            rest = rest[(end + 1)...]
            if let last = words.last, last == "missing" || last == "ambiguous" {
                objects.append(GitObject(id: "", type: "missing", content: []))
            } else if words.count == 3, let size = Int(words[2]), size >= 0, rest.count > size {
                objects.append(
                    GitObject(id: String(words[0]), type: String(words[1]), content: Array(rest.prefix(size))))
                rest = rest.dropFirst(size + 1)
            } else {
                return nil
            }
        }
        return objects
    }
}

/// A folder as git keeps it: for each entry its mode, a blank, its name, a zero byte, and its id.
enum GitTree {
    /// One name in a folder.
    struct Entry {
        /// What stands under the name.
        enum Kind {
            case file
            case folder
            /// A symbolic link, or another repository.
            case other
        }

        var name: String
        var kind: Kind
        /// The id in hexadecimal digits.
        var id: String
    }

    /// The entries of a folder, in git's order, which is that of bytes.
    static func entries(_ content: [UInt8], idLength: Int, _ revision: String) throws(Finding) -> [Entry] {
        var entries: [Entry] = []
        var rest = content[...]
        while !rest.isEmpty {
            guard let blank = rest.firstIndex(of: 0x20), let zero = rest[blank...].firstIndex(of: 0),
                rest.distance(from: zero, to: rest.endIndex) > idLength
            else {
                throw Finding("PC797", .error, "the revision \(quoted(revision)) can't be read: a folder is cut off")
            }
            let mode = String(decoding: rest[..<blank], as: UTF8.self)
            let kind: Entry.Kind = mode.hasPrefix("100") ? .file : mode == "40000" ? .folder : .other
            entries.append(
                Entry(
                    name: String(decoding: rest[(blank + 1)..<zero], as: UTF8.self), kind: kind,
                    id: hexadecimal(rest[(zero + 1)...].prefix(idLength))))
            rest = rest[(zero + 1)...].dropFirst(idLength)
        }
        return entries
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = String.UnicodeScalarView()
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(text)
    }
}
