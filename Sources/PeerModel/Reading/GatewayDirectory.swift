public import CloudAPI
import Findings

/// What the neighbouring operations told about gateways, by their ids.
public struct GatewayDirectory: Sendable {
    private let vpnGateways: [String: VPNGateway]
    private let customerGateways: [String: CustomerGateway]

    /// Creates a directory; of gateways given twice the first counts.
    public init(vpnGateways: [VPNGateway] = [], customerGateways: [CustomerGateway] = []) {
        self.vpnGateways = Dictionary(
            vpnGateways.map { ($0.vpnGatewayId.value, $0) }, uniquingKeysWith: { first, _ in first })
        self.customerGateways = Dictionary(
            customerGateways.map { ($0.customerGatewayId.value, $0) }, uniquingKeysWith: { first, _ in first })
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
