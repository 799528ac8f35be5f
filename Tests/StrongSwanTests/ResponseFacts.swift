import Foundation
import TestSupport

/// What a correct device must hold for one tunnel, taken straight from raw answers by the documents
/// (`api.md` 2 and 3, `devices.md` 1 to 3): no type or table of this project's libraries takes part.
struct ResponseFacts: Equatable {
    var connection: String
    var name: String
    var version: String
    var aggressive: Bool
    var cloudAddress: String?
    /// `nil`: the device takes whatever address its route has.
    var deviceAddress: String?
    var cloudIdentity: String?
    var deviceIdentity: String?
    var proposal: String
    var espProposal: String
    var ikeLifetime: Int
    var espLifetime: Int
    var detectsDeadPeers: Bool
    var key: [UInt8]
    var children: [Child]
    var usesInterface: Bool

    struct Child: Equatable {
        var device: [String]
        var cloud: [String]
    }

    /// Facts of all tunnels in a folder of answers that a device can be given.
    static func read(folder: String) throws -> [ResponseFacts] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") }
        let answers = try files.map { try RawAnswer.read("\(folder)/\($0)") }
        var addresses: [String: String] = [:]
        for answer in answers {
            for gateway in answer.items("VpnGateways", "VpnGateway") {
                addresses[gateway.text("VpnGatewayId") ?? ""] = gateway.text("InternetIp")
            }
            for gateway in answer.items("CustomerGateways", "CustomerGateway") {
                addresses[gateway.text("CustomerGatewayId") ?? ""] = gateway.text("IpAddress")
            }
        }
        return answers.flatMap { $0.items("VpnConnections", "VpnConnection") }.flatMap { facts($0, addresses) }
    }

    private static func facts(_ connection: RawAnswer, _ addresses: [String: String]) -> [ResponseFacts] {
        let rendered = ["active", "attached", "updating", "upgrading", "financiallocked"]
        guard let id = connection.text("VpnConnectionId"), !id.contains("*"),
            rendered.contains(connection.text("State")?.lowercased() ?? "active")
        else { return [] }
        let tunnels = connection.items("TunnelOptionsSpecification", "TunnelOptions")
        if tunnels.isEmpty {
            return facts(connection, connection, "IkeConfig", "IpsecConfig", id, id, addresses, isDual: false).map {
                [$0]
            } ?? []
        }
        return tunnels.compactMap { tunnel in
            facts(
                connection, tunnel, "TunnelIkeConfig", "TunnelIpsecConfig", id, tunnel.text("TunnelId") ?? "",
                addresses,
                isDual: true)
        }
    }

    private static func facts(
        _ connection: RawAnswer, _ tunnel: RawAnswer, _ ikeName: String, _ espName: String, _ id: String,
        _ name: String,
        _ addresses: [String: String], isDual: Bool
    ) -> ResponseFacts? {
        guard let ike = tunnel.object(ikeName), let esp = tunnel.object(espName), let key = ike.text("Psk"),
            !key.contains("****"), !key.allSatisfy({ $0 == "*" }),
            let encryption = words[ike.text("IkeEncAlg") ?? ""],
            let espEncryption = words[esp.text("IpsecEncAlg") ?? ""], let group = words[ike.text("IkePfs") ?? ""]
        else { return nil }
        let isV1 = ike.text("IkeVersion") == "ikev1"
        let cloudNetworks = split(connection.text("LocalSubnet"))
        let deviceNetworks = split(connection.text("RemoteSubnet"))
        let isAny = cloudNetworks == ["0.0.0.0/0"] && deviceNetworks == ["0.0.0.0/0"]
        let hasBGP =
            isDual ? connection.text("EnableTunnelsBgp") == "true" : connection.object("VpnBgpConfig") != nil
        let cloudIdentity = ike.text("LocalId")
        let deviceIdentity = ike.text("RemoteId")
        let cloudAddress = tunnel.text("InternetIp") ?? addresses[connection.text("VpnGatewayId") ?? ""]
        let known = addresses[tunnel.text("CustomerGatewayId") ?? ""]
        var deviceAddress = known ?? deviceIdentity.flatMap { isAddress($0) ? $0 : nil }
        // A private identity behind a public address: the device sits behind a NAT and has another address.
        if let known, let identity = deviceIdentity, isAddress(identity), identity != known, isPrivate(identity) {
            deviceAddress = nil
        }
        var children = [Child(device: deviceNetworks, cloud: cloudNetworks)]
        if hasBGP {
            children = [Child(device: ["0.0.0.0/0"], cloud: ["0.0.0.0/0"])]
        } else if isV1 {
            children = deviceNetworks.flatMap { device in
                cloudNetworks.map { Child(device: [device], cloud: [$0]) }
            }
        }
        let pfs = words[esp.text("IpsecPfs") ?? ""].map { "-" + $0 } ?? ""
        return ResponseFacts(
            connection: id, name: name, version: isV1 ? "1" : "2",
            aggressive: isV1 && ike.text("IkeMode") == "aggressive",
            cloudAddress: cloudAddress ?? cloudIdentity.flatMap { isAddress($0) ? $0 : nil },
            deviceAddress: deviceAddress, cloudIdentity: cloudIdentity, deviceIdentity: deviceIdentity,
            proposal: "\(encryption)-\(ike.text("IkeAuthAlg") ?? "")-\(group)",
            espProposal: "\(espEncryption)-\(esp.text("IpsecAuthAlg") ?? "")\(pfs)",
            ikeLifetime: Int(ike.text("IkeLifetime") ?? "") ?? 0,
            espLifetime: Int(esp.text("IpsecLifetime") ?? "") ?? 0,
            detectsDeadPeers: tunnel.text("EnableDpd") != "false", key: Array(key.utf8), children: children,
            usesInterface: isAny || hasBGP || isDual)
    }

    /// devices.md 1.1.
    private static let words = [
        "aes": "aes128", "aes192": "aes192", "aes256": "aes256", "des": "des", "3des": "3des", "group1": "modp768",
        "group2": "modp1024", "group5": "modp1536", "group14": "modp2048",
    ]

    private static func split(_ list: String?) -> [String] { (list ?? "").split(separator: ",").map(String.init) }

    private static func isAddress(_ text: String) -> Bool {
        text.split(separator: ".").count == 4 && text.allSatisfy { $0.isNumber || $0 == "." }
    }

    private static func isPrivate(_ address: String) -> Bool {
        address.hasPrefix("10.") || address.hasPrefix("192.168.")
            || (16...31).contains { address.hasPrefix("172.\($0).") }
    }
}
