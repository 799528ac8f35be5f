/// The shape of a value without the value, for the static check.
public indirect enum Schema: Sendable {
    /// Nothing is known.
    case any
    /// A string.
    case text
    /// A string from outside that may hold anything: not to be printed as it is where the syntax can quote.
    case freeText
    /// A number.
    case int
    /// A truth value.
    case bool
    /// `none` and nothing else.
    case none
    /// May also be `none`.
    case optional(Schema)
    /// A list of such elements.
    case list(of: Schema)
    /// A mapping with keys that are not known before.
    case dict(of: Schema)
    /// A mapping with exactly these keys.
    case record([(String, Schema)])

    /// A mapping with exactly these keys.
    public static func record(_ fields: KeyValuePairs<String, Schema>) -> Schema {
        .record(fields.map { ($0.key, $0.value) })
    }
}
