public import CloudAPI
public import Findings

/// What the neighbouring operations told about gateways, by their ids.
public struct GatewayDirectory: Sendable {
    private var vpnGateways: [String: VPNGateway] = [:]
    private var customerGateways: [String: CustomerGateway] = [:]
    private var contradictions: [Contradiction] = []

    /// A field that two answers tell differently of one gateway.
    private struct Contradiction {
        var kind: String
        var id: String
        var field: String
        var origins: [Origin]
    }

    /// Creates a directory.
    ///
    /// Where two answers contradict each other, which one is newer can't be told: the field then counts as not known,
    /// whatever the order of the answers, and ``findings(_:)`` tells it.
    public init(vpnGateways: [VPNGateway] = [], customerGateways: [CustomerGateway] = []) {
        for (id, group) in Dictionary(grouping: vpnGateways, by: { $0.vpnGatewayId.value }) {
            var gateway = group[0]
            if group.count > 1 {
                gateway.internetIp = agreed(group.map { $0.internetIp }, "VPN gateway", id, "InternetIp")
                gateway.disasterRecoveryInternetIp = agreed(
                    group.map { $0.disasterRecoveryInternetIp }, "VPN gateway", id, "DisasterRecoveryInternetIp")
                gateway.vpnType = agreed(group.map { $0.vpnType }, "VPN gateway", id, "VpnType")
            }
            self.vpnGateways[id] = gateway
        }
        for (id, group) in Dictionary(grouping: customerGateways, by: { $0.customerGatewayId.value }) {
            var gateway = group[0]
            if group.count > 1 {
                gateway.ipAddress = agreed(group.map { $0.ipAddress }, "customer gateway", id, "IpAddress")
                gateway.asn = agreed(group.map { $0.asn }, "customer gateway", id, "Asn")
                gateway.authKey = agreed(group.map { $0.authKey }, "customer gateway", id, "AuthKey")
            }
            self.customerGateways[id] = gateway
        }
    }

    /// The value that all answers which have it agree on.
    private mutating func agreed<Value: Hashable>(
        _ values: [Located<Value>?], _ kind: String, _ id: String, _ field: String
    ) -> Located<Value>? {
        let told = values.compactMap(\.self)
        guard told.count > 1, Set(told.map(\.value)).count > 1 else { return told.first }
        contradictions.append(Contradiction(kind: kind, id: id, field: field, origins: told.map(\.origin)))
        return nil
    }

    /// Where answers contradict each other.
    public func findings(_ origins: OriginTable) -> [Finding] {
        contradictions.sorted { ($0.id, $0.field) < ($1.id, $1.field) }.map { contradiction in
            let places = contradiction.origins.compactMap { origins.location(of: $0) }.sorted()
            return Finding(
                "PC256", .warning,
                "two answers differ in \(contradiction.field) of the \(contradiction.kind) \(contradiction.id): "
                    + "it counts as not known",
                at: Place(location: places.first, field: contradiction.field),
                remedy: "give answers of one moment only",
                notes: places.dropFirst().prefix(1).map { .init("the other one", at: $0) })
        }
    }

    /// The VPN gateway with this id.
    public func vpnGateway(_ id: String?) -> VPNGateway? { id.flatMap { vpnGateways[$0] } }

    /// The customer gateway with this id.
    public func customerGateway(_ id: String?) -> CustomerGateway? { id.flatMap { customerGateways[$0] } }

    /// Whether any answer about VPN gateways was given at all.
    public var hasVPNGateways: Bool { !vpnGateways.isEmpty }

    /// Whether any answer about customer gateways was given at all.
    public var hasCustomerGateways: Bool { !customerGateways.isEmpty }
}
