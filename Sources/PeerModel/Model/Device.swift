/// One on-premises router and all the connections that end on it.
public struct Device: Sendable {
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
