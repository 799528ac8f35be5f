public import Findings

/// One on-premises router and all the connections that end on it.
public struct Device: SharesParts {
    /// Every tunnel's templates are handed the whole device: by reference.
    public var parts: Shared<Parts>

    init(_ parts: Parts) { self.parts = Shared(parts) }
}

extension Device {
    /// What there is of a device.
    public struct Parts: Sendable {
        /// Its name: folder and file names derive from it.
        ///
        /// The smallest customer gateway id it answers to, unless a site file names it; without any, its
        /// connection's id.
        public var name: String
        /// What the site file says of it.
        public var settings: RouterSettings
        /// The `CustomerGatewayId`s it answers to, sorted.
        public var customerGateways: [String]
        /// Its connections, by id.
        public var connections: [Connection]
    }
}
