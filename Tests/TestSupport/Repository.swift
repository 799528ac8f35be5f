public import Foundation

/// Where the repository's files are.
public enum Repository {
    /// The repository's folder.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file or folder of the repository.
    public static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

    /// Names of the folders below one, sorted.
    public static func folders(in relative: String) -> [String] {
        let contents = try? FileManager.default.contentsOfDirectory(
            at: root.appendingPathComponent(relative), includingPropertiesForKeys: [.isDirectoryKey])
        return (contents ?? []).filter { url in
            (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
        }.map(\.lastPathComponent).sorted()
    }

    /// Names of the files in a folder, sorted.
    public static func files(in relative: String, suffix: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(relative))) ?? [])
            .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
    }
}

/// The program itself, as built beside the tests.
public enum Peerconf {
    /// Path of the executable.
    public static let path = executableFolder + "/peerconf"

    private static var executableFolder: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    }

    /// Runs it in the repository's folder, so that paths in its messages are the same everywhere.
    public static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:], folder: String? = nil
    ) async throws -> CommandOutput {
        try await Command.run(
            path, arguments, environment: environment, input: input, folder: folder ?? Repository.root.path)
    }
}

/// Gives a test a folder of its own, gone afterwards.
public func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("peerconf-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: NSNumber(value: 0o700)])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
