/// Device configurations written by hand, in the manner that the strongSwan pack renders, to prove the harness with.
enum DeviceConfiguration {
    /// IKEv1, two networks on each side, hence four children.
    static let policyBased = """
        connections {
            turin {
                version = 1
                local_addrs = 198.51.100.130
                remote_addrs = 203.0.113.120
                proposals = aes256-sha256-modp2048
                rekey_time = 25920s
                over_time = 2880s
                dpd_delay = 10s
                dpd_timeout = 30s
                keyingtries = 0
                local {
                    auth = psk
                    id = "198.51.100.130"
                }
                remote {
                    auth = psk
                    id = "203.0.113.120"
                }
                children {
                    turin-1-1 {
                        local_ts = 192.168.40.0/24
                        remote_ts = 10.16.0.0/20
        \(policyChildRest)
                    }
                    turin-1-2 {
                        local_ts = 192.168.40.0/24
                        remote_ts = 10.16.32.0/20
        \(policyChildRest)
                    }
                    turin-2-1 {
                        local_ts = 192.168.44.0/22
                        remote_ts = 10.16.0.0/20
        \(policyChildRest)
                    }
                    turin-2-2 {
                        local_ts = 192.168.44.0/22
                        remote_ts = 10.16.32.0/20
        \(policyChildRest)
                    }
                }
            }
        }
        secrets {
            ike-turin {
                id-local = "198.51.100.130"
                id-remote = "203.0.113.120"
                secret = "u6nYPwi6GMoPqE37"
            }
        }

        """

    private static let policyChildRest = """
                        esp_proposals = aes256-sha256-modp2048
                        life_time = 28800s
                        rekey_time = 25920s
                        start_action = trap|start
                        dpd_action = trap
        """

    /// IKEv2, any to any on an XFRM interface, a name as the identity, a key that needs its quotes.
    static let routeBased = #"""
        connections {
            graz {
                version = 2
                mobike = no
                local_addrs = 198.51.100.41
                remote_addrs = 203.0.113.80
                proposals = aes256-sha256-modp2048
                rekey_time = 77760s
                over_time = 8640s
                dpd_delay = 10s
                keyingtries = 0
                local {
                    auth = psk
                    id = "edge1.graz.example.com"
                }
                remote {
                    auth = psk
                    id = "203.0.113.80"
                }
                children {
                    graz {
                        local_ts = 0.0.0.0/0
                        remote_ts = 0.0.0.0/0
                        if_id_in = 201
                        if_id_out = 201
                        esp_proposals = aes256-sha256-modp2048
                        life_time = 86400s
                        rekey_time = 77760s
                        start_action = start
                        close_action = start
                        dpd_action = restart
                    }
                }
            }
        }
        secrets {
            ike-graz {
                id-local = "edge1.graz.example.com"
                id-remote = "203.0.113.80"
                secret = "q\"T7\\n#L$x{9}W;k'4"
            }
        }

        """#

    /// The key of `routeBased` as it really is.
    static let routeBasedKey = Array(#"q"T7\n#L$x{9}W;k'4"#.utf8)

    /// IKEv1 in aggressive mode, a name as the identity, no address of its own, no PFS.
    static let aggressive = """
        connections {
            bergen {
                version = 1
                aggressive = yes
                remote_addrs = 203.0.113.140
                proposals = aes256-sha256-modp1536
                rekey_time = 77760s
                over_time = 8640s
                dpd_delay = 10s
                dpd_timeout = 30s
                keyingtries = 0
                local {
                    auth = psk
                    id = "kiosk-bergen.example.net"
                }
                remote {
                    auth = psk
                    id = "203.0.113.140"
                }
                children {
                    bergen {
                        local_ts = 192.168.77.0/24
                        remote_ts = 10.120.0.0/16
                        esp_proposals = aes256-sha256
                        life_time = 14400s
                        rekey_time = 12960s
                        start_action = trap|start
                        dpd_action = trap
                    }
                }
            }
        }
        secrets {
            ike-bergen {
                id-local = "kiosk-bergen.example.net"
                id-remote = "203.0.113.140"
                secret = "IFZkpVGeYwNWNltKgNdP7u2q"
            }
        }

        """

    /// IKEv2, two tunnels with one identity and two keys on the device's side.
    static let dualTunnel = """
        connections {
        \(tunnel(1, cloud: "203.0.113.50"))
        \(tunnel(2, cloud: "203.0.113.51"))
        }
        secrets {
            ike-hq-t1 {
                id-local = "198.51.100.90"
                id-remote = "203.0.113.50"
                secret = "b2ZJ6X3ClRPVWymfg3ZUDqip"
            }
            ike-hq-t2 {
                id-local = "198.51.100.90"
                id-remote = "203.0.113.51"
                secret = "1tXyD2v7uI3PbpFJn503mQ8z"
            }
        }

        """

    private static func tunnel(_ number: Int, cloud: String) -> String {
        """
            hq-t\(number) {
                version = 2
                mobike = no
                local_addrs = 198.51.100.90
                remote_addrs = \(cloud)
                proposals = aes256-sha256-modp2048
                rekey_time = 77760s
                over_time = 8640s
                local {
                    auth = psk
                    id = "198.51.100.90"
                }
                remote {
                    auth = psk
                    id = "\(cloud)"
                }
                children {
                    hq-t\(number) {
                        local_ts = 0.0.0.0/0
                        remote_ts = 0.0.0.0/0
                        if_id_in = \(300 + number)
                        if_id_out = \(300 + number)
                        esp_proposals = aes256-sha256-modp2048
                        life_time = 86400s
                        rekey_time = 77760s
                        start_action = start
                        dpd_action = restart
                    }
                }
            }
        """
    }
}
