/// Turns a configuration back into facts, as a network engineer would who has only the router before him.
struct IOSFacts {
    let configuration: IOSConfiguration
    private(set) var problems: [String] = []
    /// Facts by the cloud's address.
    private(set) var tunnels: [String: TunnelFacts] = [:]
    /// Phase-1 proposals that IOS would offer, by the cloud's address.
    private(set) var offered: [String: Set<String>] = [:]
    /// Entries of prefix lists, by list.
    let prefixEntries: [String: [IOSConfiguration.Object]]
    private let routesByVRF: [String: [IOSConfiguration.Object]]

    init(_ configuration: IOSConfiguration) {
        self.configuration = configuration
        prefixEntries = Dictionary(
            grouping: configuration.objects.filter { ["permit", "deny"].contains($0.kind) }, by: { $0.key[0] })
        routesByVRF = ["": configuration.all("route"), "vrf": configuration.all("vrf route")]
        problems = configuration.problems + configuration.danglingReferences
        for interface in configuration.all("interface") where interface["destination"] != nil {
            readInterface(interface)
        }
        for map in configuration.all("map") { readMap(map) }
    }

    private mutating func readInterface(_ interface: IOSConfiguration.Object) {
        guard let name = interface.key.first, name.hasPrefix("Tunnel"), let number = Int(name.dropFirst(6)),
            (0...2_147_483_647).contains(number)
        else {
            problems.append("\(interface.key) is no tunnel interface")
            return
        }
        guard interface.values["mode"] != nil, let source = interface["source"], interface["mtu"] != nil,
            interface["mss"] != nil,
            interface["address"] != nil || interface["unnumbered"] != nil,
            let profile = interface["profile"].flatMap({ configuration.object("ipsec profile", $0) })
        else {
            problems.append("\(name) is not complete")
            return
        }
        var facts = TunnelFacts()
        facts.isOnInterface = true
        readPolicy(profile, cloud: interface["destination"] ?? "", source: source, into: &facts)
        facts.selectors = interface["policy"].map(pairs) ?? ["0.0.0.0/0>0.0.0.0/0"]
        for (network, next, distance) in routes(vrf: interface["vrf"]) {
            if next == name { facts.routes.insert("\(network)@\(distance)") }
        }
        let covered = Set(facts.routes.map { $0.split(separator: "@")[0] })
        for (network, next, distance) in routes(vrf: interface["vrf"])
        where next == "Null0" && covered.contains(Substring(network)) {
            if distance > 10 { facts.guarded.insert(network) }
        }
        if let own = interface.values["address"]?.first {
            facts.bgp = bgp(own, vrf: interface["vrf"])
            // Behind eBGP's 20 and iBGP's 200; 255 is never used.
            for (network, next, distance) in routes(vrf: interface["vrf"])
            where next == "Null0" && (201..<255).contains(distance) {
                facts.guarded.insert(network)
            }
        }
        add(facts)
    }

    private mutating func readMap(_ map: IOSConfiguration.Object) {
        let bound = configuration.all("interface").filter { $0["map"] == map.key[0] }
        if bound.count != 1 { problems.append("crypto map \(map.key[0]) is on \(bound.count) interfaces") }
        var facts = TunnelFacts()
        readPolicy(map, cloud: map["peer"] ?? "", source: nil, into: &facts)
        facts.selectors = map["acl"].map(pairs) ?? []
        // The packet's way to the interface with the map is the router's own affair.
        add(facts)
    }

    private mutating func add(_ facts: TunnelFacts) {
        if tunnels[facts.cloudAddress] != nil { problems.append("two tunnels to \(facts.cloudAddress)") }
        tunnels[facts.cloudAddress] = facts
    }

    private func pairs(_ acl: String) -> Set<String> {
        Set(
            (configuration.object("acl", acl)?.values["permit"] ?? []).map {
                "\(network($0[0], wildcard: $0[1]))>\(network($0[2], wildcard: $0[3]))"
            })
    }

    private func routes(vrf: String?) -> [(network: String, next: String, distance: Int)] {
        (routesByVRF[vrf == nil ? "" : "vrf"] ?? []).compactMap { route in
            let values = vrf == nil ? route.key : Array(route.key.dropFirst())
            guard vrf == nil || route.key[0] == vrf else { return nil }
            return (network(values[0], netmask: values[1]), values[2], values.count > 3 ? Int(values[3]) ?? 0 : 1)
        }
    }

    /// Phase 2 and, through its profile, phase 1.
    private mutating func readPolicy(
        _ object: IOSConfiguration.Object, cloud: String, source: String?, into facts: inout TunnelFacts
    ) {
        facts.cloudAddress = cloud
        facts.espLifetime = Int(object["seconds"] ?? "") ?? 0
        if object.values["kilobytes"] == nil { problems.append("\(object.key) would rekey after 4608000 KB") }
        let words = object["transform"].flatMap(configuration.transform) ?? []
        let ciphers = [
            "esp-aes": "aes128", "esp-aes 192": "aes192", "esp-aes 256": "aes256", "esp-des": "des", "esp-3des": "3des",
        ]
        let hash = words.last?.dropFirst(4).dropLast(5) ?? ""
        let pfs = object.lines["pfs"]?.first?.split(separator: " ").last.map(String.init) ?? "none"
        facts.espProposal = [
            ciphers[words.dropLast().joined(separator: " ")] ?? "?", hash == "sha" ? "sha1" : String(hash), pfs,
        ].joined(separator: "-")
        if let profile = object["ikev2"].flatMap({ configuration.object("ikev2 profile", $0) }) {
            readIKEv2(profile, source: source, into: &facts)
        } else if let profile = object["isakmp"].flatMap({ configuration.object("isakmp profile", $0) }) {
            readIKEv1(profile, source: source, into: &facts)
        } else {
            problems.append("\(object.key) has no profile of phase 1")
        }
    }

