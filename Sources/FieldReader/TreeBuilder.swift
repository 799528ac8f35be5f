/// A ``FieldTree`` in the making: fields are opened, given text and closed.
///
/// XML tells only at the end of an element whether it was text or an object, so the first text in it is
/// kept until then. Text of what is known to be an object must be white space and is dropped.
struct TreeBuilder {
    private var nodes: [FieldNode] = []
    private var bytes: [UInt8] = []
    /// Index of the innermost open field; while a field is open, its `end` is that of its parent plus one.
    private var innermost = -1
    /// Whether text belongs to the innermost open field, because no field within it has been met.
    private var collectsText = false
    private let limits: ReadLimits

    init(limits: ReadLimits) {
        self.limits = limits
    }

    /// Number of the innermost open field's name.
    var innermostName: UInt16 { innermost < 0 ? FieldNames.unknown : nodes[innermost].name }

    /// Opens a field within the innermost open one.
    @inline(__always)
    mutating func open(_ head: FieldHead, unknownName: Span<UInt8>) throws(ReadProblem.Kind) {
        if collectsText { try becomeObject() }
        guard nodes.count < limits.fields else { throw .tooLarge }
        var node = FieldNode()
        node.name = head.name
        node.kind = head.kind
        node.line = head.line
        node.column = head.column
        if head.name == FieldNames.unknown, !unknownName.isEmpty {
            guard unknownName.count <= Int(UInt16.max) else { throw .tooLarge }
            node.nameStart = UInt32(truncatingIfNeeded: bytes.count)
            node.nameCount = UInt16(truncatingIfNeeded: unknownName.count)
            try appendBytes(unknownName)
        }
        node.textStart = UInt32(truncatingIfNeeded: bytes.count)
        node.end = UInt32(truncatingIfNeeded: innermost + 1)
        innermost = nodes.count
        nodes.append(node)
        collectsText = true
    }

    /// Adds text to the innermost open field.
    ///
    /// - Throws: `strayText` if that is an object and the text more than white space.
    @inline(__always)
    mutating func append(_ text: Span<UInt8>) throws(ReadProblem.Kind) {
        if collectsText {
            try appendBytes(text)
        } else {
            for index in text.indices where !isWhiteSpace(text[index]) { throw .strayText }
        }
    }

    @inline(__always)
    private mutating func appendBytes(_ text: Span<UInt8>) throws(ReadProblem.Kind) {
        guard bytes.count + text.count <= limits.bytes else { throw .tooLarge }
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Says that the innermost open field is a list whose items are kept elsewhere.
    mutating func markAsContainer() throws(ReadProblem.Kind) {
        if collectsText { try becomeObject() }
    }

    /// The few blanks before the first field of an object stay among the bytes; no field refers to them.
    private mutating func becomeObject() throws(ReadProblem.Kind) {
        collectsText = false
        guard innermost >= 0, nodes[innermost].kind == .text else { return }
        for position in Int(nodes[innermost].textStart)..<bytes.count where !isWhiteSpace(bytes[position]) {
            throw .strayText
        }
        nodes[innermost].kind = .object
    }

    /// Closes the innermost open field.
    @inline(__always)
    mutating func close() {
        guard innermost >= 0 else { return }
        let parent = nodes[innermost].close(end: nodes.count, textEnd: collectsText ? bytes.count : nil)
        innermost = parent
        collectsText = false
    }

    /// Hands out the tree and starts anew, expecting the next one to be about as large.
    mutating func finish(names: FieldNames) -> FieldTree {
        let tree = FieldTree(nodes: nodes, bytes: bytes, names: names)
        nodes = []
        bytes = []
        nodes.reserveCapacity(min(tree.storage.nodes.count + 8, 1024))
        bytes.reserveCapacity(min(tree.storage.bytes.count + 256, 16384))
        innermost = -1
        collectsText = false
        return tree
    }
}

extension FieldNode {
    /// Sets what is known when a field ends and returns the index of its parent, -1 for none.
    fileprivate mutating func close(end: Int, textEnd: Int?) -> Int {
        let parent = Int(self.end) - 1
        self.end = UInt32(truncatingIfNeeded: end)
        if let textEnd, kind != .object, kind != .array {
            textCount = UInt32(truncatingIfNeeded: textEnd) - textStart
        }
        return parent
    }
}

/// What is known of a field when it begins.
struct FieldHead {
    /// Number among the known names, or `FieldNames.unknown`.
    var name: UInt16
    /// XML says `text` for every element; it becomes an object when a field is opened within it.
    var kind: FieldKind
    var line: UInt32
    var column: UInt32
}
