import Foundation

/// What the site file of a test says, and what the facts depend on besides the answers.
struct SiteValues {
    var advertise: [String] = []
    var routes: [String] = []
    /// The address on the router's own interface, by customer gateway, where a NAT stands before it.
    var wanAddresses: [String: String] = [:]
    var timers = "10 30"
}

/// Takes facts out of answers, by the API's documents alone.
struct CloudFacts {
    private let connectionNodes: [Raw]
    private let vpnGateways: [Raw]
    private let customerNodes: [Raw]
    private let site: SiteValues
    /// Addresses of customer gateways, by id.
    let customerGateways: [String: String]

    init(_ documents: [Data], site: SiteValues = SiteValues()) {
        let documents = documents.compactMap(Raw.read)
        connectionNodes = documents.flatMap { $0.all("VpnConnection") }
        vpnGateways = documents.flatMap { $0.all("VpnGateway") }
        customerNodes = documents.flatMap { $0.all("CustomerGateway") }
        customerGateways = Dictionary(
            customerNodes.compactMap { gateway in
                gateway["CustomerGatewayId"].map { ($0, gateway["IpAddress"] ?? "") }
            }, uniquingKeysWith: { $1 })
        self.site = site
    }

    /// Facts of every connection that is whole and in use, by `VpnConnectionId`.
    func connections() -> [String: [TunnelFacts]] {
        var result: [String: [TunnelFacts]] = [:]
        for raw in connectionNodes {
            guard let id = raw["VpnConnectionId"], !id.contains("*"),
                ["active", "attached", "updating"].contains(raw["State"]?.lowercased() ?? "active")
            else { continue }
            let options = raw.all("TunnelOptions")
            result[id] = options.isEmpty ? [single(raw)] : options.map { dual(raw, $0) }
        }
        return result
    }

    /// All networks of a connection as the answer spells them, by `VpnConnectionId`.
    func networks() -> [String: [String]] {
        Dictionary(
            connectionNodes.map { ($0["VpnConnectionId"] ?? "", list($0["LocalSubnet"]) + list($0["RemoteSubnet"])) },
            uniquingKeysWith: { $1 })
    }

    private func single(_ raw: Raw) -> TunnelFacts {
        let gateway = vpnGateways.first { $0["VpnGatewayId"] == raw["VpnGatewayId"] }
        var bgp: Raw?
        if let config = raw.child("VpnBgpConfig"), config["TunnelCidr"] != nil, config["EnableBgp"] != "false" {
            bgp = config
        }
        return facts(
            raw, ike: raw.child("IkeConfig"), ipsec: raw.child("IpsecConfig"), bgp: bgp, role: "",
            cloud: raw["InternetIp"] ?? gateway?["InternetIp"], gateway: raw["CustomerGatewayId"],
            dpd: raw["EnableDpd"])
    }

    private func dual(_ raw: Raw, _ tunnel: Raw) -> TunnelFacts {
        facts(
            raw, ike: tunnel.child("TunnelIkeConfig"), ipsec: tunnel.child("TunnelIpsecConfig"),
            bgp: raw["EnableTunnelsBgp"] == "true" ? tunnel.child("TunnelBgpConfig") : nil,
            role: tunnel["Role"] ?? "", cloud: tunnel["InternetIp"], gateway: tunnel["CustomerGatewayId"],
            dpd: tunnel["EnableDpd"])
    }

