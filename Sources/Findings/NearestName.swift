/// Finds the known name that a misspelt one was probably meant to be.
///
/// - Returns: the nearest candidate by edit distance, or `nil` when none is near enough to be a help.
///   Among equally near ones the first in `candidates` wins, so the hint is the same in every run.
public func nearestName(to word: String, among candidates: some Sequence<String>) -> String? {
    let scalars = Array(word.lowercased().unicodeScalars)
    // Names in this field have at most some forty characters; longer input is no misspelling.
    guard !scalars.isEmpty, scalars.count <= 64 else { return nil }
    let allowed = max(1, scalars.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
        let other = Array(candidate.lowercased().unicodeScalars)
        guard abs(other.count - scalars.count) <= allowed, other.count <= 64 else { continue }
        let distance = editDistance(scalars, other)
        if distance <= allowed, distance < best?.distance ?? Int.max {
            best = (candidate, distance)
        }
    }
    return best?.name
}

private let hintStart = "; did you mean "

/// What a message ends with when a misspelt name is near a known one, and nothing when it isn't.
public func didYouMean(_ nearest: String?) -> String { nearest.map { hintStart + $0 + "?" } ?? "" }

extension Finding {
    /// The message without what `didYouMean` added, which depends on what else is there.
    public var messageWithoutHint: String {
        message.firstRange(of: hintStart).map { String(message[..<$0.lowerBound]) } ?? message
    }
}

/// Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1]
        for j in 0..<b.count {
            var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                cost = min(cost, beforePrevious[j - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
