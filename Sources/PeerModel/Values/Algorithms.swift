/// A closed set of values the API spells in its own way.
///
/// The raw value is the API's spelling; reading ignores case, as the service's documents mix it.
public protocol APIValue: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    /// What a person calls this kind of value, such as "encryption algorithm".
    static var kind: String { get }
    /// The values that some device can be given: what a message about an unknown one lists.
    static var usable: [Self] { get }
}

extension APIValue {
    /// All of them.
    public static var usable: [Self] { Array(allCases) }
}

extension APIValue {
    /// Reads the API's spelling.
    public init?(apiText: String) {
        if let exact = Self(rawValue: apiText) {
            self = exact
        } else {
            self.init(rawValue: apiText.lowercased())
        }
    }
}

/// The version of the key exchange.
public enum IKEVersion: String, APIValue {
    /// RFC 2409.
    case ikev1
    /// RFC 7296.
    case ikev2

    /// "IKE version".
    public static var kind: String { "IKE version" }

    /// 1 or 2.
    public var number: Int { self == .ikev1 ? 1 : 2 }
}

/// The phase-1 exchange of IKEv1.
///
/// It has no meaning in IKEv2.
public enum IKEMode: String, APIValue {
    /// Main Mode: six messages, identities protected.
    case main
    /// Aggressive Mode: three messages, identities in clear.
    case aggressive

    /// "IKE negotiation mode".
    public static var kind: String { "IKE negotiation mode" }
}

/// A cipher of phase 1 or 2, always in CBC mode: the API offers nothing else.
public enum Encryption: String, APIValue {
    /// AES with a key of 128 bits: the API's `aes` (api.md 3.1).
    case aes128 = "aes"
    /// AES with a key of 192 bits.
    case aes192
    /// AES with a key of 256 bits.
    case aes256
    /// DES, 56 bits.
    case des
    /// Triple DES.
    case tripleDES = "3des"
    /// SM4 of ShangMi gateways.
    case sm4

    /// "encryption algorithm".
    public static var kind: String { "encryption algorithm" }

    /// The unambiguous name, with the key length: as the API's, but for `aes128`.
    public var name: String { self == .aes128 ? "aes128" : rawValue }

    /// Whether only ShangMi gateways use it.
    public var isShangMi: Bool { self == .sm4 }

    /// All but SM4, which no pack renders.
    public static var usable: [Encryption] { allCases.filter { !$0.isShangMi } }
}

/// A keyed hash of phase 1 or 2: HMAC with the usual truncation (RFC 4868).
///
/// It is the PRF of phase 1 as well.
public enum Integrity: String, APIValue {
    /// HMAC-MD5-96.
    case md5
    /// HMAC-SHA1-96.
    case sha1
    /// HMAC-SHA2-256-128.
    case sha256
    /// HMAC-SHA2-384-192.
    case sha384
    /// HMAC-SHA2-512-256.
    case sha512
    /// SM3 of ShangMi gateways.
    case sm3

    /// "authentication algorithm".
    public static var kind: String { "authentication algorithm" }

    /// The name, as the API's.
    public var name: String { rawValue }

    /// Whether only ShangMi gateways use it.
    public var isShangMi: Bool { self == .sm3 }

    /// All but SM3, which no pack renders.
    public static var usable: [Integrity] { allCases.filter { !$0.isShangMi } }
}

/// A Diffie-Hellman group by its IANA number.
public enum DHGroup: String, APIValue {
    /// MODP of 768 bits.
    case group1
    /// MODP of 1024 bits.
    case group2
    /// MODP of 1536 bits.
    case group5
    /// MODP of 2048 bits.
    case group14

    /// "Diffie-Hellman group".
    public static var kind: String { "Diffie-Hellman group" }

    /// The name, as the API's.
    public var name: String { rawValue }

    /// IANA's transform number.
    public var number: Int {
        switch self {
        case .group1: 1
        case .group2: 2
        case .group5: 5
        case .group14: 14
        }
    }

    /// Length of the modulus in bits.
    public var bits: Int {
        switch self {
        case .group1: 768
        case .group2: 1024
        case .group5: 1536
        case .group14: 2048
        }
    }
}

/// Perfect forward secrecy of phase 2.
public enum PerfectForwardSecrecy: Hashable, Sendable {
    /// No Diffie-Hellman exchange in phase 2: the API's `disabled`.
    case disabled
    /// A new exchange with this group for every phase-2 key.
    case group(DHGroup)

    /// The API's spellings.
    public static var knownValues: [String] { ["disabled"] + DHGroup.allCases.map(\.rawValue) }

    /// Reads the API's spelling.
    public init?(apiText: String) {
        if apiText.lowercased() == "disabled" {
            self = .disabled
        } else if let group = DHGroup(apiText: apiText) {
            self = .group(group)
        } else {
            return nil
        }
    }

    /// The group, or `nil` when disabled.
    public var group: DHGroup? {
        if case .group(let group) = self { group } else { nil }
    }
}