    private func facts(
        _ raw: Raw, ike: Raw?, ipsec: Raw?, bgp: Raw?, role: String, cloud: String?, gateway: String?, dpd: String?
    ) -> TunnelFacts {
        var facts = TunnelFacts()
        let cloudID = ike?["LocalId"] ?? ""
        let deviceID = ike?["RemoteId"] ?? ""
        facts.cloudAddress = cloud ?? (isIPv4(cloudID) ? cloudID : "")
        let known = gateway.flatMap { customerGateways[$0] }
        let isTranslated = known != nil && isPrivate(deviceID) && deviceID != known && !isPrivate(known ?? "")
        facts.deviceAddress =
            gateway.flatMap { site.wanAddresses[$0] }
            ?? (isTranslated ? "" : known ?? (isIPv4(deviceID) ? deviceID : ""))
        facts.cloudIdentity = identity(cloudID)
        facts.deviceIdentity = identity(deviceID)
        facts.ikeVersion = ike?["IkeVersion"] == "ikev1" ? 1 : 2
        facts.isAggressive = facts.ikeVersion == 1 && ike?["IkeMode"] == "aggressive"
        facts.ikeProposal = [cipher(ike?["IkeEncAlg"]), ike?["IkeAuthAlg"] ?? "", ike?["IkePfs"] ?? ""]
            .joined(separator: "-")
        facts.ikeLifetime = Int(ike?["IkeLifetime"] ?? "") ?? -1
        let group = ipsec?["IpsecPfs"] ?? ""
        facts.espProposal = [
            cipher(ipsec?["IpsecEncAlg"]), ipsec?["IpsecAuthAlg"] ?? "", group == "disabled" ? "none" : group,
        ].joined(separator: "-")
        facts.espLifetime = Int(ipsec?["IpsecLifetime"] ?? "") ?? -1
        facts.detectsDeadPeers = dpd != "false"
        facts.presharedKey = ike?["Psk"] ?? ""
        let there = list(raw["LocalSubnet"])
        let here = list(raw["RemoteSubnet"])
        let isAny = there == ["0.0.0.0/0"] && here == ["0.0.0.0/0"]
        if isAny || bgp != nil {
            facts.selectors = ["0.0.0.0/0>0.0.0.0/0"]
        } else {
            facts.selectors = Set(here.flatMap { here in there.map { "\(here)>\($0)" } })
        }
        facts.isOnInterface = isAny || bgp != nil || !raw.all("TunnelOptions").isEmpty
        if let bgp {
            let key = bgp["AuthKey"] ?? customerNodes.first { $0["CustomerGatewayId"] == gateway }?["AuthKey"]
            facts.bgp = self.bgp(bgp, key: key, role: role, here: here)
        } else {
            let networks = isAny ? site.routes : there
            facts.routes = Set(networks.map { "\($0)@\(role == "slave" ? 10 : 1)" })
        }
        facts.guarded = Set(isAny || there == ["0.0.0.0/0"] ? site.routes : there.filter { $0 != "0.0.0.0/0" })
        return facts
    }

    private func bgp(_ raw: Raw, key: String?, role: String, here: [String]) -> BGPFacts {
        let length = raw["TunnelCidr"]?.split(separator: "/").last.map(String.init) ?? ""
        let isInternal = raw["LocalAsn"] == raw["PeerAsn"]
        return BGPFacts(
            cloudAddress: raw["LocalBgpIp"] ?? "", deviceAddress: "\(raw["PeerBgpIp"] ?? "")/\(length)",
            cloudASN: raw["LocalAsn"] ?? "", deviceASN: raw["PeerAsn"] ?? "", key: key, timers: site.timers,
            announced: Set(site.advertise.isEmpty ? here.filter { $0 != "0.0.0.0/0" } : site.advertise),
            preference: ["master", "slave"].contains(role) ? role : "",
            prepends: role == "slave" && !isInternal ? 2 : 0,
            toldPreference: isInternal ? ["master": "200", "slave": "100"][role] ?? "" : "", namesItself: isInternal)
    }

    private func cipher(_ name: String?) -> String { name == "aes" ? "aes128" : name ?? "" }

    private func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func identity(_ text: String) -> String {
        if isIPv4(text) { return "address:" + text }
        if text.contains("="), text.contains(",") { return "dn:" + text }
        return (text.contains("@") ? "email:" : "name:") + text
    }

    func isPrivate(_ text: String) -> Bool {
        isIPv4(text)
            && (text.hasPrefix("10.") || text.hasPrefix("192.168.")
                || (16...31).contains { text.hasPrefix("172.\($0).") } || text.hasPrefix("169.254.")
                || (64...127).contains { text.hasPrefix("100.\($0).") })
    }
}

/// Whether a text is an IPv4 address in plain notation.
func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
        && parts.allSatisfy { part in
            guard let number = Int(part), (0...255).contains(number) else { return false }
            return String(number) == part
        }
}
