import Findings
import PeerModel

/// Addresses, networks and AS numbers that are not what they should be.
extension Lint {
    mutating func checkAddresses(_ tunnel: Tunnel, _ connection: Connection) {
        for (address, whose) in [(tunnel.cloud.address, "cloud"), (tunnel.device.address, "device")] {
            guard let address, let space = ReservedSpace.holding(address.value, ReservedSpace.neverEndpoints) else {
                continue
            }
            report(
                "PC165", "the \(whose)'s address \(address.value) is \(space.use)", at: address.origin, connection,
                tunnel)
        }
        if let cloud = tunnel.cloud.address, !cloud.value.isPrivate, let device = tunnel.device.address,
            device.value.isPrivate, !tunnel.device.addressIsAssumed
        {
            report(
                "PC166", "the customer gateway has the private address \(device.value), and the cloud's end is public",
                at: device.origin, connection, tunnel)
        }
        for (networks, address, whose) in [
            (connection.cloudNetworks, tunnel.cloud.address, "cloud"),
            (connection.deviceNetworks, tunnel.device.address, "device"),
        ] {
            guard let address,
                let around = networks.first(where: { $0.value != .any && $0.value.contains(address.value) })
            else { continue }
            report(
                "PC174",
                "the \(whose)'s own address \(address.value) lies in \(around.value), which goes into the tunnel",
                at: around.origin, connection, tunnel)
        }
        guard let bgp = tunnel.bgp else { return }
        for (asn, whose) in [(bgp.cloudASN, "cloud"), (bgp.deviceASN, "device")] {
            if asn.value.isReserved {
                report("PC170", "the \(whose)'s AS number \(asn.value) is reserved", at: asn.origin, connection, tunnel)
            }
        }
        let own = bgp.deviceASN.value
        if !own.isPrivate, !own.isReserved, own.value != ASNumber.cloudDefault {
            report(
                "PC171", "the device's AS number \(own) is a public one", at: bgp.deviceASN.origin, connection, tunnel)
        }
    }

    mutating func checkNetworks(_ connection: Connection) {
        for (networks, whose) in [(connection.cloudNetworks, "cloud"), (connection.deviceNetworks, "device")] {
            for network in networks where network.value != .any {
                if let space = ReservedSpace.overlapping(network.value) {
                    report(
                        "PC167",
                        "the \(whose)'s network \(network.value) touches \(space.network), which is \(space.use)",
                        at: network.origin, connection, nil)
                } else if !ReservedSpace.isPrivate(network.value) {
                    report(
                        "PC168", "the \(whose)'s network \(network.value) is public address space", at: network.origin,
                        connection, nil)
                }
            }
            for (index, network) in networks.enumerated() {
                if let other = networks[..<index].first(where: { $0.value.overlaps(network.value) }) {
                    report(
                        "PC173", "the \(whose)'s networks \(other.value) and \(network.value) overlap",
                        at: network.origin,
                        connection, nil)
                    break
                }
            }
        }
    }
}

/// Address space that stands for something else than hosts on the Internet or in a data centre.
struct ReservedSpace {
    let network: IPv4Network
    let use: String

    /// Where no end of a tunnel can be (RFC 6890, section 2.2.2; multicast: RFC 1112, section 4); private space is not
    /// among it.
    static let neverEndpoints = [
        space("0.0.0.0/8", "not an address of a host"), space("127.0.0.0/8", "of the host itself"),
        space("169.254.0.0/16", "link-local"), space("192.0.2.0/24", "for documentation"),
        space("198.51.100.0/24", "for documentation"), space("203.0.113.0/24", "for documentation"),
        space("198.18.0.0/15", "for measurements"), space("224.0.0.0/4", "multicast"),
        space("240.0.0.0/4", "reserved"),
    ]

    static func holding(_ address: IPv4Address, _ spaces: [ReservedSpace]) -> ReservedSpace? {
        spaces.first { $0.network.contains(address) }
    }

    static func overlapping(_ network: IPv4Network) -> ReservedSpace? {
        neverEndpoints.first { $0.network.overlaps(network) }
    }

    static func isPrivate(_ network: IPv4Network) -> Bool {
        (IPv4Network.privateSpaces + [.sharedAddressSpace]).contains { $0.contains(network) }
    }

    /// A slip of the pen becomes 0.0.0.0/0, which the test of sound answers would see at once.
    private static func space(_ text: String, _ use: String) -> ReservedSpace {
        ReservedSpace(network: IPv4Network.parse(text)?.network ?? .any, use: use)
    }
}

extension ASNumber {
    /// Numbers that nobody may use between networks: AS_TRANS (RFC 6793), documentation (RFC 5398: up to 65551), the
    /// last of each range (RFC 7300), and 65552 to 131071, which IANA is said to keep (its registry was not read).
    var isReserved: Bool {
        value == 23_456 || (64_496...64_511).contains(value) || value == 65_535 || (65_536...131_071).contains(value)
            || value == .max
    }
}
