/// Sorts the fields of a document, as they come, into records and the rest, its *envelope*.
///
/// It is told of fields that begin, of text and of fields that end, by the XML and the JSON reader
/// alike, and so gives both the same idea of what a list is (see ``RecordShape``). One record at a time
/// is in memory.
struct RecordCollector {
    let names: FieldNames
    private let shapes: [(list: UInt16, item: UInt16)]
    let limits: ReadLimits
    private let onRecord: (Record) -> ReadControl
    private var envelope: TreeBuilder
    private var record: TreeBuilder
    /// How many fields are open.
    private var depth = 0
    /// The list that is open, if one is.
    private var list: OpenList?
    /// Number of open fields outside of the record; `nil` while no record is open.
    private var recordDepth: Int?
    /// Whether the receiver of the records wants no more.
    private(set) var isStopped = false

    private struct OpenList {
        var shape: Int
        var head: FieldHead
        /// Whether it has been seen to hold items, so that fields of an item would be out of place.
        var holdsItems = false
        /// The depth at which each field, whatever its name, is an item: within a JSON array.
        var arrayDepth: Int?
    }

    init(
        names: FieldNames, shapes: [RecordShape], limits: ReadLimits,
        onRecord: @escaping (Record) -> ReadControl
    ) {
        self.names = names
        self.shapes = shapes.map {
            (names.number(of: Array($0.list.utf8).span), names.number(of: Array($0.item.utf8).span))
        }
        self.limits = limits
        self.onRecord = onRecord
        envelope = TreeBuilder(limits: limits)
        record = TreeBuilder(limits: limits)
    }

    /// Name of the innermost open field, if it is a known one.
    var innermostKnownName: String? {
        let number = recordDepth == nil ? envelope.innermostName : record.innermostName
        return number == FieldNames.unknown ? nil : names.strings[Int(number)]
    }

    /// A field begins.
    mutating func open(_ head: FieldHead, unknownName: Span<UInt8>) throws(ReadProblem.Kind) {
        guard depth < limits.depth else { throw .tooDeep(limit: limits.depth) }
        if recordDepth != nil {
            if recordDepth == 1, depth == 2, let list, head.name == shapes[list.shape].item {
                throw mixed(list)
            }
            try record.open(head, unknownName: unknownName)
        } else if list != nil {
            try openInList(head, unknownName: unknownName)
        } else {
            if depth == 1, head.name != FieldNames.unknown {
                list = shapes.firstIndex { $0.list == head.name }.map { OpenList(shape: $0, head: head) }
                if head.kind == .array { list?.arrayDepth = 2 }
            }
            try envelope.open(head, unknownName: unknownName)
        }
        depth += 1
    }

    /// Text of the innermost open field.
    mutating func append(_ text: Span<UInt8>) throws(ReadProblem.Kind) {
        if recordDepth == nil { try envelope.append(text) } else { try record.append(text) }
    }

    /// The innermost open field ends.
    mutating func close() {
        depth -= 1
        guard let recordDepth else {
            envelope.close()
            if depth == 2 { list?.arrayDepth = nil }
            if depth == 1 { list = nil }
            return
        }
        record.close()
        guard depth == recordDepth else { return }
        self.recordDepth = nil
        if let list {
            let record = Record(shape: list.shape, tree: record.finish(names: names))
            if onRecord(record) == .stop { isStopped = true }
        }
        if depth == 1 {
            // The list itself was the record; it is open in the envelope, too.
            envelope.close()
            list = nil
        }
    }

    /// What is left when all records are taken out.
    mutating func finish() -> FieldTree { envelope.finish(names: names) }

    private mutating func openInList(
        _ head: FieldHead, unknownName: Span<UInt8>
    ) throws(ReadProblem.Kind) {
        guard let list else { return }
        try envelope.markAsContainer()
        if depth == list.arrayDepth {
            recordDepth = depth
            try record.open(head, unknownName: unknownName)
        } else if head.name == shapes[list.shape].item {
            self.list?.holdsItems = true
            if head.kind == .array || head.kind == .null {
                // JSON: the array of items, or none at all.
                self.list?.arrayDepth = depth + 1
                try envelope.open(head, unknownName: unknownName)
            } else {
                recordDepth = depth
                try record.open(head, unknownName: unknownName)
            }
        } else {
            if list.holdsItems { throw mixed(list) }
            recordDepth = 1
            try record.open(list.head, unknownName: Span())
            try record.open(head, unknownName: unknownName)
        }
    }

    private func mixed(_ list: OpenList) -> ReadProblem.Kind {
        .mixedList(names.strings[Int(list.head.name)])
    }
}
