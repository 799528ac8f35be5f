import Findings

/// The lines on which the keys of a TOML file stand.
///
/// The TOML library keeps no places of values; a message that names a line is worth this little second look. It knows
/// tables and keys that begin a line; a key inside an inline table is told by the line of that table.
struct TOMLKeyLines {
    private var lines: [String: Int] = [:]

    init(_ toml: String) {
        var header = ""
        var number = 0
        for line in toml.lines {
            number += 1
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text.first == "[" {
                header = Self.path(text.drop { $0 == "[" }.prefix { $0 != "]" })
                enter(header, number)
            } else if text.first != "#", let equals = text.firstIndex(of: "=") {
                let key = Self.path(text[..<equals])
                enter(header.isEmpty ? key : "\(header).\(key)", number)
            }
        }
    }

    /// The line of a key, or of the nearest table around it.
    func line(of path: String) -> Int? {
        var path = path[...]
        while true {
            if let line = lines[String(path)] { return line }
            guard let dot = path.lastIndex(of: ".") else { return nil }
            path = path[..<dot]
        }
    }

    /// The line of a key itself.
    func exactLine(of path: String) -> Int? { lines[path] }

    private mutating func enter(_ path: String, _ line: Int) {
        if lines[path] == nil { lines[path] = line }
    }

    /// `routers."a"` and `routers . a` are `routers.a`.
    private static func path(_ text: some StringProtocol) -> String {
        String(text.filter { $0 != "\"" && $0 != "'" && $0 != " " && $0 != "\t" })
    }
}
