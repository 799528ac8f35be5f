extension Value {
    /// What a message calls a value of this type.
    ///
    /// Never the value itself: it may be a key.
    var typeName: String {
        switch self {
        case .undefined: "nothing"
        case .none: "none"
        case .bool: "a truth value"
        case .int: "a number"
        case .text: "text"
        case .list: "a list"
        case .dict, .record: "a mapping"
        case .sequence(let elements):
            switch elements.kind {
            case .tuple, .group: "a tuple"
            case .range: "a range"
            case .items, .keys, .values: "a view of a mapping"
            case .generator: "a lazy sequence"
            }
        case .handle(let handle): handle.words
        }
    }

    /// As a mapping, whichever kind.
    var mapping: Mapping? {
        switch self {
        case .dict(let dict): .dict(dict)
        case .record(let record): .record(record)
        default: nil
        }
    }

    /// A number in Python's sense, where a truth value is one.
    var number: Int? {
        switch self {
        case .int(let value, _): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }
}

extension Handle {
    var words: String {
        switch kind {
        case .namespace: "a namespace"
        case .macro: "a macro"
        case .module: "an imported template"
        case .rangeFunction, .namespaceFunction: "a function"
        }
    }
}

/// The two kinds of mappings behind one face.
enum Mapping {
    case dict(Dict)
    case record(Record)

    var count: Int {
        switch self {
        case .dict(let dict): dict.count
        case .record(let record): record.values.count
        }
    }

    var keys: [Text] {
        switch self {
        case .dict(let dict): dict.keys
        case .record(let record): record.shape.names.map { .trusted($0) }
        }
    }

    var values: [Value] {
        switch self {
        case .dict(let dict): dict.values
        case .record(let record): record.values
        }
    }

    var pairs: [Value] { zip(keys, values).map { Elements.tuple([.text($0), $1]) } }

    subscript(_ key: String) -> Value? {
        switch self {
        case .dict(let dict): dict[key]
        case .record(let record): record[key]
        }
    }
}
