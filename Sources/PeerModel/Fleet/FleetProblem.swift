import Findings

/// What can be doubtful about connections taken together.
enum FleetProblem {
    case numberDisplaced(tunnel: String, device: String)
    case devicesJoined([String], connection: String)
    case gatewaysTakenForOne([String], connection: String, isStrict: Bool)

    var finding: Finding {
        switch self {
        case .devicesJoined(let names, let connection):
            Finding(
                "PC254", .note,
                "\(names.joined(separator: " and ")) are one device now, because this connection ends on both: its "
                    + "files move to \(names[0])/",
                at: Place(connection: connection, device: names[0]),
                remedy: "if they are two routers, name each with its customer gateway in the site file")
        case .gatewaysTakenForOne(let names, let connection, let isStrict):
            Finding(
                "PC282", isStrict ? .error : .note,
                "the connection's customer gateways \(names.joined(separator: " and ")) are taken for one router",
                at: Place(connection: connection, device: names[0]),
                remedy: "say so in the site file, [routers.NAME] with customer_gateways = "
                    + "[\(names.map { "\"\($0)\"" }.joined(separator: ", "))], or give each a router of its own")
        case .numberDisplaced(let tunnel, let device):
            Finding(
                "PC250", .warning,
                "the number derived from the tunnel's id is taken by another tunnel; the next free one is used",
                at: Place(tunnel: tunnel, device: device),
                remedy: "render into a folder (-o), where peerconf.lock keeps numbers for good")
        }
    }
}
