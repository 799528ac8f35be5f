/// What templates make from lists and mappings, and how it differs from a list in Python.
public final class Elements: Sendable {
    enum Kind: Sendable {
        /// `(a, b)`, a pair of `items()`.
        case tuple
        /// A group of `groupby`: a tuple that also knows `grouper` and `list`.
        case group
        /// `range(…)`: has a length and elements, but is no list.
        case range
        /// `items()`, `keys()` and `values()`: a length but no elements by number, and each its own `in`.
        case items, keys, values
        /// The lazy result of `map`, `select`, `unique` …: can be walked through once.
        case generator
    }

    let kind: Kind
    let elements: [Value]
    /// What a lazy result fails with behind its elements: Python notices only when it gets there.
    let failure: Fault?

    init(_ kind: Kind, _ elements: [Value], failure: Fault? = nil) {
        self.kind = kind
        self.elements = elements
        self.failure = failure
    }

    /// A pair such as those of `items()`.
    static func tuple(_ elements: [Value]) -> Value { .sequence(Elements(.tuple, elements)) }
    static func generator(_ elements: [Value]) -> Value { .sequence(Elements(.generator, elements)) }
}
