import Findings

/// Hides keys in lines of a file on disk.
///
/// The file may have been written with keys in it, those of tunnels that are gone included: whatever follows the words
/// that stand before a placeholder, or a word that device languages have for keys, is not shown.
struct KeyRedaction {
    /// Words after which keys stand, in small letters.
    private let words: Set<String>
    /// Lines that are rendered now: they hold placeholders, and no key.
    private let rendered: Set<Substring>

    private static let marks = ["<<PSK ", "<<BGP-KEY "]
    private static let known = KeyStatements.words.union(["cipher", "simple", "plaintext", "plain", "ascii-text"])

    init(_ text: String) {
        let lines = text.lines
        rendered = Set(lines)
        var words = Self.known
        for line in lines {
            for mark in Self.marks {
                guard let range = line.firstRange(of: mark),
                    let word = Self.words(line[..<range.lowerBound]).last
                else { continue }
                words.insert(word.lowercased())
            }
        }
        self.words = words
    }

    /// The line as it may be shown.
    func redact(_ line: String) -> String {
        guard !rendered.contains(line[...]) else { return line }
        for word in Self.words(line[...]) where words.contains(word.lowercased()) {
            // A placeholder with another fingerprint is what the difference is about.
            let rest = line[word.endIndex...].drop { " =:\"'".contains($0) }
            if rest.wholeMatch(of: /<<(?:PSK|BGP-KEY) [^ <>]+(?: [0-9a-z]+)?>>["';]*/) != nil { return line }
            return line[..<word.endIndex] + " <redacted>"
        }
        return line
    }

    /// The words of a line, without what separates them in any of the devices' languages.
    private static func words(_ line: Substring) -> [Substring] {
        line.split { $0.isWhitespace || "\"'=:;{}".contains($0) }
    }
}
