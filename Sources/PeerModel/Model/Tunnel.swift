public import CloudAPI
public import Findings

/// One IKE peering and what travels in it.
public struct Tunnel: SharesParts {
    /// Grouping, checks and rendering hand tunnels on all the time: by reference.
    public var parts: Shared<Parts>

    init(_ parts: Parts) { self.parts = Shared(parts) }
}

extension Tunnel {
    /// All that is known of a tunnel.
    public struct Parts: Sendable {
        /// `TunnelId`, or the connection's id in single-tunnel mode.
        public var id: Located<String>
        /// Its place among the connection's tunnels, counted from 1, preferred first.
        public var position: Int
        /// How it relates to the connection's other tunnel.
        public var role: Role
        /// The cloud's end.
        public var cloud: CloudEnd
        /// The device's end.
        public var device: DeviceEnd
        /// Phase 1.
        public var ike: IKEParameters
        /// Phase 2.
        public var ipsec: IPsecParameters
        /// The pre-shared key.
        public var presharedKey: Located<Secret>
        /// Whether the cloud detects dead peers.
        public var deadPeerDetection: Bool
        /// Whether the cloud detects NAT and falls back to UDP 4500.
        public var natTraversal: Bool
        /// How traffic finds its way into the tunnel.
        public var routing: Routing
        /// What may travel: one element for each child SA.
        public var selectors: [SelectorPair]
        /// The BGP session inside, if any.
        public var bgp: BGPSession?
        /// `Status` of the negotiation.
        public var status: Located<String>?
        /// `ZoneNo` of the cloud's end.
        public var zone: Located<String>?
        /// A number that no other tunnel of the device has: interface names, marks and sequence numbers derive
        /// from it.
        ///
        /// 0 until numbers have been given out.
        public var number: Int = 0
        /// The line of `peerconf.lock` or of the site file that keeps the number; `.none` where nobody asked for it.
        public var numberOrigin = Origin.none
    }
}

/// How a tunnel relates to the connection's other one.
public enum Role: String, Sendable {
    /// There is no other one.
    case only
    /// Carries all traffic while it is up.
    case master
    /// Stands by.
    case slave
    /// Shares the traffic with the other one (transit routers).
    case equal
}

/// The cloud's end of a tunnel.
public struct CloudEnd: Sendable {
    /// Its public address; private for gateways of network type `private`.
    ///
    /// `nil`: no input tells it.
    public var address: Located<IPv4Address>?
    /// Whether the address is only what `LocalId` suggests.
    public var addressIsAssumed: Bool
    /// The identity it sends (`LocalId`).
    ///
    /// `nil`: none is set.
    public var identity: Located<Identity>?
}

/// The device's end of a tunnel.
public struct DeviceEnd: Sendable {
    /// `CustomerGatewayId`: what the cloud calls the device.
    public var customerGateway: Located<String>?
    /// The address the cloud sees: the device's own or that of a NAT before it.
    ///
    /// `nil`: no input tells it.
    public var address: Located<IPv4Address>?
    /// Whether the address is only what `RemoteId` suggests.
    public var addressIsAssumed: Bool
    /// The address on the device's own interface; differs from `address` behind a NAT.
    ///
    /// `nil`: not known.
    public var interfaceAddress: Located<IPv4Address>?
    /// The identity it must send (`RemoteId`).
    ///
    /// `nil`: none is set.
    public var identity: Located<Identity>?
    /// Whether the device sits behind a NAT as far as the inputs show.
    public var isBehindNAT: Bool
}

/// How traffic finds its way into a tunnel.
public enum Routing: String, Sendable {
    /// The selectors are the policy: whatever matches them is encrypted.
    case policy
    /// A tunnel interface, fed by routes; the selectors are any to any, or narrow ones on that interface.
    case interface
}

/// The traffic selectors of one child SA.
public struct SelectorPair: Sendable, Equatable {
    /// Networks behind the cloud.
    public var cloud: [Located<IPv4Network>]
    /// Networks behind the device.
    public var device: [Located<IPv4Network>]
}

/// Phase 1: exactly one value each, as the cloud accepts no other.
public struct IKEParameters: Sendable {
    /// Version of the key exchange.
    public var version: Located<IKEVersion>
    /// Exchange of IKEv1; `main` for IKEv2, where the API's value means nothing.
    public var mode: IKEMode
    /// Where the exchange is told; `.none` where it is the API's default, or means nothing.
    public var modeOrigin = Origin.none
    /// Cipher.
    public var encryption: Located<Encryption>
    /// Hash, and PRF as well.
    public var integrity: Located<Integrity>
    /// Diffie-Hellman group.
    public var group: Located<DHGroup>
    /// Hard lifetime in seconds.
    public var lifetime: Located<Int>
}

/// Phase 2: exactly one value each.
public struct IPsecParameters: Sendable {
    /// Cipher.
    public var encryption: Located<Encryption>
    /// Hash.
    public var integrity: Located<Integrity>
    /// Perfect forward secrecy.
    public var perfectForwardSecrecy: Located<PerfectForwardSecrecy>
    /// Hard lifetime in seconds.
    public var lifetime: Located<Int>
}

/// The BGP session inside a tunnel.
public struct BGPSession: Sendable {
    /// The /30 that holds both addresses (`TunnelCidr`).
    public var network: Located<IPv4Network>
    /// The cloud's address in it (`LocalBgpIp`).
    public var cloudAddress: Located<IPv4Address>
    /// The device's address in it (`PeerBgpIp`).
    public var deviceAddress: Located<IPv4Address>
    /// The cloud's AS number (`LocalAsn`).
    public var cloudASN: Located<ASNumber>
    /// The device's AS number (`PeerAsn`).
    public var deviceASN: Located<ASNumber>
    /// The TCP MD5 key (`AuthKey`); dual-tunnel answers have it only with the customer gateway.
    public var key: Located<Secret>?

    /// Whether both ends are in one autonomous system.
    public var isInternal: Bool { cloudASN.value == deviceASN.value }
}
