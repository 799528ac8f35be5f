import ArgumentParser
import FieldReader
import Findings
import Review

/// Data on standard output, messages on standard error.
enum Console {
    /// Writes data; when nobody reads any more, the program ends quietly.
    static func write(_ content: [UInt8]) throws(FileProblem) {
        Progress.end()
        guard try StandardStream.output.write(content) else { Peerconf.exit(withError: ExitStatus.clean.code) }
    }

    /// Writes a report; colours where a person looks at it.
    static func write(_ format: ReportFormat, _ report: Report) throws(FileProblem) {
        try write(format.text(of: report, usesColor: usesColor(.output)))
    }

    static func write(_ text: String) throws(FileProblem) { try write(Array(text.utf8)) }

    /// Reports findings, and how many there were.
    static func report(_ all: [Finding]) {
        Progress.end()
        let findings = TerminalOptions.isQuiet ? all.filter { $0.severity > .note } : all
        let report = TextReport(usesColor: usesColor(.error))
        var text = report.text(findings)
        if findings.count > 1, let summary = report.summary(findings) { text += "peerconf: \(summary)\n" }
        // There is no one left to tell when standard error is closed.
        _ = try? StandardStream.error.write(Array(text.utf8))
    }

    /// Whether to write colours: as `--color` says, else on terminals unless `NO_COLOR` is set (no-color.org).
    private static func usesColor(_ stream: StandardStream) -> Bool {
        switch TerminalOptions.color {
        case .always: true
        case .never: false
        case .auto: stream.isTerminal && (environmentVariable("NO_COLOR") ?? "").isEmpty
        }
    }

    /// Runs a command; why it could do nothing is reported, and becomes its exit code.
    static func reporting(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let finding as Finding {
            report([finding])
            throw ExitStatus.failure.code
        } catch let problem as FileProblem {
            report([Misspelling.explained(problem)])
            throw ExitStatus.failure.code
        }
    }
}
