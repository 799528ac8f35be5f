import CloudAPI
import Findings
import PeerModel
import TemplateEngine

extension IPv4Network {
    /// Whether the cloud drops the prefix when it is announced, or must not get it: the default route, and
    /// 100.64.0.0/10 with its parts and what contains it (api.md 3.9).
    fileprivate var isRefusedByCloud: Bool {
        self == .any || overlaps(.sharedAddressSpace)
    }
}

/// What a document of one connection is rendered from.
struct ConnectionSource: Sendable {
    let connection: Connection
    let tunnels: [TunnelSource]
    let device: Device
    let pack: Pack
    let secrets: SecretsMode
    let sameEndsAs: [Located<String>]
    /// What templates see of the device, made once for all its connections.
    var deviceValue: Value?
}

extension ConnectionSource {
    /// What is to be announced, whether the cloud takes it or not.
    fileprivate var wantedPrefixes: [Located<IPv4Network>] {
        let told = device.settings.advertise(for: connection.id.value)
        return told.isEmpty ? connection.deviceNetworks : told
    }

    /// The same with placeholders in the place of keys.
    func withPlaceholders(_ fingerprintKey: FingerprintKey?) -> ConnectionSource {
        ConnectionSource(
            connection: connection,
            tunnels: tunnels.map { tunnel in
                TunnelSource(
                    tunnel: tunnel.tunnel, words: tunnel.words, secrets: .placeholder,
                    fingerprintKey: fingerprintKey, identityPrefixes: tunnel.identityPrefixes,
                    settings: tunnel.settings,
                    cloudNetworks: tunnel.cloudNetworks, cloudIsRouted: tunnel.cloudIsRouted)
            }, device: device, pack: pack, secrets: .placeholder, sameEndsAs: sameEndsAs, deviceValue: deviceValue)
    }
}

/// What a rule about tunnels is asked with: values of a connection's context, and one of its tunnels.
struct RuleSource: Sendable {
    let context: Record
    let tunnel: Value
}

/// The names that a rule about tunnels sees.
let ruleContext = ObjectDescription<RuleSource>([
    .init("connection", connectionDescription.shape, "The connection.") { $0.context["connection"] ?? .none },
    .init("tunnel", tunnelDescription.shape, "The tunnel.") { $0.tunnel },
    .init("device", deviceDescription.shape, "The device that is configured.") { $0.context["device"] ?? .none },
    .init("pack", packDescription.shape, "The pack in use.") { $0.context["pack"] ?? .none },
])

/// The names that a template of scope `connection` sees.
let connectionContext = ObjectDescription<ConnectionSource>([
    .init("connection", connectionDescription.shape, "The connection.") {
        connectionDescription.value($0)
    },
    .init("tunnels", .list(of: tunnelDescription.shape), "Its tunnels, the preferred one first.") {
        .list($0.tunnels.map { tunnelDescription.value($0) })
    },
    .init("device", deviceDescription.shape, "The device that is configured.") {
        $0.deviceValue ?? deviceDescription.value($0.device)
    },
    .init("pack", packDescription.shape, "The pack in use.") { packDescription.value($0.pack) },
    .init("secrets", .text, "placeholder, split or inline: where keys are to stand.") {
        .trusted($0.secrets.rawValue)
    },
])

/// What a removal is rendered from.
struct RemovalSource: Sendable {
    let connection: ConnectionSource
    /// The device's connections that stay, by id.
    let remaining: [ConnectionSource]
}

/// The names that a template of scope `removal` sees: those of scope `connection`, and what stays.
let removalContext = ObjectDescription<RemovalSource>(
    connectionContext.fields.map { field in
        ObjectDescription<RemovalSource>.Field(field.name, field.shape, field.documentation) {
            field.value($0.connection)
        }
    } + [
        ObjectDescription<RemovalSource>.Field(
            "remaining", .list(of: connectionEntryDescription.shape),
            "The device's connections that stay, by id: what they need must stay, too."
        ) {
            .list($0.remaining.map { connectionEntryDescription.value(connectionContext.record($0)) })
        }
    ])

/// What a document of a whole device is rendered from.
struct DeviceSource: Sendable {
    /// The contexts of its connections: what they hold is not made twice.
    let connections: [Record]
    let device: Value
    let pack: Pack
    let secrets: SecretsMode
}

/// The names that a template of scope `device` sees.
let deviceContext = ObjectDescription<DeviceSource>([
    .init("connections", .list(of: connectionEntryDescription.shape), "The device's connections, by id.") {
        .list($0.connections.map { connectionEntryDescription.value($0) })
    },
    .init("device", deviceDescription.shape, "The device that is configured.") { $0.device },
    .init("pack", packDescription.shape, "The pack in use.") { packDescription.value($0.pack) },
    .init("secrets", .text, "placeholder, split or inline: where keys are to stand.") {
        .trusted($0.secrets.rawValue)
    },
])

