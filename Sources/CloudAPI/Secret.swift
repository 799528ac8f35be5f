/// A pre-shared key or BGP key, which can be compared and used, but never printed by accident.
///
/// Neither interpolation nor `dump` nor a failing `#expect` shows its content; the one way to it is
/// ``reveal()``, so that a search for this word finds every place where a key leaves the type.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let content: String
    /// Whether it only takes the place of a key that is not at hand.
    public let isStandIn: Bool

    /// Takes charge of a key.
    public init(_ content: String) {
        self.content = content
        isStandIn = false
    }

    private init(standIn: String) {
        content = standIn
        isStandIn = true
    }

    /// Takes the place of a key that is not at hand, where no output depends on what it is.
    public static let standIn = Secret(standIn: "NotAvailable")

    /// Whether two keys are the same as far as is known: a stand-in may be any.
    public func mayEqual(_ other: Secret) -> Bool { isStandIn || other.isStandIn || content == other.content }

    /// The key itself, for the code that writes or measures it.
    public func reveal() -> String { content }

    /// Always `<secret>`.
    public var description: String { "<secret>" }
    /// Always `<secret>`.
    public var debugDescription: String { description }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
