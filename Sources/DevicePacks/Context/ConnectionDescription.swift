import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// What a document of one connection is rendered from.
struct ConnectionSource: Sendable {
    let connection: Connection
    let tunnels: [TunnelSource]
    let device: Device
    let pack: Pack
    let secrets: SecretsMode
}

/// The names that a template of scope `connection` sees.
let connectionContext = ObjectDescription<ConnectionSource>([
    .init("connection", connectionDescription.schema, "The connection.") {
        connectionDescription.value($0.connection)
    },
    .init("tunnels", .list(of: tunnelDescription.schema), "Its tunnels, the preferred one first.") {
        .list($0.tunnels.map { tunnelDescription.value($0) })
    },
    .init("device", deviceDescription.schema, "The device that is configured.") { deviceDescription.value($0.device) },
    .init("pack", packDescription.schema, "The pack in use.") { packDescription.value($0.pack) },
    .init("secrets", .text, "placeholder, split or inline: where keys are to stand.") {
        .trusted($0.secrets.rawValue)
    },
])

private let connectionDescription = ObjectDescription<Connection>([
    .init("id", .text, "VpnConnectionId.") { .untrusted($0.id) },
    .init("name", .optional(.text), "What people call it: free text, for remarks only.") { .untrusted($0.name) },
    .init("mode", .text, "single or dual.") { .trusted($0.tunnelMode.rawValue) },
    .init("attachment", attachmentDescription.schema, "What it is attached to in the cloud.") {
        attachmentDescription.value($0.attachment)
    },
    .init("cloud_networks", .list(of: networkDescription.schema), "Networks behind the cloud (LocalSubnet).") {
        .networks($0.cloudNetworks)
    },
    .init("device_networks", .list(of: networkDescription.schema), "Networks behind the device (RemoteSubnet).") {
        .networks($0.deviceNetworks)
    },
    .init("any_to_any", .bool, "Whether the networks are 0.0.0.0/0 on both sides.") { .bool($0.isAnyToAny) },
    .init("uses_bgp", .bool, "Whether any tunnel has a BGP session.") { .bool($0.usesBGP) },
    .init("cloud_initiates", .bool, "Whether the cloud negotiates by itself (EffectImmediately).") {
        .bool($0.cloudInitiates)
    },
    .init("health_check", .optional(healthCheckDescription.schema), "The cloud's probe; none where it is off.") {
        $0.healthCheck.map { healthCheckDescription.value($0) } ?? .none
    },
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

private let deviceDescription = ObjectDescription<Device>([
    .init("name", .text, "Its name: the folder of its files.") {
        .string($0.name, trust: .untrusted)
    },
    .init("wan_interface", .text, "The interface that faces the Internet, or the placeholder <<WAN-INTERFACE>>.") {
        $0.settings.wanInterface.map { .string($0, trust: .untrusted) } ?? .trusted("<<WAN-INTERFACE>>")
    },
    .init("vrf", .optional(.text), "The VRF that the tunnels belong to.") {
        $0.settings.vrf.map { .string($0, trust: .untrusted) } ?? .none
    },
    .init("mtu", .int, "MTU of tunnel interfaces in bytes.") { .int($0.settings.mtu) },
    .init("mss", .int, "TCP MSS of traffic in tunnels, in bytes.") { .int($0.settings.mss) },
    .init("initiates", .bool, "Whether the device starts negotiating by itself.") { .bool($0.settings.initiates) },
])

private let packDescription = ObjectDescription<Pack>([
    .init("name", .text, "The pack's name.") { .trusted($0.manifest.name) },
    .init("title", .text, "The device for people.") { .trusted($0.manifest.title) },
    .init("version", .text, "The device's version.") { .trusted($0.version) },
])
