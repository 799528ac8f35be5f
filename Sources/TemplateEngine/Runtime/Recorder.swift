import Findings

/// What a rendering printed where: filled in only when somebody asks for a source map.
struct Recorder {
    mutating func text(_ range: Range<Int32>, _ unit: Int, at offset: Int) {}
    mutating func value(_ span: Span, _ unit: Int, _ origin: Origin, _ isSecret: Bool, at offset: Int) {}
    mutating func enter(_ unit: Int, _ span: Span) {}
    mutating func leave() {}
    mutating func beginCapture(at offset: Int) {}
    mutating func endCapture(at offset: Int) -> Origin { .none }
}
