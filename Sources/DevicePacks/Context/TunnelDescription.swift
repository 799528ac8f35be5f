import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// What the templates' `tunnel` is made of.
///
/// A class, since each of its many fields is handed it.
final class TunnelSource: Sendable {
    let tunnel: Tunnel
    let words: TunnelWords
    let secrets: SecretsMode
    let fingerprintKey: FingerprintKey?
    let identityPrefixes: [String: String]
    let device: Device
    /// The connection's networks behind the cloud, which selectors of tunnels with BGP leave out, and routes of the
    /// site file.
    let cloudNetworks: [IPv4Network]
    /// Whether the cloud's address lies in a network that some tunnel interface of the device is fed with.
    let cloudIsRouted: Bool

    var settings: RouterSettings { device.settings }

    init(
        _ tunnel: Tunnel, of connection: Connection, on device: Device, _ words: TunnelWords,
        _ options: RenderingOptions, identityPrefixes: [String: String], cloudIsRouted: Bool
    ) {
        self.tunnel = tunnel
        self.words = words
        secrets = options.secrets
        fingerprintKey = options.fingerprintKey
        self.identityPrefixes = identityPrefixes
        self.device = device
        cloudNetworks = connection.networksBehindCloud(device.settings)
        self.cloudIsRouted = cloudIsRouted
    }

    /// The same with placeholders in the place of keys.
    init(masking source: TunnelSource) {
        tunnel = source.tunnel
        words = source.words
        secrets = .placeholder
        fingerprintKey = source.fingerprintKey
        identityPrefixes = source.identityPrefixes
        device = source.device
        cloudNetworks = source.cloudNetworks
        cloudIsRouted = source.cloudIsRouted
    }
}

/// One tunnel, seen from the device.
let tunnelDescription = ObjectDescription<TunnelSource>([
    .init("id", .text, "TunnelId; the connection's id in single-tunnel mode.") { .untrusted($0.tunnel.id) },
    .init("position", .int, "1 for the preferred or only tunnel, 2 for the other.") { .int($0.tunnel.position) },
    .init("role", .text, "only, master, slave, or equal (transit routers).") {
        .trusted($0.tunnel.role.rawValue)
    },
    .init("number", .int, "A number that no other tunnel of the device has.") {
        .int($0.tunnel.number, origin: $0.tunnel.numberOrigin)
    },
    .init("zone", .optional(.text), "The cloud's availability zone.") { .untrusted($0.tunnel.zone) },
    .init("routing", .text, "policy, or interface where a tunnel interface is fed by routes.") {
        .trusted($0.tunnel.routing.rawValue)
    },
    .init("cloud", cloudEndDescription.shape, "The cloud's end.") { cloudEndDescription.value($0) },
    .init("device", deviceEndDescription.shape, "The device's end.") { deviceEndDescription.value($0) },
    .init("ike", ikeDescription.shape, "Phase 1, in the device's words.") { ikeDescription.value($0) },
    .init("ipsec", ipsecDescription.shape, "Phase 2, in the device's words.") { ipsecDescription.value($0) },
    .init("psk", keyDescription.shape, "The pre-shared key, or its placeholder.") {
        keyDescription.value(KeySource($0.words.presharedKey, $0.tunnel.presharedKey, "PSK", $0))
    },
    .init("dpd", .optional(dpdDescription.shape), "Dead peer detection; none where it is off.") {
        $0.tunnel.deadPeerDetection ? dpdDescription.value($0) : .none
    },
    .init("nat_traversal", .bool, "Whether the cloud detects NAT.") { .bool($0.tunnel.natTraversal) },
    .init("children", .list(of: childDescription.shape), "The child SAs, at least one.") { source in
        .list(
            source.tunnel.selectors.enumerated().map { index, pair in
                childDescription.value(ChildSource(position: index + 1, pair: pair))
            })
    },
    .init("bgp", .optional(bgpDescription.shape), "The BGP session; none where routes are static.") { source in
        source.tunnel.bgp.map { bgpDescription.value(BGPSource(session: $0, tunnel: source)) } ?? .none
    },
])

private let cloudEndDescription = ObjectDescription<TunnelSource>([
    .init("address", .text, "Its address; the placeholder <<CLOUD-ADDRESS>> where no input tells it.") {
        $0.tunnel.cloud.address.map { .typed($0) } ?? .trusted("<<CLOUD-ADDRESS>>")
    },
    .init("address_is_assumed", .bool, "Whether the address is only what LocalId suggests.") {
        .bool($0.tunnel.cloud.addressIsAssumed)
    },
    .init(
        "address_is_behind_tunnel", .bool,
        "Whether the address lies in a network behind this tunnel or another one with an interface, where it is not to be reached: selectors, LocalSubnet, routes."
    ) { source in
        guard let address = source.tunnel.cloud.address?.value else { return .bool(false) }
        let selected = source.tunnel.selectors.flatMap(\.cloud).map(\.value)
        let networks = selected + source.cloudNetworks
        return .bool(source.cloudIsRouted || networks.contains { $0 != .any && $0.contains(address) })
    },
    .init(
        "address_may_be_learned", .bool,
        "Whether BGP may bring a route to the address by the tunnel itself: it is private, and the tunnel has a session."
    ) { source in
        .bool(source.tunnel.bgp != nil && source.tunnel.cloud.address?.value.isPrivate == true)
    },
    .init("identity", identityDescription.shape, "The identity it sends (LocalId).") {
        identityDescription.value(
            IdentitySource($0.tunnel.cloud.identity, orAddress: $0.tunnel.cloud.address, $0.identityPrefixes))
    },
])

