import Glibc

/// Standard output and standard error.
public enum StandardStream: Int32, Sendable {
    /// Data.
    case output = 1
    /// Messages.
    case error = 2

    /// Writes all bytes.
    ///
    /// - Returns: `false` when nobody reads any more (a closed pipe), which ends a program quietly.
    /// - Throws: ``FileProblem`` for other failures, such as a full disk.
    public func write(_ content: [UInt8]) throws(FileProblem) -> Bool {
        do throws(FileProblem) {
            try OutputFolder.writeAll(content, to: rawValue, path: self == .output ? "<stdout>" : "<stderr>")
            return true
        } catch {
            if error.code == EPIPE { return false }
            throw error
        }
    }

    /// Whether a person is likely to look at it.
    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Makes a closed pipe an error of `write` instead of the program's death.
    public static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }
}

/// A variable of the environment.
public func environmentVariable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}
