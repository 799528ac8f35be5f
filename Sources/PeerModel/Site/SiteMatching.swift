public import CloudAPI
public import Findings

/// What the site file names, held against what the answers have.
///
/// A site file may say more than the inputs of one run: of other regions, for instance. So what is not there is only
/// noted, unless something of nearly the same name is.
public struct SiteMatching: Sendable {
    /// What does not match.
    public private(set) var findings: [Finding] = []

    private let site: SiteFile
    private let routers: [String: String]
    private let origins: OriginTable
    /// The connection and the customer gateway of each tunnel, by the tunnel's id.
    private var tunnels: [String: (connection: VPNConnection, gateway: String?)] = [:]

    /// - Parameters:
    ///   - site: with ``SiteFile/locate(in:file:)`` called.
    ///   - connections: all of the answers.
    ///   - gateways: ids of customer gateways that the answers describe by themselves.
    ///   - keys: the keys that the site file names.
    ///   - origins: where values came from, for findings.
    public init(
        _ site: SiteFile, connections: [VPNConnection], gateways: [String], keys: SiteKeys, origins: OriginTable
    ) {
        self.site = site
        routers = site.routersByGateway
        self.origins = origins
        guard !site.routers.isEmpty else { return }
        for connection in connections {
            let own = connection.customerGatewayId?.value
            if connection.tunnelOptions.isEmpty { tunnels[connection.vpnConnectionId.value] = (connection, own) }
            for tunnel in connection.tunnelOptions {
                guard let id = tunnel.tunnelId?.value else { continue }
                tunnels[id] = (connection, tunnel.customerGatewayId?.value ?? own)
            }
        }
        guard !connections.isEmpty else { return }
        let known = Set(gateways + tunnels.values.compactMap(\.gateway))
        let connectionIDs = Set(connections.map { $0.vpnConnectionId.value })
        for router in site.routers.values {
            named.formUnion(router.customerGateways + router.tunnels.keys + router.connections.keys)
        }
        let tunnelIDs = Set(tunnels.keys)
        for name in site.routers.keys.sorted() {
            guard let router = site.routers[name] else { continue }
            check(router.customerGateways, known, "customer gateway", router.origin(of: "customer_gateways"))
            for id in router.tunnels.keys.sorted() {
                check([id], tunnelIDs, "tunnel", router.tunnels[id]?.origin ?? .none)
                checkPlace(of: id, in: name)
                checkKeys(of: id, in: name, keys)
            }
            for id in router.connections.keys.sorted() {
                check([id], connectionIDs, "connection", router.connections[id]?.origin ?? .none)
            }
        }
        noteAbsent()
    }

    /// Ids that the site file names: what stands there rightly was not meant by another name.
    private var named: Set<String> = []
    private var absent: [(kind: String, id: String, origin: Origin)] = []

    private mutating func check(_ ids: [String], _ known: Set<String>, _ kind: String, _ origin: Origin) {
        for id in ids where !known.contains(id) {
            guard let nearest = nearestName(to: id, among: known.subtracting(named).sorted()) else {
                absent.append((kind, id, origin))
                continue
            }
            add(
                "PC610", .warning, "no \(kind) of the inputs is \(shown(id))\(didYouMean(shown(nearest)))", origin,
                "write the id as the answers have it")
        }
    }

    private mutating func noteAbsent() {
        guard let first = absent.first else { return }
        let names = absent.prefix(3).map { "\($0.kind) \(shown($0.id))" } + (absent.count > 3 ? ["…"] : [])
        let count = absent.count == 1 ? "" : "\(absent.count) things: "
        add(
            "PC611", .note,
            "the site file speaks of what is not in the inputs: " + count + names.joined(separator: ", "),
            first.origin, "nothing, if other answers have it")
    }

    /// Settings of a tunnel count on the router that it ends on only.
    private mutating func checkPlace(of id: String, in name: String) {
        guard let gateway = tunnels[id]?.gateway else { return }
        let router = routers[gateway]
        guard router != name else { return }
        add(
            "PC612", .warning,
            "tunnel \(shown(id)) ends on \(shown(gateway)), which is "
                + (router.map { "router \($0)'s" } ?? "no router's of the site file") + ", not \(name)'s",
            site.routers[name]?.tunnels[id]?.origin ?? .none,
            router.map { "move it to [routers.\($0).tunnels]" }
                ?? "enter \(shown(gateway)) in customer_gateways of \(name)")
    }

    /// A key of the site file takes the place of the answer's; where both are real and differ, one is wrong.
    private mutating func checkKeys(of id: String, in name: String, _ keys: SiteKeys) {
        guard let connection = tunnels[id]?.connection, let tunnel = site.routers[name]?.tunnels[id] else { return }
        let options = connection.tunnelOptions.first { $0.tunnelId?.value == id }
        let preshared = options.map { $0.ikeConfig?.psk } ?? connection.ikeConfig?.psk
        let bgp = options.map { $0.bgpConfig?.authKey } ?? connection.vpnBgpConfig?.authKey
        for (key, told, own) in [("psk", preshared, keys.preshared[id]), ("bgp_key", bgp, keys.bgp[id])] {
            guard let told, let own, told.value != own, !told.value.reveal().isEmpty,
                !Masking.isMasked(told.value), !Masking.isMasked(own)
            else { continue }
            add(
                "PC613", .warning,
                "the answer has another \(key == "psk" ? "pre-shared key" : "BGP key") for \(shown(id))",
                tunnel.origin(of: key), "take the key of the site file away, or the answer's: the site file's is used")
        }
    }

    private mutating func add(
        _ rule: RuleID, _ severity: Severity, _ message: String, _ origin: Origin, _ remedy: String
    ) {
        findings.append(
            Finding(
                rule, severity, message,
                at: Place(location: origins.location(of: origin), field: origins.field(of: origin)), remedy: remedy))
    }
}

/// Keys that the site file names, read from where they are, by the tunnel's id.
public struct SiteKeys: Sendable {
    let preshared: [String: Secret]
    let bgp: [String: Secret]

    /// - Parameters:
    ///   - preshared: pre-shared keys.
    ///   - bgp: BGP keys.
    public init(preshared: [String: Secret], bgp: [String: Secret]) {
        self.preshared = preshared
        self.bgp = bgp
    }
}
