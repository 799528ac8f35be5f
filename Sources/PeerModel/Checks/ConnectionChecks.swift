import CloudAPI
import Findings

/// Contradictions within one connection.
extension ConnectionReader {
    mutating func check(_ connection: Connection) {
        checkKeys(connection)
        checkNetworks(connection)
        for tunnel in connection.tunnels {
            report.tunnel = tunnel.id.value
            checkIKE(tunnel)
            if let bgp = tunnel.bgp { checkBGP(bgp, of: tunnel) }
        }
        report.tunnel = nil
        checkPair(connection)
    }

    /// A key that somebody pasted as the name or as an identity would be printed: in remarks, reports and tickets.
    private mutating func checkKeys(_ connection: Connection) {
        for tunnel in connection.tunnels {
            for key in [tunnel.presharedKey, tunnel.bgp?.key] {
                guard let key = key?.value, !key.isStandIn else { continue }
                if let name = connection.name, key.reveal() == name.value {
                    report.add(ModelProblem.keyInPlainSight, at: name.origin)
                }
                for case let identity? in [tunnel.cloud.identity, tunnel.device.identity]
                where key.reveal() == identity.value.text {
                    report.add(ModelProblem.keyInPlainSight, at: identity.origin)
                }
            }
        }
    }

    private mutating func checkNetworks(_ connection: Connection) {
        let cloud = connection.cloudNetworks
        let device = connection.deviceNetworks
        guard let place = source.localSubnet?.origin, !connection.isAnyToAny else { return }
        if cloud.contains(where: { $0.value == .any }) || device.contains(where: { $0.value == .any }) {
            report.add(ConsistencyProblem.oneSidedAny, at: place)
        } else if let (a, b) = overlap(cloud, device) {
            report.add(ConsistencyProblem.sidesOverlap(cloud: a.value, device: b.value), at: a.origin)
        }
        let versions = connection.tunnels.map { $0.ike.version.value }
        // With BGP any to any is negotiated, one pair.
        if versions.contains(.ikev1), !connection.usesBGP, cloud.count > 1 || device.count > 1 {
            report.add(
                ConsistencyProblem.severalNetworksWithIKEv1(cloud: cloud.count, device: device.count), at: place)
        }
        for network in device where network.value != .any && network.value.overlaps(.sharedAddressSpace) {
            report.add(ConsistencyProblem.sharedAddressSpace(network.value), at: network.origin)
        }
        if let check = connection.healthCheck,
            !device.contains(where: { $0.value.contains(check.deviceAddress.value) })
        {
            report.add(
                ConsistencyProblem.healthCheckTargetOutside(check.deviceAddress.value),
                at: check.deviceAddress.origin)
        }
    }

    private func overlap(
        _ a: [Located<IPv4Network>], _ b: [Located<IPv4Network>]
    ) -> (Located<IPv4Network>, Located<IPv4Network>)? {
        for first in a {
            for second in b where first.value.overlaps(second.value) { return (first, second) }
        }
        return nil
    }

    private mutating func checkIKE(_ tunnel: Tunnel) {
        let ike = tunnel.ike
        let sentMode = tunnelIkeMode(tunnel)
        if ike.version.value == .ikev2, let sentMode, sentMode.value.lowercased() == "aggressive" {
            report.add(ConsistencyProblem.aggressiveWithIKEv2, at: sentMode.origin)
        }
        if tunnel.ipsec.lifetime.value >= ike.lifetime.value {
            report.add(
                ConsistencyProblem.lifetimesNotStaggered(
                    ike: ike.lifetime.value, ipsec: tunnel.ipsec.lifetime.value),
                at: tunnel.ipsec.lifetime.origin)
        }
        let identities = [tunnel.cloud.identity, tunnel.device.identity].compactMap(\.self)
        if ike.version.value == .ikev1, ike.mode == .main,
            let name = identities.first(where: { $0.value.kind != .address })
        {
            report.add(ConsistencyProblem.nameWithMainMode(name.value.text), at: name.origin)
        }
        if identities.count == 2, identities[0].value == identities[1].value {
            report.add(ConsistencyProblem.identitiesEqual(identities[0].value.text), at: identities[0].origin)
        }
    }

