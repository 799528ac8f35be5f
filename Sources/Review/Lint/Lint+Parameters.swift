import CloudAPI
import Findings
import PeerModel

/// What the two ends agree upon: algorithms, versions, lifetimes.
extension Lint {
    mutating func checkValues(_ tunnel: Tunnel, _ connection: Connection) {
        let ike = tunnel.ike
        let ipsec = tunnel.ipsec
        func phase(_ number: Int, _ what: String, _ name: String) -> String {
            "phase \(number) uses the \(what) \(name)"
        }
        reportValue(
            "ike.encryption.\(ike.encryption.value.name)", phase(1, "cipher", ike.encryption.value.name),
            at: ike.encryption.origin, connection, tunnel)
        reportValue(
            "ike.integrity.\(ike.integrity.value.name)", phase(1, "hash", ike.integrity.value.name),
            at: ike.integrity.origin, connection, tunnel)
        reportValue(
            "ike.group.\(ike.group.value.name)", "phase 1 uses \(ike.group.value.inWords)", at: ike.group.origin,
            connection, tunnel)
        reportValue(
            "ipsec.encryption.\(ipsec.encryption.value.name)", phase(2, "cipher", ipsec.encryption.value.name),
            at: ipsec.encryption.origin, connection, tunnel)
        reportValue(
            "ipsec.integrity.\(ipsec.integrity.value.name)", phase(2, "hash", ipsec.integrity.value.name),
            at: ipsec.integrity.origin, connection, tunnel)
        let secrecy = ipsec.perfectForwardSecrecy
        if let group = secrecy.value.group {
            reportValue(
                "ipsec.group.\(group.name)", "phase 2 uses \(group.inWords)", at: secrecy.origin, connection, tunnel)
            if group.bits < ike.group.value.bits {
                report(
                    "PC137", "phase 2's \(group.inWords) is weaker than phase 1's \(ike.group.value.inWords)",
                    at: secrecy.origin, connection, tunnel,
                    remedy: policy.remedy(forWeak: "ipsec.group.\(group.name)") { name in
                        DHGroup.allCases.contains { $0.name == name && $0.bits >= ike.group.value.bits }
                    })
            }
        } else {
            reportValue(
                "ipsec.group.disabled", "phase 2 has no key exchange of its own: no perfect forward secrecy",
                at: secrecy.origin, connection, tunnel)
        }
        if ike.version.value == .ikev1 {
            reportValue("ike.version.ikev1", "the tunnel uses IKEv1", at: ike.version.origin, connection, tunnel)
            if ike.mode == .aggressive {
                reportValue(
                    "ike.mode.aggressive", "IKEv1 aggressive mode with a pre-shared key", at: ike.version.origin,
                    connection, tunnel)
            }
        }
        reportValue(
            "ike.authentication.psk", "the two ends prove who they are by a pre-shared key",
            at: tunnel.presharedKey.origin, connection, tunnel)
        if ike.encryption.value.strength < ipsec.encryption.value.strength {
            report(
                "PC138",
                "phase 1's cipher \(ike.encryption.value.name) is weaker than phase 2's \(ipsec.encryption.value.name)",
                at: ike.encryption.origin, connection, tunnel,
                remedy: policy.remedy(forWeak: "ike.encryption.\(ike.encryption.value.name)") { name in
                    Encryption.usable.contains { $0.name == name && $0.strength >= ipsec.encryption.value.strength }
                })
        }
    }

    mutating func checkLifetimes(_ tunnel: Tunnel, _ connection: Connection) {
        let ike = tunnel.ike.lifetime
        let ipsec = tunnel.ipsec.lifetime
        reportLimit("PC133", "ike_lifetime", ike.value, at: ike.origin, connection, tunnel) {
            "phase 1 lives \(ike.value) s, more than \($0) s"
        }
        reportLimit("PC134", "ipsec_lifetime", ipsec.value, at: ipsec.origin, connection, tunnel) {
            "phase 2 lives \(ipsec.value) s, more than \($0) s"
        }
        reportLimit("PC135", "ike_lifetime_short", ike.value, at: ike.origin, connection, tunnel) {
            "phase 1 lives \(ike.value) s only, less than \($0) s"
        }
        reportLimit("PC136", "ipsec_lifetime_short", ipsec.value, at: ipsec.origin, connection, tunnel) {
            "phase 2 lives \(ipsec.value) s only, less than \($0) s"
        }
    }

    mutating func checkLiveness(_ tunnel: Tunnel, _ connection: Connection) {
        if !tunnel.deadPeerDetection {
            report(
                "PC160", "dead peer detection is off", at: tunnel.id.origin, connection, tunnel)
        }
        if !tunnel.natTraversal, tunnel.device.isBehindNAT {
            report(
                "PC161", "NAT traversal is off, and the device seems to be behind a NAT", at: tunnel.id.origin,
                connection, tunnel)
        }
        if let status = tunnel.status ?? connection.status, status.value.lowercased().hasSuffix("_not_established") {
            report(
                "PC164", "the tunnel was down when the answer was given", at: status.origin, connection, tunnel)
        }
        if let bgp = tunnel.bgp, bgp.key == nil {
            report("PC150", "the BGP session has no key", at: bgp.network.origin, connection, tunnel)
        }
    }
}

extension Encryption {
    /// Ciphers by strength, the weakest first.
    var strength: Int {
        switch self {
        case .des: 0
        case .tripleDES: 1
        case .aes128, .sm4: 2
        case .aes192: 3
        case .aes256: 4
        }
    }
}

extension Integrity {
    /// Hashes by strength, the weakest first.
    var strength: Int {
        switch self {
        case .md5: 0
        case .sha1: 1
        case .sha256, .sm3: 2
        case .sha384: 3
        case .sha512: 4
        }
    }
}

extension DHGroup {
    /// Number and size, as both are in use.
    var inWords: String { "\(name) (\(bits) bits)" }
}
