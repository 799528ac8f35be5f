/// Compares what a router would do with what the cloud expects, and says where they differ.
struct Comparison {
    let version: String
    private(set) var complaints: [String] = []
    private(set) var compared = 0

    /// Whether concrete networks are on the outside interface: always on old releases, else on request.
    private let isPolicyBased: Bool

    init(version: String, isPolicyBased: Bool = false) {
        self.version = version
        self.isPolicyBased = isPolicyBased || version == "15.x"
    }

    /// Compares all tunnels that should end on a router: no more, no fewer, and each as expected.
    mutating func compare(_ pasted: [String], with expected: [TunnelFacts], on router: String) {
        let read = IOSFacts(IOSConfiguration(pasted, version: version))
        complaints += read.problems.prefix(5).map { "\(router): \($0)" }
        let addresses = Set(expected.map(\.cloudAddress))
        if Set(read.tunnels.keys) != addresses {
            complaints.append("\(router): tunnels to \(read.tunnels.keys.sorted()), not \(addresses.sorted())")
        }
        let wanted = Set(expected.filter { $0.ikeVersion == 2 }.map(\.ikeProposal))
        let wantedOld = Set(expected.filter { $0.ikeVersion == 1 }.map { "\($0.ikeProposal)/\($0.ikeLifetime)" })
        for tunnel in expected {
            guard var found = read.tunnels[tunnel.cloudAddress] else { continue }
            compared += 1
            let offered = read.offered[tunnel.cloudAddress] ?? []
            let own = tunnel.ikeVersion == 1 ? "\(tunnel.ikeProposal)/\(tunnel.ikeLifetime)" : tunnel.ikeProposal
            if !offered.contains(own) { complaints.append("\(router): \(own) is not offered") }
            // Whatever else is offered must be another tunnel's: nothing is added to be safe.
            let extra = offered.subtracting(tunnel.ikeVersion == 1 ? wantedOld : wanted)
            if !extra.isEmpty { complaints.append("\(router): \(extra.sorted()) is offered too") }
            found.ikeProposal = tunnel.ikeProposal
            if tunnel.ikeVersion == 1 { found.ikeLifetime = tunnel.ikeLifetime }
            // With BGP nothing in a route tells which connection it is for: the router's others are allowed.
            if tunnel.bgp != nil, found.guarded.isSuperset(of: tunnel.guarded) { found.guarded = tunnel.guarded }
            let differences = found.differences(from: adapted(tunnel))
            if found.deviceIdentity == "address:own" {
                let own = tunnel.deviceAddress.isEmpty ? tunnel.deviceIdentity : "address:" + tunnel.deviceAddress
                found.deviceIdentity = own
            }
            if found != adapted(tunnel) {
                let told = differences.filter { !$0.contains("address:own") }
                complaints.append("\(router), tunnel to \(tunnel.cloudAddress): \(told.joined(separator: "; "))")
            }
        }
    }

    /// What the release does with the facts: concrete networks become a tunnel interface since 16.12.
    private func adapted(_ tunnel: TunnelFacts) -> TunnelFacts {
        var tunnel = tunnel
        if !isPolicyBased { tunnel.isOnInterface = true }
        if !tunnel.isOnInterface {
            tunnel.routes = []
            tunnel.guarded = []
        }
        return tunnel
    }
}
