import TestSupport

/// Answers that differ in their keys alone.
enum KeyAnswer {
    static func connection(_ number: Int, key: String, version: String = "ikev2") -> AnswerNode {
        let address = (number / 250 + 100, number % 250 + 1)
        let ike: [(String, AnswerNode)] = [
            ("IkeVersion", .text(version)), ("IkeMode", .text("main")), ("IkeEncAlg", .text("aes256")),
            ("IkeAuthAlg", .text("sha256")), ("IkePfs", .text("group14")), ("IkeLifetime", .number(86_400)),
            ("LocalId", .text("203.0.\(address.0).\(address.1)")),
            ("RemoteId", .text("198.51.\(address.0).\(address.1)")),
            ("Psk", .text(key)),
        ]
        let ipsec: [(String, AnswerNode)] = [
            ("IpsecEncAlg", .text("aes256")), ("IpsecAuthAlg", .text("sha256")), ("IpsecPfs", .text("group14")),
            ("IpsecLifetime", .number(3600)),
        ]
        return .object([
            ("VpnConnectionId", .text("vco-key\(number)")), ("State", .text("active")),
            ("LocalSubnet", .text("10.\(number % 250).0.0/16")), ("RemoteSubnet", .text("172.16.\(number % 250).0/24")),
            ("IkeConfig", .object(ike)),
            ("IpsecConfig", .object(ipsec)),
        ])
    }
}
