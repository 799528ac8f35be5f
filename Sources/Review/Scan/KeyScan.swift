public import Findings

/// Looks for keys in files that are to be committed.
///
/// What it finds is told by place and name, never shown.
public struct KeyScan: Sendable {
    /// Everything found so far.
    public private(set) var findings: [Finding] = []
    /// How many files were looked at.
    public private(set) var fileCount = 0

    private let keys: KnownKeys

    /// - Parameter keys: keys to look for, besides statements that say one.
    public init(keys: KnownKeys) {
        self.keys = keys
    }

    /// Looks at a file.
    public mutating func add(file: String, content: [UInt8]) {
        fileCount += 1
        let name = file.split(separator: "/").last.map(String.init) ?? file
        if Self.isNameForKeys(name) {
            find(
                "PC412", "\(name) is the name of a file with keys", file, line: 1,
                "keep it out of version control: git rm --cached, and a line in .gitignore; change its keys if it was pushed"
            )
        }
        var known: Set<Int> = []
        for line in knownKeys(in: content) {
            guard known.insert(line.number).inserted else { continue }
            find(
                "PC410", "\(line.name) stands here", file, line: line.number,
                "render with --secrets placeholder or split; change the key if it was pushed")
        }
        // Statements are lines of text; known keys are looked for in everything.
        guard !content.contains(0) else { return }
        for number in KeyStatements.lines(of: String(decoding: content, as: UTF8.self)) where !known.contains(number) {
            find(
                "PC411", "a key seems to stand here, where a placeholder belongs", file, line: number,
                "render with --secrets placeholder or split; in answers, mask it with ****; change the key if it was pushed"
            )
        }
    }

    private mutating func find(_ rule: RuleID, _ message: String, _ file: String, line: Int, _ remedy: String) {
        findings.append(
            Finding(
                rule, .error, message, at: Place(location: SourceLocation(file: file, line: line)), remedy: remedy))
    }

    private func knownKeys(in content: [UInt8]) -> [(name: String, number: Int)] {
        var (number, counted) = (1, 0)
        return keys.places(in: content).map { name, offset in
            number += content[counted..<offset].count { $0 == UInt8(ascii: "\n") }
            counted = offset
            return (name, number)
        }
    }

    /// Whether packs write keys into files of such a name, `vco-….secrets.conf` or `vco-….ipsec.secrets`.
    ///
    /// Their examples hold placeholders.
    static func isNameForKeys(_ name: String) -> Bool {
        !name.hasSuffix(".example") && (name.contains(".secrets.") || name.hasSuffix(".secrets"))
    }
}
