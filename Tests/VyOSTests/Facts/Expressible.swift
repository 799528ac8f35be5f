/// What a release can't express, told by the facts of its sources alone; fields of the API that a refusal must name.
struct Expressible {
    let release: String
    let all: [CloudFacts.Tunnel]
    let site: SiteFacts

    /// Fields by connection; a connection without any must be rendered.
    ///
    /// What single values rule out comes first: the rest is asked only of connections whose values all have words.
    func refusals() -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        for (connection, tunnels) in Dictionary(grouping: all, by: \.connection) {
            var fields = tunnels.reduce(into: Set<String>()) { $0.formUnion(values($1)) }
            if fields.isEmpty { fields = tunnels.reduce(into: Set<String>()) { $0.formUnion(combinations($1)) } }
            if !fields.isEmpty { result[connection] = fields }
        }
        return result
    }

    private func values(_ tunnel: CloudFacts.Tunnel) -> Set<String> {
        let (facts, isOld) = (tunnel.facts, release == "1.3")
        var fields: Set<String> = []
        if tunnel.hasDES.ike { fields.insert("IkeEncAlg") }
        if tunnel.hasDES.esp { fields.insert("IpsecEncAlg") }
        if facts.ikeLifetime < (isOld ? 30 : 1) { fields.insert("IkeLifetime") }
        if facts.espLifetime < 30 { fields.insert("IpsecLifetime") }
        let key = String(decoding: facts.key, as: UTF8.self)
        if isOld, key.contains(where: { "'\"?".contains($0) }) { fields.insert("Psk") }
        if let key = facts.bgp?.key {
            let text = String(decoding: key, as: UTF8.self)
            if text.contains(where: { "'\"?".contains($0) || (isOld && $0 == "`") }) { fields.insert("AuthKey") }
        }
        return fields
    }

    private func owners(of facts: TunnelFacts) -> Set<String> {
        let addresses = [facts.cloudAddress, facts.deviceAddress].compactMap { $0.map { "\($0)" } }
        return Set(addresses + [facts.cloudIdentity.text, facts.deviceIdentity.text])
    }

    private func combinations(_ tunnel: CloudFacts.Tunnel) -> Set<String> {
        let (facts, isOld) = (tunnel.facts, release == "1.3")
        var fields: Set<String> = []
        let forbidden = "'\"?\\" + (isOld ? " #" : "")
        if facts.cloudIdentity.text.contains(where: { forbidden.contains($0) }) { fields.insert("LocalId") }
        if facts.deviceIdentity.text.contains(where: { forbidden.contains($0) }) { fields.insert("RemoteId") }
        let anyToAny = TunnelFacts.Child(device: ["0.0.0.0/0"], cloud: ["0.0.0.0/0"])
        let narrow = facts.children.filter { $0 != anyToAny }
        let covers = narrow.contains { child in
            child.device.contains { device in child.cloud.contains { Network(device).holds(Network($0)) } }
        }
        if covers, !isOld { fields.insert("RemoteSubnet") }
        if covers, isOld, narrow.contains(where: { !$0.device.isDisjoint(with: $0.cloud) }) {
            fields.insert("RemoteSubnet")
        }
        if isOld, facts.usesInterface, !narrow.isEmpty { fields.insert("LocalSubnet") }
        if isOld, !facts.usesInterface, narrow.contains(where: { $0.device.count + $0.cloud.count > 2 }) {
            fields.insert("LocalSubnet")
        }
        let others = all.filter { $0.device == tunnel.device && $0.facts.name != facts.name }
        if isOld, others.contains(where: { $0.facts.cloudAddress == facts.cloudAddress }) {
            fields.insert("InternetIp")
        }
        let sharesIdentities = others.contains {
            $0.facts.cloudIdentity == facts.cloudIdentity && $0.facts.deviceIdentity == facts.deviceIdentity
                && $0.facts.key != facts.key
        }
        if sharesIdentities { fields.insert("RemoteId") }
        // vpn-config.pl of 1.3 files a key under both addresses beside both identities.
        let own = [facts.cloudIdentity.text, facts.deviceIdentity.text]
        if isOld, others.contains(where: { $0.facts.key != facts.key && Set(own).isSubset(of: owners(of: $0.facts)) }) {
            fields.insert("LocalId")
        }
        if let bgp = facts.bgp, let process = site.asNumber {
            // local-as is for external sessions, and for three different numbers.
            if bgp.deviceASN != process, [bgp.deviceASN, process].contains(bgp.cloudASN) { fields.insert("PeerAsn") }
        } else if let bgp = facts.bgp,
            others.contains(where: { $0.facts.bgp.map { $0.deviceASN != bgp.deviceASN } ?? false })
        {
            fields.insert("PeerAsn")
        }
        if facts.bgp.map({ [$0.deviceASN, $0.cloudASN].contains("4294967295") }) ?? false { fields.insert("PeerAsn") }
        if facts.isAggressive, !site.initiates { fields.insert("IkeMode") }
        if tunnel.isBehindNAT, !tunnel.traversesNAT { fields.insert("EnableNatTraversal") }
        if site.vrf != nil, !facts.usesInterface { fields.insert("LocalSubnet") }
        // What only the site file says has no field: then these words.
        if site.vrf != nil, facts.usesInterface, isOld { fields.insert("VRF") }
        if isOld, facts.bgp != nil, site.hold < 4 { fields.insert("hold times") }
        return fields
    }
}
