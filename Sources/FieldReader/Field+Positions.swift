// A second way to walk a tree, for code that visits every field of every record: positions are plain
// integers, while each `Field` made costs a reference count.

extension Field {
    /// Positions in the tree of the fields within this one, in the order sent.
    @inlinable public var childPositions: ChildPositions { ChildPositions(parent: self) }

    /// The field of this tree at a position that ``childPositions`` gave.
    @inlinable
    public subscript(position position: Int) -> Field { Field(storage: storage, index: position) }

    /// Number of the name of the field at a position, if it is a known one.
    @inlinable
    public func nameNumber(at position: Int) -> Int? {
        let name = storage.nodes[position].name
        return name == FieldNames.unknown ? nil : Int(name)
    }

    /// Whether the field at a position is a null or a text of white space only, as one without value is sent.
    @inlinable
    public func isBlank(at position: Int) -> Bool {
        let node = storage.nodes[position]
        if node.kind != .text { return node.kind == .null }
        let start = Int(node.textStart)
        for index in start..<start + Int(node.textCount) where !isWhiteSpace(storage.bytes[index]) {
            return false
        }
        return true
    }

    /// Positions of the fields directly within a ``Field``.
    public struct ChildPositions: Sequence, IteratorProtocol, Sendable {
        @usableFromInline let storage: FieldStorage
        @usableFromInline let end: Int
        @usableFromInline var position: Int

        @inlinable
        init(parent: Field) {
            storage = parent.storage
            end = Int(parent.node.end)
            position = parent.index + 1
        }

        /// The next of the positions.
        @inlinable
        public mutating func next() -> Int? {
            guard position < end else { return nil }
            defer { position = Int(storage.nodes[position].end) }
            return position
        }
    }
}

/// Whether a byte is white space for XML and JSON alike: blank, tab, line feed, carriage return.
@inlinable
@inline(__always)
func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
}
