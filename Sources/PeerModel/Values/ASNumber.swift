/// A BGP autonomous system number (RFC 6793), 1…4294967295.
public struct ASNumber: Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let value: UInt32

    /// Wraps a number; 0 is reserved (RFC 7607) and refused.
    public init?(_ value: UInt32) {
        guard value > 0 else { return nil }
        self.value = value
    }

    /// Reads a plain number or the dotted form `high.low` (RFC 5396): 123.456 is 123 · 65536 + 456.
    public init?(text: String) {
        if let plain = UInt32(text), text.utf8.first != UInt8(ascii: "+") {
            self.init(plain)
            return
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let high = UInt16(parts[0]), let low = UInt16(parts[1]),
            !text.utf8.contains(UInt8(ascii: "+"))
        else { return nil }
        self.init(UInt32(high) << 16 | UInt32(low))
    }

    /// The plain number.
    public var description: String { String(value) }

    /// The number the cloud uses unless told otherwise (api.md 3.1); customer gateways may not have it.
    public static let cloudDefault: UInt32 = 45104

    /// Whether RFC 6996 reserves it for private use.
    public var isPrivate: Bool {
        (64_512...65_534).contains(value) || (4_200_000_000...4_294_967_294).contains(value)
    }
}
