extension String {
    /// The text's lines, the empty ones too; what follows the last line break is a line.
    ///
    /// A line ends with a line feed, or with a carriage return and a line feed as editors on Windows write it. Swift
    /// takes the two for one character, so that splitting at `"\n"` would pass over them.
    public var lines: [Substring] {
        utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    /// Whether it can name a file or folder of its own below another: letters, digits, `.`, `-`, `_`, and no dot or
    /// hyphen first; at most 64 characters.
    public var isFolderName: Bool {
        (1...64).contains(utf8.count) && first != "." && first != "-"
            && unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                        || scalar == "." || scalar == "-" || scalar == "_")
            }
    }
}
