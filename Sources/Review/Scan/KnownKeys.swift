public import CloudAPI
import Findings
import PeerModel

/// Keys that must not stand in files, each in the forms in which device files and answers write one.
public struct KnownKeys: Sendable {
    private struct Form: Sendable {
        var name: String
        var bytes: [UInt8]
    }

    /// Shorter texts may be a part of any word: they count only where no letter or digit adjoins.
    private static let shortLength = 8

    /// Forms by their first two bytes, or the only one, so that a text is gone through once for all keys.
    private var forms: [UInt16: [Form]] = [:]
    private var seen: Set<Secret> = []

    /// No keys.
    public init() {}

    /// How many different keys there are.
    public var count: Int { seen.count }

    /// Adds a key; masked and empty ones are none.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - name: what it is, such as `the pre-shared key of tun-…`.
    public mutating func add(_ key: Secret?, _ name: String) {
        guard let key, !key.reveal().isEmpty, !Masking.isMasked(key), seen.insert(key).inserted else { return }
        let bytes = Array(key.reveal().utf8)
        var forms = [bytes]
        let digits = "0123456789abcdef"
        let others = [
            Self.backslashed(bytes), Self.forXML(bytes), Self.base64(bytes),
            Self.hexadecimal(bytes, digits), Self.hexadecimal(bytes, digits.uppercased()),
        ]
        for form in others where !forms.contains(form) { forms.append(form) }
        for form in forms { self.forms[Self.start(form[...]), default: []].append(Form(name: name, bytes: form)) }
    }

    /// Adds all keys of answers.
    public mutating func add(_ answers: ResponseSet) {
        for connection in answers.connections {
            let id = connection.vpnConnectionId.value
            add(connection.ikeConfig?.psk?.value, "the pre-shared key of \(id)")
            add(connection.vpnBgpConfig?.authKey?.value, "the BGP key of \(id)")
            for tunnel in connection.tunnelOptions {
                let id = tunnel.tunnelId?.value ?? id
                add(tunnel.ikeConfig?.psk?.value, "the pre-shared key of \(id)")
                add(tunnel.bgpConfig?.authKey?.value, "the BGP key of \(id)")
            }
        }
        for gateway in answers.customerGateways {
            add(gateway.authKey?.value, "the BGP key of \(gateway.customerGatewayId.value)")
        }
        for config in answers.peerConfigs {
            for key in [config.ikeConfig] + config.tunnels.map(\.ikeConfig) {
                add(key?.psk?.value, "the pre-shared key of a downloaded configuration")
            }
        }
    }

    /// The names of the keys that stand in a text, by the place where each does.
    func places(in text: [UInt8]) -> [(name: String, offset: Int)] {
        var places: [(name: String, offset: Int)] = []
        for offset in text.indices {
            let rest = text[offset...]
            // A key of one character is filed under it alone.
            let last = Self.start(rest.prefix(1))
            for start in rest.count > 1 ? [Self.start(rest), last] : [last] {
                for form in forms[start] ?? [] where rest.starts(with: form.bytes) {
                    let end = offset + form.bytes.count
                    let adjoins =
                        (offset > 0 && Self.isWord(text[offset - 1])) || (end < text.count && Self.isWord(text[end]))
                    if form.bytes.count >= Self.shortLength || !adjoins { places.append((form.name, offset)) }
                }
            }
        }
        return places
    }

    private static func start(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        let first = UInt16(bytes.first ?? 0)
        return bytes.count > 1 ? first << 8 | UInt16(bytes[bytes.startIndex + 1]) : first
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension KnownKeys {
    /// As JSON and most device languages write quotes and backslashes in quoted text.
    private static func backslashed(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
    }

    private static func forXML(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: ">"): Array("&gt;".utf8)
            default: [byte]
            }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8], _ alphabet: String) -> [UInt8] {
        let digits = Array(alphabet.utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// RFC 4648, section 4.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                result.append(
                    place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }
}
