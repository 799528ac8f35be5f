import Foundation

/// What the site file of a test says.
struct SiteFacts {
    var interface = "eth0"
    var advertise: [String] = []
    var routes: [String] = []
    var vrf: String?
    var wanAddress: String?
    var routerID: String?
    /// The number that its BGP process has.
    var asNumber: String?
    var mtu = 1400
    var mss = 1360
    var dpd = TunnelFacts.Probes(delay: 10, timeout: 30)
    var keepalive = 10
    var hold = 30
    var initiates = true

    var toml: String {
        func list(_ texts: [String]) -> String { "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
        var lines = ["[defaults]", "wan_interface = \"\(interface)\""]
        if !advertise.isEmpty { lines.append("advertise = \(list(advertise))") }
        if !routes.isEmpty { lines.append("routes = \(list(routes))") }
        if let vrf { lines.append("vrf = \"\(vrf)\"") }
        if let wanAddress { lines.append("wan_address = \"\(wanAddress)\"") }
        if let asNumber { lines.append("as_number = \(asNumber)") }
        if let routerID { lines.append("router_id = \"\(routerID)\"") }
        lines += ["mtu = \(mtu)", "mss = \(mss)", "bgp_keepalive = \(keepalive)", "bgp_hold = \(hold)"]
        lines += ["dpd_delay = \(dpd.delay)", "dpd_timeout = \(dpd.timeout ?? 0)", "initiates = \(initiates)"]
        return lines.joined(separator: "\n") + "\n"
    }
}

/// All that a folder of raw answers says of tunnels, by the documents (api.md 2 and 3, devices.md 1 to 5).
struct CloudFacts {
    struct Tunnel {
        var connection: String
        var device: String
        var facts: TunnelFacts
        var isBehindNAT: Bool
        var traversesNAT: Bool
        var hasDES: (ike: Bool, esp: Bool)
        /// Whether the answer holds its address; without, a file has placeholders.
        var isDual: Bool
        /// Networks that must not leave in clear while there is no tunnel, or BGP has no route.
        var guarded: Set<String>
    }

    private(set) var tunnels: [Tunnel] = []
    private(set) var connections: Set<String> = []
    private let site: SiteFacts
    private let isOld: Bool
    private var cloudAddresses: [String: String] = [:]
    private var deviceAddresses: [String: String] = [:]
    private var deviceKeys: [String: String] = [:]

    init(folder: String, site: SiteFacts, release: String) throws {
        self.site = site
        isOld = release == "1.3"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let answers = try names.filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }.map {
            try RawAnswer.read("\(folder)/\($0)")
        }
        for gateway in answers.flatMap({ $0.all("VpnGateway") }) {
            cloudAddresses[gateway["VpnGatewayId"] ?? ""] = gateway["InternetIp"]
        }
        for gateway in answers.flatMap({ $0.all("CustomerGateway") }) {
            let id = gateway["CustomerGatewayId"] ?? ""
            deviceAddresses[id] = gateway["IpAddress"]
            deviceKeys[id] = gateway["AuthKey"]
        }
        for connection in answers.flatMap({ $0.all("VpnConnection") }) {
            // api.md 8, point 11: what is going away, or was never there, is passed over.
            let states = ["active", "attached", "updating", "upgrading", "financiallocked"]
            guard let id = connection["VpnConnectionId"], states.contains(connection["State"]?.lowercased() ?? "active")
            else { continue }
            connections.insert(id)
            let options = connection.child("TunnelOptionsSpecification")?.all("TunnelOptions") ?? []
            let found =
                options.isEmpty
                ? [tunnel(connection, connection, id, "")] : options.map { tunnel(connection, $0, id, "Tunnel") }
            if !found.contains(where: { $0 == nil }) { tunnels += found.compactMap(\.self) }
        }
    }

