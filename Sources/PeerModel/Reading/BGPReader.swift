import CloudAPI
import Findings

extension ConnectionReader {
    /// The connection's key, else the customer gateway's: DescribeVpnConnections tells none of tunnels (api.md 3.9).
    mutating func bgpKey(_ config: BgpConfig, _ gateway: CustomerGateway?) -> Located<Secret>? {
        guard let gateway, let theirs = gateway.authKey else { return config.authKey }
        guard let own = config.authKey else {
            guard !Masking.isMasked(theirs.value) else {
                if options.takesMaskedKeys { return Located(.standIn, at: theirs.origin) }
                report.add(ModelProblem.masked(fields: ["CustomerGateway.AuthKey"]), at: theirs.origin)
                return nil
            }
            return theirs
        }
        // A key of the site file takes the place of both.
        if !own.value.mayEqual(theirs.value), options.bgpKeys[report.tunnel ?? report.connection] == nil {
            report.add(ModelProblem.bgpKeysDiffer(gateway: gateway.customerGatewayId.value), at: own.origin)
        }
        return own
    }

    /// Reads the BGP settings of either form; `name` is the object's path.
    mutating func readBGP(_ config: BgpConfig, _ name: String, key: Located<Secret>?) -> BGPSession? {
        let network = report.networks(config.tunnelCidr, name + ".TunnelCidr", in: config.origin).first
        let cloud = report.address(report.required(config.localBgpIp, name + ".LocalBgpIp", in: config.origin))
        let device = report.address(report.required(config.peerBgpIp, name + ".PeerBgpIp", in: config.origin))
        let cloudASN = report.asNumber(config.localAsn, name + ".LocalAsn", in: config.origin)
        let deviceASN = report.asNumber(config.peerAsn, name + ".PeerAsn", in: config.origin)
        // 1…64 characters (api.md 3.9).
        let key = key.flatMap { report.key($0, maximumLength: 64) }
        guard let network, let cloud, let device, let cloudASN, let deviceASN else { return nil }
        return BGPSession(
            network: network, cloudAddress: cloud, deviceAddress: device, cloudASN: cloudASN,
            deviceASN: deviceASN, key: key)
    }
}
