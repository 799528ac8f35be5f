import Findings

/// Contradictions in what the cloud says of one connection, or of several together.
///
/// The data is rendered as it stands: a contradiction is the network engineer's to solve.
enum ConsistencyProblem: WordedProblem {
    // BGP (api.md 3.9)
    case bgpAddressOutsideNetwork(IPv4Address, IPv4Network)
    case bgpAddressesEqual(IPv4Address)
    case tunnelNetworkShape(IPv4Network)
    case tunnelNetworkForbidden(IPv4Network)
    case tunnelNetworkUsedTwice(IPv4Network, by: String)
    case asnDiffersFromGateway(ASNumber, gateway: ASNumber)
    case deviceUsesCloudDefaultASN
    case internalBGP(ASNumber)
    case cloudASNsDiffer(ASNumber, ASNumber)
    case tunnelNetworkUsedTwiceOnDevice(IPv4Network, by: String, of: String)

    // Networks (api.md 3.5)
    case sidesOverlap(cloud: IPv4Network, device: IPv4Network)
    case connectionsOverlap(IPv4Network, other: String, IPv4Network)
    case sharedAddressSpace(IPv4Network)
    case oneSidedAny
    case severalNetworksWithIKEv1(cloud: Int, device: Int)
    case healthCheckTargetOutside(IPv4Address)
    case cloudNetworkIsBehindDevice(IPv4Network, of: String, IPv4Network)
    case routesShared(with: String)
    case announcedToItself(IPv4Network, cloud: IPv4Network)

    // The device's own address (api.md 2.3)
    case interfaceAddressAssumed(IPv4Address)

    // IKE
    case aggressiveWithIKEv2
    case lifetimesNotStaggered(ike: Int, ipsec: Int)
    case nameWithMainMode(String)
    case keyShared(with: [String])
    case cloudAddressShared(IPv4Address)
    case identitiesEqual(String)
    case gatewayAddressDiffers(IPv4Address, gateway: IPv4Address)
    case phaseOneDiffers(from: String, what: String)
    case tunnelInTwoConnections(String)
    case rolesNotTold
    case oneTunnelOnly

