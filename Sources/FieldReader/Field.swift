/// A view of one field of a ``FieldTree``: what it is called, what it holds and where it stands.
public struct Field: Sendable {
    @usableFromInline let storage: FieldStorage
    @usableFromInline let index: Int

    @inlinable
    init(storage: FieldStorage, index: Int) {
        self.storage = storage
        self.index = index
    }

    @inlinable var node: FieldNode { storage.nodes[index] }

    /// What the field holds.
    @inlinable public var kind: FieldKind { node.kind }
    /// Line on which the field begins, counted from 1.
    @inlinable public var line: UInt32 { node.line }
    /// Column on which the field begins, in characters (Unicode scalars), counted from 1; 0 if unknown.
    ///
    /// It is that of the `<` of an XML tag, of the key of a JSON member, of a value in a JSON array.
    @inlinable public var column: UInt32 { node.column }

    /// Number of the name among the caller's ``FieldNames``; `nil` if it is unknown or there is none.
    @inlinable public var nameNumber: Int? {
        let name = node.name
        return name == FieldNames.unknown ? nil : Int(name)
    }

    /// The name without namespace prefix; empty for a JSON document and for elements of a JSON array.
    public var name: String {
        if let nameNumber { return storage.names.strings[nameNumber] }
        let start = Int(node.nameStart)
        return String(decoding: storage.bytes[start..<start + Int(node.nameCount)], as: UTF8.self)
    }

    /// The text as UTF-8, untrimmed; empty for nulls, objects and arrays.
    @inlinable public var utf8: ArraySlice<UInt8> {
        let start = Int(node.textStart)
        return storage.bytes[start..<start + Int(node.textCount)]
    }

    /// The text, untrimmed; empty for nulls, objects and arrays.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The text without blanks, tabs and line breaks at its ends.
    public var trimmedText: String {
        let range = trimmedRange
        return unsafe storage.bytes.withUnsafeBufferPointer {
            unsafe String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
        }
    }

    /// The text as UTF-8 without blanks, tabs and line breaks at its ends.
    public var trimmedUTF8: ArraySlice<UInt8> { storage.bytes[trimmedRange] }

    private var trimmedRange: Range<Int> {
        let node = node
        var start = Int(node.textStart)
        var end = start + Int(node.textCount)
        while start < end, isWhiteSpace(storage.bytes[start]) { start += 1 }
        while end > start, isWhiteSpace(storage.bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The fields within this one, in the order sent.
    @inlinable public var children: Children { Children(parent: self) }

    /// Whether the field stands at the same place of a record that says the same, letter for letter, wherever the two
    /// records stand.
    ///
    /// Both must have been read with the same ``FieldNames``.
    public func isInSameRecord(as other: Field) -> Bool {
        index == other.index && storage.bytes == other.storage.bytes
            && storage.nodes.elementsEqual(other.storage.nodes) { $0.hasSameContent(as: $1) }
    }

    /// Whether a byte stands anywhere in the record's texts and in names that are not known.
    public func recordHas(_ byte: UInt8) -> Bool { storage.bytes.contains(byte) }

    /// The first field of that name within this one.
    public subscript(name: String) -> Field? { children.first { $0.name == name } }

    /// The first field within this one whose name has that number among the known ones.
    public subscript(number: Int) -> Field? { children.first { $0.nameNumber == number } }

    /// The fields directly within a ``Field``.
    public struct Children: Sequence, IteratorProtocol, Sendable {
        @usableFromInline let storage: FieldStorage
        @usableFromInline let end: Int
        @usableFromInline var index: Int

        @inlinable
        init(parent: Field) {
            storage = parent.storage
            end = Int(parent.node.end)
            index = parent.index + 1
        }

        /// The next of the fields.
        @inlinable
        public mutating func next() -> Field? {
            guard index < end else { return nil }
            defer { index = Int(storage.nodes[index].end) }
            return Field(storage: storage, index: index)
        }
    }
}
