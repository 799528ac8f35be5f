import Findings
public import PeerModel

/// Devices, tunnels and gateways of a fleet: what a diagram shows.
public struct Topology: Sendable {
    /// One tunnel with its two ends.
    public struct Link: Sendable, Equatable {
        /// The device's name.
        public var device: String
        /// The tunnel's connection.
        public var connection: String
        /// The tunnel.
        public var tunnel: String
        /// Its role.
        public var role: String
        /// What the connection is attached to.
        public var gateway: String
    }

    /// All tunnels, by device, connection and preference.
    public var links: [Link] = []

    /// Nothing.
    public init() {}

    /// The tunnels of a fleet.
    public init(_ fleet: Fleet) {
        for device in fleet.devices {
            for connection in device.connections {
                let gateway: String =
                    switch connection.attachment {
                    case .vpnGateway(let id): id.value
                    case .transitRouter(let id, let name): id?.value ?? name?.value ?? "transit router"
                    case .nothing: "not attached"
                    }
                links += connection.tunnels.map {
                    Link(
                        device: device.name, connection: connection.id.value, tunnel: $0.id.value,
                        role: $0.role.rawValue, gateway: gateway)
                }
            }
        }
    }
}
