import CloudAPI
public import Findings
public import PeerModel

/// The model as JSON, for other programs: with fingerprints of keys or `null`, never the keys.
///
/// `version` changes when a name or meaning changes; new names may come at any time.
public struct ModelJSON: Sendable {
    private let fleet: Fleet
    private let fingerprintKey: FingerprintKey?

    /// Prepares a fleet for writing.
    ///
    /// - Parameter fingerprintKey: turns keys into fingerprints; without it they are `null`.
    public init(_ fleet: Fleet, fingerprintKey: FingerprintKey? = nil) {
        self.fleet = fleet
        self.fingerprintKey = fingerprintKey
    }

    /// The document.
    public var json: JSON {
        .object([
            "version": .int(1),
            "devices": .array(fleet.devices.map(device)),
            "left_out": .array(fleet.leftOut.map(JSON.string)),
        ])
    }

    private func device(_ device: Device) -> JSON {
        .object([
            "name": .string(device.name),
            "customer_gateways": .array(device.customerGateways.map(JSON.string)),
            "connections": .array(device.connections.map(connection)),
        ])
    }

    private func connection(_ connection: Connection) -> JSON {
        .object([
            "id": .string(connection.id.value),
            "name": .optional(connection.name?.value),
            "mode": .string(connection.tunnelMode.rawValue),
            "attachment": attachment(connection.attachment),
            "state": .optional(connection.state?.value),
            "cloud_networks": networks(connection.cloudNetworks),
            "device_networks": networks(connection.deviceNetworks),
            "cloud_initiates": .bool(connection.cloudInitiates),
            "tags": .array(
                connection.tags.map {
                    .object(["key": .string($0.key.value), "value": .string($0.value.value)])
                }),
            "tunnels": .array(connection.tunnels.map { tunnel($0, of: connection) }),
        ])
    }

    private func attachment(_ attachment: Attachment) -> JSON {
        switch attachment {
        case .vpnGateway(let id): .object(["kind": .string("vpn_gateway"), "id": .string(id.value)])
        case .transitRouter(let id, let name):
            .object([
                "kind": .string("transit_router"), "id": .optional(id?.value), "name": .optional(name?.value),
            ])
        case .nothing: .object(["kind": .string("nothing")])
        }
    }

    private func tunnel(_ tunnel: Tunnel, of connection: Connection) -> JSON {
        .object([
            "id": .string(tunnel.id.value),
            "role": .string(tunnel.role.rawValue),
            "number": .int(tunnel.number),
            "status": .optional((tunnel.status ?? connection.status)?.value),
            "zone": .optional(tunnel.zone?.value),
            "routing": .string(tunnel.routing.rawValue),
            "dead_peer_detection": .bool(tunnel.deadPeerDetection),
            "nat_traversal": .bool(tunnel.natTraversal),
            "cloud": .object([
                "address": .optional(tunnel.cloud.address?.value.description),
                "address_is_assumed": .bool(tunnel.cloud.addressIsAssumed),
                "identity": .optional(tunnel.cloud.identity?.value.text),
            ]),
            "device": .object([
                "address": .optional(tunnel.device.address?.value.description),
                "address_is_assumed": .bool(tunnel.device.addressIsAssumed),
                "identity": .optional(tunnel.device.identity?.value.text),
                "customer_gateway": .optional(tunnel.device.customerGateway?.value),
                "behind_nat": .bool(tunnel.device.isBehindNAT),
            ]),
            "ike": .object([
                "version": .string(tunnel.ike.version.value.rawValue),
                "mode": .string(tunnel.ike.mode.rawValue),
                "encryption": .string(tunnel.ike.encryption.value.name),
                "integrity": .string(tunnel.ike.integrity.value.name),
                "group": .string(tunnel.ike.group.value.name),
                "lifetime": .int(tunnel.ike.lifetime.value),
            ]),
            "ipsec": .object([
                "encryption": .string(tunnel.ipsec.encryption.value.name),
                "integrity": .string(tunnel.ipsec.integrity.value.name),
                "pfs": .optional(tunnel.ipsec.perfectForwardSecrecy.value.group?.name),
                "lifetime": .int(tunnel.ipsec.lifetime.value),
            ]),
            "psk": fingerprint(tunnel.presharedKey, "PSK", tunnel),
            "bgp": tunnel.bgp.map { bgp($0, of: tunnel) } ?? .null,
        ])
    }

    /// The same fingerprint as in placeholders of rendered files.
    private func fingerprint(_ key: Located<Secret>, _ name: String, _ tunnel: Tunnel) -> JSON {
        .optional(fingerprintKey?.fingerprint(of: key.value, purpose: "\(name) \(tunnel.id.value)"))
    }

    private func bgp(_ bgp: BGPSession, of tunnel: Tunnel) -> JSON {
        .object([
            "network": .string(bgp.network.value.description),
            "cloud_address": .string(bgp.cloudAddress.value.description),
            "device_address": .string(bgp.deviceAddress.value.description),
            "cloud_asn": .int(Int(bgp.cloudASN.value.value)),
            "device_asn": .int(Int(bgp.deviceASN.value.value)),
            "has_key": .bool(bgp.key != nil),
            "key": bgp.key.map { fingerprint($0, "BGP-KEY", tunnel) } ?? .null,
        ])
    }

    private func networks(_ networks: [Located<IPv4Network>]) -> JSON {
        .array(networks.map { .string($0.value.description) })
    }
}
