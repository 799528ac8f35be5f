internal import FieldReader
internal import Findings

/// What is gathered while one record is decoded.
final class RecordContext {
    let file: UInt32
    var problems: [ResponseProblem] = []
    var unknownFields: [Located<String>] = []

    private let keepsRecords: Bool

    init(file: UInt32, keepsRecords: Bool = false) {
        self.file = file
        self.keepsRecords = keepsRecords
    }

    /// The record itself, where it is to be kept.
    func source(_ record: Field) -> RawRecord? { keepsRecords ? RawRecord(field: record, file: file) : nil }

    func origin(of field: Field, as known: APIField? = nil) -> Origin {
        Origin(file: file, line: field.line, column: field.column, field: known?.rawValue ?? 0)
    }

    func report(_ kind: ResponseProblem.Kind, at field: Field, as known: APIField) {
        problems.append(ResponseProblem(kind, at: origin(of: field, as: known)))
    }
}

/// An object of an answer, its fields found by name.
///
/// One pass over the object sorts its fields, collects the unknown ones and notices those sent twice;
/// the accessors then give typed values. An absent, empty or null field is `nil`; a wrong one is `nil`,
/// too, and a problem in the context, so that one look at a record finds all that is wrong with it.
struct ObjectReader {
    let object: Field
    let section: Section
    let context: RecordContext
    /// Whether no known field of the object has a value, so that the object counts as absent.
    private(set) var isEmpty = true
    /// Position of each known field in the tree, by number of its name; 0, the root, where absent.
    private var positions = [Int32](repeating: 0, count: APIName.allCases.count)

    init(_ object: Field, as section: Section, in context: RecordContext) {
        self.object = object
        self.section = section
        self.context = context
        for position in object.childPositions {
            guard let number = object.nameNumber(at: position), number < positions.count else {
                noteUnknown(object[position: position])
                continue
            }
            switch section.meaning(of: number) {
            case .unused: continue
            case .unknown: noteUnknown(object[position: position])
            case .field(let known):
                if positions[number] != 0 {
                    compare(
                        object[position: position], with: object[position: Int(positions[number])], as: known)
                    continue
                }
                positions[number] = Int32(position)
                if isEmpty { isEmpty = object.isBlank(at: position) }
            }
        }
    }

    /// Where the object stands.
    func origin(as field: APIField) -> Origin { context.origin(of: object, as: field) }

    /// The field of that name, if it is there.
    func field(_ name: APIName) -> Field? {
        let position = Int(positions[name.number])
        return position == 0 ? nil : object[position: position]
    }

    /// A text, white space at its ends removed.
    ///
    /// Indentation and line breaks around a value are never part of it; numbers and booleans are texts, too.
    func text(_ name: APIName) -> Located<String>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedText
        return text.isEmpty ? nil : Located(text, at: context.origin(of: field, as: known))
    }

    /// A key; the API allows no blanks in keys, so trimming takes nothing from one.
    func secret(_ name: APIName) -> Located<Secret>? {
        text(name)?.map { Secret($0) }
    }

    /// A whole number, sent as number or as text.
    func integer(_ name: APIName) -> Located<Int>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedText
        if text.isEmpty { return nil }
        // `Int` would also take a leading plus.
        guard !text.hasPrefix("+"), let number = Int(text) else {
            context.report(.notAnInteger(known, value: text), at: field, as: known)
            return nil
        }
        return Located(number, at: context.origin(of: field, as: known))
    }

    /// `true` or `false` in any mix of small and capital letters, sent as boolean or as text.
    func boolean(_ name: APIName) -> Located<Bool>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedText
        if text.isEmpty { return nil }
        let word = text.utf8.count <= 5 ? text.lowercased() : ""
        guard word == "true" || word == "false" else {
            context.report(.notABoolean(known, value: text), at: field, as: known)
            return nil
        }
        return Located(word == "true", at: context.origin(of: field, as: known))
    }

    /// An object within this one; `nil` also if none of its fields has a value.
    func object(_ name: APIName, as section: Section) -> ObjectReader? {
        guard let field = field(name), let known = apiField(name) else { return nil }
        switch field.kind {
        case .object:
            let reader = ObjectReader(field, as: section, in: context)
            return reader.isEmpty ? nil : reader
        case .null: return nil
        case .text where field.trimmedUTF8.isEmpty: return nil
        default:
            context.report(.wrongShape(known, expected: .object), at: field, as: known)
            return nil
        }
    }

    /// The items of a list, in whatever form it was sent; the forms are those of ``FieldReader/RecordShape``.
    func list(_ name: APIName, of item: APIName, as section: Section) -> [ObjectReader] {
        guard field(name) != nil, let known = apiField(name) else { return [] }
        return object.children.filter { $0.nameNumber == name.number }
            .flatMap { items(of: $0, called: item) }
            .compactMap { field in
                if field.kind == .object { return ObjectReader(field, as: section, in: context) }
                if field.kind == .null || field.kind == .text && field.trimmedUTF8.isEmpty { return nil }
                context.report(.wrongShape(known, expected: .object), at: field, as: known)
                return nil
            }
    }

    private func items(of list: Field, called item: APIName) -> [Field] {
        if list.kind == .array { return Array(list.children) }
        let named = list.children.filter { $0.nameNumber == item.number }
        guard !named.isEmpty else { return [list] }
        return named.flatMap { $0.kind == .array ? Array($0.children) : [$0] }
    }

    /// The field of that name, if it holds one value.
    private func value(_ name: APIName) -> (field: Field, known: APIField)? {
        guard let field = field(name), let known = apiField(name) else { return nil }
        if field.kind == .object || field.kind == .array {
            context.report(.wrongShape(known, expected: .value), at: field, as: known)
            return nil
        }
        return (field, known)
    }

    private func apiField(_ name: APIName) -> APIField? {
        guard case .field(let known) = section.meaning(of: name.number) else { return nil }
        return known
    }

    /// Compares a field with an earlier one of the same name.
    ///
    /// Twice the same value is harmless, and repeated lists are one list.
    private func compare(_ field: Field, with first: Field, as known: APIField) {
        let isValue = field.kind != .object && field.kind != .array && field.kind == first.kind
        if known.isList || isValue && field.trimmedUTF8 == first.trimmedUTF8 { return }
        context.report(.twice(known), at: field, as: known)
    }

    private func noteUnknown(_ field: Field) {
        context.unknownFields.append(Located(section.prefix + field.name, at: context.origin(of: field)))
    }
}

extension APIField {
    /// Whether it is a list, which XML may write as repeated elements.
    fileprivate var isList: Bool {
        switch self {
        case .tag, .tags, .tunnelOptionsSpecification, .gatewayTags, .customerGatewayTags, .peerTunnelsConfig,
            .peerBgpConfigs, .vpnConnections, .vpnGateways, .customerGateways, .vpnAttachments:
            true
        default: false
        }
    }
}
