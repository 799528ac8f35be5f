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
    var inputs: [String] = []

    @OptionGroup var reading: ReadingChoices

    /// Whether assumptions are errors.
    var strict: Bool { reading.strict }

    /// Refuses to begin without inputs, for commands that can do nothing then.
    func validateGiven() throws {
        guard inputs.isEmpty else { return }
        throw ValidationError("Missing expected argument '<input> ...': a file, a folder, or - for standard input.")
    }

    /// Reads everything and turns it to the devices' view.
    func read(for purpose: Purpose = Purpose()) throws -> FleetReading {
        try validateGiven()
        return try reading.read(try InputSource.onDisk(inputs), for: purpose)
    }
}

/// How answers are to be read, and which of their connections are wanted.
struct ReadingChoices: ParsableArguments {
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

    @Option(
        name: .customLong("vpn-connection-id"),
        help: ArgumentHelp("Only this connection (repeatable).", valueName: "vco-…"))
    var vpnConnectionID: [String] = []

    @Option(
        name: .customLong("vpn-gateway-id"),
        help: ArgumentHelp("Only connections of this VPN gateway (repeatable).", valueName: "vpn-…"))
    var vpnGatewayID: [String] = []

    @Option(
        name: .customLong("customer-gateway-id"),
        help: ArgumentHelp("Only connections with this customer gateway (repeatable).", valueName: "cgw-…"))
    var customerGatewayID: [String] = []

    @Option(
        help: ArgumentHelp("Only connections with this tag (repeatable, all must match).", valueName: "key[=value]"))
    var tag: [String] = []

    @Option(
        help: ArgumentHelp("Only connections whose Name matches; * and ? stand for any text.", valueName: "pattern"))
    var name: [String] = []

    @Option(
        help: ArgumentHelp("What the API can't know about the routers.", valueName: "peerconf.toml"),
        completion: .file(extensions: ["toml"]))
    var site: String?

    @Flag(help: "Make assumptions and placeholders errors, and report fields that are not known.")
    var strict = false

    /// Reads everything and turns it to the devices' view.
    func read(_ sources: [InputSource], for purpose: Purpose = Purpose()) throws -> FleetReading {
        var site = try self.site.map { path throws(Finding) in try Site(path: path) } ?? Site()
        let answers = readAnswers(sources, purpose.keepsRecords)
        var origins = answers.origins
        if let path = self.site { site.file.locate(in: &origins, file: path) }
        let gateways = GatewayDirectory(
            vpnGateways: answers.vpnGateways, customerGateways: answers.customerGateways)
        let downloaded = DownloadedConfigs(
            answers.peerConfigs, described: answers.connections, gateways: gateways, origins: origins)
        let given = answers.connections + downloaded.connections
        let selection = selection
        let merged = InputMerging(
            given, selecting: { purpose.keepsUnselected || selection.includes($0) }, origins: origins)
        let selected =
            selection.isEmpty ? nil : Set(given.lazy.filter(selection.includes).map { $0.vpnConnectionId.value })
        var findings = answers.findings + downloaded.findings + merged.findings + site.findings
        let unmatched = given.isEmpty ? [] : selection.unmatched(in: given, states: state)
        findings += unmatched
        if let selected, selected.isEmpty, !given.isEmpty, unmatched.isEmpty { findings.append(nothingSelected) }
        findings +=
            SiteMatching(
                site.file, connections: given, gateways: answers.customerGateways.map(\.customerGatewayId.value),
                keys: SiteKeys(preshared: site.presharedKeys, bgp: site.bgpKeys), origins: origins
            ).findings
        let isComplete = !findings.contains { $0.severity == .error }
        if given.isEmpty, isComplete { findings.append(nothingGiven) }
        if strict { findings += merged.connections.flatMap { unknownFields(of: $0, origins) } }
        // What is to be taken off a device may be half gone in the cloud.
        let states = given.filter { purpose.removed.contains($0.vpnConnectionId.value) }.compactMap { $0.state?.value }
        var options = ReadingOptions(
            identitySide: idSide, additionalStates: Set((state + states).map { $0.lowercased() }), isStrict: strict)
        options.presharedKeys = site.located(site.presharedKeys, key: "psk")
        options.bgpKeys = site.located(site.bgpKeys, key: "bgp_key")
        options.takesMaskedKeys = purpose.takesMaskedKeys
        let missing = MissingKeys(site.missingKeys, of: merged.connections)
        if purpose.needsKeys { findings += missing.findings } else { missing.addStandIns(to: &options) }
        let wanted = purpose.needsKeys ? missing.complete : merged.connections
        let fleet = Fleet(
            connections: wanted, gateways: gateways,
            site: site.file, options: options, knownDevices: purpose.knownDevices, origins: origins)
        let leftOut = Set(merged.leftOut + fleet.leftOut + (purpose.needsKeys ? missing.ids : []))
        return FleetReading(
            site: site, fleet: fleet, findings: findings,
            selected: selected,
            leftOut: leftOut.isEmpty
                ? [] : given.lazy.filter { leftOut.contains($0.vpnConnectionId.value) }.map(LeftOut.init),
            unreadCount: answers.documents.reduce(0) { $0 + $1.leftOutCount }, origins: origins,
            answers: answers, connections: merged.connections, contradictory: merged.leftOut)
    }

    /// Whether anything is said of which connections are wanted.
    var selects: Bool { !selection.isEmpty }

    private var selection: ConnectionSelection {
        var selection = ConnectionSelection()
        selection.connectionIDs = vpnConnectionID
        selection.vpnGatewayIDs = vpnGatewayID
        selection.customerGatewayIDs = customerGatewayID
        selection.names = name
        selection.tags = tag.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count == 2 ? parts[1] : nil)
        }
        return selection
    }

    private var nothingSelected: Finding {
        Finding(
            "PC082", .warning, "no connection of the inputs has all that was asked for",
            remedy: "peerconf list shows what there is")
    }

    /// An empty answer is a good one: the API gives it for the wrong region, too.
    private var nothingGiven: Finding {
        Finding(
            "PC085", .warning, "there is no connection in the inputs",
            remedy: "give a DescribeVpnConnections answer; if it is given, check the region and the filters of the call"
        )
    }

    private func readAnswers(_ sources: [InputSource], _ keepsRecords: Bool) -> ResponseSet {
        var answers = ResponseSet(keepsRecords: keepsRecords)
        for (index, source) in sources.enumerated() {
            Progress.reading(source, index + 1, of: sources.count)
            switch source {
            case .standardInput: answers.add(.standardInput)
            case .file(let path): answers.add(file: path)
            case .content(let name, let bytes): answers.add(ByteSource(bytes, name: name))
            }
        }
        answers.finish()
        Progress.tell("looking at \(answers.connections.count) connections")
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

extension ReadingOptions.IdentitySide: ExpressibleByArgument {}
