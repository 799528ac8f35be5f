/// Turns a Comware configuration back into facts.
struct ComwareFacts {
    private let configuration: ComwareConfiguration
    private(set) var problems: [String] = []
    private(set) var tunnels: [String: TunnelFacts] = [:]
    /// Phase-1 proposals that would be offered, by the cloud's address.
    private(set) var offered: [String: Set<String>] = [:]

    init(_ files: [String]) {
        configuration = ComwareConfiguration(files)
        problems = configuration.problems
        for (name, lines) in configuration.all("interface Tunnel") { readInterface(name, lines) }
        for (name, lines) in configuration.all("ipsec policy") { readPolicy(name, lines) }
    }

    private func word(_ lines: [String]?, _ command: String, _ place: Int = 0) -> String? {
        guard let line = lines?.first(where: { $0.hasPrefix(command + " ") }) else { return nil }
        let words = line.dropFirst(command.count + 1).split(separator: " ").map(String.init)
        return place < words.count ? words[place] : nil
    }

    private mutating func readInterface(_ name: String, _ lines: [String]) {
        let number = name.split(separator: " ")[0]
        var facts = TunnelFacts()
        facts.isOnInterface = true
        facts.cloudAddress = word(lines, "destination") ?? ""
        let source = word(lines, "source") ?? ""
        facts.deviceAddress = isIPv4(source) ? source : ""
        facts.selectors = ["0.0.0.0/0>0.0.0.0/0"]
        let profile = word(lines, "tunnel protection ipsec profile") ?? ""
        readSA(configuration.view("ipsec profile \(profile) isakmp"), into: &facts)
        let system = configuration.view() ?? []
        for line in system where line.hasPrefix("ip route-static ") {
            let words = line.split(separator: " ").map(String.init)
            let network = "\(words[2])/\(words[3])"
            if words[4] == "Tunnel", words[5] == number {
                // 60 is Comware's own preference of static routes; higher ones stand by.
                facts.routes.insert("\(network)@\(words.count > 7 && (Int(words[7]) ?? 0) > 60 ? 10 : 1)")
            }
        }
        let routed = Set(facts.routes.map { $0.split(separator: "@")[0] })
        for line in system where line.contains(" NULL0 ") {
            let words = line.split(separator: " ")
            if routed.contains("\(words[2])/\(words[3])"), (Int(words.last ?? "") ?? 0) > 70 {
                facts.guarded.insert("\(words[2])/\(words[3])")
            }
        }
        if let own = word(lines, "ip address"), isIPv4(own) {
            facts.bgp = bgp(own, word(lines, "ip address", 1) ?? "", system)
        }
        add(facts)
    }

    private mutating func readPolicy(_ name: String, _ lines: [String]) {
        var facts = TunnelFacts()
        facts.cloudAddress = word(lines, "remote-address") ?? ""
        facts.deviceAddress = word(lines, "local-address") ?? ""
        let acl = configuration.view("acl advanced name " + (word(lines, "security acl name") ?? "")) ?? []
        for line in acl {
            let words = line.split(separator: " ").map(String.init)
            facts.selectors.insert("\(network(words[4], wildcard: words[5]))>\(network(words[7], wildcard: words[8]))")
        }
        let policy = name.split(separator: " ")[0]
        if !configuration.all("interface").contains(where: { $0.lines.contains("ipsec apply policy \(policy)") }) {
            problems.append("policy \(policy) is on no interface")
        }
        readSA(lines, into: &facts)
        add(facts)
    }

    private mutating func add(_ facts: TunnelFacts) {
        if tunnels[facts.cloudAddress] != nil { problems.append("two tunnels to \(facts.cloudAddress)") }
        tunnels[facts.cloudAddress] = facts
    }

    private mutating func readSA(_ lines: [String]?, into facts: inout TunnelFacts) {
        facts.espLifetime = Int(word(lines, "sa duration time-based") ?? "") ?? 0
        let set = configuration.view("ipsec transform-set " + (word(lines, "transform-set") ?? ""))
        let group = word(set, "pfs")?.replacing("dh-", with: "") ?? "none"
        facts.espProposal =
            "\(cipher(word(set, "esp encryption-algorithm")))-\(word(set, "esp authentication-algorithm") ?? "")-\(group)"
        if let name = word(lines, "ikev2-profile") {
            readIKEv2(configuration.view("ikev2 profile \(name)") ?? [], into: &facts)
        } else if let name = word(lines, "ike-profile") {
            readIKEv1(configuration.view("ike profile \(name)") ?? [], into: &facts)
        }
    }

    private func cipher(_ word: String?) -> String {
        (word ?? "").replacing("aes-cbc-", with: "aes").replacing("-cbc", with: "")
    }

