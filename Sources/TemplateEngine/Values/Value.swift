public import Findings

/// A value that a template can compute with.
public enum Value: Sendable {
    /// Nothing there; only the engine makes these.
    case undefined(Undefined)
    /// The absence that was said: Jinja2's `none`.
    case none
    /// A truth value.
    case bool(Bool)
    /// A number; its origin lets a source map name it.
    case int(Int, origin: Origin = .none)
    /// A string.
    case text(Text)
    /// A list.
    case list([Value])
    /// A mapping with its order.
    case dict(Dict)
    /// A host's object; to templates a mapping.
    case record(Record)
    /// What templates make from lists and mappings: tuples, views, ranges, lazy results.
    case sequence(Elements)
    /// Something that lives only while rendering: a namespace, a macro, an imported template.
    case handle(Handle)

    /// A text with what is known about it.
    public static func string(
        _ string: String, trust: Trust = .untrusted, origin: Origin = .none, isSecret: Bool = false
    ) -> Value {
        .text(Text(string, trust: trust, origin: origin, isSecret: isSecret))
    }

    /// A constant of the host.
    public static func trusted(_ string: String) -> Value { .text(.trusted(string)) }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    /// A string literal is a constant of the host and so trusted.
    public init(stringLiteral value: String) { self = .trusted(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

/// A missing value and why it is missing.
///
/// It is cheap to make, since `default` and `is defined` meet many that never become an error; the words
/// for a person are found only when one does.
public struct Undefined: Sendable {
    enum Reason: UInt8, Sendable {
        /// A slot that nothing has been stored in.
        case unset
        /// A name that neither the template nor the context knows.
        case variable
        /// A key or element that an object lacks.
        case member
        /// A macro's argument that was not given.
        case argument
        /// A name that an imported template does not define.
        case export
        /// `first`, `last`, `min` or `max` of nothing.
        case emptySequence
        /// An inline `if` without `else` whose condition is false.
        ///
        /// Jinja2 is lenient with these: they print as nothing.
        case noElse
        /// A filter's or call's optional argument that was not given.
        case absent
    }

    let reason: Reason
    /// The unit and the instruction that met the absence, which know the words of the source.
    let unit: UInt16
    let site: UInt32
    /// The object searched, for its key names.
    let keys: KeySource

    enum KeySource: Sendable {
        case unknown
        case shape(Shape)
        case dict(Dict)
        case attribute(MissingAttribute)
    }

    /// An attribute that a filter was told to look up: no place in the source names it alone.
    final class MissingAttribute: Sendable {
        let name: String
        let known: [String]
        init(name: String, known: [String]) {
            self.name = name
            self.known = known
        }
    }

    init(_ reason: Reason, unit: Int = 0, site: Int = 0, keys: KeySource = .unknown) {
        self.reason = reason
        self.unit = UInt16(truncatingIfNeeded: unit)
        self.site = UInt32(truncatingIfNeeded: site)
        self.keys = keys
    }

    /// The same absence, of something that a filter's argument names.
    func naming(_ part: Value) -> Undefined {
        let name =
            switch part {
            case .text(let text): text.string
            case .int(let number, _): String(number)
            default: ""
            }
        return Undefined(.member, keys: .attribute(MissingAttribute(name: name, known: keys.names)))
    }

    static let unset = Undefined(.unset)
    static let absent = Undefined(.absent)
}

/// A reference to something that lives only while rendering.
public struct Handle: Sendable, Hashable {
    enum Kind: UInt8, Sendable {
        case namespace
        case macro
        case module
        case rangeFunction
        case namespaceFunction
    }

    let kind: Kind
    /// Index in the machine's table of namespaces or instances.
    let index: Int32
    /// For a macro, its index in its unit.
    let macro: Int32

    init(_ kind: Kind, index: Int = 0, macro: Int = 0) {
        self.kind = kind
        self.index = Int32(truncatingIfNeeded: index)
        self.macro = Int32(truncatingIfNeeded: macro)
    }
}
