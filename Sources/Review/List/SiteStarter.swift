import CloudAPI
import Findings
public import PeerModel

/// A commented starter site file, made from what answers tell.
public struct SiteStarter: Sendable {
    private let fleet: Fleet
    private let device: String

    /// Prepares a starter file for the devices of a fleet.
    ///
    /// - Parameters:
    ///   - fleet: the connections, by device.
    ///   - device: the pack to enter for each router.
    public init(_ fleet: Fleet, device: String) {
        self.fleet = fleet
        self.device = device
    }

    /// The file: TOML, everything that is not known commented out.
    public var text: String {
        var lines = [
            "# peerconf.toml: what the API can't know about the on-premises routers.",
            "# peerconf site schema describes all keys. Lines that begin with # are off.",
            "",
        ]
        for key in SiteFile.topKeys { lines += ["# \(key.documentation)", "# \(key.name) = \(key.example)", ""] }
        lines += ["# Keys of [defaults] hold for every router that does not say otherwise.", "[defaults]"]
        for key in SiteFile.routerKeys
        where !["customer_gateways", "wan_address", "router_id", "as_number"].contains(key.name) {
            let value = key.name == "device" ? "\"\(device)\"" : key.example
            lines += ["", "# \(key.documentation)", "\(key.name == "device" ? "" : "# ")\(key.name) = \(value)"]
        }
        for device in fleet.devices { lines += [""] + router(device) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func router(_ device: Device) -> [String] {
        var lines: [String] = []
        for connection in device.connections {
            let name = connection.name.map { "  \"\(visible($0.value))\"" } ?? ""
            lines.append("# \(connection.id.value)\(name)")
        }
        lines.append("[routers.\"\(device.name)\"]")
        let gateways = device.customerGateways.map { "\"\($0)\"" }.joined(separator: ", ")
        lines.append("customer_gateways = [\(gateways)]")
        let tunnels = device.connections.flatMap(\.tunnels)
        for (gateway, address) in addresses(tunnels) { lines.append("# \(gateway): \(address)") }
        if tunnels.contains(where: \.device.isBehindNAT) {
            lines.append("# The identities suggest a NAT before this router: tell its own address.")
            lines.append("# wan_address = \"192.168.1.2\"")
        }
        if device.connections.contains(where: \.usesBGP) {
            lines.append("# The router-id of BGP; without it the outside address, where that is known.")
            lines.append("# router_id = \"198.51.100.10\"")
        }
        let asNumbers = Set(tunnels.compactMap { $0.bgp?.deviceASN.value.value }).sorted()
        if asNumbers.count > 1 {
            lines.append(
                "# Its customer gateways have several AS numbers: tell the one that its BGP process runs with.")
            lines.append("# as_number = \(asNumbers[0])")
        }
        let needsPrefixes = device.connections.contains { $0.usesBGP && $0.deviceNetworks.map(\.value) == [.any] }
        if needsPrefixes {
            lines.append("# BGP with 0.0.0.0/0 as RemoteSubnet: without this nothing is announced.")
            lines.append("# advertise = [\"10.0.0.0/8\"]")
        }
        if device.connections.contains(where: { $0.isAnyToAny && !$0.usesBGP }) {
            lines.append("# 0.0.0.0/0 without BGP: without this no traffic is sent into the tunnel.")
            lines.append("# routes = [\"172.16.0.0/12\"]")
        }
        for connection in device.connections where connection.isAnyToAny && device.connections.count > 1 {
            lines.append("# [routers.\"\(device.name)\".connections.\"\(connection.id.value)\"]")
            lines.append("# routes = [\"172.16.0.0/12\"]")
        }
        for (index, tunnel) in tunnels.enumerated() {
            lines.append("# [routers.\"\(device.name)\".tunnels.\"\(tunnel.id.value)\"]")
            lines.append("# number = \(NumberLock.firstNumber + index)")
            lines.append("# psk = { file = \"keys/\(tunnel.id.value).psk\" }")
            if tunnel.bgp != nil { lines.append("# bgp_key = { file = \"keys/\(tunnel.id.value).bgp\" }") }
        }
        return lines
    }

    /// What the cloud has as addresses of customer gateways, each once.
    private func addresses(_ tunnels: [Tunnel]) -> [(String, String)] {
        let known = tunnels.compactMap { tunnel in
            tunnel.device.customerGateway.flatMap { gateway in
                tunnel.device.addressIsAssumed ? nil : tunnel.device.address.map { (gateway.value, "\($0.value)") }
            }
        }
        return Dictionary(known) { first, _ in first }.sorted { $0.key < $1.key }
    }
}
