import Findings

/// A kind of problem that can say itself in words.
///
/// Each kind's wording stands in one file.
protocol WordedProblem: Sendable {
    var words: ProblemWords { get }
}

/// A problem in words.
struct ProblemWords: Hashable, Sendable {
    var rule: RuleID
    var severity: Severity
    var message: String
    var remedy: String?
    /// Whether it tells of something assumed or left open; `--strict` makes that an error.
    var isAssumption = false
    /// The path of a field that is missing and so has no origin of its own.
    var field: String?
}

/// Collects the problems of one connection.
struct ProblemReport {
    let connection: String
    let isStrict: Bool
    var tunnel: String?
    private var problems: [Placed] = []

    private struct Placed: Hashable {
        var words: ProblemWords
        var origin: Origin
        var tunnel: String?
    }

    init(connection: String, isStrict: Bool = false) {
        self.connection = connection
        self.isStrict = isStrict
    }

    mutating func add(_ problem: some WordedProblem, at origin: Origin) {
        var words = problem.words
        if isStrict, words.isAssumption { words.severity = .error }
        let placed = Placed(words: words, origin: origin, tunnel: tunnel)
        // A value that both tunnels share is told once.
        if !problems.contains(placed) { problems.append(placed) }
    }

    /// Whether any problem forbids rendering the connection.
    var hasErrors: Bool { problems.contains { $0.words.severity == .error } }

    func findings(_ origins: OriginTable) -> [Finding] {
        // What a connection that is left out would have assumed is of no interest.
        problems.filter { !(hasErrors && $0.words.isAssumption && $0.words.severity != .error) }.map { placed in
            let words = placed.words
            return Finding(
                words.rule, words.severity, words.message,
                at: Place(
                    location: origins.location(of: placed.origin),
                    field: words.field ?? origins.field(of: placed.origin), connection: connection,
                    tunnel: placed.tunnel == connection ? nil : placed.tunnel),
                remedy: words.remedy)
        }
    }
}
