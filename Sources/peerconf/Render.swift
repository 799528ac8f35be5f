public import ArgumentParser
public import DevicePacks
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf render`: configuration from answers.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Render the devices' configuration.",
        usage: """
            peerconf render response.xml --device strongswan
            peerconf render cloud/ --device strongswan -o routers/ --secrets split
            aliyun vpc DescribeVpnConnections … | peerconf render - gateways.json --device strongswan
            """)

    @OptionGroup var inputs: Inputs

    @Option(
        help: ArgumentHelp(
            "What the devices are, with a version if not the usual one: \(PackLibrary.builtIn.names.joined(separator: ", ")). "
                + "The site file can say it for each router.",
            valueName: "device[@version]"))
    var device: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write files below this folder instead of standard output.", valueName: "folder"),
        completion: .directory)
    var output: String?

    @Flag(help: "Write nothing; tell which files of the output folder are stale, missing or no longer produced.")
    var check = false

    @Flag(help: "With --check, show the differences, without keys.")
    var diff = false

    @OptionGroup var keys: KeyOptions
    @OptionGroup var packs: PackOptions
    @OptionGroup var color: ColorOption

    func validate() throws {
        if check, output == nil { throw ValidationError("--check compares with a folder: name it with -o.") }
        if diff, !check { throw ValidationError("--diff goes with --check.") }
    }

    func run() throws {
        try Console.reporting {
            let folder = output.map(OutputTree.init)
            var lock = try folder?.lock() ?? NumberLock()
            // Whether keys are needed depends on the site file too, which may name the fingerprint key.
            let fingerprintKey = try keys.fingerprint(inputs.reading.site.map(Site.init(path:)) ?? Site())
            var reading = try inputs.read(
                for: Purpose(
                    knownDevices: Set(lock.devices.keys), keepsUnselected: true,
                    needsKeys: keys.secrets != .placeholder || fingerprintKey != nil))
            let job = RenderJob(
                device: device, library: try packs.library(reading.site.templatesPath),
                options: RenderingOptions(secrets: keys.secrets, fingerprintKey: fingerprintKey),
                isStrict: inputs.strict)
            if !check { try folder?.checkPrivacy(keys) }
            let result: RenderJob.Result
            if let folder {
                result = try job.render(&reading, lock: &lock, lockPath: folder.lockPath)
                if check {
                    let checked = try checked(result, reading, lock, folder, isFingerprinted: fingerprintKey != nil)
                    reading.findings += checked
                } else if !result.isRefused, !result.documents.isEmpty {
                    try folder.write(result.documents, lock: lock, keys: keys)
                }
            } else {
                result = try job.render(&reading)
                if !result.isRefused { try print(result.documents) }
            }
            let findings = reading.allFindings + result.findings
            Console.report(findings)
            let status = ExitStatus(
                findings: findings, leftOut: reading.leftOutCount + result.leftOut.count,
                done: result.isRefused ? 0 : result.documents.count)
            if status != .clean { throw status.code }
        }
    }

    /// What differs between the folder and what would be written now.
    private func checked(
        _ result: RenderJob.Result, _ reading: FleetReading, _ lock: NumberLock, _ folder: OutputTree,
        isFingerprinted: Bool
    ) throws(FileProblem) -> [Finding] {
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
        let notJudged =
            reading.fleet.connections.map(\.id.value).filter { !reading.isSelected($0) }
            + reading.leftOut.map(\.id) + result.leftOut
        let check = FolderCheck(
            rendered: rendered, existing: existing, notJudged: Set(notJudged), folder: output ?? "")
        if diff { try Console.write(check.diffs.joined()) }
        guard keys.secrets == .placeholder, !isFingerprinted else { return check.findings }
        return check.findings + [
            Finding(
                "PC404", .note, "without a fingerprint key, a changed key can't be seen in these files",
                remedy: "peerconf site init --fingerprint-key FILE makes one; then say --fingerprint-key FILE")
        ]
    }

    /// The documents one after another, each under a comment line with its name.
    private func print(_ documents: [RenderJob.File]) throws(FileProblem) {
        for (index, file) in documents.enumerated() {
            let name = "\(index == 0 ? "" : "\n")\(file.document.commentMark) ==> \(file.path) <==\n"
            try Console.write(Array(name.utf8) + file.document.content)
        }
    }
}

extension SecretsMode: ExpressibleByArgument {}