    private func tunnel(_ connection: RawAnswer, _ tunnel: RawAnswer, _ id: String, _ prefix: String) -> Tunnel? {
        guard let ike = tunnel.child(prefix + "IkeConfig"), let esp = tunnel.child(prefix + "IpsecConfig"),
            let key = ike["Psk"], !key.contains("****"), !id.contains("*"), ike["IkeEncAlg"] != "sm4"
        else { return nil }
        let isDual = !prefix.isEmpty
        let local = ike["LocalId"].flatMap { $0 == "leftId-not-exist" ? nil : $0 }
        let told = tunnel["InternetIp"] ?? cloudAddresses[connection["VpnGatewayId"] ?? ""]
        let gateway = tunnel["CustomerGatewayId"] ?? ""
        let known = deviceAddresses[gateway]
        let remote = ike["RemoteId"]
        let cloudAddress = told ?? local.flatMap { Constraint.isAddress($0) ? $0 : nil } ?? "<<CLOUD-ADDRESS>>"
        var deviceAddress = known ?? remote.flatMap { Constraint.isAddress($0) ? $0 : nil }
        var isBehindNAT = false
        if let known, let remote, Constraint.isAddress(remote), remote != known, isPrivate(remote) {
            (isBehindNAT, deviceAddress) = (true, nil)
        }
        if let own = site.wanAddress {
            isBehindNAT = isBehindNAT || own != deviceAddress
            deviceAddress = own
        }
        let isV1 = ike["IkeVersion"] == "ikev1"
        let cloud = networks(connection["LocalSubnet"])
        let device = networks(connection["RemoteSubnet"])
        let session = session(connection, tunnel, gateway, isDual: isDual)
        let usesInterface = session != nil || isDual || (cloud + device).contains("0.0.0.0/0")
        let routes = cloud.filter { $0 != "0.0.0.0/0" }
        return Tunnel(
            connection: id, device: gateway,
            facts: TunnelFacts(
                name: tunnel["TunnelId"] ?? id, version: isV1 ? 1 : 2,
                isAggressive: isV1 && ike["IkeMode"] == "aggressive", cloudAddress: cloudAddress,
                deviceAddress: deviceAddress,
                cloudIdentity: IdentityFacts(sent: local ?? cloudAddress),
                deviceIdentity: IdentityFacts(sent: remote ?? known ?? ""),
                ike: [cipher(ike["IkeEncAlg"]), ike["IkeAuthAlg"] ?? "", group(ike["IkePfs"]) ?? ""],
                esp: [cipher(esp["IpsecEncAlg"]), esp["IpsecAuthAlg"] ?? ""]
                    + (group(esp["IpsecPfs"]).map { [$0] } ?? []),
                ikeLifetime: Int(ike["IkeLifetime"] ?? "") ?? 0, espLifetime: Int(esp["IpsecLifetime"] ?? "") ?? 0,
                dpd: tunnel["EnableDpd"] == "false"
                    ? nil : .init(delay: site.dpd.delay, timeout: isV1 ? site.dpd.timeout : nil),
                start: start(usesInterface), sizes: usesInterface ? [site.mtu, site.mss] : [], key: Array(key.utf8),
                children: session == nil
                    ? children(device, cloud, isV1) : [.init(device: ["0.0.0.0/0"], cloud: ["0.0.0.0/0"])],
                bgp: session,
                routes: session != nil || !usesInterface
                    ? []
                    : Set(
                        (routes.isEmpty ? site.routes : routes).map {
                            .init(network: $0, distance: distance(tunnel, isDual: isDual), hasBlackhole: true)
                        }),
                usesInterface: usesInterface),
            isBehindNAT: isBehindNAT, traversesNAT: tunnel["EnableNatTraversal"] != "false",
            hasDES: (ike["IkeEncAlg"] == "des", esp["IpsecEncAlg"] == "des"), isDual: isDual,
            guarded: usesInterface ? Set(routes.isEmpty ? site.routes : routes) : [])
    }

    /// A policy must be there before its SA, or what it protects leaves in clear (devices.md 5).
    ///
    /// An interface carries nothing without its SA; 1.3 has no other way to wait than that of policies.
    private func start(_ usesInterface: Bool) -> TunnelFacts.Start {
        !usesInterface ? .withTraffic : site.initiates ? .atOnce : isOld ? .withTraffic : .never
    }

    /// devices.md 5: the standby tunnel's routes stand behind the master's; equal tunnels share.
    private func distance(_ tunnel: RawAnswer, isDual: Bool) -> Int {
        isDual ? tunnel["Role"]?.lowercased() == "slave" ? 20 : 10 : 1
    }

    private func session(_ connection: RawAnswer, _ tunnel: RawAnswer, _ gateway: String, isDual: Bool) -> TunnelFacts
        .Session?
    {
        let config = tunnel.child(isDual ? "TunnelBgpConfig" : "VpnBgpConfig")
        guard let config, let cidr = config["TunnelCidr"], !isDual || connection["EnableTunnelsBgp"] == "true" else {
            return nil
        }
        let deviceASN = config["PeerAsn"] ?? ""
        let cloudASN = config["LocalAsn"] ?? ""
        let isInternal = deviceASN == cloudASN
        let role = isDual ? tunnel["Role"]?.lowercased() ?? "equal" : "only"
        let preference = role == "master" ? 200 : role == "slave" ? 100 : nil
        let announced = Set(
            (site.advertise.isEmpty ? networks(connection["RemoteSubnet"]) : site.advertise).filter {
                $0 != "0.0.0.0/0"
            })
        return TunnelFacts.Session(
            deviceAddress: "\(config["PeerBgpIp"] ?? "")/\(cidr.split(separator: "/").last ?? "")",
            cloudAddress: config["LocalBgpIp"] ?? "", deviceASN: deviceASN, cloudASN: cloudASN,
            key: (config["AuthKey"] ?? deviceKeys[gateway]).map { Array($0.utf8) }, announced: announced,
            accepts: ["0.0.0.0/0": false, "169.254.10.0/30": false, "192.0.2.0/24": true], preference: preference,
            prepended: role == "slave" && !isInternal && !announced.isEmpty ? [deviceASN, deviceASN] : [],
            toldPreference: isInternal && !announced.isEmpty ? preference : nil, isMultipath: role == "equal",
            keepsNextHop: !isInternal, timers: [site.keepalive, site.hold])
    }

    /// IKEv1 carries one pair in each SA (devices.md, trap 3).
    private func children(_ device: [String], _ cloud: [String], _ isV1: Bool) -> Set<TunnelFacts.Child> {
        guard isV1 else { return [.init(device: Set(device), cloud: Set(cloud))] }
        return Set(device.flatMap { device in cloud.map { .init(device: [device], cloud: [$0]) } })
    }

    private func networks(_ list: String?) -> [String] {
        (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func cipher(_ name: String?) -> String { name == "aes" ? "aes128" : name ?? "" }
    private func group(_ name: String?) -> String? { name == "disabled" ? nil : name?.replacing("group", with: "") }
    private func isPrivate(_ address: String) -> Bool {
        [("10.0.0.0/8"), ("172.16.0.0/12"), ("192.168.0.0/16")].contains { Network($0).holds(Network(address)) }
    }
}
