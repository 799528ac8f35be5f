import CloudAPI
public import Findings
import PeerModel

/// Keys: measured and compared, never shown.
extension Lint {
    /// Whether a rule is about what a key is.
    public static func isAboutKeys(_ rule: RuleID) -> Bool {
        ["PC141", "PC142", "PC143", "PC144", "PC145", "PC146", "PC148", "PC149"].contains(rule.rawValue)
    }

    mutating func checkKeys(_ tunnel: Tunnel, _ connection: Connection) {
        let key = tunnel.presharedKey
        checkKey(key, "pre-shared key", tunnel, connection)
        guard let bgpKey = tunnel.bgp?.key else { return }
        if bgpKey.value == key.value {
            report(
                "PC146", "the BGP key is the pre-shared key", at: bgpKey.origin, connection, tunnel)
        } else {
            checkBGPKey(bgpKey, tunnel, connection)
        }
    }

    private mutating func checkKey(
        _ key: Located<Secret>, _ kind: String, _ tunnel: Tunnel, _ connection: Connection
    ) {
        let text = key.value.reveal()
        guard !KnownWords.documentationKeys.contains(text.lowercased()) else {
            report("PC142", "the \(kind) is one that stands in documentation", at: key.origin, connection, tunnel)
            return
        }
        let strength = KeyStrength(text)
        let message = "the \(kind) has about \(strength.bits) bits at most"
        let isHopeless = reportLimit(
            "PC141", "psk_bits_low", strength.bits, at: key.origin, connection, tunnel
        ) {
            "\(message), less than \($0): it can be guessed"
        }
        if !isHopeless {
            reportLimit("PC141", "psk_bits", strength.bits, at: key.origin, connection, tunnel) {
                "\(message), less than \($0)"
            }
        }
        if strength.isMostlyPatterns {
            report("PC143", "the \(kind) is made of words, runs or years", at: key.origin, connection, tunnel)
        }
        if strength.isRepetitive {
            report("PC144", "the \(kind) repeats itself", at: key.origin, connection, tunnel)
        }
        if isMadeOfPublicFacts(text.lowercased(), tunnel, connection) {
            report(
                "PC145", "the \(kind) is made from names, ids or addresses that are no secret", at: key.origin,
                connection, tunnel)
        }
    }

    /// TCP MD5 is only as good as its key, but it works inside an encrypted tunnel: one rule for all of it.
    private mutating func checkBGPKey(_ key: Located<Secret>, _ tunnel: Tunnel, _ connection: Connection) {
        let text = key.value.reveal()
        let strength = KeyStrength(text)
        if KnownWords.documentationKeys.contains(text.lowercased()) {
            report("PC142", "the BGP key is one that stands in documentation", at: key.origin, connection, tunnel)
        } else if strength.bits < 64 {
            report("PC149", "the BGP key has about \(strength.bits) bits at most", at: key.origin, connection, tunnel)
        }
    }

    private func isMadeOfPublicFacts(_ key: String, _ tunnel: Tunnel, _ connection: Connection) -> Bool {
        var facts: [String?] = [
            connection.id.value, connection.name?.value, tunnel.id.value, tunnel.device.customerGateway?.value,
            tunnel.cloud.address?.value.description, tunnel.device.address?.value.description,
            tunnel.cloud.identity?.value.text, tunnel.device.identity?.value.text,
        ]
        if case .vpnGateway(let id) = connection.attachment { facts.append(id.value) }
        facts += connection.tags.map(\.value.value)
        // A fact of a few letters would be found in good keys by chance.
        let key = Array(key.utf8)
        return facts.contains { fact in
            guard let fact, fact.utf8.count >= 5 else { return false }
            return key.holds(Array(fact.lowercased().utf8))
        }
    }

    /// Keys of different tunnels that are made after one pattern: whoever knows one knows the next.
    ///
    /// Equal keys are the model's to tell (PC273).
    mutating func checkRelatedKeys(_ connections: [Connection]) {
        var groups: [String: [(key: Secret, tunnel: Tunnel, connection: Connection)]] = [:]
        for connection in connections {
            for tunnel in connection.tunnels {
                let key = tunnel.presharedKey.value
                let letters = key.reveal().unicodeScalars.filter { !("0"..."9").contains($0) }
                guard letters.count >= 5, letters.count < key.reveal().unicodeScalars.count else { continue }
                groups[String(String.UnicodeScalarView(letters)), default: []].append((key, tunnel, connection))
            }
        }
        // Ordered by ids: the order must not depend on the keys.
        let related = groups.values.filter { group in Set(group.map(\.key)).count > 1 }
            .map { $0.sorted { $0.tunnel.id.value < $1.tunnel.id.value } }
        for group in related.sorted(by: { $0[0].tunnel.id.value < $1[0].tunnel.id.value }) {
            let others = group.dropFirst().prefix(5).map(\.tunnel.id.value)
            let more = group.count > 6 ? ["\(group.count - 6) more"] : []
            report(
                "PC148",
                "the pre-shared key differs from that of \((others + more).joined(separator: ", ")) by digits only",
                at: group[0].tunnel.presharedKey.origin, group[0].connection, group[0].tunnel)
        }
    }
}

extension [UInt8] {
    /// Whether another text stands in it: keys are ASCII, so bytes say it all, and many times quicker than characters.
    fileprivate func holds(_ other: [UInt8]) -> Bool {
        guard other.count <= count else { return false }
        return (0...count - other.count).contains { self[$0...].starts(with: other) }
    }
}
