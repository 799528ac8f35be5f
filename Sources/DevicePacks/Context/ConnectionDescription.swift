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

extension ConnectionSource {
    /// What is to be announced, whether the cloud takes it or not.
    fileprivate var wantedPrefixes: [Located<IPv4Network>] {
        let told = device.settings.advertise(for: connection.id.value)
        return told.isEmpty ? connection.deviceNetworks : told
    }
}

let connectionDescription = ObjectDescription<ConnectionSource>([
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
