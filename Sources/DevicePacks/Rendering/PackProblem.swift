import Findings

/// What keeps a pack from being used, or a connection from being rendered with it.
enum PackProblem {
    case unknownPack(String, known: [String])
    case unknownVersion(String, pack: String, known: [String])
    case manifest(file: String, line: Int?, column: Int?, reason: String)
    case notExpressible(value: String, kind: String, device: String, remedy: String)
    case keyNotCarried(use: KeyUse, device: String, reason: String)
    case noRemoval(String)

    func finding(at place: Place = Place()) -> Finding {
        switch self {
        case .unknownPack(let name, let known):
            // Half of a name is no misspelling: `cisco`, `h3c`.
            let part = name.count < 3 ? nil : known.first { $0.contains(name.lowercased()) }
            let hint = didYouMean(nearestName(to: name, among: known) ?? part)
            return Finding(
                "PC320", .error, "there is no device \"\(name)\"\(hint)", at: place,
                remedy: "known are \(known.joined(separator: ", "))")
        case .unknownVersion(let version, let pack, let known):
            let covering = Self.covering(version, among: known)
            let hint = covering.map { "take \($0), which stands for what came after it, too; " } ?? ""
            return Finding(
                "PC321", .error, "\(pack) has no version \"\(version)\"", at: place,
                remedy: "\(hint)known are \(known.joined(separator: ", "))")
        case .manifest(let file, let line, let column, let reason):
            return Finding(
                "PC322", .error, "the pack's manifest can't be used: \(reason)",
                at: Place(location: SourceLocation(file: file, line: line ?? 1, column: column)),
                remedy: "compare it with a built-in one")
        case .notExpressible(let value, let kind, let device, let remedy):
            return Finding(
                "PC301", .error, "\(device) can't express the \(kind) \(value)", at: place, remedy: remedy)
        case .keyNotCarried(let use, let device, let reason):
            return Finding(
                "PC302", .error, "\(device) can't hold the \(use.rawValue): \(reason)", at: place,
                remedy: "set another key on the cloud side")
        case .noRemoval(let device):
            return Finding(
                "PC309", .error, "the pack of \(device) does not tell how a connection is taken away", at: place,
                remedy: "take it away by hand, or extend the pack with a document of scope removal (templates eject)")
        }
    }

    /// The last version that is not after the one asked for: 17.15 is 17.11's, 16.9 is 15.x's.
    private static func covering(_ version: String, among known: [String]) -> String? {
        func numbers(_ text: String) -> [Int] { text.split(separator: ".").map { Int($0) ?? 0 } }
        guard version.split(separator: ".").first.flatMap({ Int($0) }) != nil else { return nil }
        let asked = numbers(version)
        return known.filter { !asked.lexicographicallyPrecedes(numbers($0)) }
            .max { numbers($0).lexicographicallyPrecedes(numbers($1)) }
    }
}
