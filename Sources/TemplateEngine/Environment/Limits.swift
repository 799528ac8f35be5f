/// What a template may use before it is stopped.
///
/// The defaults are far above what configurations need and low enough for templates from strangers.
public struct Limits: Sendable, Hashable {
    /// Steps of one rendering: an instruction, an element visited, sixteen bytes of text made.
    public var steps = 50_000_000
    /// Macros and includes inside one another.
    public var depth = 100
    /// Blocks and brackets inside one another.
    public var nesting = 80
    /// Bytes that one rendering may write.
    public var outputBytes = 64 << 20
    /// Bytes of one text that a template computes.
    public var textBytes = 16 << 20
    /// Elements of one list that a template computes.
    public var elements = 1_000_000
    /// Bytes of one template's source.
    public var templateBytes = 1 << 20
    /// Templates that one includes or imports, itself counted.
    public var templates = 256

    /// The default limits.
    public init() {}
}
