/// An IPv4 network in CIDR notation, host bits zero.
public struct IPv4Network: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first address.
    public let address: IPv4Address
    /// Number of network bits, 0…32.
    public let prefixLength: Int

    /// The network of the given length around an address; host bits are cleared.
    ///
    /// `nil` outside 0…32.
    public init?(around address: IPv4Address, prefixLength: Int) {
        guard (0...32).contains(prefixLength) else { return nil }
        self.init(masking: address, to: prefixLength)
    }

    private init(masking address: IPv4Address, to prefixLength: Int) {
        self.address = IPv4Address(bits: address.bits & Self.mask(prefixLength))
        self.prefixLength = prefixLength
    }

    /// What reading a network found: the network, and whether host bits had to be cleared.
    public struct Parsed: Hashable, Sendable {
        /// The network with host bits cleared.
        public var network: IPv4Network
        /// Whether the text had bits set beyond the prefix.
        public var hadHostBits: Bool
    }

    /// Reads `address/length`; an address alone is a /32.
    public static func parse(_ text: some StringProtocol) -> Parsed? {
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
        guard let address = IPv4Address(text[..<(slash ?? text.endIndex)]) else { return nil }
        var length = 32
        if let slash {
            let digits = text[slash...].dropFirst()
            guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
                digits.utf8.count == 1 || digits.utf8.first != 48, let number = Int(digits), number <= 32
            else { return nil }
            length = number
        }
        let network = IPv4Network(masking: address, to: length)
        return Parsed(network: network, hadHostBits: network.address != address)
    }

    /// 0.0.0.0/0.
    public static let any = IPv4Network(masking: IPv4Address(bits: 0), to: 0)

    /// 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918).
    public static let privateSpaces = [
        IPv4Network(masking: IPv4Address(bits: 0x0A00_0000), to: 8),
        IPv4Network(masking: IPv4Address(bits: 0xAC10_0000), to: 12),
        IPv4Network(masking: IPv4Address(bits: 0xC0A8_0000), to: 16),
    ]

    /// 100.64.0.0/10 (RFC 6598); the cloud uses it for its own services (api.md 3.9).
    public static let sharedAddressSpace = IPv4Network(masking: IPv4Address(bits: 0x6440_0000), to: 10)

    /// 169.254.0.0/16 (RFC 3927).
    public static let linkLocal = IPv4Network(masking: IPv4Address(bits: 0xA9FE_0000), to: 16)

    /// CIDR notation.
    public var description: String { address.description + Self.suffixes[prefixLength] }

    private static let suffixes = (0...32).map { "/\($0)" }

    /// The netmask, such as 255.255.0.0.
    public var netmask: IPv4Address { IPv4Address(bits: Self.mask(prefixLength)) }

    /// The netmask inverted, such as 0.0.255.255, as Cisco's access lists want it.
    public var wildcard: IPv4Address { IPv4Address(bits: ~Self.mask(prefixLength)) }

    /// The last address.
    public var last: IPv4Address { IPv4Address(bits: address.bits | wildcard.bits) }

    /// Whether the address lies in the network.
    public func contains(_ other: IPv4Address) -> Bool {
        other.bits & Self.mask(prefixLength) == address.bits
    }

    /// Whether the other network lies wholly in this one.
    public func contains(_ other: IPv4Network) -> Bool {
        prefixLength <= other.prefixLength && contains(other.address)
    }

    /// Whether the two share an address.
    public func overlaps(_ other: IPv4Network) -> Bool {
        contains(other) || other.contains(self)
    }

    /// Whether the address is one of the usable hosts: neither the network's nor the broadcast address.
    public func isHost(_ other: IPv4Address) -> Bool {
        contains(other) && (prefixLength >= 31 || (other != address && other != last))
    }

    /// Orders by address, then the larger network first.
    public static func < (a: IPv4Network, b: IPv4Network) -> Bool {
        (a.address, a.prefixLength) < (b.address, b.prefixLength)
    }

    private static func mask(_ prefixLength: Int) -> UInt32 {
        prefixLength == 0 ? 0 : ~0 << UInt32(32 - prefixLength)
    }
}
