/// A record or document as read: fields within fields, in the order sent, each with its place.
///
/// The same tree comes from XML and from JSON. It is an immutable value: all fields stand in one array in
/// the order in which they were met, all text in one run of bytes, so that a tree of a hundred fields
/// costs three allocations and is freed at once.
public struct FieldTree: Sendable {
    @usableFromInline let storage: FieldStorage

    init(nodes: [FieldNode], bytes: [UInt8], names: FieldNames) {
        // A tree always has its root; an empty one is a null, so that `root` needs no optional.
        let nodes = nodes.isEmpty ? [FieldNode()] : nodes
        storage = FieldStorage(nodes: nodes, bytes: bytes, names: names)
    }

    /// The field that holds all others.
    @inlinable public var root: Field { Field(storage: storage, index: 0) }

    /// How many fields the tree holds, the root included.
    public var count: Int { storage.nodes.count }
}

/// What a field holds.
public enum FieldKind: UInt8, Sendable {
    /// Characters: a JSON string, or an XML element without child elements, empty ones included.
    case text
    /// A JSON number; its text is as it stood in the source.
    case number
    /// A JSON `true` or `false`, which is also its text.
    case boolean
    /// A JSON `null`.
    case null
    /// Named fields: a JSON object, or an XML element with child elements.
    case object
    /// Fields without names: a JSON array. XML has none.
    case array
}

/// One field in a ``FieldStorage``: 32 bytes, followed directly by the fields within it.
@usableFromInline
struct FieldNode: Sendable {
    /// Index of the first node that is not within this one: its next sibling, if it has one.
    @usableFromInline var end: UInt32 = 1
    @usableFromInline var textStart: UInt32 = 0
    @usableFromInline var textCount: UInt32 = 0
    /// Where the name stands in the bytes, if it is none of the known ones.
    @usableFromInline var nameStart: UInt32 = 0
    @usableFromInline var nameCount: UInt16 = 0
    /// Number of the name, or `FieldNames.unknown`.
    @usableFromInline var name: UInt16 = FieldNames.unknown
    @usableFromInline var line: UInt32 = 1
    @usableFromInline var column: UInt32 = 1
    @usableFromInline var kind: FieldKind = .null

    @usableFromInline init() {}

    /// Whether two nodes over the same bytes differ at most in where they stood in the source.
    func hasSameContent(as other: FieldNode) -> Bool {
        kind == other.kind && name == other.name && end == other.end && textStart == other.textStart
            && textCount == other.textCount && nameStart == other.nameStart && nameCount == other.nameCount
    }
}

/// What a ``FieldTree`` and its ``Field``s share: one reference, so handing a field on is cheap.
@usableFromInline
final class FieldStorage: Sendable {
    @usableFromInline let nodes: [FieldNode]
    @usableFromInline let bytes: [UInt8]
    @usableFromInline let names: FieldNames

    init(nodes: [FieldNode], bytes: [UInt8], names: FieldNames) {
        self.nodes = nodes
        self.bytes = bytes
        self.names = names
    }
}
