/// How large and how deep input may be before reading refuses it.
///
/// Real answers stay far below: a connection has about 75 fields, 2 KB of text and six levels. The limits
/// bound memory on hostile or mistaken input; the length of a document is not limited.
public struct ReadLimits: Sendable {
    /// Levels of fields within fields, the root's included.
    public var depth: Int
    /// Bytes of text and unknown names in one record, or in all that is not part of a record.
    public var bytes: Int
    /// Fields in one record, or in all that is not part of a record.
    public var fields: Int

    /// Sets limits; the defaults suit records of API answers.
    public init(depth: Int = 64, bytes: Int = 4 << 20, fields: Int = 100_000) {
        self.depth = depth
        self.bytes = min(bytes, Int(Int32.max))
        self.fields = min(fields, Int(Int32.max))
    }

    /// For JSON read whole, such as a template's context: 64 MiB of text, a million fields.
    public static let wholeDocument = ReadLimits(bytes: 64 << 20, fields: 1_000_000)
}
