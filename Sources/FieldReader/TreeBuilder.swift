/// A ``FieldTree`` in the making: fields are opened, given text and closed.
///
/// XML tells only at the end of an element whether it was text or an object, so text is collected first
/// and dropped if a field is opened within it; what is dropped must be white space.
struct TreeBuilder {
    private(set) var nodes: [FieldNode] = []
    private(set) var bytes: [UInt8] = []
    /// Indices of the fields that are open, the innermost last.
    private var open: [Int] = []
    /// Where the text begins that belongs to the innermost open field and may still be dropped.
    private var pendingStart = 0
    private let limits: ReadLimits

    init(limits: ReadLimits) {
        self.limits = limits
    }

    /// Number of the innermost open field's name.
    var innermostName: UInt16 { open.last.map { nodes[$0].name } ?? FieldNames.unknown }

    /// Opens a field within the innermost open one.
    mutating func open(_ head: FieldHead, unknownName: Span<UInt8>) throws(ReadProblem.Kind) {
        if let parent = open.last {
            try dropBlanks()
            if nodes[parent].kind == .text { nodes[parent].kind = .object }
        }
        guard nodes.count < limits.fields else { throw .tooLarge }
        var node = FieldNode()
        node.name = head.name
        node.kind = head.kind
        node.line = head.line
        node.column = head.column
        if head.name == FieldNames.unknown, !unknownName.isEmpty {
            guard unknownName.count <= Int(UInt16.max) else { throw .tooLarge }
            node.nameStart = UInt32(bytes.count)
            node.nameCount = UInt16(unknownName.count)
            try append(unknownName)
        }
        node.textStart = UInt32(bytes.count)
        pendingStart = bytes.count
        open.append(nodes.count)
        nodes.append(node)
    }

    /// Adds text to the innermost open field.
    mutating func append(_ text: Span<UInt8>) throws(ReadProblem.Kind) {
        guard bytes.count + text.count <= limits.bytes else { throw .tooLarge }
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Drops text met between the fields of an object.
    ///
    /// - Throws: `strayText` if it is more than white space.
    mutating func dropBlanks() throws(ReadProblem.Kind) {
        guard bytes.count > pendingStart else { return }
        for index in pendingStart..<bytes.count where !isBlank(bytes[index]) { throw .strayText }
        bytes.removeLast(bytes.count - pendingStart)
    }

    /// Says that the innermost open field is a list whose items are kept elsewhere.
    mutating func markAsContainer() {
        guard let index = open.last, nodes[index].kind == .text else { return }
        nodes[index].kind = .object
    }

    /// Closes the innermost open field.
    mutating func close() throws(ReadProblem.Kind) {
        guard let index = open.popLast() else { return }
        nodes[index].end = UInt32(nodes.count)
        if nodes[index].kind == .object || nodes[index].kind == .array {
            try dropBlanks()
        } else {
            nodes[index].textCount = UInt32(bytes.count) - nodes[index].textStart
            pendingStart = bytes.count
        }
    }

    /// Hands out the tree and starts anew, expecting the next one to be about as large.
    mutating func finish(names: FieldNames) -> FieldTree {
        let tree = FieldTree(nodes: nodes, bytes: bytes, names: names)
        nodes = []
        bytes = []
        nodes.reserveCapacity(min(tree.storage.nodes.count, 1024))
        bytes.reserveCapacity(min(tree.storage.bytes.count + 256, 16384))
        open.removeAll(keepingCapacity: true)
        pendingStart = 0
        return tree
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
