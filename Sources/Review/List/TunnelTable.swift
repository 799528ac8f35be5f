import CloudAPI
import Findings
public import PeerModel

/// The tunnels of a fleet as a table for people.
public struct TunnelTable: Sendable {
    private let rows: [[String]]

    private static let titles = [
        "CONNECTION", "NAME", "TUNNEL", "ROLE", "IKE", "PHASE 1", "PHASE 2", "CLOUD", "DEVICE", "ROUTES", "STATUS",
    ]

    /// Makes a table with one row for each tunnel.
    public init(_ fleet: Fleet) {
        rows = fleet.connections.flatMap { connection in
            connection.tunnels.map { Self.row($0, of: connection) }
        }
    }

    /// The table; each line ends with a line break, no line with a blank.
    public var text: String {
        let widths = Self.titles.indices.map { column in
            ([Self.titles] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        return ([Self.titles] + rows).map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.displayWidth)
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private static func row(_ tunnel: Tunnel, of connection: Connection) -> [String] {
        let mode = tunnel.ike.version.value == .ikev1 ? " " + tunnel.ike.mode.rawValue : ""
        let networks = { (list: [Located<IPv4Network>]) in
            list.map(\.value.description).joined(separator: ",")
        }
        let routes =
            tunnel.bgp.map { "BGP \($0.cloudASN.value) → \($0.deviceASN.value)" }
            ?? "\(networks(connection.cloudNetworks)) → \(networks(connection.deviceNetworks))"
        return [
            connection.id.value,
            connection.name.map { visible($0.value) } ?? "-",
            tunnel.id.value == connection.id.value ? "-" : tunnel.id.value,
            tunnel.role.rawValue,
            tunnel.ike.version.value.rawValue + mode,
            tunnel.ike.proposal,
            tunnel.ipsec.proposal,
            address(tunnel.cloud.address, isAssumed: tunnel.cloud.addressIsAssumed),
            address(tunnel.device.address, isAssumed: tunnel.device.addressIsAssumed),
            routes,
            (tunnel.status ?? connection.status).map { visible($0.value) } ?? "-",
        ]
    }

    /// An assumed address is marked: it may be wrong.
    private static func address(_ address: Located<IPv4Address>?, isAssumed: Bool) -> String {
        address.map { $0.value.description + (isAssumed ? "?" : "") } ?? "?"
    }
}

extension String {
    /// Columns on a terminal: East Asian wide characters take two (the main blocks of UAX #11).
    fileprivate var displayWidth: Int {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return utf8.count }
        return reduce(0) { width, character in
            switch character.unicodeScalars.first?.value ?? 0 {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }
}
