public import ArgumentParser
import CloudAPI
import FieldReader
import Findings
public import PeerModel

/// The inputs, and how they are to be read: the same for all commands that read answers.
struct Inputs: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Answers of the API: files, folders (their .xml and .json), or - for standard input.",
            valueName: "input"),
        completion: .file(extensions: ["xml", "json"]))
    var inputs: [String]

    @Option(
        help: ArgumentHelp(
            "Whose view LocalId and RemoteId are written from, where an answer has them the wrong way round.",
            valueName: "cloud|device"))
    var idSide = ReadingOptions.IdentitySide.cloud

    @Option(
        help: ArgumentHelp(
            "Render connections in this State too (repeatable); active, attached, updating, upgrading and "
                + "financialLocked are rendered always.", valueName: "state"))
    var state: [String] = []

    @Flag(help: "Make assumptions and placeholders errors, and report fields that are not known.")
    var strict = false

    /// Reads everything and turns it to the devices' view.
    func read() throws(FileProblem) -> FleetReading {
        var names: [String] = []
        for input in inputs {
            if input != "-", try InputFolder.isFolder(input) {
                names += try InputFolder.answers(in: input)
            } else {
                names.append(input)
            }
        }
        let answers = readAnswers(names)
        var findings = answers.findings
        if strict { findings += answers.connections.flatMap { unknownFields(of: $0, answers.origins) } }
        let fleet = Fleet(
            connections: answers.connections,
            gateways: GatewayDirectory(
                vpnGateways: answers.vpnGateways, customerGateways: answers.customerGateways),
            options: ReadingOptions(
                identitySide: idSide, additionalStates: Set(state.map { $0.lowercased() }), isStrict: strict),
            origins: answers.origins)
        return FleetReading(
            fleet: fleet, findings: findings + fleet.findings,
            leftOutCount: fleet.leftOut.count + answers.documents.reduce(0) { $0 + $1.leftOutCount },
            origins: answers.origins)
    }

    private func readAnswers(_ names: [String]) -> ResponseSet {
        var answers = ResponseSet()
        for name in names {
            if name == "-" {
                answers.add(.standardInput)
            } else {
                answers.add(file: name)
            }
        }
        answers.finish()
        return answers
    }

    private func unknownFields(of connection: VPNConnection, _ origins: OriginTable) -> [Finding] {
        connection.unknownFields.map { field in
            Finding(
                "PC058", .warning, "the field \(field.value) is not known here and is ignored",
                at: Place(
                    location: origins.location(of: field.origin), field: field.value,
                    connection: connection.vpnConnectionId.value),
                remedy: "look whether a newer peerconf knows it")
        }
    }
}

/// What the inputs gave.
struct FleetReading {
    var fleet: Fleet
    var findings: [Finding]
    /// Connections of the inputs that can't be rendered.
    var leftOutCount: Int
    var origins: OriginTable
}

extension ReadingOptions.IdentitySide: ExpressibleByArgument {}
