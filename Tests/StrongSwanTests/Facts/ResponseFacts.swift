/// What a correct device must hold for one tunnel, taken straight from raw answers by the documents
/// (`api.md` 2 and 3, `devices.md` 1 to 3): no type or table of this project's libraries takes part.
struct ResponseFacts: Equatable {
    var connection: String
    /// The tunnel's id, or the connection's where it has one tunnel only.
    var name: String
    var version: String
    var aggressive: Bool
    var cloudAddress: String
    /// `nil`: the device takes whatever address its route has.
    var deviceAddress: String?
    var cloudIdentity: CharonIdentity
    var deviceIdentity: CharonIdentity
    var ike: CharonAlgorithms
    var esp: CharonAlgorithms
    var ikeLifetime: Int
    var espLifetime: Int
    var detectsDeadPeers: Bool
    var key: [UInt8]
    var children: [Child]
    var usesInterface: Bool

    /// Networks that one child SA joins; their order means nothing.
    struct Child: Hashable {
        var device: Set<String>
        var cloud: Set<String>
    }
}

/// The addresses that neighbouring answers tell, by the gateways' ids.
struct GatewayFacts {
    private(set) var addresses: [String: String] = [:]

    init(_ answers: [RawAnswer]) {
        for answer in answers {
            for gateway in answer.items("VpnGateways", "VpnGateway") {
                addresses[gateway.text("VpnGatewayId") ?? ""] = gateway.text("InternetIp")
            }
            for gateway in answer.items("CustomerGateways", "CustomerGateway") {
                addresses[gateway.text("CustomerGatewayId") ?? ""] = gateway.text("IpAddress")
            }
        }
    }

    subscript(_ id: String?) -> String? { id.flatMap { addresses[$0] } }
}
