/// What can be wrong or doubtful about a connection's data.
///
/// The wording is in `ModelProblem+Finding.swift`.
enum ModelProblem: WordedProblem {
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
    case keyTooLong(Int, most: Int)
    case keyNotASCII
    case keyInPlainSight

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
    case cloudIdentityMissing(field: String, placeholder: String?)
    case deviceIdentityMissing(field: String)
    case identitiesCrossed(cloud: String, device: String)
    case identityTypedExplicitly(String)
    case identityUnusable(String)

    // Two tunnels
    case attachmentUnknown
    case tunnelIndexTwice(Int)

    // BGP
    case bgpWithoutConfiguration
    case bgpKeysDiffer(gateway: String)
    case bgpWithNarrowNetworks
}
