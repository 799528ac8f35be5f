internal import Findings

/// A position in JSON text that is read block by block; knows its line and column.
struct JSONCursor {
    /// The block at hand; valid up to `limit`.
    private(set) var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var limit = 0
    private(set) var position = 0
    private var stream: ByteStream
    private var line: UInt32 = 1
    /// Where the line began, in bytes relative to the block; each byte that only continues a character
    /// moves it on by one, so that `position - lineStart` counts characters.
    private var lineStart = 0

    /// A place to come back to in a message.
    struct Mark {
        var line: UInt32
        var column: UInt32
    }

    /// The most bytes of a string that is not kept in one piece in the block.
    let longestString: Int

    init(_ stream: ByteStream, longestString: Int) {
        self.stream = stream
        self.longestString = longestString
    }

    /// The place of the next byte.
    var mark: Mark { Mark(line: line, column: UInt32(clamping: position - lineStart + 1)) }

    /// The next byte; `nil` at the end.
    @inline(__always)
    mutating func peek() throws(ReadProblem) -> UInt8? {
        if position < limit { return buffer[position] }
        return try refill() ? buffer[position] : nil
    }

    /// Steps over a byte that has been peeked at and is no line break.
    @inline(__always)
    mutating func advance() { position += 1 }

    /// Steps over a byte, which is no line break, if it is the next one.
    @inline(__always)
    mutating func skip(_ byte: UInt8) throws(ReadProblem) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    /// Steps over a byte order mark at the beginning.
    mutating func skipByteOrderMark() throws(ReadProblem) {
        for byte: UInt8 in [0xEF, 0xBB, 0xBF] {
            guard try skip(byte) else { return }
            lineStart += 1
        }
    }

    /// Steps over blanks, tabs and line breaks.
    mutating func skipBlanks() throws(ReadProblem) {
        while let byte = try peek(), isWhiteSpace(byte) {
            position += 1
            if byte == 0x0A {
                line &+= 1
                lineStart = position
            }
        }
    }

    /// At an opening quote: where in the block the string stands, if it stands there in one piece and
    /// holds only ASCII characters and no escape sequence, as nearly all do.
    func plainString() -> Range<Int>? {
        var end = position + 1
        while end < limit {
            let byte = buffer[end]
            if byte == UInt8(ascii: "\"") { return position + 1..<end }
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        return nil
    }

    /// Steps over a string found by ``plainString()`` and its closing quote.
    mutating func advance(past range: Range<Int>) { position = range.upperBound + 1 }

    /// Says that the byte just stepped over only continues a character.
    mutating func countContinuation() { lineStart += 1 }

    /// A problem at the next byte or at a mark.
    func problem(_ kind: ReadProblem.Kind, at mark: Mark? = nil) -> ReadProblem {
        let mark = mark ?? self.mark
        let place = SourceLocation(file: stream.source.name, line: Int(mark.line), column: Int(mark.column))
        return ReadProblem(kind, at: place)
    }

    /// The problem of something else standing here than what JSON wants.
    mutating func missing(_ defect: ReadProblem.JSONDefect) throws(ReadProblem) -> ReadProblem {
        guard let byte = try peek() else { return problem(.truncated) }
        return problem(self.defect(of: byte, otherwise: defect))
    }

    /// What somebody meant who wrote this byte where it cannot stand.
    func defect(of byte: UInt8, otherwise: ReadProblem.JSONDefect) -> ReadProblem.Kind {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "#"): .malformedJSON(.comment)
        case UInt8(ascii: "'"): .malformedJSON(.quotes)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            .malformedJSON(otherwise == .expectedCommaOrEnd ? .wrongBracket : otherwise)
        case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "I"), UInt8(ascii: "N"):
            .malformedJSON(otherwise == .expectedValue ? .number : otherwise)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            .malformedJSON(
                otherwise == .expectedValue ? .literal : otherwise == .expectedKey ? .quotes : otherwise)
        case 0..<0x20: .forbiddenCharacter
        default: .malformedJSON(otherwise)
        }
    }

    /// Reads the next block; `false` at the end.
    private mutating func refill() throws(ReadProblem) -> Bool {
        lineStart -= limit
        position = 0
        limit = 0
        var stream = self.stream
        let got = unsafe buffer.withUnsafeMutableBytes { bytes -> Result<Int, ReadProblem> in
            Result { () throws(ReadProblem) in unsafe try stream.read(into: bytes) }
        }
        self.stream = stream
        limit = try got.get()
        return limit > 0
    }
}
