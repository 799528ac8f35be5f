import CloudAPI
import Findings
import PeerModel

/// What a command wants of its inputs.
struct Purpose {
    /// Names that devices had before.
    var knownDevices: Set<String> = []
    /// Whether connections that are not selected are read too, since files of whole devices hold them.
    var keepsUnselected = false
    /// Connections that are to be taken off their devices.
    var removed: Set<String> = []
    /// Whether something is made of the keys themselves, so that none may be missing.
    var needsKeys = true
    /// Whether masked keys are taken for keys that will be told.
    var takesMaskedKeys = false
    /// Whether records keep what was sent, for comparisons.
    var keepsRecords = false
}

/// What the inputs gave.
struct FleetReading {
    var site: Site
    var fleet: Fleet
    /// What was found before the model was made; see `allFindings`.
    var findings: [Finding]
    /// Ids of the connections that are wanted; `nil`: all.
    var selected: Set<String>?
    /// Connections of the inputs that can't be rendered; each has a finding.
    var leftOut: [LeftOut]
    /// How many records of the inputs could not be read as connections at all.
    var unreadCount: Int
    var origins: OriginTable
    /// The answers as they were read.
    var answers: ResponseSet
    /// The connections of the answers that take part, each once.
    var connections: [VPNConnection]
    /// Connections whose answers contradict each other.
    var contradictory: [String]

    /// How many connections that are wanted can't be rendered.
    var leftOutCount: Int { unreadCount + Set(leftOut.map(\.id).filter(isSelected)).count }

    /// What was found about everything, or about what is selected.
    var allFindings: [Finding] {
        (findings + fleet.findings).filter { $0.place.connection.map(isSelected) ?? true }
    }

    /// Whether a connection is wanted.
    func isSelected(_ id: String) -> Bool { selected?.contains(id) ?? true }
}

/// A connection that can't be rendered.
struct LeftOut {
    let id: String
    /// Its customer gateways: the devices whose files it is missing from.
    let customerGateways: [String]

    init(_ connection: VPNConnection) {
        id = connection.vpnConnectionId.value
        customerGateways = ([connection.customerGatewayId] + connection.tunnelOptions.map(\.customerGatewayId))
            .compactMap { $0?.value }
    }
}

/// A key that the site file names, and that is not there.
struct MissingKey {
    let isBGP: Bool
    let finding: Finding
}

/// Connections whose keys the site file names, but which are not there now: on a machine that checks files without
/// having any keys, for instance.
struct MissingKeys {
    private let missing: [String: [MissingKey]]
    private let tunnels: [(connection: VPNConnection, ids: [String])]
    /// The connections that lack none.
    let complete: [VPNConnection]

    /// - Parameter missing: keys that are not there, by the tunnel's id.
    init(_ missing: [String: [MissingKey]], of connections: [VPNConnection]) {
        self.missing = missing
        guard !missing.isEmpty else {
            (tunnels, complete) = ([], connections)
            return
        }
        let tunnels = connections.map { connection -> (connection: VPNConnection, ids: [String]) in
            let own = [connection.vpnConnectionId.value] + connection.tunnelOptions.compactMap { $0.tunnelId?.value }
            return (connection, own.filter { missing[$0] != nil })
        }
        self.tunnels = tunnels
        complete = tunnels.filter(\.ids.isEmpty).map(\.connection)
    }

    /// Ids of the connections that lack a key.
    var ids: [String] { tunnels.filter { !$0.ids.isEmpty }.map(\.connection.vpnConnectionId.value) }

    /// One finding for each key that is missing.
    var findings: [Finding] {
        tunnels.flatMap { connection, ids in
            ids.flatMap { id in
                (missing[id] ?? []).map { key in
                    var finding = key.finding
                    finding.place.connection = connection.vpnConnectionId.value
                    finding.place.tunnel = id == connection.vpnConnectionId.value ? nil : id
                    return finding
                }
            }
        }
    }

    /// Puts something in the place of each missing key, where no output depends on what it is.
    func addStandIns(to options: inout ReadingOptions) {
        for id in tunnels.flatMap(\.ids) {
            for key in missing[id] ?? [] {
                if key.isBGP {
                    options.bgpKeys[id] = Located(.standIn, at: .none)
                } else {
                    options.presharedKeys[id] = Located(.standIn, at: .none)
                }
            }
        }
    }
}
