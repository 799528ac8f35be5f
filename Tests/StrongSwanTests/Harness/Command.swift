import Foundation

/// What a program said and how it ended.
struct CommandOutput: Sendable {
    /// Exit status, or the signal's number when a signal ended it; 124 when it took too long.
    var status: Int32
    /// Everything on its standard output.
    var stdout: String
    /// Everything on its standard error.
    var stderr: String
}

/// A program that could not be run, or did not do what a test relies on.
struct HarnessError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

/// Runs programs to their end and catches what they print.
enum Command {
    /// Runs `program` (an absolute path) and waits for its end.
    ///
    /// Output goes through files: a pipe that nobody empties would stop a talkative program.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        seconds: Int = 20
    ) async throws -> CommandOutput {
        let base = "/tmp/pc-out-\(UUID().uuidString)"
        let (outPath, errPath) = (base + ".1", base + ".2")
        defer {
            try? FileManager.default.removeItem(atPath: outPath)
            try? FileManager.default.removeItem(atPath: errPath)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["--kill-after=2", "\(seconds)", program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle.creating(outPath)
        process.standardError = try FileHandle.creating(errPath)
        try await untilEnd(of: process)
        return CommandOutput(
            status: process.terminationStatus,
            stdout: try String(contentsOfFile: outPath, encoding: .utf8),
            stderr: try String(contentsOfFile: errPath, encoding: .utf8))
    }

    /// Runs `program`, and throws what it printed unless it returns 0.
    @discardableResult
    static func check(_ program: String, _ arguments: [String]) async throws -> CommandOutput {
        let output = try await run(program, arguments)
        guard output.status == 0 else {
            let call = ([program] + arguments).joined(separator: " ")
            throw HarnessError("\(call): status \(output.status)\n\(output.stdout)\(output.stderr)")
        }
        return output
    }

    private static func untilEnd(of process: Process) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                done.resume(throwing: error)
            }
        }
    }
}

extension FileHandle {
    /// A handle that writes to a new file that only its owner can read: programs print keys.
    static func creating(_ path: String) throws -> FileHandle {
        let mode: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o600)]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: mode) else {
            throw HarnessError("cannot create \(path)")
        }
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}

/// Asks `probe` every few milliseconds until it answers; `nil` when `seconds` have passed without an answer.
func eventually<Answer: Sendable>(
    within seconds: Double, _ probe: () async throws -> Answer?
) async throws -> Answer? {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    repeat {
        if let answer = try await probe() { return answer }
        try await Task.sleep(for: .milliseconds(10))
    } while clock.now < end
    return try await probe()
}
