import Foundation

/// All that a folder of raw answers says.
struct AnswerFacts {
    /// Every connection there is.
    var connections: Set<String> = []
    /// The tunnels that a device can be given.
    var tunnels: [ResponseFacts] = []

    /// The connections that no device can be given.
    var leftOut: Set<String> { connections.subtracting(tunnels.map(\.connection)) }

    init(folder: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }
        let answers = try files.map { try RawAnswer.read("\(folder)/\($0)") }
        let gateways = GatewayFacts(answers)
        for connection in answers.flatMap({ $0.items("VpnConnections", "VpnConnection") }) {
            guard let id = connection.text("VpnConnectionId") else { continue }
            connections.insert(id)
            tunnels += ConnectionFacts(connection: connection, id: id, gateways: gateways).tunnels
        }
    }
}

/// Reads one connection of an answer.
private struct ConnectionFacts {
    let connection: RawAnswer
    let id: String
    let gateways: GatewayFacts

    /// api.md section 8, point 11; an answer without a State is about something that exists.
    private static let renderedStates = ["active", "attached", "updating", "upgrading", "financiallocked"]

    var tunnels: [ResponseFacts] {
        guard !id.contains("*"), Self.renderedStates.contains(connection.text("State")?.lowercased() ?? "active")
        else { return [] }
        let options = connection.items("TunnelOptionsSpecification", "TunnelOptions")
        guard !options.isEmpty else {
            let bgp = connection.object("VpnBgpConfig")?.text("TunnelCidr") != nil
            return facts(connection, "IkeConfig", "IpsecConfig", name: id, hasBGP: bgp, isDual: false).map { [$0] }
                ?? []
        }
        let bgp = connection.text("EnableTunnelsBgp") == "true"
        let tunnels = options.compactMap { tunnel in
            facts(
                tunnel, "TunnelIkeConfig", "TunnelIpsecConfig", name: tunnel.text("TunnelId") ?? "", hasBGP: bgp,
                isDual: true)
        }
        return tunnels.count == options.count ? tunnels : []
    }

    private func facts(
        _ tunnel: RawAnswer, _ ikeName: String, _ espName: String, name: String, hasBGP: Bool, isDual: Bool
    ) -> ResponseFacts? {
        guard let ike = tunnel.object(ikeName), let esp = tunnel.object(espName), let key = ike.text("Psk"),
            !key.contains("****"), !key.allSatisfy({ $0 == "*" }),
            let ikeAlgorithms = CharonAlgorithms(
                encryption: ike.text("IkeEncAlg"), integrity: ike.text("IkeAuthAlg"), group: ike.text("IkePfs")),
            let espAlgorithms = CharonAlgorithms(
                encryption: esp.text("IpsecEncAlg"), integrity: esp.text("IpsecAuthAlg"), group: esp.text("IpsecPfs")),
            let ends = ends(tunnel, ike)
        else { return nil }
        let isV1 = ike.text("IkeVersion") == "ikev1"
        let cloud = networks(connection.text("LocalSubnet"))
        let device = networks(connection.text("RemoteSubnet"))
        return ResponseFacts(
            connection: id, name: name, version: isV1 ? "1" : "2",
            aggressive: isV1 && ike.text("IkeMode") == "aggressive",
            cloudAddress: ends.cloudAddress, deviceAddress: ends.deviceAddress, cloudIdentity: ends.cloudIdentity,
            deviceIdentity: ends.deviceIdentity, ike: ikeAlgorithms, esp: espAlgorithms,
            ikeLifetime: Int(ike.text("IkeLifetime") ?? "") ?? 0,
            espLifetime: Int(esp.text("IpsecLifetime") ?? "") ?? 0,
            detectsDeadPeers: tunnel.text("EnableDpd") != "false", key: Array(key.utf8),
            children: hasBGP ? children(["0.0.0.0/0"], ["0.0.0.0/0"], isV1) : children(device, cloud, isV1),
            // 0.0.0.0/0 on either side would, as a policy, swallow traffic that is not meant for the tunnel.
            usesInterface: hasBGP || isDual || cloud.contains("0.0.0.0/0") || device.contains("0.0.0.0/0"))
    }

    private struct Ends {
        var cloudAddress: String
        var deviceAddress: String?
        var cloudIdentity: CharonIdentity
        var deviceIdentity: CharonIdentity
    }

    /// LocalId is the cloud's, RemoteId the device's (api.md 2); addresses where they are told, else the identities
    /// that are addresses (api.md 5).
    private func ends(_ tunnel: RawAnswer, _ ike: RawAnswer) -> Ends? {
        let sentLocal = ike.text("LocalId").flatMap { $0 == "leftId-not-exist" ? nil : $0 }
        let local = sentLocal.map(CharonIdentity.init(sentByCloud:))
        let remote = ike.text("RemoteId").map(CharonIdentity.init(sentByCloud:))
        let told = tunnel.text("InternetIp") ?? gateways[connection.text("VpnGatewayId")]
        let known = gateways[tunnel.text("CustomerGatewayId")]
        guard let cloudAddress = told ?? local?.address,
            let device = remote ?? known.map(CharonIdentity.init(sentByCloud:))
        else { return nil }
        var deviceAddress = known ?? remote?.address
        // A private identity behind a public address: the device sits behind a NAT and has another address.
        if let known, let identity = remote?.address, identity != known, isPrivate(identity) { deviceAddress = nil }
        return Ends(
            cloudAddress: cloudAddress, deviceAddress: deviceAddress,
            cloudIdentity: local ?? CharonIdentity(sentByCloud: cloudAddress), deviceIdentity: device)
    }

    /// IKEv1 carries one pair of networks in each child, IKEv2 all in one (devices.md, trap 3).
    private func children(_ device: [String], _ cloud: [String], _ isV1: Bool) -> [ResponseFacts.Child] {
        guard isV1 else { return [.init(device: Set(device), cloud: Set(cloud))] }
        return device.flatMap { device in cloud.map { .init(device: [device], cloud: [$0]) } }
    }

    /// A list of networks, each once and without bits beyond its prefix.
    private func networks(_ list: String?) -> [String] {
        var result: [String] = []
        for part in (list ?? "").split(separator: ",") {
            let pieces = part.trimmingCharacters(in: .whitespaces).split(separator: "/").map(String.init)
            let length = Int(pieces.last ?? "") ?? 32
            let bits = pieces[0].split(separator: ".").reduce(UInt64(0)) { $0 << 8 | (UInt64($1) ?? 0) }
            let kept = (bits >> UInt64(32 - length)) << UInt64(32 - length)
            let octets = [24, 16, 8, 0].map { String(kept >> UInt64($0) & 255) }
            let network = "\(octets.joined(separator: "."))/\(length)"
            if !result.contains(network) { result.append(network) }
        }
        return result
    }

    private func isPrivate(_ address: String) -> Bool {
        address.hasPrefix("10.") || address.hasPrefix("192.168.")
            || (16...31).contains { address.hasPrefix("172.\($0).") }
    }
}

extension CharonIdentity {
    /// The address, where it is one.
    fileprivate var address: String? { kind == .address ? text : nil }
}
