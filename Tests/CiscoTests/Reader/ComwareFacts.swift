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
        for (name, lines) in configuration.all("ipsec policy") { readPolicy(name, lines) }
    }

    private func word(_ lines: [String]?, _ command: String, _ place: Int = 0) -> String? {
        guard let line = lines?.first(where: { $0.hasPrefix(command + " ") }) else { return nil }
        let words = line.dropFirst(command.count + 1).split(separator: " ").map(String.init)
        return place < words.count ? words[place] : nil
    }

    private mutating func readPolicy(_ name: String, _ lines: [String]) {
        var facts = TunnelFacts()
        facts.cloudAddress = word(lines, "remote-address") ?? ""
        facts.deviceAddress = word(lines, "local-address") ?? ""
        let acl = configuration.view("acl advanced " + (word(lines, "security acl") ?? "")) ?? []
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
        if let name = word(lines, "ike-profile") {
            readIKEv1(configuration.view("ike profile \(name)") ?? [], into: &facts)
        }
    }

    private func cipher(_ word: String?) -> String {
        (word ?? "").replacing("aes-cbc-", with: "aes").replacing("-cbc", with: "")
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
}
