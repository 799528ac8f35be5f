internal import FieldReader
internal import Findings

/// What is gathered while one record is decoded.
final class RecordContext {
    let file: UInt32
    var problems: [ResponseProblem] = []
    var unknownFields: [Located<String>] = []

    init(file: UInt32) {
        self.file = file
    }

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
    private var fields: [Field] = []
    /// By number of the name: index in `fields` plus one, 0 where absent.
    private var slots = [UInt8](repeating: 0, count: APIName.allCases.count)

    init(_ object: Field, as section: Section, in context: RecordContext) {
        self.object = object
        self.section = section
        self.context = context
        for field in object.children { sort(field) }
    }

    /// Where the object stands.
    func origin(as field: APIField) -> Origin { context.origin(of: object, as: field) }

    /// Whether no known field of the object has a value. Such an object counts as absent.
    var isEmpty: Bool {
        fields.allSatisfy { $0.kind == .null || $0.kind == .text && $0.trimmedUTF8.isEmpty }
    }

    /// The field of that name, if it is there.
    func field(_ name: APIName) -> Field? {
        let slot = slots[name.number]
        return slot == 0 ? nil : fields[Int(slot) - 1]
    }

    /// A text, white space at its ends removed.
    ///
    /// Indentation and line breaks around a value are never part of it; numbers and booleans are texts, too.
    func text(_ name: APIName) -> Located<String>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedUTF8
        return text.isEmpty ? nil : Located(String(decoding: text, as: UTF8.self), at: context.origin(of: field, as: known))
    }

    /// A key. The API allows no blanks in keys, so trimming takes nothing from one.
    func secret(_ name: APIName) -> Located<Secret>? {
        text(name)?.map { Secret($0) }
    }

    /// A whole number, sent as number or as text.
    func integer(_ name: APIName) -> Located<Int>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedUTF8
        if text.isEmpty { return nil }
        // `Int` would also take a leading plus.
        guard text.first != UInt8(ascii: "+"), let number = Int(String(decoding: text, as: UTF8.self)) else {
            context.report(.notAnInteger(known, value: field.trimmedText), at: field, as: known)
            return nil
        }
        return Located(number, at: context.origin(of: field, as: known))
    }

    /// `true` or `false` in any mix of small and capital letters, sent as boolean or as text.
    func boolean(_ name: APIName) -> Located<Bool>? {
        guard let (field, known) = value(name) else { return nil }
        let text = field.trimmedUTF8
        if text.isEmpty { return nil }
        let word = text.count <= 5 ? String(decoding: text, as: UTF8.self).lowercased() : ""
        guard word == "true" || word == "false" else {
            context.report(.notABoolean(known, value: field.trimmedText), at: field, as: known)
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

    /// Puts a field where the accessors find it.
    private mutating func sort(_ field: Field) {
        guard let number = field.nameNumber, number < slots.count else { return noteUnknown(field) }
        switch section.meaning(of: number) {
        case .unused: return
        case .unknown: noteUnknown(field)
        case .field(let known):
            guard slots[number] == 0 else { return compare(field, with: fields[Int(slots[number]) - 1], as: known) }
            fields.append(field)
            slots[number] = UInt8(fields.count)
        }
    }

    /// A field sent twice is harmless if both say the same. Repeated lists are one list.
    private func compare(_ field: Field, with first: Field, as known: APIField) {
        if known.isList || field.kind == first.kind && field.kind != .object && field.kind != .array
            && field.trimmedUTF8 == first.trimmedUTF8 { return }
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
