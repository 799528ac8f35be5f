public import CloudAPI
import Findings

/// Documentation, screenshots and careful colleagues mask values; a device must never be given one.
public enum Masking {
    /// Whether a text is masked: `****`, or an address with `XX` or `xx` for octets (api.md 8, point 4).
    static func isMasked(_ text: String) -> Bool {
        let bytes = text.utf8
        var (stars, dots, length, crosses) = (0, 0, 0, 0)
        var hasMaskedPart = false
        for byte in bytes {
            stars = byte == UInt8(ascii: "*") ? stars + 1 : 0
            if stars == 4 { return true }
            if byte == UInt8(ascii: ".") {
                hasMaskedPart = hasMaskedPart || crosses == length && (2...3).contains(length)
                (dots, length, crosses) = (dots + 1, 0, 0)
            } else {
                length += 1
                if byte | 0x20 == UInt8(ascii: "x") { crosses += 1 }
            }
        }
        return dots == 3 && (hasMaskedPart || crosses == length && (2...3).contains(length))
    }

    /// Whether a key is masked: `****` in it, or nothing but asterisks.
    public static func isMasked(_ secret: Secret) -> Bool {
        let bytes = secret.reveal().utf8
        var (stars, others) = (0, 0)
        for byte in bytes {
            if byte != UInt8(ascii: "*") { others += 1 }
            stars = byte == UInt8(ascii: "*") ? stars + 1 : 0
            if stars == 4 { return true }
        }
        return others == 0 && !bytes.isEmpty
    }
}

extension VPNConnection {
    /// Origins of all masked values that a device would be configured with.
    var maskedFields: [Origin] {
        var (texts, secrets): ([Origin], [Origin]) = ([], [])
        func look(at text: Located<String>?) {
            if let text, Masking.isMasked(text.value) { texts.append(text.origin) }
        }
        func look(at secret: Located<Secret>?) {
            if let secret, Masking.isMasked(secret.value) { secrets.append(secret.origin) }
        }
        func look(into ike: IkeConfig?, _ bgp: BgpConfig?) {
            look(at: ike?.localId)
            look(at: ike?.remoteId)
            look(at: bgp?.localBgpIp)
            look(at: bgp?.peerBgpIp)
            look(at: bgp?.tunnelCidr)
            look(at: ike?.psk)
            look(at: bgp?.authKey)
        }
        look(at: self.vpnConnectionId)
        look(at: self.vpnGatewayId)
        look(at: self.customerGatewayId)
        look(at: self.internetIp)
        look(at: self.localSubnet)
        look(at: self.remoteSubnet)
        look(into: self.ikeConfig, self.vpnBgpConfig)
        for tunnel in self.tunnelOptions {
            look(at: tunnel.tunnelId)
            look(at: tunnel.customerGatewayId)
            look(at: tunnel.internetIp)
            look(into: tunnel.ikeConfig, tunnel.bgpConfig)
        }
        return texts + secrets
    }
}
