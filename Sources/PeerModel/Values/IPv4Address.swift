/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The 32 bits, first octet highest.
    public var bits: UInt32

    /// Wraps 32 bits.
    public init(bits: UInt32) { self.bits = bits }

    /// Reads four decimal octets.
    ///
    /// Strict: no blanks, no shortened forms, and no leading zeros, which some programs read as octal.
    public init?(_ text: some StringProtocol) {
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var octets = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard digits == 0 || octet != 0 else { return nil }
                octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                guard octet <= 255 else { return nil }
            case UInt8(ascii: "."):
                guard digits > 0, octets < 3 else { return nil }
                bits = bits << 8 | octet
                octets += 1
                octet = 0
                digits = 0
            default:
                return nil
            }
        }
        guard digits > 0, octets == 3 else { return nil }
        self.bits = bits << 8 | octet
    }

    /// Dotted decimal form.
    public var description: String {
        // Bytes are many times quicker than strings that are put together, and fleets have many addresses.
        var text: [UInt8] = []
        text.reserveCapacity(15)
        for shift in [24, 16, 8, 0] as [UInt32] {
            let octet = UInt8(truncatingIfNeeded: bits >> shift)
            if octet >= 100 { text.append(UInt8(ascii: "0") + octet / 100) }
            if octet >= 10 { text.append(UInt8(ascii: "0") + octet / 10 % 10) }
            text.append(UInt8(ascii: "0") + octet % 10)
            if shift > 0 { text.append(UInt8(ascii: ".")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Orders by number.
    public static func < (a: IPv4Address, b: IPv4Address) -> Bool { a.bits < b.bits }

    private static let privateSpaces = IPv4Network.privateSpaces + [.sharedAddressSpace, .linkLocal]

    /// Whether RFC 1918, RFC 6598 or link-local space holds it: such an address is never seen on the Internet.
    public var isPrivate: Bool {
        Self.privateSpaces.contains { $0.contains(self) }
    }
}
