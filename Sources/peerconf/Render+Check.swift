import DevicePacks
import FieldReader
import Findings
import PeerModel
import Review

extension Render {
    /// `--check`: tells what differs between the folder and what would be written now, in one of the report's forms.
    func report(
        _ result: RenderJob.Result, _ lock: NumberLock, _ folder: OutputTree, _ reading: FleetReading,
        isFingerprinted: Bool
    ) throws {
        let check = try comparison(result, lock, folder, reading)
        // Whether a key that changed would show: by itself, or by its fingerprint.
        let showsKeys = keys.secrets != .placeholder || isFingerprinted
        let findings = reading.allFindings + result.findings + check.findings + (showsKeys ? [] : [Self.hint])
        var report = Report(command: "check", findings: findings)
        report.diffs = diff ? check.diffs : []
        if check.findings.isEmpty {
            report.facts.append(.init(name: "files current:", value: "\(result.documents.count)"))
        }
        report.connectionCount = reading.fleet.connections.count { reading.isSelected($0.id.value) }
        report.leftOutCount = reading.leftOutCount + result.leftOut.count
        report.topology = Topology(reading.fleet)
        try Console.write(format ?? .text, report)
        // What rendering warns of is told, and judged by lint, which knows waivers: here only files are out of date.
        let errors = (reading.allFindings + result.findings).filter { $0.severity == .error }
        let status = ExitStatus(
            findings: errors + check.findings, leftOut: report.leftOutCount,
            done: result.isRefused ? 0 : result.documents.count)
        // A folder can't be called current beside connections that nobody knows of.
        if status != .failure, reading.mayLackConnections { throw ExitStatus.partial.code }
        if status != .clean { throw status.code }
    }

    private func comparison(
        _ result: RenderJob.Result, _ lock: NumberLock, _ folder: OutputTree, _ reading: FleetReading
    ) throws(FileProblem) -> FolderCheck {
        var rendered = result.documents.map { file in
            FolderCheck.Rendered(
                path: file.path, content: file.document.content, isPrivate: file.document.holdsSecrets,
                exampleOf: file.document.isForSecrets
                    ? String(file.path.dropLast(Document.exampleSuffix.count)) : nil)
        }
        rendered.append(.init(path: "peerconf.lock", content: Array(lock.text.utf8), isPrivate: false))
        var existing = try folder.files(of: lock.devices.keys.sorted())
        existing["peerconf.lock"] = try WholeFile.readIfPresent(folder.lockPath)
        // Files of connections that are there, but could not be rendered or were not asked for, are nobody's waste.
        let unselected = reading.fleet.connections.map(\.id.value).filter { !reading.isSelected($0) }
        return FolderCheck(
            rendered: rendered, existing: existing,
            notJudged: Set(unselected + reading.leftOut.map(\.id) + result.leftOut),
            mayLackConnections: reading.mayLackConnections, folder: outputFolder ?? "")
    }

    private static var hint: Finding {
        Finding(
            "PC404", .note, "without a fingerprint key, a changed key can't be seen in these files",
            remedy: "peerconf site init --fingerprint-key FILE makes one; then say --fingerprint-key FILE")
    }
}
