public import CloudAPI
public import Findings

/// How connections are to be read where the data alone does not decide.
public struct ReadingOptions: Sendable {
    /// Whose view `LocalId` and `RemoteId` are written from.
    ///
    /// The API's is the cloud's (api.md 2).
    public enum IdentitySide: String, Sendable, CaseIterable {
        /// `LocalId` is the cloud's identity.
        case cloud
        /// `LocalId` is the device's identity: the file was written the other way round.
        case device
    }

    /// Whose view the identities are written from.
    public var identitySide: IdentitySide
    /// States rendered although they are usually left out, in lower case.
    public var additionalStates: Set<String>
    /// Whether assumptions and open values are errors.
    public var isStrict: Bool
    /// Pre-shared keys from elsewhere, by tunnel: they take the place of those in the answers.
    public var presharedKeys: [String: Located<Secret>] = [:]
    /// BGP keys from elsewhere, by tunnel.
    public var bgpKeys: [String: Located<Secret>] = [:]
    /// Whether a masked key is no reason to leave a connection out, because nothing is made of keys.
    public var takesMaskedKeys = false

    /// Creates options; the defaults follow the API.
    public init(
        identitySide: IdentitySide = .cloud, additionalStates: Set<String> = [], isStrict: Bool = false
    ) {
        self.identitySide = identitySide
        self.additionalStates = additionalStates
        self.isStrict = isStrict
    }

    /// The connection with keys from elsewhere in place.
    func withKeys(_ source: VPNConnection) -> VPNConnection {
        guard !presharedKeys.isEmpty || !bgpKeys.isEmpty || takesMaskedKeys else { return source }
        var result = source
        if takesMaskedKeys {
            result.ikeConfig?.psk = unmasked(source.ikeConfig?.psk)
            result.vpnBgpConfig?.authKey = unmasked(source.vpnBgpConfig?.authKey)
            for (index, tunnel) in source.tunnelOptions.enumerated() {
                result.tunnelOptions[index].ikeConfig?.psk = unmasked(tunnel.ikeConfig?.psk)
                result.tunnelOptions[index].bgpConfig?.authKey = unmasked(tunnel.bgpConfig?.authKey)
            }
        }
        if let key = presharedKeys[source.vpnConnectionId.value] { result.ikeConfig?.psk = key }
        if let key = bgpKeys[source.vpnConnectionId.value] { result.vpnBgpConfig?.authKey = key }
        for index in result.tunnelOptions.indices {
            let id = result.tunnelOptions[index].tunnelId?.value ?? ""
            if let key = presharedKeys[id] { result.tunnelOptions[index].ikeConfig?.psk = key }
            if let key = bgpKeys[id] { result.tunnelOptions[index].bgpConfig?.authKey = key }
        }
        return result
    }

    private func unmasked(_ key: Located<Secret>?) -> Located<Secret>? {
        key.map { Masking.isMasked($0.value) ? Located(.standIn, at: $0.origin) : $0 }
    }
}

/// What became of one connection of an answer.
public struct ConnectionReading: Sendable {
    /// The connection, unless something forbids rendering it.
    public var connection: Connection?
    /// Whether it was passed over on purpose, because of its state.
    public var isPassedOver: Bool
    /// What is wrong or doubtful about it.
    public var findings: [Finding]
}

extension Connection {
    /// Turns what the cloud said around to what the device must be told.
    ///
    /// Everything is read literally; contradictions become findings and never a silent correction.
    public static func reading(
        _ source: VPNConnection, gateways: GatewayDirectory, options: ReadingOptions = ReadingOptions(),
        origins: OriginTable
    ) -> ConnectionReading {
        var reader = ConnectionReader(source: source, gateways: gateways, options: options)
        let connection = reader.read(origins)
        return ConnectionReading(
            connection: reader.report.hasErrors ? nil : connection,
            isPassedOver: connection == nil && !reader.report.hasErrors,
            findings: reader.source.withholdingKeys(reader.report.findings(origins)))
    }
}

/// Reads one connection; problems gather in `report`.
struct ConnectionReader {
    let source: VPNConnection
    let gateways: GatewayDirectory
    let options: ReadingOptions
    var report: ProblemReport

    init(source: VPNConnection, gateways: GatewayDirectory, options: ReadingOptions) {
        self.source = options.withKeys(source)
        self.gateways = gateways
        self.options = options
        report = ProblemReport(connection: source.vpnConnectionId.value, isStrict: options.isStrict)
    }

    /// `nil` only where something essential is missing; the report then holds an error.
    mutating func read(_ origins: OriginTable) -> Connection? {
        guard checkState() else { return nil }
        let masked = source.maskedFields
        if let first = masked.first {
            report.add(ModelProblem.masked(fields: masked.map { origins.field(of: $0) ?? "a value" }), at: first)
            return nil
        }
        let parent = source.vpnConnectionId.origin
        guard let id = report.identifier(source.vpnConnectionId) else { return nil }
        var connection = Connection(
            Connection.Parts(
                id: id, name: source.name, attachment: attachment,
                tunnelMode: source.tunnelOptions.isEmpty ? .single : .dual,
                cloudNetworks: report.networks(source.localSubnet, "LocalSubnet", in: parent),
                deviceNetworks: report.networks(source.remoteSubnet, "RemoteSubnet", in: parent),
                tunnels: [], cloudInitiates: source.effectImmediately?.value ?? false,
                healthCheck: healthCheck(), state: source.state, status: source.status, tags: source.tags))
        switch connection.tunnelMode {
        case .single: connection.tunnels = singleTunnel(of: connection).map { [$0] } ?? []
        case .dual: connection.tunnels = dualTunnels(of: connection)
        }
        if !report.hasErrors { check(connection) }
        return connection
    }

