import Findings

/// What can be doubtful about connections taken together.
enum FleetProblem {
    case numberDisplaced(tunnel: String, device: String)

    var finding: Finding {
        switch self {
        case .numberDisplaced(let tunnel, let device):
            Finding(
                "PC250", .warning,
                "the number derived from the tunnel's id is taken by another tunnel; the next free one is used",
                at: Place(tunnel: tunnel, device: device),
                remedy: "render into a folder (-o), where peerconf.lock keeps numbers for good")
        }
    }
}
