import Foundation

/// A network namespace and a temporary folder, both gone afterwards whatever happens.
///
/// A small shell keeps them and waits for the end of its standard input. The input ends when the test
/// says so and also when the test process is killed, so nothing is left behind either way. Every process
/// still inside the namespace is ended by its id.
public final class Namespace: Sendable {
    /// The namespace's name, `pc-<process>-<number>-<role>`.
    public let name: String
    /// The folder, short enough for socket paths below it.
    public let folder: String
    private let keeper: Process
    private let leash: Pipe

    /// The program `ip`.
    public static let ipPath = "/usr/sbin/ip"

    /// `PEERCONF_KEEP=1` leaves the folders (configurations, logs) for a look.
    private static let keepsFolders = ProcessInfo.processInfo.environment["PEERCONF_KEEP"] == "1"

    private static let script = """
        exec 3<&0
        trap : TERM INT
        ip netns add "$1" || exit 1
        ip -n "$1" link set lo up && : >"$2/ready"
        cat <&3 >/dev/null & cat=$!
        wait $cat
        kill $cat 2>/dev/null
        for signal in TERM KILL; do
            for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
                ids=$(ip netns pids "$1")
                [ -n "$ids" ] || break 2
                [ $try -gt 1 ] || kill -$signal $ids 2>/dev/null
                sleep 0.1
            done
        done
        ip netns del "$1"
        [ -n "$3" ] || rm -rf "$2"
        """

    /// Makes the namespace (loopback up) and the folder.
    public init(role: String) async throws {
        let unique = UUID().uuidString.prefix(8).lowercased()
        name = "pc-\(ProcessInfo.processInfo.processIdentifier)-\(unique)-\(role)"
        folder = "/tmp/\(name)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false,
            attributes: [.posixPermissions: NSNumber(value: 0o700)])
        keeper = Process()
        leash = Pipe()
        keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
        keeper.arguments = ["-c", Self.script, "keeper", name, folder, Self.keepsFolders ? "keep" : ""]
        keeper.standardInput = leash
        try keeper.run()
        let ready = folder + "/ready"
        let state = try await eventually(within: 5) { [keeper] in
            FileManager.default.fileExists(atPath: ready) ? true : keeper.isRunning ? nil : false
        }
        guard state == true else {
            await end()
            throw HarnessError("no network namespace \(name); is this root?")
        }
    }

    /// Ends everything in the namespace, removes it, and waits until that is done.
    public func end() async {
        try? leash.fileHandleForWriting.close()
        // A second way to say it: another child may have inherited the pipe's other end.
        if keeper.isRunning { keeper.terminate() }
        _ = try? await eventually(within: 10) { [keeper] in keeper.isRunning ? nil : true }
    }

    /// Runs `ip` inside the namespace, arguments separated by blanks.
    public func ip(_ arguments: String) async throws {
        try await Command.check(
            Self.ipPath, ["-n", name] + arguments.split(separator: " ").map(String.init), atOnce: true)
    }

    /// Runs many `ip` commands inside the namespace.
    public func ipBatch(_ commands: [String]) async throws {
        let text = commands.joined(separator: "\n") + "\n"
        let output = try await Command.run(Self.ipPath, ["-n", name, "-batch", "-"], input: text, atOnce: true)
        guard output.status == 0 else { throw HarnessError("ip -batch in \(name): \(output.stderr)") }
    }

    /// Runs a program inside the namespace, and throws what it printed unless it returns 0.
    @discardableResult
    public func run(_ program: String, _ arguments: [String]) async throws -> CommandOutput {
        try await Command.check(Self.ipPath, ["netns", "exec", name, program] + arguments)
    }

    /// Runs a program inside the namespace, however it ends.
    public func attempt(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) async throws -> CommandOutput {
        try await Command.run(
            Self.ipPath, ["netns", "exec", name, program] + arguments, environment: environment, input: input)
    }

    /// Makes a folder (with parents) below the namespace's folder.
    public func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }

    /// Writes a file below the namespace's folder and gives its absolute path.
    @discardableResult
    public func write(_ text: String, to path: String) throws -> String {
        let absolute = "\(folder)/\(path)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: absolute))
        return absolute
    }

    /// Removes a file below the namespace's folder.
    public func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
    }
}
