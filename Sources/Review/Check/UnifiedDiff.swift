/// The difference of two texts in the unified format that `diff -u` prints and `patch` reads.
public struct UnifiedDiff: Sendable {
    /// Lines of unchanged text around each change.
    private static let context = 3

    /// The text of the difference; empty where there is none.
    public let text: String

    /// Compares two texts line by line.
    ///
    /// - Parameters:
    ///   - old: the text before, and its name.
    ///   - new: the text after, and its name.
    ///   - redact: what is shown in place of a line; for lines that may hold keys.
    public init(
        from old: (name: String, text: String), to new: (name: String, text: String),
        redact: (String) -> String = { $0 }
    ) {
        let edits = Self.edits(from: Self.lines(old.text), to: Self.lines(new.text))
        let hunks = Self.hunks(edits)
        guard !hunks.isEmpty else {
            text = ""
            return
        }
        var result = "--- \(old.name)\n+++ \(new.name)\n"
        for hunk in hunks {
            result += Self.header(edits, hunk)
            for edit in edits[hunk] { result += "\(edit.mark)\(redact(edit.line))\n" }
        }
        text = result
    }

    private enum Mark: String {
        case same = " "
        case removed = "-"
        case added = "+"
    }

    private struct Edit {
        var mark: String
        var line: String
        /// Lines of the old and of the new text before this one.
        var oldBefore: Int
        var newBefore: Int

        var isChange: Bool { mark != Mark.same.rawValue }
    }

    private static func lines(_ text: String) -> [String] {
        // Line breaks of Windows are a difference, and would not show.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? Substring(line.dropLast()) + "␍" : String(Substring(line))
        }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Both texts as one list of kept, removed and added lines, the removed ones first.
    private static func edits(from old: [String], to new: [String]) -> [Edit] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var edits: [Edit] = []
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                edits.append(Edit(mark: Mark.removed.rawValue, line: old[i], oldBefore: i, newBefore: j))
                i += 1
            } else if j < new.count, added.contains(j) {
                edits.append(Edit(mark: Mark.added.rawValue, line: new[j], oldBefore: i, newBefore: j))
                j += 1
            } else {
                edits.append(Edit(mark: Mark.same.rawValue, line: new[j], oldBefore: i, newBefore: j))
                i += 1
                j += 1
            }
        }
        return edits
    }

    /// Ranges of changes with their context; ranges that touch are one.
    private static func hunks(_ edits: [Edit]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in edits.indices where edits[index].isChange {
            let range = max(0, index - context)..<min(edits.count, index + context + 1)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func header(_ edits: [Edit], _ hunk: Range<Int>) -> String {
        let lines = edits[hunk]
        let oldCount = lines.count { $0.mark != Mark.added.rawValue }
        let newCount = lines.count { $0.mark != Mark.removed.rawValue }
        let first = edits[hunk.lowerBound]
        return "@@ -\(range(first.oldBefore, oldCount)) +\(range(first.newBefore, newCount)) @@\n"
    }

    /// POSIX: an empty range is told by the line before it.
    private static func range(_ before: Int, _ count: Int) -> String {
        "\(count == 0 ? before : before + 1),\(count)"
    }
}
