import TestSupport

/// Lets a few tests in at a time: too many daemons at once are slow to answer, and tests judge them by the clock.
actor Gate {
    static let labs = Gate(places: 4)

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(places: Int) { self.places = places }

    /// Waits for a place.
    func enter() async {
        guard places == 0 else {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives the place to whoever waits longest.
    func leave() {
        if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
    }
}

/// Asks a router again and again, with pauses: each question starts a program.
func polled<Answer: Sendable>(
    within seconds: Double, _ probe: () async throws -> Answer?
) async throws -> Answer? {
    try await eventually(within: seconds) {
        if let answer = try await probe() { return answer }
        try await Task.sleep(for: .milliseconds(400))
        return nil
    }
}
