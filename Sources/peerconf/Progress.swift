import FieldReader
import Glibc
import Synchronization

/// What a person at a terminal is told while work lasts: what is being done, and for how long.
///
/// Nothing comes before a second has passed, nothing goes into pipes or files, and nothing is left at the end.
enum Progress {
    private struct State {
        var isQuiet = false
        var hasEnded = false
        var activity = ""
        /// Whether a line stands on the terminal.
        var isShown = false
    }

    private static let state = Mutex(State())

    /// Whether standard error is a terminal on which a line can be taken away again.
    private static let isWatched =
        StandardStream.error.isTerminal && !["", "dumb"].contains(environmentVariable("TERM") ?? "")

    /// Begins to watch the time, where a person looks at standard error.
    static func begin() {
        guard isWatched else { return }
        let start = ContinuousClock.now
        Task.detached(priority: .low) {
            try? await Task.sleep(for: .seconds(1))
            while show(seconds: (ContinuousClock.now - start).components.seconds) {
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Says what is being done now.
    static func tell(_ activity: @autoclosure () -> String) {
        guard isWatched else { return }
        let activity = activity()
        state.withLock { $0.activity = activity }
    }

    /// Says what is being read now; on a terminal where somebody types it in, that is left in peace.
    static func reading(_ source: InputSource, _ number: Int, of count: Int) {
        let counted = count == 1 ? "" : ", \(number) of \(count)"
        switch source {
        case .standardInput: tell(isatty(0) == 1 ? "" : "reading standard input\(counted)")
        case .file(let name), .content(let name, _): tell("reading \(name)\(counted)")
        }
    }

    /// Shows nothing at all.
    static func silence() { state.withLock { $0.isQuiet = true } }

    /// Takes the line away for good: something else is going to be written.
    static func end() {
        state.withLock { state in
            state.hasEnded = true
            guard state.isShown else { return }
            state.isShown = false
            write("\r\u{1B}[K")
        }
    }

    /// - Returns: whether it is to be asked again.
    private static func show(seconds: Int64) -> Bool {
        state.withLock { state in
            guard !state.hasEnded, !state.isQuiet else { return false }
            guard !state.activity.isEmpty else { return true }
            state.isShown = true
            // What does not fit in a line would be left behind when the line is taken away.
            let said = "peerconf: \(state.activity)"
            write("\r\u{1B}[K\(said.count > 64 ? "…" + said.suffix(63) : said) (\(seconds) s)")
            return true
        }
    }

    private static func write(_ text: String) { _ = try? StandardStream.error.write(Array(text.utf8)) }
}
