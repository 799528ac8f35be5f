import Findings
import PeerModel

/// What only shows when the connections of several devices are looked at together.
extension Lint {
    /// Two sites that claim the same addresses towards one gateway, without BGP to decide between them.
    ///
    /// In the order of their addresses, the networks that hold the current one lie on a stack: no pair is compared
    /// twice.
    mutating func checkSites(_ devices: [Device]) {
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
}

extension Connection {
    /// The id of the VPN gateway that it is attached to.
    var gatewayID: String? {
        if case .vpnGateway(let id) = self.attachment { id.value } else { nil }
    }
}