    private func tunnelIkeMode(_ tunnel: Tunnel) -> Located<String>? {
        if source.tunnelOptions.isEmpty { return source.ikeConfig?.ikeMode }
        return source.tunnelOptions.first { $0.tunnelId?.value == tunnel.id.value }?.ikeConfig?.ikeMode
    }

    private mutating func checkBGP(_ bgp: BGPSession, of tunnel: Tunnel) {
        let network = bgp.network.value
        if network.prefixLength != 30 || !IPv4Network.linkLocal.contains(network) {
            report.add(ConsistencyProblem.tunnelNetworkShape(network), at: bgp.network.origin)
        }
        if IPv4Network.forbiddenTunnelNetworks.contains(where: { $0.overlaps(network) }) {
            report.add(ConsistencyProblem.tunnelNetworkForbidden(network), at: bgp.network.origin)
        }
        for address in [bgp.cloudAddress, bgp.deviceAddress] where !network.isHost(address.value) {
            report.add(
                ConsistencyProblem.bgpAddressOutsideNetwork(address.value, network), at: address.origin)
        }
        if bgp.cloudAddress.value == bgp.deviceAddress.value {
            report.add(ConsistencyProblem.bgpAddressesEqual(bgp.cloudAddress.value), at: bgp.cloudAddress.origin)
        }
        if bgp.deviceASN.value.value == ASNumber.cloudDefault {
            report.add(ConsistencyProblem.deviceUsesCloudDefaultASN, at: bgp.deviceASN.origin)
        }
        if bgp.isInternal {
            report.add(ConsistencyProblem.internalBGP(bgp.cloudASN.value), at: bgp.cloudASN.origin)
        }
        if let text = gateways.customerGateway(tunnel.device.customerGateway?.value)?.asn?.value,
            let asn = ASNumber(text: text), asn != bgp.deviceASN.value
        {
            report.add(
                ConsistencyProblem.asnDiffersFromGateway(bgp.deviceASN.value, gateway: asn),
                at: bgp.deviceASN.origin)
        }
    }

    /// Contradictions between the two tunnels of a connection.
    private mutating func checkPair(_ connection: Connection) {
        guard connection.tunnels.count == 2 else {
            if connection.tunnelMode == .dual, let tunnel = connection.tunnels.first {
                report.add(ConsistencyProblem.oneTunnelOnly, at: tunnel.id.origin)
            }
            return
        }
        // A transit router uses both alike (api.md 3.7); a VPN gateway never does.
        if case .vpnGateway = connection.attachment, connection.tunnels.map({ $0.role }) != [.master, .slave] {
            report.add(ConsistencyProblem.rolesNotTold, at: connection.tunnels[0].id.origin)
        }
        let (first, second) = (connection.tunnels[0], connection.tunnels[1])
        if let address = first.cloud.address, address.value == second.cloud.address?.value {
            report.add(ConsistencyProblem.cloudAddressShared(address.value), at: address.origin)
        }
        if let a = first.bgp?.cloudASN, let b = second.bgp?.cloudASN, a.value != b.value {
            report.tunnel = second.id.value
            report.add(ConsistencyProblem.cloudASNsDiffer(a.value, b.value), at: b.origin)
        }
        defer { report.tunnel = nil }
        guard let gateway = gateways.vpnGateway(source.vpnGatewayId?.value),
            let known = gateway.internetIp.flatMap({ IPv4Address($0.value) })
        else { return }
        let all = [known, gateway.disasterRecoveryInternetIp.flatMap { IPv4Address($0.value) }]
        for tunnel in connection.tunnels {
            report.tunnel = tunnel.id.value
            if let address = tunnel.cloud.address, !all.contains(address.value) {
                report.add(
                    ConsistencyProblem.gatewayAddressDiffers(address.value, gateway: known), at: address.origin)
            }
        }
    }
}

extension IPv4Network {
    /// Networks in the tunnels that the cloud keeps for itself (api.md 3.9).
    static let forbiddenTunnelNetworks = [
        "169.254.0.0/30", "169.254.1.0/30", "169.254.2.0/30", "169.254.3.0/30", "169.254.4.0/30",
        "169.254.5.0/30", "169.254.6.0/30", "169.254.169.252/30",
    ].map(known)

    /// A network written in this source; a slip of the pen becomes 0.0.0.0/0, which a test would see at once.
    private static func known(_ text: String) -> IPv4Network { parse(text)?.network ?? .any }
}
