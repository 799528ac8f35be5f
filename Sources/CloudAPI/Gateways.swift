public import Findings

/// A VPN gateway as `DescribeVpnGateways` tells it: what is needed to know the cloud's addresses.
public struct VPNGateway: SharesParts {
    /// All its connections look it up: by reference.
    public var parts: Shared<Fields>

    init(_ fields: Fields) { parts = Shared(fields) }
}

extension VPNGateway {
    /// All that an answer says of a VPN gateway.
    public struct Fields: Sendable {
        /// `VpnGatewayId`, `vpn-…`.
        public var vpnGatewayId: Located<String>
        /// `Name`.
        public var name: Located<String>?
        /// `InternetIp`: the first IPsec address; a private one where `NetworkType` is `private`.
        public var internetIp: Located<String>?
        /// `DisasterRecoveryInternetIp`: the second IPsec address, dual-tunnel gateways only.
        public var disasterRecoveryInternetIp: Located<String>?
        /// `NetworkType`: `public` or `private`.
        public var networkType: Located<String>?
        /// `VpnType`: `Normal` or `NationalStandard` (ShangMi).
        public var vpnType: Located<String>?
        /// `Status`.
        public var status: Located<String>?
        /// `EnableBgp`.
        public var enableBgp: Located<Bool>?
        /// `VpcId`.
        public var vpcId: Located<String>?
        /// `Tags`; the `Tag` of this operation is a system string and is not read.
        public var tags: [Tag]
        /// Paths of fields that are not part of the API known here.
        public var unknownFields: [Located<String>]
        /// The record as it was sent, where answers are kept.
        var source: RawRecord?
    }
}

/// A customer gateway as `DescribeCustomerGateways` tells it: the device seen from the cloud.
public struct CustomerGateway: SharesParts {
    /// All its tunnels look it up: by reference.
    public var parts: Shared<Fields>

    init(_ fields: Fields) { parts = Shared(fields) }
}

extension CustomerGateway {
    /// All that an answer says of a customer gateway.
    public struct Fields: Sendable {
        /// `CustomerGatewayId`, `cgw-…`.
        public var customerGatewayId: Located<String>
        /// `Name`.
        public var name: Located<String>?
        /// `Description`.
        public var description: Located<String>?
        /// `IpAddress`: the device's public address, or that of the NAT before it.
        public var ipAddress: Located<String>?
        /// `Asn` of the device.
        public var asn: Located<String>?
        /// `AuthKey`: the TCP MD5 key of its BGP sessions.
        public var authKey: Located<Secret>?
        /// `Tags`.
        public var tags: [Tag]
        /// Paths of fields that are not part of the API known here.
        public var unknownFields: [Located<String>]
        /// The record as it was sent, where answers are kept.
        var source: RawRecord?
    }
}

/// The API's answer when a call failed.
public struct APIError: Sendable {
    /// `Code`, such as `Forbidden.RAM`.
    public var code: Located<String>
    /// `Message`.
    public var message: Located<String>?
    /// `RequestId`, which the vendor's support asks for.
    public var requestId: Located<String>?
    /// `HostId`.
    public var hostId: Located<String>?
    /// `Recommend`: the vendor's diagnosis page.
    public var recommend: Located<String>?
}
