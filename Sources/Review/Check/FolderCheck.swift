public import Findings

/// Compares files in a folder with what would be rendered now.
public struct FolderCheck: Sendable {
    /// A file as it would be rendered.
    public struct Rendered: Sendable {
        /// Path below the folder.
        public var path: String
        /// What it would hold.
        public var content: [UInt8]
        /// Whether it holds keys: its lines are never shown.
        public var isPrivate: Bool
        /// The file with keys whose form it shows with placeholders, if it is such an example.
        public var exampleOf: String?

        /// Describes a file.
        public init(path: String, content: [UInt8], isPrivate: Bool, exampleOf: String? = nil) {
            self.path = path
            self.content = content
            self.isPrivate = isPrivate
            self.exampleOf = exampleOf
        }
    }

    /// What is stale, missing or no longer produced, by path.
    public private(set) var findings: [Finding] = []
    /// Unified differences of the stale files, without keys.
    public private(set) var diffs: [String] = []

    /// Compares.
    ///
    /// - Parameters:
    ///   - rendered: the files as they would be rendered.
    ///   - existing: the files of the same devices that are there, by path below the folder.
    ///   - notJudged: ids of connections of which nothing was rendered, though they exist.
    ///   - mayLackConnections: whether there may be connections that the answers do not have (``Coverage``).
    ///   - folder: the folder's name for messages.
    public init(
        rendered: [Rendered], existing: [String: [UInt8]], notJudged: Set<String> = [],
        mayLackConnections: Bool = false, folder: String
    ) {
        var expected: Set<String> = []
        for file in rendered.sorted(by: { $0.path < $1.path }) {
            expected.insert(file.path)
            // Files with keys stand beside their examples only where the device is; they can't be judged without keys.
            if let keys = file.exampleOf { expected.insert(keys) }
            let name = "\(folder)/\(file.path)"
            guard let content = existing[file.path] else {
                add("PC402", "\(name) is missing", "render with -o \(folder) and commit the file")
                continue
            }
            guard content != file.content else { continue }
            let (old, new) = (KeyFingerprints(content), KeyFingerprints(file.content))
            let changed = new.changed(since: old)
            add(
                "PC401",
                "\(name) is not what would be rendered now"
                    + (changed.isEmpty ? "" : ": \(changed.joined(separator: ", ")) changed"),
                new.isEmpty && !old.isEmpty
                    ? "it carries fingerprints of keys: say --fingerprint-key with the key it was rendered with"
                    : "render with -o \(folder) and look at the difference",
                at: SourceLocation(file: name, line: Self.firstDifference(content, file.content)))
            diffs.append(Self.diff(file, content, name))
        }
        for path in existing.keys.sorted() where !expected.contains(path) {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let start = SourceLocation(file: "\(folder)/\(path)", line: 1)
            if let id = notJudged.first(where: { name.hasPrefix("\($0).") }) {
                add(
                    "PC409", "\(folder)/\(path) is not judged: \(id) was not rendered",
                    "leave the file; its connection was left out, or not selected", .note, at: start)
            } else if mayLackConnections {
                add(
                    "PC409",
                    "\(folder)/\(path) is not judged: pages of the answers are missing, or one could not be read",
                    "leave the file until all answers are there", .note, at: start)
            } else {
                add(
                    "PC403", "\(folder)/\(path) is no longer produced",
                    "remove it, and what it configured from the device", at: start)
            }
        }
    }

    private mutating func add(
        _ rule: RuleID, _ message: String, _ remedy: String, _ severity: Severity = .warning,
        at location: SourceLocation? = nil
    ) {
        findings.append(Finding(rule, severity, message, at: Place(location: location), remedy: remedy))
    }

    /// The first line that is not the same in both.
    private static func firstDifference(_ old: [UInt8], _ new: [UInt8]) -> Int {
        let same = zip(old, new).prefix { $0 == $1 }
        return 1 + same.count { $0.0 == 10 }
    }

    private static func diff(_ file: Rendered, _ content: [UInt8], _ name: String) -> String {
        guard !file.isPrivate else {
            return "--- \(name)\n+++ \(name)\n(differs; not shown, because the file holds keys)\n"
        }
        let new = String(decoding: file.content, as: UTF8.self)
        let redaction = KeyRedaction(new)
        return UnifiedDiff(
            from: (name, String(decoding: content, as: UTF8.self)), to: (name, new), redact: redaction.redact
        ).text
    }
}

/// The fingerprints that a file's placeholders carry: `<<PSK tun-… FINGERPRINT>>`.
private struct KeyFingerprints {
    private var fingerprints: [String: Substring] = [:]

    init(_ content: [UInt8]) {
        let text = String(decoding: content, as: UTF8.self)
        for match in text.matches(of: /<<(PSK|BGP-KEY) ([^ >]+) ([^ >]+)>>/) {
            fingerprints["the \(match.output.1 == "PSK" ? "PSK" : "BGP key") of \(match.output.2)"] = match.output.3
        }
    }

    var isEmpty: Bool { fingerprints.isEmpty }

    /// The keys that stand in both and are not the same.
    func changed(since old: KeyFingerprints) -> [String] {
        fingerprints.keys.filter { name in
            old.fingerprints[name].map { $0 != fingerprints[name] } ?? false
        }.sorted()
    }
}
