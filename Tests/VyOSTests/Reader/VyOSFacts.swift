/// Neutral facts of a configuration: what strongSwan and FRRouting are made to do by VyOS' own templates
/// (sagitta: data/templates/ipsec/swanctl/peer.j2, vpn_ipsec.py; equuleus: vpn-config.pl).
struct VyOSFacts {
    private(set) var tunnels: [TunnelFacts] = []
    private(set) var faults: [String] = []
    let configuration: VyOSConfiguration
    private let isOld: Bool
    private let keys: [(owners: Set<String>, secret: String)]

    init(_ configuration: VyOSConfiguration) {
        self.configuration = configuration
        isOld = configuration.release == "1.3"
        keys = Self.keys(configuration)
        for peer in configuration.names("vpn", "ipsec", "site-to-site", "peer") {
            if let tunnel = tunnel(peer) { tunnels.append(tunnel) } else { faults.append("peer \(peer) is not whole") }
        }
    }

    private mutating func tunnel(_ peer: String) -> TunnelFacts? {
        let node = ["vpn", "ipsec", "site-to-site", "peer", peer]
        func own(_ path: String...) -> String? { configuration.value(node + path) }
        guard let group = own("ike-group"), let esp = own("vti", "esp-group") ?? own("default-esp-group"),
            let ike = ike(group), let ipsec = ipsec(esp, group),
            let here = own("authentication", isOld ? "id" : "local-id"), let there = own("authentication", "remote-id")
        else { return nil }
        let interface = own("vti", "bind")
        var children = configuration.names(node + ["tunnel"]).map { number in
            let tunnel = node + ["tunnel", number]
            return TunnelFacts.Child(
                device: Set(configuration.all(tunnel + ["local", "prefix"])),
                cloud: Set(configuration.all(tunnel + ["remote", "prefix"])))
        }
        if children.isEmpty { children = [.init(device: ["0.0.0.0/0"], cloud: ["0.0.0.0/0"])] }
        for child in children where interface == nil { checkPolicy(child, peer) }
        if !isOld { for child in children where own("vti", "esp-group") == nil { checkBypass(child, peer) } }
        let start = start(own("connection-type"))
        if start == nil { faults.append("\(peer): begins as \(own("connection-type") ?? "nothing")") }
        checkActions(group, begins: start == .atOnce, isPolicy: interface == nil, peer)
        let local = own("local-address")
        return TunnelFacts(
            name: group, version: ike.version, isAggressive: ike.isAggressive,
            cloudAddress: isOld ? peer : own("remote-address") ?? "", deviceAddress: local == "any" ? nil : local,
            cloudIdentity: IdentityFacts(readByCharon: there), deviceIdentity: IdentityFacts(readByCharon: here),
            ike: ike.proposal, esp: ipsec.proposal, ikeLifetime: ike.lifetime, espLifetime: ipsec.lifetime,
            dpd: ike.dpd, start: start ?? .never, sizes: interface.map(sizes) ?? [], key: key(peer, here, there),
            children: Set(children),
            bgp: interface.flatMap(session), routes: interface.map(routes) ?? [], usesInterface: interface != nil)
    }

    private func ike(
        _ group: String
    ) -> (version: Int, isAggressive: Bool, proposal: [String], lifetime: Int, dpd: TunnelFacts.Probes?)? {
        let node = ["vpn", "ipsec", "ike-group", group]
        guard let exchange = configuration.value(node + ["key-exchange"]),
            configuration.names(node + ["proposal"]) == ["1"]
        else { return nil }
        let proposal = ["encryption", "hash", "dh-group"].compactMap {
            configuration.value(node + ["proposal", "1", $0])
        }
        let version = exchange == "ikev2" ? 2 : 1
        // Without it charon moves to port 4500 even where there is no NAT.
        let hasNoMobike =
            isOld
            ? configuration.value(node + ["mobike"]) == "disable"
            : configuration.values[node + ["disable-mobike"]] != nil
        guard proposal.count == 3, version == 1 || hasNoMobike else { return nil }
        return (
            version, configuration.value(node + ["mode"]) == "aggressive", proposal,
            Int(configuration.value(node + ["lifetime"]) ?? "") ?? -1,
            probes(node + ["dead-peer-detection"], isV1: version == 1)
        )
    }

    /// What is not told has VyOS' defaults as soon as anything is; IKEv2 has its own way to give up.
    private func probes(_ node: [String], isV1: Bool) -> TunnelFacts.Probes? {
        guard configuration.has(node) else { return nil }
        return TunnelFacts.Probes(
            delay: Int(configuration.value(node + ["interval"]) ?? "30") ?? -1,
            timeout: isV1 ? Int(configuration.value(node + ["timeout"]) ?? "120") : nil)
    }

