/// What the static check knows of a value: a schema, or something that only templates make.
indirect enum Known: Sendable {
    case schema(Schema)
    case tuple([Known])
    case list(Known)
    case namespace
    case macro(unit: Int, function: Int)
    case module(unit: Int)
    case function

    static let any = Known.schema(.any)
    static let text = Known.schema(.text)
    static let int = Known.schema(.int)
    static let bool = Known.schema(.bool)

    /// Without the possibility of `none`: what is done to the value presumes that it is there.
    var present: Known {
        if case .schema(.optional(let inner)) = self { return Known.schema(inner).present }
        return self
    }

    /// What iterating gives; `nil` where that is impossible.
    var element: Known? {
        switch present {
        case .list(let element): element
        case .tuple: .any
        case .schema(let schema):
            switch schema {
            case .any: .any
            case .list(let element): .schema(element)
            case .dict, .record, .text, .freeText: .text
            case .int, .bool, .none, .optional: nil
            }
        case .namespace, .macro, .module, .function: nil
        }
    }

    /// What is known where a value may be this or that.
    func merged(with other: Known) -> Known {
        switch (self, other) {
        case (.schema(.none), .schema(let schema)), (.schema(let schema), .schema(.none)):
            if case .optional = schema { return .schema(schema) }
            if case .any = schema { return .any }
            return .schema(.optional(schema))
        case (.schema(.text), .schema(.text)), (.schema(.int), .schema(.int)),
            (.schema(.bool), .schema(.bool)):
            return self
        case (.list(let a), .list(let b)): return .list(a.merged(with: b))
        case (.schema(.list), .list), (.schema(.list), .schema(.list)):
            return element.map { .list($0) } ?? .any
        default: return .any
        }
    }

    /// Whether it is text from outside, with nothing done to it.
    var isFreeText: Bool {
        if case .schema(.freeText) = present { return true }
        return false
    }

    /// How Python would print it, if not as a text or number.
    var unprintable: String? {
        switch self {
        case .list: "a list"
        case .tuple: "a tuple"
        case .namespace: "a namespace"
        case .macro: "a macro"
        case .module: "an imported template"
        case .function: "a function"
        case .schema(let schema):
            switch schema {
            case .list: "a list"
            case .dict, .record: "a mapping"
            case .bool: "a truth value"
            case .none: "none"
            case .any, .text, .freeText, .int, .optional: nil
            }
        }
    }

    var typeName: String {
        switch self {
        case .schema(.text), .schema(.freeText): "text"
        case .schema(.int): "a number"
        default: unprintable ?? "such a value"
        }
    }
}
