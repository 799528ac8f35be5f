/// What a document is, judged by its first bytes.
enum ContentKind: Equatable {
    case xml
    case json
    /// Nothing that can be read, and why.
    case refused(ReadProblem.Kind)

    /// How many bytes are looked at.
    static let lookAhead = 4096

    /// Judges a document by its first bytes.
    init(head: [UInt8]) {
        guard !head.isEmpty else {
            self = .refused(.empty)
            return
        }
        if let kind = Self.byMagicNumber(head) {
            self = kind
            return
        }
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
        let start = text.firstIndex { !isWhiteSpace($0) }
        guard let start else {
            // So many blanks before anything else are nobody's answer, whatever may follow.
            self = .refused(.blank)
            return
        }
        let content = text[start...]
        switch content.first {
        case UInt8(ascii: "<"):
            self = Self.isWebPage(content) ? .refused(.webPage) : .xml
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            self = .json
        default:
            self = .refused(Self.judge(text: content))
        }
    }

    /// Kinds that are told apart before anything is taken for text.
    private static func byMagicNumber(_ head: [UInt8]) -> ContentKind? {
        let formats: [(bytes: [UInt8], name: String)] = [
            ([0x1F, 0x8B], "gzip"), ([0x50, 0x4B, 0x03, 0x04], "zip"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
            ([0x42, 0x5A, 0x68], "bzip2"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
        ]
        if let format = formats.first(where: { head.starts(with: $0.bytes) }) {
            return .refused(.compressed(format: format.name))
        }
        // UTF-16, with or without its mark: libxml2 reads XML in it, the JSON reader wants UTF-8.
        let unit: UInt8
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            let units = stride(from: head[0] == 0xFF ? 2 : 3, to: head.count, by: 2).lazy.map { head[$0] }
            unit = units.first { !isWhiteSpace($0) } ?? 0
        } else if head.count >= 2, (head[0] == 0) != (head[1] == 0) {
            unit = max(head[0], head[1])
        } else {
            return nil
        }
        return unit == UInt8(ascii: "<") ? .xml : .refused(.utf16)
    }

    /// Looks past declaration, instructions and comments for `<!DOCTYPE html` or `<html`.
    private static func isWebPage(_ content: ArraySlice<UInt8>) -> Bool {
        var rest = content
        while true {
            rest = rest.drop(while: isWhiteSpace)
            if rest.starts(with: Array("<!--".utf8)) {
                rest = rest.after("-->")
            } else if rest.starts(with: Array("<?".utf8)) {
                rest = rest.after("?>")
            } else {
                return rest.starts(withWord: "<!doctype html") || rest.starts(withWord: "<html")
            }
        }
    }

    /// `aliyun --output` draws a row of names, then a row of hyphens, columns parted by `|`; others draw frames.
    private static func isTable(_ text: ArraySlice<UInt8>) -> Bool {
        if text.starts(with: Array("+-".utf8)) || text.first == UInt8(ascii: "|") { return true }
        let rows = text.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard rows.count >= 2, rows[1].starts(with: Array("---".utf8)) else { return false }
        return rows[1].allSatisfy { Array("-+| \r".utf8).contains($0) }
    }

    /// Says what text it is that begins neither with `<` nor with a bracket.
    private static func judge(text: ArraySlice<UInt8>) -> ReadProblem.Kind {
        let isControl = { (byte: UInt8) in byte < 0x20 && !isWhiteSpace(byte) && byte != 0x1B && byte != 0x0C
        }
        if text.contains(where: isControl) { return .binary }
        if isTable(text) { return .table }
        if text.starts(with: Array("HTTP/".utf8)) { return .httpHeaders }
        if text.starts(with: Array("ERROR".utf8)) || text.starts(with: Array("ErrorCode".utf8)) {
            return .commandLineError
        }
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        // `key:` or `key: value`, with a key of one word: everything else has no form to recognise.
        let key = line.prefix { $0 != UInt8(ascii: ":") }
        let afterKey = line[key.endIndex...].dropFirst()
        let isKey = !key.isEmpty && key.count < line.count && !key.contains(where: isWhiteSpace)
        if line.starts(with: Array("---".utf8)) || isKey && (afterKey.isEmpty || afterKey.first == 0x20) {
            return .yaml
        }
        // The look-ahead may have cut the last character, so up to three bytes may be missing from it.
        let isUTF8 = (0...3).contains { String(validating: text.dropLast($0), as: UTF8.self) != nil }
        return isUTF8 ? .otherText : .binary
    }
}

extension ArraySlice<UInt8> {
    /// What follows the first occurrence of an ASCII text; nothing where it does not occur.
    fileprivate func after(_ text: String) -> ArraySlice<UInt8> {
        let text = Array(text.utf8)
        let start = indices.first { self[$0...].starts(with: text) }
        return start.map { self[($0 + text.count)...] } ?? []
    }

    /// Whether it begins with a word of small ASCII letters in any mix of small and capital ones.
    fileprivate func starts(withWord word: String) -> Bool {
        let word = Array(word.utf8)
        guard count >= word.count else { return false }
        let isEqual = zip(self, word).allSatisfy { byte, letter in
            byte == letter || (0x41...0x5A).contains(byte) && byte + 0x20 == letter
        }
        guard isEqual, count > word.count else { return isEqual }
        let next = self[startIndex + word.count]
        return isWhiteSpace(next) || next == UInt8(ascii: ">") || next == UInt8(ascii: "[")
    }
}
