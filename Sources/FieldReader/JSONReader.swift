internal import Findings

/// Reads a JSON document (RFC 8259) strictly: what the RFC forbids or leaves open is refused.
///
/// - Returns: the envelope; `nil` if the receiver of the records asked to stop.
func readJSONDocument(_ stream: ByteStream, into collector: RecordCollector) throws(ReadProblem) -> FieldTree? {
    var reader = JSONReader(stream: stream, collector: collector)
    try reader.readDocument()
    return reader.collector.isStopped ? nil : reader.collector.finish()
}

/// A recursive descent over a ``JSONCursor``; the collector limits its depth.
struct JSONReader {
    private var cursor: JSONCursor
    fileprivate(set) var collector: RecordCollector
    /// The last key or string that was not in one piece in the cursor's buffer.
    private var scratch: [UInt8] = []

    init(stream: ByteStream, collector: RecordCollector) {
        cursor = JSONCursor(stream, longestString: collector.limits.bytes)
        self.collector = collector
    }

    mutating func readDocument() throws(ReadProblem) {
        try cursor.skipByteOrderMark()
        try cursor.skipBlanks()
        let mark = cursor.mark
        try readValue(head: FieldHead(name: FieldNames.unknown, mark: mark), key: [])
        guard !collector.isStopped else { return }
        try cursor.skipBlanks()
        if try cursor.peek() != nil { throw cursor.problem(.trailingContent) }
    }

    /// Reads a value, whose field begins at its key if it has one.
    private mutating func readValue(head: FieldHead, key: [UInt8]) throws(ReadProblem) {
        let mark = cursor.mark
        guard let byte = try cursor.peek() else { throw cursor.problem(.truncated) }
        var head = head
        switch byte {
        case UInt8(ascii: "{"): head.kind = .object
        case UInt8(ascii: "["): head.kind = .array
        case UInt8(ascii: "\""): head.kind = .text
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): head.kind = .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): head.kind = .boolean
        case UInt8(ascii: "n"): head.kind = .null
        default: throw cursor.problem(cursor.defect(of: byte, otherwise: .expectedValue))
        }
        do throws(ReadProblem.Kind) {
            try collector.open(head, unknownName: key.span)
        } catch {
            throw cursor.problem(error, at: mark)
        }
        switch head.kind {
        case .object: try readMembers()
        case .array: try readElements()
        case .text: try readText()
        case .number:
            try cursor.readNumber(into: &scratch)
            try appendScratch(from: mark)
        case .boolean, .null:
            try cursor.readLiteral(into: &scratch)
            if head.kind == .boolean { try appendScratch(from: mark) }
        }
        collector.close()
    }

    private mutating func readMembers() throws(ReadProblem) {
        cursor.advance()
        try cursor.skipBlanks()
        if try cursor.skip(UInt8(ascii: "}")) { return }
        var keys = KeySet()
        while true {
            guard let byte = try cursor.peek() else { throw cursor.problem(.truncated) }
            guard byte == UInt8(ascii: "\"") else {
                throw cursor.problem(cursor.defect(of: byte, otherwise: .expectedKey))
            }
            let mark = cursor.mark
            let (name, key) = try readKey()
            guard keys.insert(name, key) else {
                let text =
                    name == FieldNames.unknown
                    ? String(decoding: key, as: UTF8.self) : collector.names.strings[Int(name)]
                throw cursor.problem(.duplicateKey(text), at: mark)
            }
            try cursor.skipBlanks()
            guard try cursor.skip(UInt8(ascii: ":")) else { throw try cursor.missing(.expectedColon) }
            try cursor.skipBlanks()
            try readValue(head: FieldHead(name: name, mark: mark), key: key)
            if collector.isStopped { return }
            if try atEnd(of: UInt8(ascii: "}")) { return }
        }
    }

    private mutating func readElements() throws(ReadProblem) {
        cursor.advance()
        try cursor.skipBlanks()
        if try cursor.skip(UInt8(ascii: "]")) { return }
        while true {
            try readValue(head: FieldHead(name: FieldNames.unknown, mark: cursor.mark), key: [])
            if collector.isStopped { return }
            if try atEnd(of: UInt8(ascii: "]")) { return }
        }
    }

    /// After a value: whether the closing bracket follows; otherwise a comma must, which is skipped.
    private mutating func atEnd(of bracket: UInt8) throws(ReadProblem) -> Bool {
        try cursor.skipBlanks()
        if try cursor.skip(bracket) { return true }
        let comma = cursor.mark
        guard try cursor.skip(UInt8(ascii: ",")) else { throw try cursor.missing(.expectedCommaOrEnd) }
        try cursor.skipBlanks()
        if try cursor.peek() == bracket { throw cursor.problem(.malformedJSON(.trailingComma), at: comma) }
        return false
    }

    /// Reads a key: its number if it is known, otherwise its text.
    private mutating func readKey() throws(ReadProblem) -> (name: UInt16, key: [UInt8]) {
        let names = collector.names
        if let range = cursor.plainString() {
            defer { cursor.advance(past: range) }
            let name = names.number(of: cursor.buffer.span.extracting(range))
            return (name, name == FieldNames.unknown ? Array(cursor.buffer[range]) : [])
        }
        try cursor.readString(into: &scratch)
        let name = names.number(of: scratch.span)
        return (name, name == FieldNames.unknown ? scratch : [])
    }

    private mutating func readText() throws(ReadProblem) {
        let mark = cursor.mark
        if let range = cursor.plainString() {
            let buffer = cursor.buffer
            do throws(ReadProblem.Kind) {
                try collector.append(buffer.span.extracting(range))
            } catch {
                throw cursor.problem(error, at: mark)
            }
            cursor.advance(past: range)
            return
        }
        try cursor.readString(into: &scratch)
        try appendScratch(from: mark)
    }

    private mutating func appendScratch(from mark: JSONCursor.Mark) throws(ReadProblem) {
        let scratch = scratch
        do throws(ReadProblem.Kind) {
            try collector.append(scratch.span)
        } catch {
            throw cursor.problem(error, at: mark)
        }
    }
}

extension FieldHead {
    fileprivate init(name: UInt16, mark: JSONCursor.Mark) {
        self.init(name: name, kind: .null, line: mark.line, column: mark.column)
    }
}

/// The keys of one JSON object that have been met.
private struct KeySet {
    private var known = SIMD4<UInt64>()
    private var others: Set<[UInt8]> = []

    /// Adds a key and says whether it is new.
    mutating func insert(_ name: UInt16, _ key: [UInt8]) -> Bool {
        guard name < 256 else {
            return others.insert(name == FieldNames.unknown ? key : [0, UInt8(name >> 8), UInt8(name & 255)])
                .inserted
        }
        let bit = UInt64(1) << UInt64(name % 64)
        let word = Int(name / 64)
        guard known[word] & bit == 0 else { return false }
        known[word] |= bit
        return true
    }
}
