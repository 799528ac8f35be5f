import ArgumentParser
import CloudAPI
import FieldReader
import Findings
import Review

/// `peerconf scan`: whether keys stand in files that are to be committed.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Look for keys in files that are to be committed.",
        usage: """
            peerconf scan routers/
            peerconf scan routers/ --answers private/connections.xml --answers private/customer-gateways.xml
            peerconf scan $(git ls-files routers) --format sarif
            """,
        discussion: .paragraphs(
            """
            Three things are found: keys of the answers, plain, hexadecimal or base64; statements of devices, and
            fields of answers, that say something other than a placeholder or **** where a key belongs; and files
            whose names say that they hold keys. Folders are looked through whole, hidden folders excepted, whatever
            git ignores. Keys are never shown.

            Exit status: 0 nothing found; 1 findings; 2 wrong usage, or something that can't be read.
            """))

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"), completion: .file())
    var paths: [String]

    @Option(
        help: ArgumentHelp("Answers whose keys are looked for: a file, folder or - (repeatable).", valueName: "input"),
        completion: .file(extensions: ["xml", "json"]))
    var answers: [String] = []

    @Option(
        help: ArgumentHelp(
            "Form of the report.", valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format = ReportFormat.text

    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            let keys = try knownKeys()
            var scan = KeyScan(keys: keys)
            for path in paths { try Self.look(path, &scan) }
            var report = Report(command: "scan", findings: scan.findings)
            report.facts = [
                .init(name: "files", value: String(scan.fileCount)),
                .init(name: "known keys", value: String(keys.count)),
            ]
            try Console.write(format, report)
            if !scan.findings.isEmpty { throw ExitStatus.findings.code }
        }
    }

    /// A key that could not be read could not be looked for: answers must be whole.
    private func knownKeys() throws -> KnownKeys {
        var set = ResponseSet()
        for source in try InputSource.onDisk(answers) {
            switch source {
            case .standardInput: set.add(.standardInput)
            case .file(let path): set.add(file: path)
            case .content(let name, let bytes): set.add(ByteSource(bytes, name: name))
            }
        }
        set.finish()
        if let finding = set.findings.first(where: { $0.severity == .error }) { throw finding }
        var keys = KnownKeys()
        keys.add(set)
        return keys
    }

    private static func look(_ path: String, _ scan: inout KeyScan) throws(FileProblem) {
        guard try InputFolder.isFolder(path) else {
            scan.add(file: path, content: try WholeFile.read(path))
            return
        }
        try lookThrough(path, &scan)
    }

    /// Links are not followed: what they lead to is elsewhere, or was looked at already.
    private static func lookThrough(_ folder: String, _ scan: inout KeyScan) throws(FileProblem) {
        for name in try InputFolder.names(in: folder) {
            let child = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            switch try InputFolder.entry(at: child) {
            case .file: scan.add(file: child, content: try WholeFile.read(child))
            case .folder where !name.hasPrefix("."): try lookThrough(child, &scan)
            case .folder, .other: continue
            }
        }
    }
}
