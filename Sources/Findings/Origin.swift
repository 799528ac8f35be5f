/// Where a value came from: an input file, a position in it and the field it was read from.
///
/// Sixteen bytes and no reference counting, so every value of a fleet can carry one. The numbers are
/// resolved to words by the ``OriginTable`` that handed them out.
public struct Origin: Hashable, Sendable {
    /// Index of the file in the ``OriginTable``; 0 means that the value came from no file.
    public var file: UInt32
    /// Line in the file, counted from 1.
    public var line: UInt32
    /// Column in Unicode scalars, counted from 1; 0 where it is not known.
    public var column: UInt32
    /// Index of the field's path in the ``OriginTable``; 0 means no field.
    public var field: UInt16

    /// Creates an origin from the indices of an ``OriginTable``.
    public init(file: UInt32, line: UInt32, column: UInt32, field: UInt16) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
    }

    /// The origin of what the program itself made up: a default, a computed number.
    public static let none = Origin(file: 0, line: 0, column: 0, field: 0)

    /// The same position, told of another field.
    public func naming(field: UInt16) -> Origin {
        Origin(file: file, line: line, column: column, field: field)
    }
}

/// A value together with where it was read.
public struct Located<Value> {
    /// The value itself.
    public var value: Value
    /// Where it stood.
    public var origin: Origin

    /// Pairs a value with its origin.
    public init(_ value: Value, at origin: Origin) {
        self.value = value
        self.origin = origin
    }

    /// Another value read from the same place; `nil` where the transformation gives none.
    public func map<Other, Failure: Error>(
        _ transform: (Value) throws(Failure) -> Other
    ) throws(Failure) -> Located<Other> {
        Located<Other>(try transform(value), at: origin)
    }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// The names behind the numbers of an ``Origin``: files read and paths of fields.
public struct OriginTable: Sendable {
    private var files: [String] = [""]
    private var fields: [String]

    /// Creates a table whose fields 1, 2, 3 … are the given paths, in this order.
    public init(fieldPaths: [String] = []) {
        fields = [""] + fieldPaths
    }

    /// Registers a file as the user named it and returns its number.
    public mutating func addFile(_ name: String) -> UInt32 {
        files.append(name)
        return UInt32(files.count - 1)
    }

    /// Registers a further field path and returns its number; 0, "no field", once 65 535 are known.
    public mutating func addField(_ path: String) -> UInt16 {
        if let known = fields.firstIndex(of: path) { return UInt16(known) }
        guard fields.count < Int(UInt16.max) else { return 0 }
        fields.append(path)
        return UInt16(fields.count - 1)
    }

    /// File, line and column of an origin; `nil` for values that came from no file.
    public func location(of origin: Origin) -> SourceLocation? {
        guard origin.file > 0, origin.file < files.count else { return nil }
        return SourceLocation(
            file: files[Int(origin.file)], line: Int(origin.line),
            column: origin.column > 0 ? Int(origin.column) : nil)
    }

    /// Path of the field, such as `IkeConfig.IkeEncAlg`; `nil` where there is none.
    public func field(of origin: Origin) -> String? {
        guard origin.field > 0, origin.field < fields.count else { return nil }
        return fields[Int(origin.field)]
    }
}
