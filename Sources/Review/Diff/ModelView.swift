import CloudAPI
import Findings
import PeerModel

/// What the model knows of a side, by id.
struct ModelView {
    let origins: OriginTable
    let isIncomplete: Bool
    private(set) var connections: [String: Connection] = [:]
    /// How tunnels relate to each other.
    private(set) var roles: [String: Role] = [:]

    init(_ snapshot: Snapshot) {
        origins = snapshot.origins
        isIncomplete = snapshot.isIncomplete
        for connection in snapshot.fleet.connections {
            connections[connection.id.value] = connection
            for tunnel in connection.tunnels { roles[tunnel.id.value] = tunnel.role }
        }
        // Connections that no device can be given have roles too.
        for connection in snapshot.connections {
            for tunnel in connection.tunnelOptions {
                guard let id = tunnel.tunnelId?.value, roles[id] == nil else { continue }
                roles[id] = tunnel.role.flatMap { Role(rawValue: $0.value.lowercased()) }
            }
        }
    }
}
