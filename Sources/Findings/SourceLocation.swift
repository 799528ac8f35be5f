/// A place in a file that the user can open.
public struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file as the user named it; `<stdin>` for standard input, `templates:NAME` for built-in ones.
    public var file: String
    /// Line, counted from 1.
    public var line: Int
    /// Column, counted from 1, where it is known.
    public var column: Int?

    /// Creates a place in a file.
    public init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The form that editors and compilers share: `file:line:column`.
    public var description: String {
        if let column { "\(file):\(line):\(column)" } else { "\(file):\(line)" }
    }

    /// Orders places by file, then line, then column.
    public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        (a.file, a.line, a.column ?? 0) < (b.file, b.line, b.column ?? 0)
    }
}