    private func ipsec(_ name: String, _ ikeGroup: String) -> (proposal: [String], lifetime: Int)? {
        let node = ["vpn", "ipsec", "esp-group", name]
        guard configuration.names(node + ["proposal"]) == ["1"], configuration.value(node + ["mode"]) == "tunnel"
        else { return nil }
        var proposal = ["encryption", "hash"].compactMap { configuration.value(node + ["proposal", "1", $0]) }
        // get_esp_ike_cipher: a group that is not set is "enable", which takes the first phase's.
        let secrecy = configuration.value(node + ["pfs"]) ?? "enable"
        if secrecy == "enable" {
            proposal.append(
                configuration.value("vpn", "ipsec", "ike-group", ikeGroup, "proposal", "1", "dh-group") ?? "")
        } else if secrecy != "disable" {
            proposal.append(secrecy.replacing("dh-group", with: ""))
        }
        return (proposal, Int(configuration.value(node + ["lifetime"]) ?? "3600") ?? -1)
    }

    /// The key that charon looks up by the two identities: whatever has both among its owners, in any order.
    private mutating func key(_ peer: String, _ here: String, _ there: String) -> [UInt8] {
        // ipsec.secrets of 1.3: between double quotes everything is literal, identities end at blanks.
        if isOld, here.contains(" ") || there.contains(" ") { faults.append("\(peer): an identity of two words") }
        let found = Set(keys.filter { $0.owners.contains(here) && $0.owners.contains(there) }.map(\.secret))
        guard found.count == 1, let secret = found.first else {
            faults.append("\(peer): \(found.count) keys for its identities")
            return []
        }
        return isOld ? Array(secret.utf8) : Swanctl.secret(written: secret)
    }

    /// All keys with their owners; vpn-config.pl of 1.3 writes "LOCAL PEER ID REMOTE-ID : PSK", with both addresses.
    private static func keys(_ configuration: VyOSConfiguration) -> [(owners: Set<String>, secret: String)] {
        let old = ["vpn", "ipsec", "site-to-site", "peer"]
        let new = ["vpn", "ipsec", "authentication", "psk"]
        guard configuration.release == "1.3" else {
            return configuration.names(new).compactMap { name in
                configuration.value(new + [name, "secret"]).map { (Set(configuration.all(new + [name, "id"])), $0) }
            }
        }
        return configuration.names(old).compactMap { name in
            let authentication = old + [name, "authentication"]
            let owners = [
                name, configuration.value(old + [name, "local-address"]), configuration.value(authentication + ["id"]),
                configuration.value(authentication + ["remote-id"]),
            ]
            return configuration.value(authentication + ["pre-shared-secret"]).map {
                (Set(owners.compactMap(\.self)), $0)
            }
        }
    }

    /// 0.0.0.0/0 as a policy takes the router off the network.
    private mutating func checkPolicy(_ child: TunnelFacts.Child, _ peer: String) {
        if child.device.union(child.cloud).contains("0.0.0.0/0") { faults.append("\(peer): a policy for everything") }
    }

    /// vpn_ipsec.py adds a pass child for every local prefix that overlaps a remote one; pass goes first.
    private mutating func checkBypass(_ child: TunnelFacts.Child, _ peer: String) {
        for device in child.device.map(Network.init) {
            for cloud in child.cloud.map(Network.init) where device.holds(cloud) {
                faults.append("\(peer): VyOS bypasses its tunnel")
            }
        }
    }

    /// Somebody must begin, also again; what a policy protects must not leave in clear.
    private mutating func checkActions(_ group: String, begins: Bool, isPolicy: Bool, _ peer: String) {
        let node = ["vpn", "ipsec", "ike-group", group]
        let close = configuration.value(node + ["close-action"])
        let dead = configuration.value(node + ["dead-peer-detection", "action"])
        let trap = isOld ? "hold" : "trap"
        let again = isPolicy ? trap : !begins ? "none" : isOld ? "restart" : "start"
        if close != again { faults.append("\(peer): \(close ?? "nothing") when its SA is closed") }
        if let dead, dead != (isPolicy ? trap : begins ? "restart" : "clear") {
            faults.append("\(peer): \(dead) when the peer is dead")
        }
    }

    /// peer.j2 and vpn-config.pl of equuleus: "initiate" is a start without traps, so that packets find no policy until
    /// the first SA is there; "respond" is traps; "none" of later releases nothing at all.
    private func start(_ type: String?) -> TunnelFacts.Start? {
        switch type {
        case "initiate": .atOnce
        case "respond": .withTraffic
        case "none" where !isOld: .never
        default: nil
        }
    }
}

/// swanctl.conf's rules for texts in double quotes, where VyOS 1.4 and later put values without escaping.
enum Swanctl {
    static func text(written: String) -> String {
        var result = ""
        var isEscaped = false
        for character in written {
            if isEscaped || character != "\\" { result.append(character) }
            isEscaped = !isEscaped && character == "\\"
        }
        return isEscaped ? result + "<the quote is escaped, the file broken>" : result
    }

    static func secret(written: String) -> [UInt8] {
        let text = text(written: written)
        let prefix = text.prefix(2).lowercased()
        if prefix == "0x" {
            let digits = Array(text.dropFirst(2))
            return stride(from: 0, to: digits.count, by: 2).map { index in
                UInt8(String(digits[index..<min(index + 2, digits.count)]), radix: 16) ?? 0
            }
        }
        return prefix == "0s" ? Array("base64 of ".utf8) + Array(text.utf8) : Array(text.utf8)
    }
}