    private var attachment: Attachment {
        if source.transitRouterId != nil || source.attachType?.value.uppercased() == "CEN" {
            return .transitRouter(id: source.transitRouterId, name: source.transitRouterName)
        }
        return source.vpnGatewayId.map(Attachment.vpnGateway) ?? .nothing
    }

    /// Which states are rendered: api.md section 8, point 11.
    ///
    /// The state's spelling varies in case.
    private mutating func checkState() -> Bool {
        guard let state = source.state else { return true }
        switch state.value.lowercased() {
        case let word where options.additionalStates.contains(word): return true
        case "active", "attached": return true
        case "updating", "upgrading": report.add(ModelProblem.stateNoted(state.value), at: state.origin)
        case "financiallocked": report.add(ModelProblem.financialLock, at: state.origin)
        default:
            report.add(ModelProblem.stateLeftOut(state.value), at: state.origin)
            return false
        }
        return true
    }

    private mutating func healthCheck() -> HealthCheck? {
        guard let check = source.vcoHealthCheck, check.enable?.value == true,
            let cloudAddress = report.address(check.sip), let deviceAddress = report.address(check.dip)
        else { return nil }
        // Defaults: api.md 3.1.
        return HealthCheck(
            cloudAddress: cloudAddress, deviceAddress: deviceAddress,
            interval: check.interval?.value ?? 3, retries: check.retry?.value ?? 3)
    }

    private mutating func singleTunnel(of connection: Connection) -> Tunnel? {
        guard let ike = source.ikeConfig else {
            report.add(ModelProblem.noTunnels, at: source.vpnConnectionId.origin)
            return nil
        }
        report.tunnel = connection.id.value
        let customerGateway = gateways.customerGateway(source.customerGatewayId?.value)
        var bgp: BGPSession?
        if let config = source.vpnBgpConfig, config.tunnelCidr != nil, config.enableBgp?.value != false {
            bgp = readBGP(config, "VpnBgpConfig", key: bgpKey(config, customerGateway))
        }
        return tunnel(
            of: connection,
            from: TunnelSource(
                id: connection.id, origin: connection.id.origin, position: 1, role: .only, prefix: "",
                ike: ike, ipsec: source.ipsecConfig, internetIp: source.internetIp,
                customerGatewayId: source.customerGatewayId,
                remoteCaCertificate: source.remoteCaCertificate,
                deadPeerDetection: source.enableDpd?.value, natTraversal: source.enableNatTraversal?.value,
                status: source.status, zone: source.zoneNo),
            bgp: bgp)
    }

    private mutating func dualTunnels(of connection: Connection) -> [Tunnel] {
        let sorted = source.tunnelOptions.sorted { $0.order < $1.order }
        guard sorted.count <= 2 else {
            report.add(ModelProblem.tooManyTunnels(sorted.count), at: source.vpnConnectionId.origin)
            return []
        }
        let roles = roles(of: sorted, connection.attachment)
        var tunnels: [Tunnel] = []
        for (index, options) in sorted.enumerated() {
            report.tunnel = options.tunnelId?.value
            let prefix = "TunnelOptionsSpecification."
            guard let id = report.required(options.tunnelId, prefix + "TunnelId", in: options.origin),
                let id = report.identifier(id),
                let ike = report.required(
                    options.ikeConfig.map { Located($0, at: $0.origin) }, prefix + "TunnelIkeConfig",
                    in: options.origin)
            else { continue }
            let tunnel = tunnel(
                of: connection,
                from: TunnelSource(
                    id: id, origin: options.origin, position: index + 1, role: roles[index],
                    prefix: "TunnelOptionsSpecification.Tunnel", ike: ike.value, ipsec: options.ipsecConfig,
                    internetIp: options.internetIp, customerGatewayId: options.customerGatewayId,
                    remoteCaCertificate: options.remoteCaCertificate,
                    deadPeerDetection: options.enableDpd?.value,
                    natTraversal: options.enableNatTraversal?.value,
                    status: options.status, zone: options.zoneNo),
                bgp: dualBGP(options))
            if let tunnel { tunnels.append(tunnel) }
        }
        report.tunnel = nil
        return tunnels
    }

    private mutating func dualBGP(_ options: TunnelOptions) -> BGPSession? {
        guard source.enableTunnelsBgp?.value == true else { return nil }
        guard let config = options.bgpConfig, config.tunnelCidr != nil else {
            report.add(ModelProblem.bgpWithoutConfiguration, at: options.origin)
            return nil
        }
        let customerGateway = gateways.customerGateway(options.customerGatewayId?.value)
        return readBGP(
            config, "TunnelOptionsSpecification.TunnelBgpConfig",
            key: bgpKey(config, customerGateway))
    }
}

extension TunnelOptions {
    /// Order of tunnels: by role, then index, then id (api.md 3.7).
    ///
    /// The order in the list means nothing.
    fileprivate var order: (Int, Int, String) {
        let byRole =
            switch self.role?.value.lowercased() {
            case "master": 0
            case "slave": 1
            default: 2
            }
        return (byRole, self.tunnelIndex?.value ?? 0, self.tunnelId?.value ?? "")
    }
}