    private mutating func readIKEv2(
        _ profile: IOSConfiguration.Object, source: String?, into facts: inout TunnelFacts
    ) {
        facts.ikeVersion = 2
        let local = profile["local"] ?? ""
        if let source, source != local {
            problems.append("the profile is for \(local), the tunnel comes from \(source)")
        }
        facts.deviceAddress = isIPv4(local) ? local : ""
        facts.ikeLifetime = Int(profile["lifetime"] ?? "") ?? 0
        facts.detectsDeadPeers = profile.values["dpd"] != nil
        facts.cloudIdentity = identity(profile, "match")
        facts.deviceIdentity = identity(profile, "self")
        if profile.values["remote-auth"] == nil || profile.values["local-auth"] == nil {
            problems.append("\(profile.key) does not authenticate by key")
        }
        let peer = profile["keyring"].flatMap { configuration.object("peer", $0, $0) }.flatMap {
            $0["address"] == facts.cloudAddress ? $0 : nil
        }
        if let hex = peer?["hex"] {
            facts.presharedKey = text(hexadecimal: hex)
        } else {
            facts.presharedKey = peer?["key"] ?? ""
        }
        if let line = peer?.lines["identity"]?.first {
            let words = line.split(separator: " ").map(String.init)
            let kinds = ["address": "address:", "fqdn": "name:", "email": "email:"]
            if (kinds[words[1]] ?? "") + words[2] != facts.cloudIdentity {
                problems.append("the keyring's identity is not the profile's")
            }
        } else if facts.cloudIdentity != "address:" + facts.cloudAddress {
            problems.append("the keyring knows the cloud by its address only, but it comes with another identity")
        }
        let policies = configuration.all("ikev2 policy").filter { $0["local"] == nil || $0["local"] == local }
        if policies.count != 1 { problems.append("\(policies.count) IKEv2 policies fit \(local)") }
        let proposals = (policies.first?.values["proposal"] ?? []).compactMap {
            configuration.object("ikev2 proposal", $0[0])
        }
        offered[facts.cloudAddress] = Set(
            proposals.map { proposal in
                let cipher = last(proposal, "encryption").replacing("aes-cbc-", with: "aes")
                return "\(cipher)-\(last(proposal, "integrity"))-group\(last(proposal, "group"))"
            })
    }

    private mutating func readIKEv1(
        _ profile: IOSConfiguration.Object, source: String?, into facts: inout TunnelFacts
    ) {
        facts.ikeVersion = 1
        facts.isAggressive = profile.values["mode"] != nil
        facts.detectsDeadPeers = profile.values["keepalive"] != nil
        let local = profile["local"] ?? ""
        facts.deviceAddress = isIPv4(local) ? local : ""
        if let source, source != local {
            problems.append("the profile is for \(local), the tunnel comes from \(source)")
        }
        facts.cloudIdentity = identity(profile, "match")
        facts.deviceIdentity = identity(profile, "self")
        let keyring = profile["keyring"].flatMap { configuration.object("keyring", $0) }
        if keyring?["local"] != local { problems.append("the keyring is for another address than the profile") }
        facts.presharedKey = keyring?.values["key"]?.first { $0[0] == facts.cloudAddress }?[1] ?? ""
        let ciphers = ["aes": "aes128", "aes 192": "aes192", "aes 256": "aes256", "des": "des", "3des": "3des"]
        offered[facts.cloudAddress] = Set(
            configuration.all("isakmp policy").map { policy in
                let cipher = policy.lines["encryption"]?.first?.dropFirst("encryption ".count) ?? ""
                let hash = last(policy, "hash") == "sha" ? "sha1" : last(policy, "hash")
                if policy.values["authentication"] == nil { problems.append("policy \(policy.key) is not for keys") }
                return
                    "\(ciphers[String(cipher)] ?? "?")-\(hash)-group\(last(policy, "group"))/\(policy["lifetime"] ?? "")"
            })
    }

    private func last(_ object: IOSConfiguration.Object, _ attribute: String) -> String {
        object.lines[attribute]?.first?.split(separator: " ").last.map(String.init) ?? ""
    }

    /// An identity of either IKE version; `self-identity address` means the interface's own.
    private func identity(_ profile: IOSConfiguration.Object, _ attribute: String) -> String {
        let words = profile.lines[attribute]?.first?.split(separator: " ").map(String.init) ?? []
        if words == ["self-identity", "address"] { return "address:own" }
        let kinds = [
            "address": "address:", "fqdn": "name:", "host": "name:", "email": "email:", "user": "email:",
            "user-fqdn": "email:",
        ]
        for (index, word) in words.enumerated() where index > 0 && index + 1 < words.count {
            if let kind = kinds[word] { return kind + words[index + 1] }
        }
        return ""
    }

    private func text(hexadecimal digits: String) -> String {
        let characters = Array(digits)
        let bytes = stride(from: 0, to: characters.count - 1, by: 2).compactMap {
            UInt8(String(characters[$0...($0 + 1)]), radix: 16)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
