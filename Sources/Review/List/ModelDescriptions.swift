import CloudAPI
import Findings
import PeerModel

/// The objects of the model's JSON document.
struct ModelDescriptions: Sendable {
    let fingerprintKey: FingerprintKey?

    var fleet: JSONDescription<Fleet> {
        JSONDescription([
            .init("version", .version(ModelJSON.version), "The number of this form.") { _ in .int(ModelJSON.version) },
            .init("devices", each: "The on-premises routers, by name.", device, of: \.devices),
            .init("left_out", .list(.text), "Ids of connections that can't be rendered; messages say why.") {
                .array($0.leftOut.map(JSON.string))
            },
        ])
    }

    private var device: JSONDescription<Device> {
        JSONDescription([
            .init("name", .text, "Its name: the folder of its files.") { .string($0.name) },
            .init("pack", .orNull(.text), "What it is, by the site file, such as `vyos@1.4`.") {
                .optional($0.settings.device)
            },
            .init("customer_gateways", .list(.text), "The CustomerGatewayIds that it is.") {
                .array($0.customerGateways.map(JSON.string))
            },
            .init("connections", each: "Its connections, by id.", connection, of: \.connections),
        ])
    }

    private var connection: JSONDescription<Connection> {
        JSONDescription([
            .init("id", .text, "VpnConnectionId.") { .string($0.id.value) },
            .init("name", .orNull(.text), "What people call it.") { .optional($0.name?.value) },
            .init("mode", .word(["single", "dual"]), "Whether it has one tunnel or two.") {
                .string($0.tunnelMode.rawValue)
            },
            .init("attachment", "What it is attached to in the cloud.", attachment, of: \.attachment),
            .init("state", .orNull(.text), "State of the resource, as the API has it.") { .optional($0.state?.value) },
            .init("cloud_networks", .list(.network), "Networks behind the cloud.") { Self.networks($0.cloudNetworks) },
            .init("device_networks", .list(.network), "Networks behind the device.") {
                Self.networks($0.deviceNetworks)
            },
            .init("cloud_initiates", .flag, "Whether the cloud starts negotiating by itself.") {
                .bool($0.cloudInitiates)
            },
            .init("health_check", orNull: "The cloud's probe, if one is on.", healthCheck, of: \.healthCheck),
            .init("tags", each: "The user's tags.", tag, of: \.tags),
            .init(
                "tunnels", each: "Its tunnels, the preferred one first.", tunnels,
                of: { connection in
                    connection.tunnels.map { ($0, connection) }
                }),
        ])
    }

    private var tag: JSONDescription<Tag> {
        JSONDescription([
            .init("key", .text, "Its key.") { .string($0.key.value) },
            .init("value", .text, "Its value.") { .string($0.value.value) },
        ])
    }

    private var attachment: JSONDescription<Attachment> {
        JSONDescription([
            .init("kind", .word(["vpn_gateway", "transit_router", "nothing"]), "What it is.") {
                switch $0 {
                case .vpnGateway: .string("vpn_gateway")
                case .transitRouter: .string("transit_router")
                case .nothing: .string("nothing")
                }
            },
            .init("id", .orNull(.text), "Its id, where the answer has it.") {
                switch $0 {
                case .vpnGateway(let id): .string(id.value)
                case .transitRouter(let id, _): .optional(id?.value)
                case .nothing: .null
                }
            },
            .init("name", .orNull(.text), "The transit router's name, where the answer has it.") {
                if case .transitRouter(_, let name) = $0 { .optional(name?.value) } else { .null }
            },
        ])
    }

    private var healthCheck: JSONDescription<HealthCheck> {
        JSONDescription([
            .init("cloud_address", .address, "Where it comes from, in the VPC.") {
                .string($0.cloudAddress.value.description)
            },
            .init("device_address", .address, "Its target, in the data centre.") {
                .string($0.deviceAddress.value.description)
            },
            .init("interval", .number(0...Int(Int32.max)), "Seconds between probes.") { .int($0.interval) },
            .init("retries", .number(0...Int(Int32.max)), "Failed probes before the tunnel is reset.") {
                .int($0.retries)
            },
        ])
    }

    private var tunnels: JSONDescription<(Tunnel, Connection)> {
        TunnelDescriptions(fingerprintKey: fingerprintKey).tunnel
    }

    static func networks(_ networks: [Located<IPv4Network>]) -> JSON {
        .array(networks.map { .string($0.value.description) })
    }
}
