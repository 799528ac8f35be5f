extension VyOSFacts {
    /// Where this release, or the VRF of an interface, has its routing protocols.
    private func protocols(_ interface: String) -> [String] {
        configuration.value("interfaces", "vti", interface, "vrf").map { ["vrf", "name", $0, "protocols"] } ?? [
            "protocols"
        ]
    }

    /// The BGP session on an interface.
    func session(_ interface: String) -> TunnelFacts.Session? {
        guard let address = configuration.value("interfaces", "vti", interface, "address") else { return nil }
        let network = Network(address)
        var bgp = protocols(interface) + ["bgp"]
        var asn = configuration.value(bgp + ["system-as"])
        if configuration.release == "1.3", let number = configuration.names(bgp).first {
            asn = number
            bgp.append(number)
        }
        let process = asn
        let neighbors = configuration.names(bgp + ["neighbor"]).filter { neighbor in
            let other = Network(neighbor)
            return other.first & network.mask == network.first & network.mask
        }
        guard asn != nil, neighbors.count == 1, let neighbor = neighbors.first else { return nil }
        let node = bgp + ["neighbor", neighbor]
        let family = node + ["address-family", "ipv4-unicast"]
        // The neighbor sees the other number alone: without replace-as it would see both, without no-prepend we would.
        if let shown = configuration.names(node + ["local-as"]).first {
            let remote = configuration.value(node + ["remote-as"])
            let isTaken = remote != process && remote != shown && shown != process
            let isWhole = configuration.has(node + ["local-as", shown, "no-prepend", "replace-as"])
            asn = isTaken && isWhole ? shown : "local-as \(shown) that is not taken"
        }
        guard let inward = configuration.value(family + ["route-map", "import"]),
            let outward = configuration.value(family + ["route-map", "export"])
        else { return nil }
        let prepended = configuration.value(
            configuration.release == "1.3"
                ? rule(outward) + ["set", "as-path-prepend"] : rule(outward) + ["set", "as-path", "prepend"])
        return TunnelFacts.Session(
            deviceAddress: address, cloudAddress: neighbor, deviceASN: asn ?? "",
            cloudASN: configuration.value(node + ["remote-as"]) ?? "",
            key: configuration.value(node + ["password"]).map { Array($0.utf8) },
            announced: Set(prefixes(outward)).intersection(
                configuration.names(bgp + ["address-family", "ipv4-unicast", "network"])),
            accepts: accepted(inward),
            preference: Int(configuration.value(rule(inward) + ["set", "local-preference"]) ?? ""),
            prepended: prepended?.split(separator: " ").map(String.init) ?? [],
            toldPreference: Int(configuration.value(rule(outward) + ["set", "local-preference"]) ?? ""),
            isMultipath: configuration.has(bgp + ["address-family", "ipv4-unicast", "maximum-paths"]),
            keepsNextHop: !configuration.has(family + ["nexthop-self"]),
            timers: ["keepalive", "holdtime"].compactMap { Int(configuration.value(node + ["timers", $0]) ?? "") })
    }

    /// MTU and MSS of an interface.
    func sizes(_ interface: String) -> [Int] {
        let node = ["interfaces", "vti", interface]
        let mss =
            configuration.release == "1.3"
            ? ["firewall", "options", "interface", interface, "adjust-mss"] : node + ["ip", "adjust-mss"]
        return [node + ["mtu"], mss].compactMap { Int(configuration.value($0) ?? "") }
    }

    private func rule(_ map: String) -> [String] { ["policy", "route-map", map, "rule", "10"] }

    private func prefixes(_ map: String) -> [String] {
        guard configuration.value(rule(map) + ["action"]) == "permit",
            let list = configuration.value(rule(map) + ["match", "ip", "address", "prefix-list"])
        else { return [] }
        let rules = ["policy", "prefix-list", list, "rule"]
        return configuration.names(rules).filter { configuration.value(rules + [$0, "action"]) == "permit" }
            .compactMap { configuration.value(rules + [$0, "prefix"]) }
    }

    /// Whether routes with these prefixes would be let in: samples that tell a right filter from a wrong one.
    private func accepted(_ map: String) -> [String: Bool] {
        var result: [String: Bool] = [:]
        guard let list = configuration.value(rule(map) + ["match", "ip", "address", "prefix-list"]) else {
            return result
        }
        let rules = ["policy", "prefix-list", list, "rule"]
        for probe in ["0.0.0.0/0", "169.254.10.0/30", "192.0.2.0/24"] {
            let network = Network(probe)
            let first = configuration.names(rules).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }.first { number in
                guard let text = configuration.value(rules + [number, "prefix"]) else { return false }
                let listed = Network(text)
                let le = Int(configuration.value(rules + [number, "le"]) ?? "") ?? listed.length
                return listed.holds(network) && network.length <= le
            }
            result[probe] = first.map { configuration.value(rules + [$0, "action"]) == "permit" } ?? false
        }
        return result
    }

    /// Networks that are dropped where nothing better is known: behind eBGP's 20 and iBGP's 200; 255 is never used.
    func dropped(vrf: String?) -> Set<String> {
        let routes = (vrf.map { ["vrf", "name", $0] } ?? []) + ["protocols", "static", "route"]
        return Set(
            configuration.names(routes).filter { network in
                let distance = configuration.value(routes + [network, "blackhole", "distance"])
                return (201..<255).contains(Int(distance ?? "") ?? 1)
            })
    }

    /// Static routes into an interface; every one must have a blackhole behind it.
    func routes(_ interface: String) -> Set<TunnelFacts.Route> {
        let base = protocols(interface) + ["static"]
        let (kind, hop) =
            configuration.release == "1.3" ? ("interface-route", "next-hop-interface") : ("route", "interface")
        return Set(
            configuration.names(base + [kind]).compactMap { network in
                let node = base + [kind, network, hop, interface]
                guard configuration.has(node) else { return nil }
                return TunnelFacts.Route(
                    network: network, distance: Int(configuration.value(node + ["distance"]) ?? "") ?? 1,
                    hasBlackhole: configuration.value(base + ["route", network, "blackhole", "distance"]) == "254")
            })
    }
}
