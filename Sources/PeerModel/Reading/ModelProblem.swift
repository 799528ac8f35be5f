import Findings

/// What can be wrong or doubtful about a connection's data. The wording is in `ModelProblem+Finding.swift`.
enum ModelProblem: Hashable, Sendable {
    // Values
    case missing(field: String)
    case unknownValue(kind: String, value: String, known: [String])
    case notAnAddress(String)
    case notANetwork(String)
    case notAnASNumber(String)
    case masked(fields: [String])
    case unusableID(String)
    case lifetimeOutOfRange(Int)
    case lifetimeZero
    case hostBits(text: String, network: IPv4Network)
    case emptyKey
    case keyTooLong(Int)
    case keyNotASCII

    // What no device can be given
    case shangMi(String)
    case noTunnels
    case tooManyTunnels(Int)
    case stateLeftOut(String)
    case stateNoted(String)
    case financialLock

    // The two sides
    case cloudAddressAssumed(IPv4Address, gateway: String?)
    case cloudAddressUnknown(gateway: String?)
    case deviceAddressAssumed(IPv4Address, gateway: String?)
    case deviceAddressUnknown(gateway: String?)
    case gatewayNotAmongInputs(kind: String, id: String)
    case cloudIdentityMissing(placeholder: String?)
    case deviceIdentityMissing
    case identitiesCrossed(cloud: String, device: String)
    case identityTypedExplicitly(String)

    // BGP
    case bgpWithoutConfiguration
    case bgpWithNarrowNetworks
}

/// A problem, and where and about what it is.
struct PlacedProblem: Hashable, Sendable {
    var problem: ModelProblem
    var origin: Origin
    var connection: String
    var tunnel: String?
}

/// Collects the problems of one connection.
struct ProblemReport {
    let connection: String
    var tunnel: String?
    private(set) var problems: [PlacedProblem] = []

    init(connection: String) { self.connection = connection }

    mutating func add(_ problem: ModelProblem, at origin: Origin) {
        let placed = PlacedProblem(
            problem: problem, origin: origin, connection: connection, tunnel: tunnel)
        if !problems.contains(placed) { problems.append(placed) }
    }

    /// Whether any problem forbids rendering the connection.
    var hasErrors: Bool { problems.contains { $0.problem.severity == .error } }

    func findings(_ origins: OriginTable) -> [Finding] {
        problems.map { $0.finding(origins) }
    }
}
