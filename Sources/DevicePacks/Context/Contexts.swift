import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// What a document of one connection is rendered from.
///
/// A class, since each of its fields is handed it.
final class ConnectionSource: Sendable {
    let connection: Connection
    let tunnels: [TunnelSource]
    let device: Device
    let pack: Pack
    let secrets: SecretsMode
    let sameEndsAs: [Located<String>]
    /// What templates see of the device, made once for all its connections.
    let deviceValue: Value

    init(
        _ connection: Connection, _ tunnels: [TunnelSource], on device: Device, _ pack: Pack, _ secrets: SecretsMode,
        sameEndsAs: [Located<String>], deviceValue: Value
    ) {
        self.connection = connection
        self.tunnels = tunnels
        self.device = device
        self.pack = pack
        self.secrets = secrets
        self.sameEndsAs = sameEndsAs
        self.deviceValue = deviceValue
    }

    /// The same with placeholders in the place of keys.
    init(masking source: ConnectionSource) {
        connection = source.connection
        tunnels = source.tunnels.map(TunnelSource.init(masking:))
        device = source.device
        pack = source.pack
        secrets = .placeholder
        sameEndsAs = source.sameEndsAs
        deviceValue = source.deviceValue
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
    .init("device", deviceDescription.shape, "The device that is configured.") { $0.deviceValue },
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

private let packDescription = ObjectDescription<Pack>([
    .init("name", .text, "The pack's name.") { .trusted($0.manifest.name) },
    .init("title", .text, "The device for people.") { .trusted($0.manifest.title) },
    .init("version", .text, "The device's version.") { .trusted($0.version) },
])