private let connectionEntryDescription = ObjectDescription<Record>([
    .init("connection", connectionDescription.shape, "The connection.") { $0["connection"] ?? .none },
    .init("tunnels", .list(of: tunnelDescription.shape), "Its tunnels, the preferred one first.") {
        $0["tunnels"] ?? .none
    },
])

private let connectionDescription = ObjectDescription<ConnectionSource>([
    .init("id", .text, "VpnConnectionId.") { .untrusted($0.connection.id) },
    .init("name", .optional(.freeText), "What people call it: free text, for remarks only.") {
        .untrusted($0.connection.name)
    },
    .init("mode", .text, "single or dual.") { .trusted($0.connection.tunnelMode.rawValue) },
    .init("attachment", attachmentDescription.shape, "What it is attached to in the cloud.") {
        attachmentDescription.value($0.connection.attachment)
    },
    .init("cloud_networks", .list(of: networkDescription.shape), "Networks behind the cloud (LocalSubnet).") {
        .networks($0.connection.cloudNetworks)
    },
    .init("device_networks", .list(of: networkDescription.shape), "Networks behind the device (RemoteSubnet).") {
        .networks($0.connection.deviceNetworks)
    },
    .init("any_to_any", .bool, "Whether the networks are 0.0.0.0/0 on both sides.") { .bool($0.connection.isAnyToAny) },
    .init("uses_bgp", .bool, "Whether any tunnel has a BGP session.") { .bool($0.connection.usesBGP) },
    .init("cloud_initiates", .bool, "Whether the cloud negotiates by itself (EffectImmediately).") {
        .bool($0.connection.cloudInitiates)
    },
    .init("health_check", .optional(healthCheckDescription.shape), "The cloud's probe; none where it is off.") {
        $0.connection.healthCheck.map { healthCheckDescription.value($0) } ?? .none
    },
    .init(
        "advertise", .list(of: networkDescription.shape),
        "Prefixes to announce by BGP: the site file's, else device_networks unless they are 0.0.0.0/0."
    ) { source in
        .networks(source.wantedPrefixes.filter { !$0.value.isRefusedByCloud })
    },
    .init(
        "not_advertised", .list(of: networkDescription.shape),
        "Prefixes that were to be announced, but the cloud refuses: parts of 100.64.0.0/10 and what contains it."
    ) { source in
        .networks(source.wantedPrefixes.filter { $0.value.isRefusedByCloud && $0.value != .any })
    },
    .init(
        "networks_overlap", .bool, "Whether a network behind the device shares addresses with one behind the cloud."
    ) { source in
        .bool(
            source.connection.deviceNetworks.contains { device in
                source.connection.cloudNetworks.contains { $0.value.overlaps(device.value) }
            })
    },
    .init(
        "routes", .list(of: networkDescription.shape),
        "Destinations in the cloud: cloud_networks, or the site file's routes where they are 0.0.0.0/0."
    ) { source in
        let networks = source.connection.cloudNetworks.filter { $0.value != .any }
        guard networks.isEmpty else { return .networks(networks) }
        return .networks(source.device.settings.routes(for: source.connection.id.value))
    },
    .init(
        "same_ends_as", .list(of: .text),
        "Ids of the device's other connections with a tunnel interface between the same two addresses, sorted."
    ) { .list($0.sameEndsAs.map { .untrusted($0) }) },
])

private let attachmentDescription = ObjectDescription<Attachment>([
    .init("kind", .text, "vpn_gateway, transit_router or nothing.") {
        switch $0 {
        case .vpnGateway: .trusted("vpn_gateway")
        case .transitRouter: .trusted("transit_router")
        case .nothing: .trusted("nothing")
        }
    },
    .init("id", .optional(.text), "VpnGatewayId or TransitRouterId.") {
        switch $0 {
        case .vpnGateway(let id): .untrusted(id)
        case .transitRouter(let id, _): .untrusted(id)
        case .nothing: .none
        }
    },
])

private let healthCheckDescription = ObjectDescription<HealthCheck>([
    .init("cloud_address", .text, "The probe's source, in the VPC (Sip).") { .typed($0.cloudAddress) },
    .init("device_address", .text, "The probe's target, in the data centre (Dip).") { .typed($0.deviceAddress) },
    .init("interval", .int, "Seconds between probes.") { .int($0.interval) },
    .init("retries", .int, "Failed probes before the cloud resets the tunnel.") { .int($0.retries) },
])

