public import Findings
import TOMLKit

extension SiteFile {
    /// Reads a site file.
    ///
    /// - Throws: a `Finding` that names the key's path; line and column where the TOML itself is broken.
    public init(toml: String, file: String) throws(Finding) {
        let table: TOMLTable
        do throws(TOMLText.Problem) {
            table = try TOMLText.table(toml)
        } catch {
            let problem = SiteProblem.syntax(error.reason, line: error.line, column: error.column)
            throw problem.finding(file: file, lines: TOMLKeyLines(""))
        }
        let reader = SiteFileReader(file: file, lines: TOMLKeyLines(toml))
        self.init()
        try reader.allow(SiteFile.topKeys.map(\.name) + ["defaults", "routers"], in: table, at: "")
        templates = try reader.text(table["templates"], "templates")
        fingerprintKey = try reader.text(table["fingerprint_key"], "fingerprint_key")
        waivers = try reader.text(table["waivers"], "waivers")
        var defaults = RouterSettings()
        if let value = table["defaults"] {
            let defaultsTable = try reader.table(value, "defaults")
            try reader.allow(SiteFile.routerKeys.map(\.name), in: defaultsTable, at: "defaults.")
            try reader.read(defaultsTable, into: &defaults, at: "defaults.")
        }
        self.defaults = defaults
        guard let routersValue = table["routers"] else { return }
        let routersTable = try reader.table(routersValue, "routers")
        for name in routersTable.keys.sorted() {
            guard name.isFolderName else { throw reader.problem(.routerName(name)) }
            let path = "routers.\(name)"
            guard let value = routersTable[name] else { continue }
            let routerTable = try reader.table(value, path)
            try reader.allow(
                SiteFile.routerKeys.map(\.name) + ["tunnels", "connections"], in: routerTable, at: path + ".")
            var settings = defaults
            try reader.read(routerTable, into: &settings, at: path + ".")
            routers[name] = settings
        }
        try reader.checkGateways(routers)
    }
}

extension SiteFileReader {
    /// Reads the keys of a router over what `settings` already say.
    func read(_ table: TOMLTable, into settings: inout RouterSettings, at path: String) throws(Finding) {
        for key in table.keys { settings.places[key] = place(path + key) }
        settings.device = try text(table["device"], path + "device") ?? settings.device
        settings.customerGateways =
            try texts(table["customer_gateways"], path + "customer_gateways") ?? settings.customerGateways
        settings.wanInterface = try name(table["wan_interface"], path + "wan_interface") ?? settings.wanInterface
        settings.wanAddress = try address(table["wan_address"], path + "wan_address") ?? settings.wanAddress
        settings.vrf = try name(table["vrf"], path + "vrf") ?? settings.vrf
        settings.advertise = try networks(table["advertise"], path + "advertise") ?? settings.advertise
        settings.routes = try networks(table["routes"], path + "routes") ?? settings.routes
        settings.routerID = try address(table["router_id"], path + "router_id") ?? settings.routerID
        settings.asNumber = try number("as_number", table, path) ?? settings.asNumber
        settings.tunnelNumbers = try range(table["tunnel_numbers"], path + "tunnel_numbers") ?? settings.tunnelNumbers
        settings.dpdDelay = try number("dpd_delay", table, path) ?? settings.dpdDelay
        settings.dpdTimeout = try number("dpd_timeout", table, path) ?? settings.dpdTimeout
        settings.bgpKeepalive = try number("bgp_keepalive", table, path) ?? settings.bgpKeepalive
        settings.bgpHold = try number("bgp_hold", table, path) ?? settings.bgpHold
        settings.mtu = try number("mtu", table, path) ?? settings.mtu
        settings.maximumSegment = try number("mss", table, path) ?? settings.maximumSegment
        settings.initiates = try flag(table["initiates"], path + "initiates") ?? settings.initiates
        settings.policyBased = try flag(table["policy_based"], path + "policy_based") ?? settings.policyBased
        settings.probesCloud = try flag(table["probes_cloud"], path + "probes_cloud") ?? settings.probesCloud
        guard settings.bgpHold > settings.bgpKeepalive else { throw problem(.holdNotAboveKeepalive(path)) }
        guard settings.dpdTimeout > settings.dpdDelay else { throw problem(.timeoutNotAboveDelay(path)) }
        guard settings.mss <= settings.mtu - 40 else { throw problem(.segmentTooLarge(path, mtu: settings.mtu)) }
        try readTunnels(table, into: &settings, at: path)
        try readConnections(table, into: &settings, at: path)
    }

    private func readConnections(
        _ table: TOMLTable, into settings: inout RouterSettings, at path: String
    ) throws(Finding) {
        guard let value = table["connections"] else { return }
        let connections = try self.table(value, path + "connections")
        for id in connections.keys.sorted() {
            let own = "\(path)connections.\(id)"
            guard let value = connections[id] else { continue }
            let table = try self.table(value, own)
            try allow(SiteFile.connectionKeys.map(\.name), in: table, at: own + ".")
            let first = table.keys.min().map { "\(own).\($0)" } ?? own
            var connection = ConnectionSettings(place: place(first))
            for key in SiteFile.connectionKeys.map(\.name) {
                guard let values = try networks(table[key], "\(own).\(key)") else { continue }
                let told = ConnectionSettings.Networks(values: values, place: place("\(own).\(key)"))
                if key == "routes" { connection.routes = told } else { connection.advertise = told }
            }
            settings.connections[id] = connection
        }
    }

    private func readTunnels(
        _ table: TOMLTable, into settings: inout RouterSettings, at path: String
    ) throws(Finding) {
        guard let value = table["tunnels"] else { return }
        let tunnels = try self.table(value, path + "tunnels")
        for id in tunnels.keys.sorted() {
            let tunnelPath = "\(path)tunnels.\(id)"
            guard let value = tunnels[id] else { continue }
            let tunnelTable = try self.table(value, tunnelPath)
            try allow(SiteFile.tunnelKeys.map(\.name), in: tunnelTable, at: tunnelPath + ".")
            var tunnel = TunnelSettings()
            tunnel.number = try number("number", tunnelTable, tunnelPath + ".", keys: SiteFile.tunnelKeys)
            tunnel.presharedKey = try secretSource(tunnelTable["psk"], tunnelPath + ".psk")
            tunnel.bgpKey = try secretSource(tunnelTable["bgp_key"], tunnelPath + ".bgp_key")
            for key in tunnelTable.keys { tunnel.places[key] = place("\(tunnelPath).\(key)") }
            settings.tunnels[id] = tunnel
        }
    }

    private func place(_ path: String) -> SitePlace { SitePlace(path: path, line: lines.line(of: path) ?? 1) }

    func checkGateways(_ routers: [String: RouterSettings]) throws(Finding) {
        var owners: [String: String] = [:]
        for name in routers.keys.sorted() {
            for gateway in routers[name]?.customerGateways ?? [] {
                if let other = owners[gateway], other != name {
                    throw problem(.gatewayTwice(gateway, routers: [other, name]))
                }
                owners[gateway] = name
            }
        }
    }
}
