import Findings

/// A template's text with its name; turns byte offsets into lines and columns when an error needs them.
struct SourceText: Sendable {
    let name: String
    let bytes: [UInt8]

    /// Line and column in Unicode scalars, both from 1.
    func position(of offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return (line, scalars(in: lineStart..<min(offset, bytes.count)) + 1)
    }

    /// The line of a span with the span marked; a span over several lines is marked to the first's end.
    func excerpt(of span: Span) -> Excerpt {
        let (line, column) = position(of: Int(span.start))
        let start = min(Int(span.start), bytes.count)
        let lineStart = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let end = max(start, min(Int(span.end), lineEnd))
        let text = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
        return Excerpt(text: text, line: line, column: column, length: scalars(in: start..<end))
    }

    /// The words of a span as written, on one line.
    func words(of span: Span) -> String {
        let range = span.range.clamped(to: 0..<bytes.count)
        guard bytes[range].contains(where: { $0 < 0x20 }) else { return bytes.string(range) }
        return bytes.string(range).split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
    }

    func error(_ kind: TemplateError.Kind, at span: Span) -> TemplateError {
        let (line, column) = position(of: Int(span.start))
        return TemplateError(
            kind: kind, template: name, line: line, column: column, excerpt: excerpt(of: span), chain: [],
            elements: [], origin: .none)
    }

    private func scalars(in range: Range<Int>) -> Int {
        range.reduce(0) { $0 + (bytes[$1] & 0xC0 == 0x80 ? 0 : 1) }
    }
}
