public import ArgumentParser
public import DevicePacks
import FieldReader
import Findings
import PeerModel
import Review

/// `peerconf render`: configuration from answers.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Render the devices' configuration.",
        usage: """
            peerconf render response.xml --device strongswan
            peerconf render cloud/ --device strongswan -o routers/ --secrets split
            aliyun vpc DescribeVpnConnections … | peerconf render - gateways.json --device strongswan
            peerconf render cloud/ --device strongswan -o routers/ --check --diff
            peerconf render cloud/ --device vyos -o routers/ --remove vco-bp1pgqg11h4uu6fjddszz
            """,
        discussion: .paragraphs(
            """
            Exit status: 0 rendered, or with --check nothing to do; 1 rendered, with warnings, or files differ; 2
            wrong usage, unusable input or template; 3 some connections are left out, the rest is rendered.
            """))

    @OptionGroup var inputs: Inputs

    @Option(
        help: ArgumentHelp(
            "What the devices are, with a version if not the usual one: \(PackLibrary.builtIn.names.joined(separator: ", ")). "
                + "The site file can say it for each router.",
            valueName: "device[@version]"),
        completion: .list(PackLibrary.builtIn.names))
    var device: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write files below this folder instead of standard output.", valueName: "folder"),
        completion: .directory)
    var output: String?

    /// The output folder without slashes at its end, which would be doubled in messages.
    var outputFolder: String? {
        output.map { path in
            let end = path.reversed().prefix { $0 == "/" }.count
            return end == path.count ? String(path.prefix(1)) : String(path.dropLast(end))
        }
    }

    @Flag(help: "Write nothing; tell which files of the output folder are stale, missing or no longer produced.")
    var check = false

    @Flag(help: "With --check, show the differences too, without keys (text, json, markdown).")
    var diff = false

    @Option(
        help: ArgumentHelp(
            "With --check, the form of the report; text if not given.",
            valueName: ReportFormat.allCases.map(\.rawValue).joined(separator: "|")))
    var format: ReportFormat?

    @Option(
        help: ArgumentHelp(
            "Print what takes this connection off its device again (repeatable), and the shared files without it. "
                + "The inputs are answers that still have it; with -o, tunnels have the numbers of that folder's "
                + "peerconf.lock, and nothing is written. What other connections need stays; there are no keys in it.",
            valueName: "vco-…"))
    var remove: [String] = []

    @OptionGroup var keys: KeyOptions
    @OptionGroup var packs: PackOptions
    @OptionGroup var terminal: TerminalOptions

    func validate() throws {
        if output?.isEmpty ?? false { throw ValidationError("-o needs a folder's name; it was given an empty one.") }
        try inputs.validateGiven()
        if check, output == nil { throw ValidationError("--check compares with a folder: name it with -o.") }
        if diff, !check { throw ValidationError("--diff goes with --check.") }
        if format != nil, !check { throw ValidationError("--format goes with --check.") }
        if !remove.isEmpty { try validateRemoval() }
    }

    func run() throws {
        try Console.reporting {
            guard remove.isEmpty else { return try printRemoval() }
            let folder = outputFolder.map(OutputTree.init)
            let (known, lockText) = try folder?.lock() ?? (NumberLock(), nil)
            var lock = known
            // Whether keys are needed depends on the site file too, which may name the fingerprint key.
            let fingerprintKey = try keys.fingerprint(inputs.reading.site.map(Site.init(path:)) ?? Site())
            var reading = try inputs.read(
                for: Purpose(
                    knownDevices: Set(lock.devices.keys), keepsUnselected: true,
                    needsKeys: keys.secrets != .placeholder || fingerprintKey != nil))
            var job = RenderJob(
                device: device, library: try packs.library(reading.site.templatesPath),
                options: RenderingOptions(secrets: keys.secrets, fingerprintKey: fingerprintKey),
                isStrict: inputs.strict)
            if !check { try folder?.checkPrivacy(keys) }
            let result: RenderJob.Result
            if let folder {
                result = try job.render(&reading, lock: &lock, lockPath: folder.lockPath)
                if check { return try report(result, lock, folder, reading, isFingerprinted: fingerprintKey != nil) }
                if !result.isRefused, !result.documents.isEmpty {
                    try folder.write(result.documents, lock: lock, from: lockText, keys: keys)
                }
            } else {
                var printer = DocumentPrinter()
                job.receiver = { try printer.print($0) }
                result = try job.render(&reading)
                if !result.isRefused { try printer.print(result.documents) }
                try printer.finish()
            }
            let findings = reading.allFindings + result.findings
            Console.report(findings)
            let status = ExitStatus(
                findings: findings, leftOut: reading.leftOutCount + result.leftOut.count,
                done: result.isRefused ? 0 : result.documents.count + result.handedOut)
            // At once: to free what a fleet took, piece by piece, would take longer than to write it.
            Peerconf.exit(withError: status.code)
        }
    }

    /// Prints all documents.
    func print(_ documents: [RenderJob.File]) throws(FileProblem) {
        var printer = DocumentPrinter()
        try printer.print(documents)
        try printer.finish()
    }
}

extension SecretsMode: ExpressibleByArgument {}
