/// A source line with the place that a message is about marked under it.
public struct Excerpt: Hashable, Sendable {
    /// The line without its line break.
    public var text: String
    /// Line number, counted from 1.
    public var line: Int
    /// First marked column, counted in Unicode scalars from 1.
    public var column: Int
    /// How many scalars are marked, at least 1.
    public var length: Int

    /// Creates an excerpt of one line.
    public init(text: String, line: Int, column: Int, length: Int = 1) {
        self.text = text
        self.line = line
        self.column = column
        self.length = max(1, length)
    }

    /// The line behind its number, and under it the marker.
    ///
    /// ```
    ///   12 | remote_addrs = {{ tunnel.claud.address }}
    ///      |                          ^^^^^
    /// ```
    public var lines: [String] {
        let number = String(line)
        let gutter = String(repeating: " ", count: number.count)
        // Tabs are kept in the padding so that the marker stays under its place in any terminal.
        let padding = text.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        let marker = String(repeating: "^", count: length)
        return ["  \(number) | \(text)", "  \(gutter) | \(padding)\(marker)"]
    }
}