    var words: ProblemWords {
        switch self {
        case .bgpAddressOutsideNetwork(let address, let network):
            problem(
                "PC242", .error, "the BGP address \(address) is not a host of TunnelCidr \(network)",
                "correct the BGP settings on the cloud side")
        case .bgpAddressesEqual(let address):
            problem(
                "PC243", .error, "both BGP addresses are \(address)", "correct the BGP settings on the cloud side")
        case .tunnelNetworkShape(let network):
            problem(
                "PC244", .warning, "TunnelCidr \(network) is not a /30 inside 169.254.0.0/16",
                "choose a /30 of 169.254.0.0/16 on the cloud side")
        case .tunnelNetworkForbidden(let network):
            problem(
                "PC245", .warning, "TunnelCidr \(network) is one that the cloud uses itself",
                "choose another /30 of 169.254.0.0/16 on the cloud side")
        case .tunnelNetworkUsedTwice(let network, let other):
            problem(
                "PC246", .warning, "TunnelCidr \(network) is used by tunnel \(other) too",
                "give each tunnel of a gateway and of a device a /30 of its own")
        case .asnDiffersFromGateway(let asn, let gateway):
            problem(
                "PC247", .warning, "PeerAsn \(asn) is not the customer gateway's Asn \(gateway)",
                "look which of the two the device has")
        case .deviceUsesCloudDefaultASN:
            problem(
                "PC248", .warning, "the device's AS number is 45104, which the cloud reserves for itself",
                "give the customer gateway a private AS number, 64512 to 65534")
        case .internalBGP(let asn):
            problem(
                "PC249", .note, "both ends are in AS \(asn): this is internal BGP",
                "nothing, if it is meant; AS path prepending then has no effect")
        case .cloudASNsDiffer(let a, let b):
            problem(
                "PC251", .warning, "the two tunnels have different cloud AS numbers, \(a) and \(b)",
                "give both tunnels one LocalAsn on the cloud side")
        case .tunnelNetworkUsedTwiceOnDevice(let network, let other, let connection):
            problem(
                "PC255", .error,
                "TunnelCidr \(network) is used by tunnel \(other) of \(connection) on the same device too: neither is rendered",
                "give one of them another /30 of 169.254.0.0/16 on the cloud side: a device has an address once")
        case .cloudNetworkIsBehindDevice(let network, let other, let behind):
            problem(
                "PC266", .warning,
                "the cloud's network \(network) overlaps \(behind), which \(other) says is behind this same device",
                "make the networks disjoint: one of the two directions loses its traffic")
        case .routesShared(let other):
            problem(
                "PC267", .warning,
                "the site file's routes lead into this connection's tunnels and into those of \(other)",
                "tell each its own: [routers.NAME.connections.ID] has routes, too")
        case .announcedToItself(let announced, let cloud):
            problem(
                "PC268", .warning,
                "\(announced) is announced to the cloud, and \(cloud) in it lies behind the cloud: the router refuses "
                    + "what it announces itself, and would not learn the way there",
                "announce the parts that lie behind the device: advertise in the site file, or RemoteSubnet")
        case .interfaceAddressAssumed(let address):
            problem(
                "PC281", .note,
                "\(address), the customer gateway's address, is taken for the one of the router's own interface: the "
                    + "identity is a name and does not show it",
                "behind a NAT, set wan_address of the router in the site file; it can confirm the address, too")
        case .sidesOverlap(let cloud, let device):
            problem(
                "PC260", .warning, "the cloud's network \(cloud) and the device's \(device) overlap",
                "make the networks disjoint; traffic between the device's own hosts may enter the tunnel")
        case .connectionsOverlap(let network, let other, let otherNetwork):
            problem(
                "PC261", .warning,
                "the cloud's network \(network) overlaps \(otherNetwork) of \(other), on the same device",
                "make the networks disjoint, or use BGP to decide between the connections")
        case .sharedAddressSpace(let network):
            problem(
                "PC262", .warning, "the device's network \(network) touches 100.64.0.0/10, which the cloud uses itself",
                "leave 100.64.0.0/10 out of what the data centre announces")
        case .oneSidedAny:
            problem(
                "PC263", .warning,
                "only one side is 0.0.0.0/0, which no document of the service describes; a tunnel interface is rendered",
                "use 0.0.0.0/0 on both sides, or concrete networks on both")
        case .severalNetworksWithIKEv1(let cloud, let device):
            problem(
                "PC264", .warning,
                "IKEv1 with \(cloud) cloud and \(device) device networks: the service documents one pair only",
                "use IKEv2, or 0.0.0.0/0 on both sides; each pair is rendered as a child of its own")
        case .healthCheckTargetOutside(let address):
            problem(
                "PC265", .warning, "the health check's target \(address) is in none of the device's networks",
                "correct Dip on the cloud side: a failed check resets the tunnel")
        case .aggressiveWithIKEv2:
            problem(
                "PC270", .note, "IkeMode aggressive means nothing with IKEv2 and is ignored",
                "set it to main on the cloud side")
        case .lifetimesNotStaggered(let ike, let ipsec):
            problem(
                "PC271", .note, "the phase-2 lifetime of \(ipsec) s is not below phase 1's \(ike) s",
                "set 3600 to 28800 seconds for phase 2 on the cloud side")
        case .nameWithMainMode(let identity):
            problem(
                "PC272", .warning,
                "the identity \(shown(identity)) is a name, and IKEv1 main mode can choose a key by address only",
                "use IKEv2")
        case .keyShared(let tunnels):
            problem(
                "PC273", .warning, "the pre-shared key is the same as of \(tunnels.joined(separator: ", "))",
                "give each tunnel a key of its own on the cloud side")
        case .cloudAddressShared(let address):
            problem(
                "PC274", .warning, "both tunnels end at the cloud's address \(address)",
                "get the answer again: the two tunnels of a connection have addresses of their own")
        case .identitiesEqual(let identity):
            problem(
                "PC275", .warning, "LocalId and RemoteId are the same, \(shown(identity))",
                "set each end's own identity on the cloud side")
        case .gatewayAddressDiffers(let address, let gateway):
            problem(
                "PC276", .warning, "the tunnel's InternetIp \(address) is no address of the VPN gateway (\(gateway))",
                "give answers of one time and account")
        case .phaseOneDiffers(let other, let what):
            problem(
                "PC277", .warning,
                "\(other) runs between the same two addresses and identities, and its \(what) \(what == "PSK" ? "is" : "are") "
                    + "not the same",
                "connections of one pair of gateways share phase 1: give them the same parameters and key")
        case .tunnelInTwoConnections(let other):
            problem(
                "PC278", .error, "\(other) has a tunnel with the same TunnelId: neither is rendered",
                "get the answers again: an id belongs to one tunnel")
        case .rolesNotTold:
            problem(
                "PC279", .error, "which tunnel is the master is not told, and a VPN gateway uses one at a time",
                "give the DescribeVpnConnections answer with one Role master and one Role slave")
        case .oneTunnelOnly:
            problem(
                "PC280", .warning, "a dual-tunnel connection with one tunnel: the other is not in the answer",
                "get the whole answer again, so that both tunnels are configured")
        }
    }

    private func problem(
        _ rule: RuleID, _ severity: Severity, _ message: String, _ remedy: String
    ) -> ProblemWords {
        ProblemWords(rule: rule, severity: severity, message: message, remedy: remedy)
    }
}
