extension IOSFacts {
    /// The session with the neighbor in the network of a tunnel interface.
    func bgp(_ own: [String], vrf: String?) -> BGPFacts? {
        let tunnel = network(own[0], netmask: own[1])
        let length = tunnel.split(separator: "/")[1]
        guard let process = configuration.all("bgp").first, let number = process.key.first else { return nil }
        let family =
            vrf.flatMap { configuration.object("vrf family", number, $0) } ?? configuration.object("family", number)
        let neighbors = vrf == nil ? process : family
        guard let family, let neighbors,
            let cloud = neighbors.values["remote-as"]?.first(where: { isInside($0[0], own[0], own[1]) })
        else { return nil }
        func values(_ object: IOSConfiguration.Object, _ attribute: String) -> [String]? {
            object.values[attribute]?.first { $0[0] == cloud[0] }.map { Array($0.dropFirst()) }
        }
        guard values(family, "activate") != nil else { return nil }
        // The models: not where either number is the process's own, or both are the neighbor's.
        let shown = values(neighbors, "local-as")?.first
        let isTaken = shown.map { $0 != number && $0 != cloud[1] && cloud[1] != number } ?? true
        let seen = isTaken ? shown ?? number : "not taken"
        var facts = BGPFacts(
            cloudAddress: cloud[0], deviceAddress: "\(own[0])/\(length)", cloudASN: cloud[1], deviceASN: seen,
            key: values(neighbors, "password")?.first, timers: values(neighbors, "timers")?.joined(separator: " ") ?? ""
        )
        let maps = (family.lines["route-map"] ?? []).map { $0.split(separator: " ").map(String.init) }.filter {
            $0[1] == cloud[0]
        }
        let inbound = maps.first { $0[4] == "in" }.flatMap { configuration.object("route-map", $0[3], "10") }
        let outbound = maps.first { $0[4] == "out" }.flatMap { configuration.object("route-map", $0[3], "10") }
        let announced = (family.values["network"] ?? []).map { network($0[0], netmask: $0[1]) }
        let local = routes(to: "Null0", vrf: vrf)
        facts.announced = Set(announced.filter { permits(outbound?["prefixes"], $0) && local.contains($0) })
        // Nothing else may leave: routes of another cloud, and the default route, would make this a transit.
        for other in ["0.0.0.0/0", "8.8.8.0/24", "100.64.0.0/10"] where permits(outbound?["prefixes"], other) {
            facts.announced.insert(other)
        }
        let refused = ["0.0.0.0/0", "169.254.9.0/30"] + announced
        if refused.contains(where: { permits(inbound?["prefixes"], $0) })
            || !permits(inbound?["prefixes"], "8.8.8.0/24")
        {
            facts.preference = "wrong filter"
        } else {
            facts.preference = ["200": "master", "100": "slave"][inbound?["preference"] ?? ""] ?? ""
        }
        let prepended = outbound?["prepend"]?.split(separator: " ") ?? []
        facts.prepends = prepended.allSatisfy { $0 == seen } ? prepended.count : -1
        facts.toldPreference = outbound?["preference"] ?? ""
        facts.namesItself = values(family, "next-hop-self") != nil
        return facts
    }

    private func isInside(_ address: String, _ other: String, _ mask: String) -> Bool {
        guard let a = Pattern.bits(address), let b = Pattern.bits(other), let mask = Pattern.bits(mask) else {
            return false
        }
        return a & mask == b & mask
    }

    private func routes(to next: String, vrf: String?) -> Set<String> {
        Set(
            configuration.all(vrf == nil ? "route" : "vrf route").compactMap { route in
                let values = vrf == nil ? route.key : Array(route.key.dropFirst())
                return values[2] == next ? network(values[0], netmask: values[1]) : nil
            })
    }

    /// What a prefix list says of a network: entries in the order of their numbers, at the end a refusal.
    private func permits(_ list: String?, _ network: String) -> Bool {
        guard let list else { return true }
        let entries = (prefixEntries[list] ?? [])
            .sorted { (Int($0.key[1]) ?? 0) < (Int($1.key[1]) ?? 0) }
        let parts = network.split(separator: "/")
        guard let address = Pattern.bits(parts[0]), let length = Int(parts[1]) else { return false }
        for entry in entries {
            let values = entry.values["form"]?.first ?? []
            let prefix = values[2].split(separator: "/")
            guard let base = Pattern.bits(prefix[0]), let size = Int(prefix[1]) else { return false }
            let mask: UInt32 = size == 0 ? 0 : ~0 << UInt32(32 - size)
            let most = values.count > 3 ? Int(values[3]) ?? 0 : size
            if address & mask == base, (size...max(size, most)).contains(length) { return entry.kind == "permit" }
        }
        return false
    }
}