    private mutating func readIKEv2(_ lines: [String], into facts: inout TunnelFacts) {
        facts.ikeVersion = 2
        facts.ikeLifetime = Int(word(lines, "sa duration") ?? "") ?? 0
        facts.detectsDeadPeers = lines.contains { $0.hasPrefix("dpd ") }
        facts.deviceIdentity = identity(lines, "identity local")
        facts.cloudIdentity = identity(lines, "match remote identity")
        let keychain = word(lines, "keychain") ?? ""
        let peer = configuration.view("ikev2 keychain \(keychain)", "peer \(keychain)")
        if word(peer, "address") == facts.cloudAddress {
            facts.presharedKey = word(peer, "pre-shared-key plaintext") ?? ""
        }
        if identity(peer ?? [], "identity") != facts.cloudIdentity {
            problems.append("the keychain is for another identity")
        }
        if lines.filter({ $0.hasSuffix(" pre-share") }).count != 2 { problems.append("no authentication by key") }
        let names = configuration.all("ikev2 policy").flatMap(\.lines).compactMap { $0.split(separator: " ").last }
        offered[facts.cloudAddress] = Set(
            names.map { name in
                let view = configuration.view("ikev2 proposal \(name)")
                if word(view, "prf") != word(view, "integrity") { problems.append("the PRF is not the hash") }
                return "\(cipher(word(view, "encryption")))-\(word(view, "integrity") ?? "")-\(word(view, "dh") ?? "")"
            })
    }

    private mutating func readIKEv1(_ lines: [String], into facts: inout TunnelFacts) {
        facts.ikeVersion = 1
        facts.isAggressive = word(lines, "exchange-mode") == "aggressive"
        facts.detectsDeadPeers = lines.contains { $0.hasPrefix("dpd ") }
        facts.deviceIdentity = identity(lines, "local-identity")
        facts.cloudIdentity = identity(lines, "match remote identity")
        let keychain = configuration.view("ike keychain " + (word(lines, "keychain") ?? ""))
        if word(keychain, "pre-shared-key address") == facts.cloudAddress {
            facts.presharedKey = word(keychain, "pre-shared-key address", 4) ?? ""
        }
        let proposal = configuration.view("ike proposal " + (word(lines, "proposal") ?? ""))
        let hash =
            word(proposal, "authentication-algorithm") == "sha"
            ? "sha1" : word(proposal, "authentication-algorithm") ?? ""
        facts.ikeLifetime = Int(word(proposal, "sa duration") ?? "") ?? 0
        offered[facts.cloudAddress] = [
            "\(cipher(word(proposal, "encryption-algorithm")))-\(hash)-\(word(proposal, "dh") ?? "")"
        ]
    }

    private func identity(_ lines: [String], _ command: String) -> String {
        let kinds = ["address": "address:", "fqdn": "name:", "email": "email:", "user-fqdn": "email:"]
        return (kinds[word(lines, command) ?? ""] ?? "") + (word(lines, command, 1) ?? "")
    }

    private func bgp(_ own: String, _ length: String, _ system: [String]) -> BGPFacts? {
        guard let (asn, lines) = configuration.all("bgp").first,
            let cloud = lines.first(where: { line in
                let mask = UInt32.max << UInt32(32 - (Int(length) ?? 30))
                let other = Pattern.bits(line.split(separator: " ")[1]) ?? 0
                return other & mask == (Pattern.bits(own) ?? 0) & mask
            })?.split(separator: " ").map(String.init)
        else { return nil }
        let family = configuration.view("bgp \(asn)", "address-family ipv4 unicast") ?? []
        guard family.contains("peer \(cloud[1]) enable") else { return nil }
        func list(_ direction: String) -> [String] {
            let line =
                family.first { $0.hasPrefix("peer \(cloud[1]) prefix-list ") && $0.hasSuffix(" \(direction)") } ?? ""
            let name = line.split(separator: " ").dropFirst(3).first ?? ""
            return system.filter { $0.hasPrefix("ip prefix-list \(name) ") }
        }
        let out = list("export")
        let announced = family.filter { $0.hasPrefix("network ") }.map { $0.split(separator: " ") }
        let refusesDefault = list("import").contains { $0.hasSuffix("deny 0.0.0.0 0") }
        return BGPFacts(
            cloudAddress: cloud[1], deviceAddress: "\(own)/\(length)", cloudASN: cloud[3], deviceASN: asn, key: nil,
            timers: "",
            announced: Set(
                announced.filter { network in out.contains { $0.hasSuffix("permit \(network[1]) \(network[2])") } }
                    .map { "\($0[1])/\($0[2])" }),
            preference: out.isEmpty || !refusesDefault ? "no filter" : "", prepends: 0)
    }
}
