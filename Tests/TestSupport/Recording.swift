import Foundation
public import Testing

/// Whether expected outputs on disk are to be written anew (`PEERCONF_RECORD=1`) instead of compared.
public var isRecording: Bool { ProcessInfo.processInfo.environment["PEERCONF_RECORD"] == "1" }

/// Whether this is a CI run, where a missing tool is a failure.
public var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

/// Compares a text with the expected one on disk, or writes it there and fails when recording.
///
/// - Parameter path: relative to the repository. A missing file stands for empty text.
public func expect(
    _ text: String, equalsFile path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let url = Repository.root.appendingPathComponent(path)
    if isRecording {
        if text.isEmpty {
            try? FileManager.default.removeItem(at: url)
        } else {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        Issue.record("recorded \(path)", sourceLocation: sourceLocation)
        return
    }
    let expected = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    guard text != expected else { return }
    let pairs = zip(
        text.split(separator: "\n", omittingEmptySubsequences: false),
        expected.split(separator: "\n", omittingEmptySubsequences: false))
    let difference = pairs.enumerated().first { $0.element.0 != $0.element.1 }
    let place = difference.map { "line \($0.offset + 1): «\($0.element.0)» instead of «\($0.element.1)»" }
    Issue.record(
        "\(path): \(place ?? "lengths differ"). PEERCONF_RECORD=1 swift test records anew",
        sourceLocation: sourceLocation)
}
