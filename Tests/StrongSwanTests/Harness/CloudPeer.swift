/// The cloud's end of one tunnel, written strictly by what an API answer says: one proposal, both identities,
/// exact networks.
///
/// All words are the API's own: *local* is the cloud. Keys are given as bytes and written in hexadecimal, so no
/// quoting rule stands between a test and the key it means.
struct CloudPeer: Sendable {
    var name = "cloud"
    var ikeVersion = 2
    var aggressive = false
    var address: String
    /// Where the device's packets come from; `%any` for a device behind NAT.
    var deviceAddress: String
    var localID: String
    var remoteID: String
    var key: [UInt8]
    /// In strongSwan's notation: `aes256-sha256-modp2048`.
    var ikeProposal = "aes256-sha256-modp2048"
    var espProposal = "aes256-sha256-modp2048"
    /// Networks in the cloud and behind the device, comma lists like the API's.
    var localSubnet = "0.0.0.0/0"
    var remoteSubnet = "0.0.0.0/0"

    /// The swanctl.conf of a cloud with these tunnels.
    static func configuration(_ peers: [CloudPeer]) -> String {
        """
        connections {
        \(peers.map(\.connection).joined(separator: "\n"))
        }
        secrets {
        \(peers.map(\.secret).joined(separator: "\n"))
        }

        """
    }

    private var connection: String {
        """
        \(name) {
            version = \(ikeVersion)
            aggressive = \(aggressive ? "yes" : "no")
            mobike = no
            local_addrs = \(address)
            remote_addrs = \(deviceAddress)
            proposals = \(ikeProposal)
            local {
                auth = psk
                id = "\(localID)"
            }
            remote {
                auth = psk
                id = "\(remoteID)"
            }
            children {
        \(children.joined(separator: "\n"))
            }
        }
        """
    }

    /// IKEv1 takes one pair of networks per child, IKEv2 all of them in one.
    private var children: [String] {
        guard ikeVersion == 1 else { return [child(1, localSubnet, remoteSubnet)] }
        let pairs = localSubnet.split(separator: ",").flatMap { local in
            remoteSubnet.split(separator: ",").map { (String(local), String($0)) }
        }
        return pairs.enumerated().map { child($0.offset + 1, $0.element.0, $0.element.1) }
    }

    private func child(_ number: Int, _ local: String, _ remote: String) -> String {
        """
        \(name)-\(number) {
            local_ts = \(local)
            remote_ts = \(remote)
            esp_proposals = \(espProposal)
        }
        """
    }

    private var secret: String {
        let digits = key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return """
            ike-\(name) {
                id-local = "\(localID)"
                id-remote = "\(remoteID)"
                secret = 0x\(digits)
            }
            """
    }
}
