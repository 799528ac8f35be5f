public import CloudAPI
import Findings

/// Documentation, screenshots and careful colleagues mask values; a device must never be given one.
public enum Masking {
    /// Whether a text is masked: `****`, or an address with `XX` or `xx` for octets (api.md 8, point 4).
    static func isMasked(_ text: String) -> Bool {
        if text.utf8.count >= 4, text.contains("****") { return true }
        if text.utf8.contains(UInt8(ascii: ".")) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 4
                && parts.contains { part in
                    (2...3).contains(part.utf8.count)
                        && part.utf8.allSatisfy { $0 | 0x20 == UInt8(ascii: "x") }
                }
        }
        return false
    }

    /// Whether a key is masked: `****` in it, or nothing but asterisks.
    public static func isMasked(_ secret: Secret) -> Bool {
        let text = secret.reveal()
        return !text.isEmpty && (text.contains("****") || text.utf8.allSatisfy { $0 == UInt8(ascii: "*") })
    }
}

extension VPNConnection {
    /// Origins of all masked values that a device would be configured with.
    var maskedFields: [Origin] {
        var texts: [Located<String>?] = [
            vpnConnectionId, vpnGatewayId, customerGatewayId, internetIp, localSubnet, remoteSubnet,
        ]
        var secrets: [Located<Secret>?] = []
        func collect(_ ike: IkeConfig?, _ bgp: BgpConfig?) {
            texts += [ike?.localId, ike?.remoteId, bgp?.localBgpIp, bgp?.peerBgpIp, bgp?.tunnelCidr]
            secrets += [ike?.psk, bgp?.authKey]
        }
        collect(ikeConfig, vpnBgpConfig)
        for tunnel in tunnelOptions {
            texts += [tunnel.tunnelId, tunnel.customerGatewayId, tunnel.internetIp]
            collect(tunnel.ikeConfig, tunnel.bgpConfig)
        }
        var origins: [Origin] = []
        for case let text? in texts where Masking.isMasked(text.value) { origins.append(text.origin) }
        for case let secret? in secrets where Masking.isMasked(secret.value) { origins.append(secret.origin) }
        return origins
    }
}
