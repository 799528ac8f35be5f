public import CloudAPI

/// Turns keys into fingerprints: whoever has the fingerprint key sees *that* a key changed, and nobody without it
/// can try out keys against a fingerprint.
public struct FingerprintKey: Sendable {
    private let key: [UInt8]

    /// Bytes that a fingerprint key must have at least: as many as the hash is long (RFC 2104, section 3).
    public static let minimumLength = 32

    /// Takes the content of a key file.
    ///
    /// `nil` when it is too short to withstand guessing.
    public init?(_ content: [UInt8]) {
        var key = content
        while let last = key.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { key.removeLast() }
        guard key.count >= Self.minimumLength else { return nil }
        self.key = key
    }

    /// Sixteen hexadecimal digits: HMAC-SHA-256 over what the key is for and the key.
    ///
    /// The purpose goes in, so that equal keys of two tunnels can't be told apart from different ones.
    public func fingerprint(of secret: Secret, purpose: String) -> String {
        let message = Array(purpose.utf8) + [0] + Array(secret.reveal().utf8)
        let digits = Array("0123456789abcdef".unicodeScalars)
        var text = String.UnicodeScalarView()
        for byte in SHA256.authenticate(message, key: key).prefix(8) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(text)
    }
}