private let deviceEndDescription = ObjectDescription<TunnelSource>([
    .init("address", .optional(.text), "The address the cloud sees: its own or a NAT's.") {
        .typed($0.tunnel.device.address)
    },
    .init("address_is_assumed", .bool, "Whether the address is only what RemoteId suggests.") {
        .bool($0.tunnel.device.addressIsAssumed)
    },
    .init("interface_address", .optional(.text), "The address on its own interface; none where not known.") {
        .typed($0.tunnel.device.interfaceAddress)
    },
    .init("behind_nat", .bool, "Whether it sits behind a NAT, as far as the inputs show.") {
        .bool($0.tunnel.device.isBehindNAT)
    },
    .init("customer_gateway", .optional(.text), "CustomerGatewayId.") {
        .untrusted($0.tunnel.device.customerGateway)
    },
    .init("identity", identityDescription.shape, "The identity it must send (RemoteId).") {
        identityDescription.value(
            IdentitySource($0.tunnel.device.identity, orAddress: $0.tunnel.device.address, $0.identityPrefixes))
    },
])

private let ikeDescription = ObjectDescription<TunnelSource>([
    .init("version", .int, "1 or 2.") {
        .int($0.tunnel.ike.version.value.number, origin: $0.tunnel.ike.version.origin)
    },
    .init("mode", .text, "main or aggressive; main for IKEv2, where it means nothing.") {
        .word($0.tunnel.ike.mode.rawValue, $0.tunnel.ike.modeOrigin)
    },
    .init("encryption", .text, "Cipher.") { .word($0.words.ikeEncryption, $0.tunnel.ike.encryption.origin) },
    .init("integrity", .text, "Hash and PRF.") { .word($0.words.ikeIntegrity, $0.tunnel.ike.integrity.origin) },
    .init("group", .text, "Diffie-Hellman group.") { .word($0.words.ikeGroup, $0.tunnel.ike.group.origin) },
    .init("lifetime", .int, "Hard lifetime in seconds.") { .number($0.tunnel.ike.lifetime) },
])

private let ipsecDescription = ObjectDescription<TunnelSource>([
    .init("encryption", .text, "Cipher.") { .word($0.words.espEncryption, $0.tunnel.ipsec.encryption.origin) },
    .init("integrity", .text, "Hash.") { .word($0.words.espIntegrity, $0.tunnel.ipsec.integrity.origin) },
    .init("pfs", .optional(.text), "Group of perfect forward secrecy; none where it is disabled.") { source in
        let origin = source.tunnel.ipsec.perfectForwardSecrecy.origin
        return source.words.espGroup.map { Value.word($0, origin) } ?? .none
    },
    .init("lifetime", .int, "Hard lifetime in seconds.") { .number($0.tunnel.ipsec.lifetime) },
])

private let dpdDescription = ObjectDescription<TunnelSource>([
    .init("delay", .int, "Seconds between probes.") { .setting($0.settings.dpdDelay, "dpd_delay", $0.settings) },
    .init("timeout", .int, "Seconds without an answer before an IKEv1 peer counts as dead.") {
        .setting($0.settings.dpdTimeout, "dpd_timeout", $0.settings)
    },
])

struct ChildSource: Sendable {
    var position: Int
    var pair: SelectorPair
}

private let childDescription = ObjectDescription<ChildSource>([
    .init("position", .int, "Its place among the tunnel's children, from 1.") { .int($0.position) },
    .init("cloud", .list(of: networkDescription.shape), "Networks behind the cloud.") {
        .networks($0.pair.cloud)
    },
    .init("device", .list(of: networkDescription.shape), "Networks behind the device.") {
        .networks($0.pair.device)
    },
    .init("is_any_to_any", .bool, "Whether it carries everything: 0.0.0.0/0 on both sides.") {
        .bool($0.pair.isAnyToAny)
    },
    .init(
        "device_covers_cloud", .bool,
        "Whether a network behind the device holds all of one behind the cloud, which is no fault where both are 0.0.0.0/0."
    ) { source in
        .bool(
            source.pair.device.contains { device in
                source.pair.cloud.contains { device.value.contains($0.value) }
            })
    },
])

extension SelectorPair {
    fileprivate var isAnyToAny: Bool { cloud.map(\.value) == [.any] && device.map(\.value) == [.any] }
}

extension Connection {
    /// All networks that are known to be behind the cloud: the answer's, and routes of the site file.
    func networksBehindCloud(_ settings: RouterSettings) -> [IPv4Network] {
        (self.cloudNetworks + settings.routes(for: self.id.value)).map(\.value)
    }
}
