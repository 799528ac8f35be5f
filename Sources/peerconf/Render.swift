public import ArgumentParser
public import DevicePacks
import FieldReader
import Findings
import PeerModel

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
            "What the device is, with its version if not the usual one: \(PackLibrary.builtIn.names.joined(separator: ", ")).",
            valueName: "device[@version]"))
    var device: String

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write files below this folder instead of standard output.", valueName: "folder"),
        completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp(
            "placeholder: keys are marked placeholders, everything may be committed; split: keys stand in files "
                + "of their own, mode 0600; inline: keys stand in place.",
            valueName: "placeholder|split|inline"))
    var secrets = SecretsMode.placeholder

    func run() throws {
        try Console.reporting {
            let pack = try PackLibrary.builtIn.pack(device)
            var reading = try inputs.read()
            var lock = NumberLock()
            let lockPath = output.map { $0 + "/peerconf.lock" }
            if let lockPath {
                if let text = try WholeFile.readIfPresent(lockPath) {
                    lock = try NumberLock(text: String(decoding: text, as: UTF8.self), file: lockPath)
                }
                try reading.fleet.number(with: &lock, in: pack.limits.tunnelNumber, file: lockPath)
            } else {
                reading.fleet.numberByID(in: pack.limits.tunnelNumber)
            }
            var documents: [(path: String, document: Document)] = []
            var leftOut = reading.leftOutCount
            for device in reading.fleet.devices {
                let rendering = try pack.render(
                    device, options: RenderingOptions(secrets: secrets), origins: reading.origins)
                documents += rendering.documents.map { ("\(device.name)/\($0.path)", $0) }
                reading.findings += rendering.findings
                leftOut += rendering.leftOut.count
            }
            if let output {
                try write(documents, lock, to: output)
            } else {
                try print(documents)
            }
            let findings = reading.allFindings
            Console.report(findings)
            let status = ExitStatus(findings: findings, leftOut: leftOut, done: documents.count)
            if status != .clean { throw status.code }
        }
    }

    private func write(
        _ documents: [(path: String, document: Document)], _ lock: NumberLock, to folder: String
    ) throws(FileProblem) {
        let folder = OutputFolder(folder)
        // First the numbers: files that use numbers which no lock keeps would be worse than the reverse.
        _ = try folder.write(Array(lock.text.utf8), to: "peerconf.lock", isSecret: false)
        for (path, document) in documents {
            _ = try folder.write(document.content, to: path, isSecret: document.holdsSecrets)
        }
    }

    /// The documents one after another, each under a comment line with its name.
    private func print(_ documents: [(path: String, document: Document)]) throws(FileProblem) {
        for (index, (path, document)) in documents.enumerated() {
            let name = "\(index == 0 ? "" : "\n")\(document.commentMark) ==> \(path) <==\n"
            try Console.write(Array(name.utf8) + document.content)
        }
    }
}

extension SecretsMode: ExpressibleByArgument {}
