public import Foundation

/// What a program said and how it ended.
public struct CommandOutput: Sendable {
    /// Exit status, or the signal's number when a signal ended it; 124 when it took too long.
    public var status: Int32
    /// Everything on its standard output.
    public var stdout: String
    /// Everything on its standard error.
    public var stderr: String
}

/// A program that could not be run, or did not do what a test relies on.
public struct HarnessError: Error, CustomStringConvertible {
    /// What happened.
    public var description: String

    /// Says what happened.
    public init(_ description: String) { self.description = description }
}

/// Runs programs to their end and catches what they print.
public enum Command {
    /// Runs `program` (an absolute path) and waits for its end.
    ///
    /// Output goes through files: a pipe that nobody empties would stop a talkative program. Programs wait for a place,
    /// unless they are to run `atOnce`, because the clock judges them.
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        input: String? = nil, folder: String? = nil, seconds: Int = 180, atOnce: Bool = false
    ) async throws -> CommandOutput {
        let base = "/tmp/pc-out-\(UUID().uuidString)"
        let (outPath, errPath) = (base + ".1", base + ".2")
        defer {
            try? FileManager.default.removeItem(atPath: base + ".0")
            try? FileManager.default.removeItem(atPath: outPath)
            try? FileManager.default.removeItem(atPath: errPath)
        }
        // First a place, then the files: Foundation crashes by a thousand open ones, and so many programs may wait.
        if !atOnce { await Gate.programs.enter() }
        let status: Int32
        do {
            status = try await statusOf(
                program, arguments, environment: environment, input: input, folder: folder, seconds: seconds,
                base: base)
        } catch {
            if !atOnce { await Gate.programs.leave() }
            throw error
        }
        if !atOnce { await Gate.programs.leave() }
        return CommandOutput(
            status: status, stdout: try String(contentsOfFile: outPath, encoding: .utf8),
            stderr: try String(contentsOfFile: errPath, encoding: .utf8))
    }

    private static func statusOf(
        _ program: String, _ arguments: [String], environment: [String: String], input: String?, folder: String?,
        seconds: Int, base: String
    ) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["--kill-after=2", "\(seconds)", program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true) }
        // A `Process` outlives its end and keeps its handles open.
        var handles = [try FileHandle.creating(base + ".1"), try FileHandle.creating(base + ".2")]
        defer { for handle in handles { try? handle.close() } }
        (process.standardOutput, process.standardError) = (handles[0], handles[1])
        process.standardInput = FileHandle.nullDevice
        if let input {
            try input.write(toFile: base + ".0", atomically: false, encoding: .utf8)
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: base + ".0"))
            handles.append(handle)
            process.standardInput = handle
        }
        try await untilEnd(of: process)
        return process.terminationStatus
    }

    /// Runs `program`, and throws what it printed unless it returns 0.
    @discardableResult
    public static func check(
        _ program: String, _ arguments: [String], atOnce: Bool = false
    ) async throws -> CommandOutput {
        let output = try await run(program, arguments, atOnce: atOnce)
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
    public static func creating(_ path: String) throws -> FileHandle {
        let mode: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o600)]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: mode) else {
            throw HarnessError("cannot create \(path)")
        }
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}

/// Asks `probe` every few milliseconds until it answers; `nil` when `seconds` have passed without an answer.
public func eventually<Answer: Sendable>(
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