let deviceDescription = ObjectDescription<Device>([
    .init("name", .text, "Its name: the folder of its files.") {
        .string($0.name, trust: .untrusted)
    },
    .init("wan_interface", .text, "The interface that faces the Internet, or the placeholder <<WAN-INTERFACE>>.") {
        .setting($0.settings.wanInterface, "wan_interface", $0.settings) ?? .trusted("<<WAN-INTERFACE>>")
    },
    .init("vrf", .optional(.text), "The VRF that the tunnels belong to.") {
        .setting($0.settings.vrf, "vrf", $0.settings) ?? .none
    },
    .init("router_id", .optional(.text), "The router-id of BGP: the site file's, else the outside address.") { device in
        let outside = device.connections.lazy.flatMap(\.tunnels).compactMap(\.device.address).first
        return (device.settings.routerID.map { Located($0, at: device.settings.origin(of: "router_id")) } ?? outside)
            .map { .typed($0) } ?? .none
    },
    .init(
        "as_numbers", .list(of: .text),
        "The AS numbers that the cloud has for it, each once, sorted: usually one or none."
    ) { device in
        let numbers = Set(device.connections.flatMap(\.tunnels).compactMap { $0.bgp?.deviceASN.value.value })
        return .list(numbers.sorted().map { .trusted(String($0)) })
    },
    .init(
        "as_number", .optional(.text),
        "The AS number of its BGP process: the site file's, else that of its sessions; none where they have several or there are none."
    ) { device in
        if let told = device.settings.asNumber {
            return .string(String(told), trust: .trusted, origin: device.settings.origin(of: "as_number"))
        }
        let numbers = Set(device.connections.flatMap(\.tunnels).compactMap { $0.bgp?.deviceASN.value.value })
        return numbers.count == 1 ? numbers.first.map { .trusted(String($0)) } ?? .none : .none
    },
    .init(
        "repeated_cloud_addresses", .list(of: .text),
        "Addresses of the cloud to which more than one of its tunnels goes."
    ) { device in
        let addresses = device.connections.flatMap(\.tunnels).compactMap(\.cloud.address?.value)
        let repeated = Dictionary(grouping: addresses, by: \.self).filter { $0.value.count > 1 }.keys
        return .list(repeated.sorted().map { .trusted($0.description) })
    },
    .init(
        "contested_identities", .list(of: .text),
        "Pairs of identities, the cloud's and the device's with a blank between, that tunnels with different keys share."
    ) { device in
        let tunnels = Dictionary(grouping: device.connections.flatMap(\.tunnels)) { tunnel in
            let cloud = tunnel.cloud.identity?.value.text ?? tunnel.cloud.address?.value.description ?? ""
            let own = tunnel.device.identity?.value.text ?? tunnel.device.address?.value.description ?? ""
            return cloud + " " + own
        }
        let contested = tunnels.filter { group in
            guard group.value.count > 1 else { return false }
            let keys = Set(group.value.map(\.presharedKey.value))
            return keys.contains { key in keys.contains { !$0.mayEqual(key) } }
        }
        return .list(contested.keys.sorted().map { .string($0, trust: .untrusted) })
    },
    .init(
        "contested_by_addresses", .list(of: .text),
        "Ids of tunnels whose two identities are both among the identities and addresses of one with another key, sorted."
    ) { .list($0.tunnelsContestedByAddresses.map { .string($0, trust: .untrusted) }) },
    .init(
        "ambiguous_tunnels", .list(of: .text),
        "Ids of tunnels that the cloud's identity and the device's own address do not tell from another of the same IKE version; sorted."
    ) { .list($0.ambiguousTunnels.map { .string($0, trust: .untrusted) }) },
    .init(
        "bypassed_tunnels", .list(of: .text),
        "Ids of tunnels with networks on both sides that overlap one behind the device, which holds the cloud's and lies in another connection's network behind the cloud; sorted."
    ) { .list($0.bypassedTunnels.map { .string($0, trust: .untrusted) }) },
    .init("mtu", .int, "MTU of tunnel interfaces in bytes.") { .setting(\.mtu, "mtu", $0.settings) },
    .init("mss", .int, "TCP MSS of traffic in tunnels, in bytes.") { .setting(\.mss, "mss", $0.settings) },
    .init("initiates", .bool, "Whether the device starts negotiating by itself.") { .bool($0.settings.initiates) },
    .init(
        "policy_based", .bool,
        "Whether concrete networks shall be matched on the outside interface although tunnel interfaces could carry them."
    ) { .bool($0.settings.policyBased) },
    .init("probes_cloud", .bool, "Whether static routes shall depend on a probe of the cloud's health check address.") {
        .bool($0.settings.probesCloud)
    },
])

private let packDescription = ObjectDescription<Pack>([
    .init("name", .text, "The pack's name.") { .trusted($0.manifest.name) },
    .init("title", .text, "The device for people.") { .trusted($0.manifest.title) },
    .init("version", .text, "The device's version.") { .trusted($0.version) },
])
