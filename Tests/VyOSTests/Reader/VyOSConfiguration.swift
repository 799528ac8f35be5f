/// What a router's configuration is after some `set` commands, checked against its release.
struct VyOSConfiguration {
    let release: String
    private(set) var faults: [String] = []
    /// Values by the path of their leaf; an empty list for nodes that are just there.
    private(set) var values: [[String]: [String]] = [:]
    private(set) var comments: [String] = []
    /// Names directly below each path, and the same sorted.
    private var below: [[String]: Set<String>] = [:]
    private var sorted: [[String]: [String]] = [:]

    /// Applies texts one after another, as pasted into one session.
    init(_ texts: [String], release: String) {
        self.release = release
        guard let tree = ReleaseTree.all[release] else {
            faults.append("no tree of \(release)")
            return
        }
        for text in texts {
            let script = CommandLine.script(text)
            faults += script.faults
            comments += script.comments
            var seen: Set<[String]> = []
            for command in script.commands {
                guard command.words.first == "set" else {
                    faults.append("line \(command.number) is no set command")
                    continue
                }
                if !seen.insert(command.words).inserted { faults.append("line \(command.number) stands twice") }
                apply(Array(command.words.dropFirst()), tree)
            }
        }
        sorted = below.mapValues { $0.sorted() }
        checkReferences(tree)
        checkCommit()
    }

    private mutating func apply(_ words: [String], _ tree: ReleaseTree) {
        switch tree.meaning(of: words) {
        case .fault(let fault): faults.append(fault)
        case .node:
            values[words, default: []] += []
            enter(words)
        case .leaf(let value, let isMulti):
            let path = Array(words.dropLast())
            var known = values[path] ?? []
            if known.contains(value) { return }
            if !known.isEmpty, !isMulti { faults.append("\(path.joined(separator: " ")) has two values") }
            known.append(value)
            values[path] = known
            enter(path)
        }
    }

    private mutating func enter(_ path: [String]) {
        for length in path.indices.reversed() {
            if !below[Array(path[..<length]), default: []].insert(path[length]).inserted { return }
        }
    }

    /// The one value of a leaf.
    func value(_ path: String...) -> String? { value(path) }
    func value(_ path: [String]) -> String? { values[path]?.first }
    func all(_ path: String...) -> [String] { values[path] ?? [] }
    func all(_ path: [String]) -> [String] { values[path] ?? [] }

    /// Whether a node, or anything below it, is there.
    func has(_ path: [String]) -> Bool { values[path] != nil || below[path] != nil }

    /// Names directly below a path, sorted.
    func names(_ path: String...) -> [String] { names(path) }
    func names(_ path: [String]) -> [String] { sorted[path] ?? [] }

    /// Every name that is used exists: groups, interfaces, lists, maps.
    private mutating func checkReferences(_ tree: ReleaseTree) {
        for (path, values) in values {
            for target in tree.reference(of: path) ?? [] {
                // VRFs are the user's own; interfaces may be named where a VRF may.
                guard target != "vrf name" else { continue }
                for value in values where !names(target.split(separator: " ").map(String.init)).contains(value) {
                    faults.append("\(path.joined(separator: " ")): there is no \(target) \(value)")
                }
            }
            // 1.3's templates name no targets.
            guard release == "1.3", let last = path.last else { continue }
            let target: [String]? =
                switch last {
                case "ike-group": ["vpn", "ipsec", "ike-group"]
                case "esp-group", "default-esp-group": ["vpn", "ipsec", "esp-group"]
                case "bind": ["interfaces", "vti"]
                case "prefix-list": ["policy", "prefix-list"]
                case "import", "export": ["policy", "route-map"]
                default: nil
                }
            if let target, let value = values.first, !names(target).contains(value) {
                faults.append("\(path.joined(separator: " ")): there is no \(target.joined(separator: " ")) \(value)")
            }
        }
        for path in values.keys where path.contains("static") && path.contains(where: { $0.hasPrefix("vti") }) {
            let interface = path.first { $0.hasPrefix("vti") } ?? ""
            if !names("interfaces", "vti").contains(interface) {
                faults.append("a route into \(interface), which is not there")
            }
        }
    }

    /// What a commit checks across nodes (vpn_ipsec.py, vpn-config.pl, vyatta-vti-config.pl, protocols_bgp.py).
    private mutating func checkCommit() {
        let ipsec = ["vpn", "ipsec"]
        var bound: [String] = []
        for peer in names(ipsec + ["site-to-site", "peer"]) {
            let node = ipsec + ["site-to-site", "peer", peer]
            if value(node + ["ike-group"]) == nil { faults.append("\(peer) has no ike-group") }
            if value(node + ["authentication", "mode"]) == nil { faults.append("\(peer) has no authentication mode") }
            if value(node + ["local-address"]) == nil { faults.append("\(peer) has no local-address") }
            let tunnels = names(node + ["tunnel"])
            let interface = value(node + ["vti", "bind"])
            if tunnels.isEmpty, interface == nil { faults.append("\(peer) has neither tunnels nor a VTI") }
            bound += interface.map { [$0] } ?? []
            if !tunnels.isEmpty, value(node + ["default-esp-group"]) == nil {
                faults.append("\(peer) has no esp-group")
            }
            if release == "1.3" {
                if interface != nil, !tunnels.isEmpty { faults.append("\(peer) has tunnels and a VTI") }
                if interface != nil, value(node + ["local-address"]) == "any" {
                    faults.append("\(peer): VTI at any address")
                }
                if value(node + ["authentication", "pre-shared-secret"]) == nil {
                    faults.append("\(peer) has no secret")
                }
                for tunnel in tunnels
                where all(node + ["tunnel", tunnel, "local", "prefix"])
                    == all(node + ["tunnel", tunnel, "remote", "prefix"])
                {
                    faults.append("\(peer): the same prefix on both sides")
                }
                let group = ipsec + ["ike-group", value(node + ["ike-group"]) ?? ""]
                let isV1 = value(group + ["key-exchange"]) == "ikev1"
                if isV1, value(group + ["mobike"]) != nil { faults.append("\(peer): mobike with IKEv1") }
                if !isV1, value(group + ["mode"]) != nil { faults.append("\(peer): mode with IKEv2") }
            }
        }
        // policy.py compares rules of a list without their numbers.
        for list in names("policy", "prefix-list") {
            let base = ["policy", "prefix-list", list, "rule"]
            let rules = names(base).map { number in
                ["action", "prefix", "ge", "le"].map { value(base + [number, $0]) ?? "" }
            }
            if Set(rules).count != rules.count { faults.append("\(list) has the same rule twice") }
            if rules.contains(where: { $0[0].isEmpty || $0[1].isEmpty }) { faults.append("\(list) has half a rule") }
        }
        if Set(bound).count != bound.count { faults.append("a VTI is bound twice") }
        for name in names(ipsec + ["authentication", "psk"]) {
            let node = ipsec + ["authentication", "psk", name]
            if all(node + ["id"]).isEmpty || value(node + ["secret"]) == nil {
                faults.append("psk \(name) is not whole")
            }
        }
    }
}
