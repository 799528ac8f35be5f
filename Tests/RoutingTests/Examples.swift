/// Connections that several tests use, in the API's terms.
enum Examples {
    /// Two tunnels of a VPN gateway with BGP; the cloud holds the lower address of each /30.
    static func masterAndSlave(key: String?) -> RawConnection {
        RawConnection(
            id: "vco-pair", customerGateway: "cgw-routing1",
            tunnels: [
                RawTunnel(
                    id: "tun-b-master", role: "master", internetIP: "203.0.113.1", localID: "203.0.113.1",
                    localBGP: "169.254.10.1", peerBGP: "169.254.10.2", tunnelCIDR: "169.254.10.0/30",
                    authKey: key),
                RawTunnel(
                    id: "tun-a-slave", role: "slave", internetIP: "203.0.113.2", localID: "203.0.113.2",
                    localBGP: "169.254.20.1", peerBGP: "169.254.20.2", tunnelCIDR: "169.254.20.0/30",
                    authKey: key),
            ])
    }

    /// Two equal tunnels of a transit router with BGP.
    static func equalTunnels() -> RawConnection {
        var connection = masterAndSlave(key: nil)
        connection.id = "vco-equal"
        connection.attachType = "CEN"
        for index in connection.tunnels.indices { connection.tunnels[index].index = index + 1 }
        return connection
    }

    /// One tunnel of a transit router with BGP; the cloud holds the higher address of the /30.
    static func single(key: String?, asn: Int) -> RawConnection {
        RawConnection(
            id: "vco-one", attachType: "CEN", customerGateway: "cgw-routing2",
            tunnels: [
                RawTunnel(
                    internetIP: "203.0.113.9", localID: "203.0.113.9", localBGP: "169.254.30.2",
                    peerBGP: "169.254.30.1", tunnelCIDR: "169.254.30.0/30", localASN: 45105, peerASN: asn,
                    authKey: key)
            ])
    }

    /// Two tunnels of a VPN gateway with static routes.
    static func staticPair() -> RawConnection {
        var connection = masterAndSlave(key: nil)
        connection.id = "vco-static"
        connection.localSubnet = "172.16.0.0/16,172.17.0.0/16"
        connection.remoteSubnet = "10.64.0.0/12"
        for index in connection.tunnels.indices { connection.tunnels[index].localBGP = nil }
        return connection
    }

    /// One tunnel of a VPN gateway, any to any, with static routes.
    static func staticSingle() -> RawConnection {
        RawConnection(
            id: "vco-static-one",
            tunnels: [RawTunnel(internetIP: "203.0.113.5", localID: "203.0.113.5", remoteID: "198.51.100.10")])
    }
}
