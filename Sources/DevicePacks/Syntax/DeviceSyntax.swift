public import TemplateEngine

/// The quoting rules of one configuration syntax: the one part of a pack that is code.
///
/// A manifest names its syntax (`quoting = "swanctl"`); templates reach it by the filters `quoted` and
/// `remark`, and by what they may print bare.
public struct DeviceSyntax: Sendable {
    /// The name in manifests.
    public let name: String
    /// What templates may print bare, quote and make remarks of.
    public let rules: OutputRules
    /// The form in which the syntax can carry a key unchanged.
    ///
    /// Throws where it can't, naming the character; never the key.
    public let key: @Sendable (String, KeyUse) throws(FilterFailure) -> EncodedKey

    /// All syntaxes, by name.
    public static let all: [String: DeviceSyntax] = Dictionary(
        uniqueKeysWithValues: [swanctl, ios, comware, ipsec, ipsecSecrets, frr, shell, vyos, vyos13].map {
            ($0.name, $0)
        })
}

/// What a key is for: devices treat them differently.
public enum KeyUse: String, Sendable {
    /// The pre-shared key of IKE.
    case presharedKey = "pre-shared key"
    /// The TCP MD5 key of BGP.
    case bgpKey = "BGP key"
}

/// A key as the syntax can carry it; still to be quoted like any other text.
public struct EncodedKey: Sendable {
    /// The text to write.
    public var text: String
    /// Whether the text is the hexadecimal form of the key's bytes.
    public var isHexadecimal: Bool

    /// Creates an encoded key.
    public init(_ text: String, isHexadecimal: Bool = false) {
        self.text = text
        self.isHexadecimal = isHexadecimal
    }
}
