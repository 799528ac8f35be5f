public import Findings

/// A key of the site file: `routers.leipzig.mtu`, and its line.
struct SitePlace: Sendable, Hashable {
    var path: String
    var line: Int
}

/// A place outside the answers where a key is.
public enum SecretSource: Sendable, Hashable {
    /// A file, relative to the site file; one line break at its end does not count.
    case file(String)
    /// A variable of the environment.
    case environment(String)
}

/// The site file, `peerconf.toml`.
public struct SiteFile: Sendable {
    /// Routers by name.
    public var routers: [String: RouterSettings] = [:]
    /// What holds for routers that are not named.
    public var defaults = RouterSettings()
    /// A folder of packs that replace or extend the built-in ones, relative to the file.
    public var templates: String?
    /// A file that holds the fingerprint key, relative to the file.
    public var fingerprintKey: String?
    /// The file of waivers, relative to the file.
    public var waivers: String?

    /// A site file that says nothing.
    public init() {}

    /// Enters the file and its keys in a table of origins, so that values can say that they came from it.
    public mutating func locate(in table: inout OriginTable, file: String) {
        let number = table.addFile(file)
        func origin(_ place: SitePlace) -> Origin {
            Origin(file: number, line: UInt32(place.line), column: 0, field: table.addField(place.path))
        }
        func locate(_ settings: inout RouterSettings) {
            settings.origins = settings.places.mapValues(origin)
            for (id, tunnel) in settings.tunnels {
                settings.tunnels[id]?.origins = tunnel.places.mapValues(origin)
            }
            for (id, connection) in settings.connections {
                settings.connections[id]?.origin = origin(connection.place)
                if let place = connection.advertise?.place {
                    settings.connections[id]?.advertise?.origin = origin(place)
                }
                if let place = connection.routes?.place { settings.connections[id]?.routes?.origin = origin(place) }
            }
        }
        locate(&defaults)
        for name in routers.keys.sorted() {
            if var settings = routers[name] {
                locate(&settings)
                routers[name] = settings
            }
        }
    }

    /// Where a setting of a tunnel was read.
    public func origin(of key: String, tunnel id: String) -> Origin {
        routers.filter { $0.value.tunnels[id] != nil }.min { $0.key < $1.key }?.value.tunnels[id]?.origin(of: key)
            ?? .none
    }

    /// The names of routers by the customer gateways that they are.
    var routersByGateway: [String: String] {
        Dictionary(
            routers.flatMap { name, settings in settings.customerGateways.map { ($0, name) } }, uniquingKeysWith: min)
    }
}
