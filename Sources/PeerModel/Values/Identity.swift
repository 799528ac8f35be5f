/// Who an end of a tunnel claims to be in IKE (RFC 7296, 3.5).
public struct Identity: Hashable, Sendable {
    /// The text as the API has it.
    public let text: String
    /// The type of identification payload it stands for.
    public let kind: Kind

    /// Types of identification payloads.
    public enum Kind: String, Sendable, CaseIterable {
        /// `ID_IPV4_ADDR`.
        case address
        /// `ID_FQDN`.
        case domainName
        /// `ID_RFC822_ADDR`.
        case email
        /// `ID_DER_ASN1_DN`, of certificates.
        case distinguishedName
    }

    /// Types a text as the service does: an IPv4 address; with `=` and `,` a distinguished name; with `@`
    /// an e-mail address; else a domain name (api.md 2.4).
    ///
    /// strongSwan reads a leading `@` as a mark instead: `@foo` is the domain name `foo`, `@@foo` the e-mail address
    /// `foo`, `@#` begins a key id in hexadecimal digits (`identification_create_from_string` in identification.c;
    /// docs.strongswan.org, Identity Parsing). Which of the two the service does nobody outside can see, so the
    /// document is followed, and ``isAmbiguous`` has the reader warned (PC238).
    public init(_ text: String) {
        self.text = text
        if IPv4Address(text) != nil {
            kind = .address
        } else if text.utf8.contains(UInt8(ascii: "=")), text.utf8.contains(UInt8(ascii: ",")) {
            kind = .distinguishedName
        } else if text.utf8.contains(UInt8(ascii: "@")) {
            kind = .email
        } else {
            kind = .domainName
        }
    }

    /// The address, where the identity is one.
    public var address: IPv4Address? { kind == .address ? IPv4Address(text) : nil }

    /// Whether a device that guesses the type from the plain text would take another one.
    ///
    /// strongSwan, and VyOS with it, read `=` as a distinguished name or key id, a leading `@` as a domain
    /// name without it, `:` as a key id, a slash as a network, a hyphen between addresses as a range, `%any`, `*` and 0.0.0.0 as anybody
    /// (devices.md 1.2; strongSwan `identification_create_from_string`).
    public var isAmbiguous: Bool {
        switch kind {
        case .address:
            text == "0.0.0.0"
        case .email:
            text.utf8.first == UInt8(ascii: "@") || containsAny("=:/*%")
        case .domainName:
            containsAny("=:/*%") || text.isEmpty || isAddressRange
        case .distinguishedName:
            false
        }
    }

    /// strongSwan reads `192.0.2.1-192.0.2.9` as a range of addresses.
    private var isAddressRange: Bool {
        text.split(separator: "-", maxSplits: 1).first.map { IPv4Address(String($0)) != nil } ?? false
    }

    private func containsAny(_ characters: StaticString) -> Bool {
        let set = characters.description.utf8
        return text.utf8.contains { set.contains($0) }
    }
}
