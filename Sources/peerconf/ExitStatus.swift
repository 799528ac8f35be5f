import ArgumentParser
import Findings

/// What the exit code says; the same for all commands.
enum ExitStatus: Int32 {
    /// Done, and nothing to say beyond notes.
    case clean = 0
    /// Done, with warnings; or differences, stale files.
    case findings = 1
    /// Nothing done: wrong usage, unusable input or template.
    case failure = 2
    /// Some connections are left out, the rest is done.
    case partial = 3

    /// What the help of commands without findings says.
    static let help = "Exit status: 0 done; 2 wrong usage, or something that can't be read or written."

    var code: ExitCode { ExitCode(rawValue) }

    /// The status of a run that was to do `wanted` things and did `done` of them.
    init(findings: [Finding], leftOut: Int, done: Int) {
        let hasErrors = findings.contains { $0.severity == .error }
        if done == 0, hasErrors {
            self = .failure
        } else if leftOut > 0 || hasErrors {
            self = .partial
        } else {
            self = findings.contains { $0.severity == .warning } ? .findings : .clean
        }
    }
}
