import CloudAPI
import Findings
import PeerModel

/// The objects of one tunnel in the model's JSON document.
struct TunnelDescriptions: Sendable {
    let fingerprintKey: FingerprintKey?

    var tunnel: JSONDescription<(Tunnel, Connection)> {
        JSONDescription([
            .init("id", .text, "TunnelId, or the VpnConnectionId in single-tunnel mode.") { .string($0.0.id.value) },
            .init("role", .word(["only", "master", "slave", "equal"]), "How it relates to the other tunnel.") {
                .string($0.0.role.rawValue)
            },
            .init("number", .number(0...Int(UInt32.max)), "Its number on the device: interface names derive from it.") {
                .int($0.0.number)
            },
            .init("status", .orNull(.text), "Status of the negotiation, as the API has it.") {
                .optional(($0.0.status ?? $0.1.status)?.value)
            },
            .init("zone", .orNull(.text), "ZoneNo of the cloud's end.") { .optional($0.0.zone?.value) },
            .init("routing", .word(["policy", "interface"]), "How traffic finds its way into it.") {
                .string($0.0.routing.rawValue)
            },
            .init("selectors", each: "What may travel: one element for each child SA.", selectors, of: \.0.selectors),
            .init("dead_peer_detection", .flag, "Whether the cloud detects dead peers.") {
                .bool($0.0.deadPeerDetection)
            },
            .init("nat_traversal", .flag, "Whether the cloud falls back to UDP 4500.") { .bool($0.0.natTraversal) },
            .init("cloud", "The cloud's end.", cloud, of: \.0.cloud),
            .init("device", "The device's end.", device, of: \.0.device),
            .init("ike", "Phase 1: exactly one value each.", ike, of: \.0.ike),
            .init("ipsec", "Phase 2: exactly one value each.", ipsec, of: \.0.ipsec),
            .init("psk", .orNull(.text), Self.key("pre-shared key")) { fingerprint($0.0.presharedKey, "PSK", $0.0) },
            .init("bgp", orNull: "The BGP session inside, if any.", bgp) { tunnel, _ in
                tunnel.bgp.map { ($0, tunnel) }
            },
        ])
    }

    private var selectors: JSONDescription<SelectorPair> {
        JSONDescription([
            .init("cloud", .list(.network), "Networks on the cloud's side.") { ModelDescriptions.networks($0.cloud) },
            .init("device", .list(.network), "Networks on the device's side.") {
                ModelDescriptions.networks($0.device)
            },
        ])
    }

    private static let identityKinds = Identity.Kind.allCases.map(\.rawValue)

    private var cloud: JSONDescription<CloudEnd> {
        JSONDescription([
            .init("address", .orNull(.address), "Its address; null: no input tells it.") {
                .optional($0.address?.value.description)
            },
            .init("address_is_assumed", .flag, "Whether the address is only what LocalId suggests.") {
                .bool($0.addressIsAssumed)
            },
            .init("identity", .orNull(.text), "The identity it sends (LocalId).") {
                .optional($0.identity?.value.text)
            },
            .init("identity_kind", .orNull(.word(Self.identityKinds)), "The identity's type in IKE.") {
                .optional($0.identity?.value.kind.rawValue)
            },
        ])
    }

    private var device: JSONDescription<DeviceEnd> {
        JSONDescription([
            .init("customer_gateway", .orNull(.text), "CustomerGatewayId.") { .optional($0.customerGateway?.value) },
            .init("address", .orNull(.address), "The address the cloud sees; null: no input tells it.") {
                .optional($0.address?.value.description)
            },
            .init("address_is_assumed", .flag, "Whether the address is only what RemoteId suggests.") {
                .bool($0.addressIsAssumed)
            },
            .init("interface_address", .orNull(.address), "The address on the device's own interface.") {
                .optional($0.interfaceAddress?.value.description)
            },
            .init("behind_nat", .flag, "Whether a NAT stands before it, as far as is known.") {
                .bool($0.isBehindNAT)
            },
            .init("identity", .orNull(.text), "The identity it must send (RemoteId).") {
                .optional($0.identity?.value.text)
            },
            .init("identity_kind", .orNull(.word(Self.identityKinds)), "The identity's type in IKE.") {
                .optional($0.identity?.value.kind.rawValue)
            },
        ])
    }

    private static let lifetime = JSONShape.number(0...Int(UInt32.max))

    private var ike: JSONDescription<IKEParameters> {
        JSONDescription([
            .init("version", .word(IKEVersion.allCases.map(\.rawValue)), "Version of the key exchange.") {
                .string($0.version.value.rawValue)
            },
            .init("mode", .word(IKEMode.allCases.map(\.rawValue)), "Exchange of IKEv1; main for IKEv2.") {
                .string($0.mode.rawValue)
            },
            .init("encryption", .word(Encryption.allCases.map(\.name)), "Cipher, in CBC mode.") {
                .string($0.encryption.value.name)
            },
            .init("integrity", .word(Integrity.allCases.map(\.name)), "Hash, and PRF as well.") {
                .string($0.integrity.value.name)
            },
            .init("group", .word(DHGroup.allCases.map(\.name)), "Diffie-Hellman group.") {
                .string($0.group.value.name)
            },
            .init("lifetime", Self.lifetime, "Hard lifetime in seconds.") { .int($0.lifetime.value) },
        ])
    }

    private var ipsec: JSONDescription<IPsecParameters> {
        JSONDescription([
            .init("encryption", .word(Encryption.allCases.map(\.name)), "Cipher, in CBC mode.") {
                .string($0.encryption.value.name)
            },
            .init("integrity", .word(Integrity.allCases.map(\.name)), "Hash.") {
                .string($0.integrity.value.name)
            },
            .init("pfs", .orNull(.word(DHGroup.allCases.map(\.name))), "Group of perfect forward secrecy; null: off.") {
                .optional($0.perfectForwardSecrecy.value.group?.name)
            },
            .init("lifetime", Self.lifetime, "Hard lifetime in seconds.") { .int($0.lifetime.value) },
        ])
    }

    private static let autonomousSystem = JSONShape.number(0...Int(UInt32.max))

    private var bgp: JSONDescription<(BGPSession, Tunnel)> {
        JSONDescription([
            .init("network", .network, "The /30 that holds both addresses.") {
                .string($0.0.network.value.description)
            },
            .init("cloud_address", .address, "The cloud's address in it.") {
                .string($0.0.cloudAddress.value.description)
            },
            .init("device_address", .address, "The device's address in it.") {
                .string($0.0.deviceAddress.value.description)
            },
            .init("cloud_asn", Self.autonomousSystem, "The cloud's AS number.") {
                .int(Int($0.0.cloudASN.value.value))
            },
            .init("device_asn", Self.autonomousSystem, "The device's AS number.") {
                .int(Int($0.0.deviceASN.value.value))
            },
            .init("has_key", .flag, "Whether the session is protected by a TCP MD5 key.") { .bool($0.0.key != nil) },
            .init("key", .orNull(.text), Self.key("BGP key")) { bgp, tunnel in
                bgp.key.map { fingerprint($0, "BGP-KEY", tunnel) } ?? .null
            },
        ])
    }

    private static func key(_ name: String) -> String {
        "Keyed fingerprint of the \(name), where a fingerprint key is given; else null."
    }

    /// The same fingerprint as in placeholders of rendered files.
    private func fingerprint(_ key: Located<Secret>, _ name: String, _ tunnel: Tunnel) -> JSON {
        .optional(fingerprintKey?.fingerprint(of: key.value, purpose: "\(name) \(tunnel.id.value)"))
    }
}
