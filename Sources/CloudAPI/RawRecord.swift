internal import FieldReader
internal import Findings

/// A record as it was sent.
struct RawRecord: Sendable {
    /// The record's field.
    let field: Field
    /// The file's number.
    let file: UInt32

    /// All values in it, in the order sent; of those sent twice the first counts.
    func fields(of section: Section) -> [RawField] {
        var walk = RawWalk(file: file)
        walk.visit(field, section, path: section.prefix)
        return walk.fields
    }
}

/// Walks through a record and gathers its values.
///
/// Lists are recognised in every form in which they are sent (``FieldReader/RecordShape``), so that XML and JSON give
/// the same values.
private struct RawWalk {
    let file: UInt32
    var fields: [RawField] = []
    private var seen: Set<RawField.Key> = []
    /// The last place in each list.
    private var places: [RawField.Key: Int] = [:]
    private var tunnel: String?
    private var tag: String?

    init(file: UInt32) { self.file = file }

    /// Visits an object of a known kind.
    mutating func visit(_ object: Field, _ section: Section, path: String) {
        for child in object.children {
            let name = path + child.name
            guard let number = child.nameNumber, number < APIName.allCases.count else {
                flatten(child, name, isKnown: false)
                continue
            }
            switch section.meaning(of: number) {
            case .unknown: flatten(child, name, isKnown: false)
            case .unused where number != APIName.requestId.number: flatten(child, name, isKnown: true)
            case .unused: continue
            case .field(let known): visit(child, known, name)
            }
        }
    }

    private mutating func visit(_ field: Field, _ known: APIField, _ path: String) {
        switch known {
        case .tunnelOptionsSpecification:
            for (place, item) in field.items(called: .tunnelOptions).enumerated() {
                let id = item[APIName.tunnelId.number]?.trimmedText ?? ""
                tunnel = id.isEmpty ? String(place + 1) : id
                visit(item, .tunnel, path: Section.tunnel.prefix)
            }
            tunnel = nil
        case .tag, .tags, .gatewayTags, .customerGatewayTags:
            for item in field.items(called: .tag) {
                tag = item[APIName.key.number]?.trimmedText ?? ""
                add(.text(item[APIName.value.number]?.trimmedText ?? ""), item, Section.tag.prefix + "Value")
            }
            tag = nil
        case .ikePsk, .tunnelPsk, .bgpAuthKey, .tunnelBgpAuthKey, .customerGatewayAuthKey:
            flatten(field, path, isKnown: true) { .key(Secret($0)) }
        default:
            if let section = known.section, field.kind == .object {
                visit(field, section, path: section.prefix)
            } else {
                flatten(field, path, isKnown: true)
            }
        }
    }

    /// A value, or whatever stands in its place.
    ///
    /// - Parameter isInside: whether it is within a field without meaning here, where equal names may be a list.
    private mutating func flatten(
        _ field: Field, _ path: String, isKnown: Bool, isInside: Bool = false,
        content: ((String) -> RawField.Content)? = nil
    ) {
        switch field.kind {
        case .object:
            for child in field.children {
                flatten(child, path + "." + child.name, isKnown: isKnown, isInside: true, content: content)
            }
        case .array:
            for child in field.children { flatten(child, path, isKnown: isKnown, isInside: true, content: content) }
        case .null: return
        case .text, .number, .boolean:
            let text = field.trimmedText
            guard !text.isEmpty else { return }
            add(
                content.map { $0(text) } ?? (isKnown ? .text(text) : .unknown(Secret(text))), field, path,
                isList: isInside || !isKnown)
        }
    }

    /// Equal names in a list are told apart by their place; any other field sent twice counts once.
    private mutating func add(_ content: RawField.Content, _ field: Field, _ path: String, isList: Bool = false) {
        var key = RawField.Key(path: path, tunnel: tunnel, tag: tag)
        if isList {
            // Counted on from the last one: a list may have thousands.
            var place = places[key] ?? 1
            let first = key
            if place > 1 { key.path = "\(path)[\(place)]" }
            while seen.contains(key) {
                place += 1
                key.path = "\(path)[\(place)]"
            }
            places[first] = place
        }
        guard seen.insert(key).inserted else { return }
        let origin = Origin(file: file, line: field.line, column: field.column, field: 0)
        fields.append(RawField(key: key, content: content, origin: origin))
    }
}

extension APIField {
    /// The kind of object that the field holds.
    fileprivate var section: Section? {
        switch self {
        case .ikeConfig: .ike
        case .ipsecConfig: .ipsec
        case .vcoHealthCheck: .health
        case .vpnBgpConfig: .bgp
        case .tunnelIkeConfig: .tunnelIke
        case .tunnelIpsecConfig: .tunnelIpsec
        case .tunnelBgpConfig: .tunnelBgp
        default: nil
        }
    }
}

extension Field {
    /// The items of a list, in whatever form it was sent.
    fileprivate func items(called item: APIName) -> [Field] {
        if kind == .array { return Array(children) }
        let named = children.filter { $0.nameNumber == item.number }
        guard !named.isEmpty else { return kind == .object ? [self] : [] }
        return named.flatMap { $0.kind == .array ? Array($0.children) : [$0] }
    }
}
