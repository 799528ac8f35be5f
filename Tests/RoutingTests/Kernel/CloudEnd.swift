/// The cloud's side of a dual-tunnel connection, straight from the API's fields, where *local* is the cloud.
enum CloudEnd {
    /// swanctl.conf with an XFRM interface for each tunnel, numbered 1 and 2.
    static func swanctl(_ connection: RawConnection, initiates: Bool) -> String {
        let tunnels = connection.tunnels.enumerated().map { index, tunnel in
            """
                tunnel\(index + 1) {
                    version = \(tunnel.ikeVersion == "ikev1" ? 1 : 2)
                    mobike = no
                    local_addrs = \(tunnel.internetIP)
                    remote_addrs = \(tunnel.remoteAddress)
                    proposals = \(proposal(tunnel.ikeAlgorithms))
                    dpd_delay = 5s
                    local {
                        auth = psk
                        id = \(tunnel.localID)
                    }
                    remote {
                        auth = psk
                        id = \(tunnel.remoteID)
                    }
                    children {
                        tunnel\(index + 1) {
                            local_ts = \(connection.localSubnet)
                            remote_ts = \(connection.remoteSubnet)
                            esp_proposals = \(proposal(tunnel.ipsecAlgorithms))
                            if_id_in = \(index + 1)
                            if_id_out = \(index + 1)
                            start_action = \(initiates ? "start" : "none")
                        }
                    }
                }

            """
        }
        let secrets = connection.tunnels.enumerated().map { index, tunnel in
            """
                ike-\(index + 1) {
                    id-1 = \(tunnel.localID)
                    id-2 = \(tunnel.remoteID)
                    secret = "\(tunnel.psk)"
                }

            """
        }
        return "connections {\n\(tunnels.joined())}\nsecrets {\n\(secrets.joined())}\n"
    }

    /// frr.conf that believes everything and announces `networks`; it has no preference of its own.
    static func frr(_ connection: RawConnection, announcing networks: [String]) -> String {
        let neighbors = connection.tunnels.map { tunnel in
            let key = tunnel.authKey.map { " neighbor \(tunnel.peerBGP) password \($0)\n" } ?? ""
            return " neighbor \(tunnel.peerBGP) remote-as \(tunnel.peerASN)\n\(key)"
                + " neighbor \(tunnel.peerBGP) timers connect 2\n"
        }
        return """
            router bgp \(connection.tunnels[0].localASN)
             bgp router-id \(connection.tunnels[0].internetIP)
             no bgp ebgp-requires-policy
             no bgp network import-check
            \(neighbors.joined()) address-family ipv4 unicast
            \(networks.map { "  network \($0)\n" }.joined())  maximum-paths 1
             exit-address-family
            exit

            """
    }

    private static func proposal(_ words: [String]) -> String {
        let groups = ["group1": "modp768", "group2": "modp1024", "group5": "modp1536", "group14": "modp2048"]
        let cipher = words[0] == "aes" ? "aes128" : words[0]
        return [cipher, words[1], groups[words[2]]].compactMap(\.self).joined(separator: "-")
    }
}
