import Findings
import PeerModel

/// What only shows when the connections of several devices are looked at together.
extension Lint {
    mutating func checkOverlaps(_ devices: [Device]) {
        checkSites(devices)
        checkTunnelNetworks(devices)
    }

    /// Two sites that claim the same addresses towards one gateway, without BGP to decide between them.
    ///
    /// In the order of their addresses, the networks that hold the current one lie on a stack: no pair is compared
    /// twice.
    private mutating func checkSites(_ devices: [Device]) {
        var claims: [String: [Claim]] = [:]
        for device in devices {
            for connection in device.connections where !connection.usesBGP && !connection.isAnyToAny {
                guard let gateway = connection.gatewayID else { continue }
                claims[gateway, default: []] += connection.deviceNetworks.map {
                    Claim(network: $0, connection: connection, device: device.name)
                }
            }
        }
        for gateway in claims.keys.sorted() {
            let ordered = (claims[gateway] ?? []).sorted { a, b in
                (a.network.value, a.connection.id.value) < (b.network.value, b.connection.id.value)
            }
            var enclosing: [Claim] = []
            for claim in ordered {
                while let last = enclosing.last, !last.network.value.contains(claim.network.value) {
                    enclosing.removeLast()
                }
                if let other = enclosing.last(where: {
                    $0.device != claim.device && $0.connection.id.value != claim.connection.id.value
                }) {
                    report(
                        "PC181",
                        "the device's network \(claim.network.value) overlaps \(other.network.value) of "
                            + "\(other.connection.id.value), on another device",
                        at: claim.network.origin, claim.connection, nil)
                }
                enclosing.append(claim)
            }
        }
    }

    private struct Claim {
        var network: Located<IPv4Network>
        var connection: Connection
        var device: String
    }

    /// One /30 on two tunnels of one VPN gateway; on one device it is the model's to tell (PC246).
    private mutating func checkTunnelNetworks(_ devices: [Device]) {
        var users: [String: (tunnel: String, device: String)] = [:]
        for device in devices {
            for connection in device.connections {
                guard let gateway = connection.gatewayID else { continue }
                for tunnel in connection.tunnels {
                    guard let network = tunnel.bgp?.network else { continue }
                    let key = "\(gateway) \(network.value)"
                    if let other = users[key], other.device != device.name {
                        report(
                            "PC182", "TunnelCidr \(network.value) is used by \(other.tunnel) on the same gateway too",
                            at: network.origin, connection, tunnel)
                    } else if users[key] == nil {
                        users[key] = (tunnel.id.value, device.name)
                    }
                }
            }
        }
    }
}

extension Connection {
    /// The id of the VPN gateway that it is attached to.
    var gatewayID: String? {
        if case .vpnGateway(let id) = attachment { id.value } else { nil }
    }
}
