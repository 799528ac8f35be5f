internal import Findings

/// Reads XML or JSON, told apart by content, as a stream of records and an envelope.
///
/// Memory is bounded by the largest record, not by the document. Nothing is fetched: neither document
/// types nor entities of XML are followed, they are refused.
public struct RecordReader: Sendable {
    /// The known names, those of the shapes included.
    public let names: FieldNames
    /// The lists whose items are handed out.
    public let shapes: [RecordShape]
    /// The limits of a record and of the envelope.
    public let limits: ReadLimits

    /// Prepares reading.
    ///
    /// - Parameters:
    ///   - names: known names; a name's number is its index.
    ///   - shapes: the lists whose items are handed out one by one.
    ///   - limits: how large a record and the envelope may be.
    public init(names: [String] = [], shapes: [RecordShape] = [], limits: ReadLimits = ReadLimits()) {
        var all = names
        for name in shapes.flatMap({ [$0.list, $0.item] }) where !all.contains(name) { all.append(name) }
        self.names = FieldNames(all)
        self.shapes = shapes
        self.limits = limits
    }

    /// Reads a document once from front to back.
    ///
    /// - Parameters:
    ///   - source: the document.
    ///   - onRecord: receives each item of the lists, in the order sent, while reading goes on. Whether the
    ///     document as a whole is sound is known only at the end.
    /// - Returns: the document without the records, each list being an empty field; `nil` if `onRecord`
    ///   asked to stop.
    /// - Throws: ``ReadProblem`` at the first thing that is wrong.
    public func read(
        _ source: ByteSource, onRecord: (Record) -> ReadControl
    ) throws(ReadProblem) -> FieldTree? {
        var stream = ByteStream(source)
        let head = try stream.peek(ContentKind.lookAhead)
        let kind = ContentKind(head: head)
        return try withoutActuallyEscaping(onRecord) { (onRecord) throws(ReadProblem) -> FieldTree? in
            let collector = RecordCollector(names: names, shapes: shapes, limits: limits, onRecord: onRecord)
            switch kind {
            case .xml: return try readXMLDocument(stream, into: collector)
            case .json: return try readJSONDocument(stream, into: collector)
            case .refused(let reason):
                throw ReadProblem(reason, at: SourceLocation(file: source.name, line: 1))
            }
        }
    }

    /// Reads a document that is needed whole.
    ///
    /// - Throws: ``ReadProblem`` at the first thing that is wrong.
    public func readWhole(_ source: ByteSource) throws(ReadProblem) -> FieldTree {
        let reader = RecordReader(names: names.strings, limits: limits)
        let tree = try reader.read(source) { _ in .proceed }
        return tree ?? FieldTree(nodes: [], bytes: [], names: names)
    }

    /// Reads any JSON, such as a template's context: order and kinds of all values are kept.
    ///
    /// The document may be any value, not only an object or an array.
    /// - Throws: ``ReadProblem`` at the first thing that is wrong.
    public static func readJSON(
        _ source: ByteSource, limits: ReadLimits = .wholeDocument
    ) throws(ReadProblem) -> FieldTree {
        var stream = ByteStream(source)
        let head = try stream.peek(ContentKind.lookAhead)
        switch ContentKind(head: head) {
        case .refused(let reason) where reason.excludesJSON:
            throw ReadProblem(reason, at: SourceLocation(file: source.name, line: 1))
        default: break
        }
        let collector = RecordCollector(names: .none, shapes: [], limits: limits) { _ in .proceed }
        let tree = try readJSONDocument(stream, into: collector)
        return tree ?? FieldTree(nodes: [], bytes: [], names: .none)
    }
}

extension ReadProblem.Kind {
    /// Whether a document of this kind cannot be JSON of any form, a bare string or number included.
    fileprivate var excludesJSON: Bool {
        switch self {
        case .empty, .blank, .webPage, .compressed, .binary, .utf16: true
        default: false
        }
    }
}
