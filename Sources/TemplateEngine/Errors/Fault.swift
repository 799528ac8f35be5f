import Findings

/// A place in a template's source, in bytes.
struct Span: Sendable, Hashable {
    var start: Int32
    var end: Int32

    init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// From the start of one to the end of the other.
    func to(_ other: Span) -> Span { Span(Int(start), Int(other.end)) }
    var range: Range<Int> { Int(start)..<Int(max(start, end)) }
}

/// What the lexer, parser and compiler throw: a kind and a place in the text they are at.
struct SourceFault: Error {
    let kind: TemplateError.Kind
    let span: Span

    init(_ kind: TemplateError.Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// What goes wrong while rendering.
///
/// The one who throws knows the cause; the machine adds the place, and to a missing value the words.
struct Fault: Error {
    enum Cause: Sendable {
        case kind(TemplateError.Kind)
        case undefined(Undefined)
        /// On its way out, with its place.
        case located(TemplateError)
    }

    /// Behind a reference, so that a function that throws it returns no more than a word.
    private final class Details: Sendable {
        let cause: Cause
        let origin: Origin
        init(_ cause: Cause, _ origin: Origin) {
            self.cause = cause
            self.origin = origin
        }
    }
    private let details: Details

    init(_ kind: TemplateError.Kind, origin: Origin = .none) { details = Details(.kind(kind), origin) }
    init(_ error: TemplateError) { details = Details(.located(error), error.origin) }
    init(_ undefined: Undefined) { details = Details(.undefined(undefined), .none) }

    var cause: Cause { details.cause }
    var origin: Origin { details.origin }

    /// Whether a limit was reached, which nothing may put off.
    var isLimit: Bool {
        if case .kind(.limit) = cause { return true }
        return false
    }
}
