/// An expression and where it stands.
struct Expression: Sendable {
    indirect enum Kind: Sendable {
        case none
        case bool(Bool)
        case int(Int)
        case string(String)
        case name(String)
        case list([Expression])
        case tuple([Expression])
        case dict([(key: String, value: Expression)])
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression, from: Expression?, to: Expression?)
        case negate(Expression)
        case plus(Expression)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case concat([Expression])
        case compare(Expression, [(CompareOperator, Expression)])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
        case filter(Expression, name: Name, Arguments)
        case test(Expression, name: Name, Arguments)
        case call(Expression, Arguments)
    }

    let kind: Kind
    /// The whole expression.
    let span: Span
    /// The part that a message points at: the attribute, the filter's name.
    let focus: Span
    /// How many expressions are inside one another; bounded, since later stages recurse.
    let depth: Int

    init(_ kind: Kind, _ span: Span, focus: Span? = nil, depth: Int = 1) {
        self.kind = kind
        self.span = span
        self.focus = focus ?? span
        self.depth = depth
    }
}

/// A name with its place.
struct Name: Sendable {
    let text: String
    let span: Span
}

/// The arguments of a call, filter or test.
struct Arguments: Sendable {
    var positional: [Expression] = []
    var keywords: [(name: Name, value: Expression)] = []

    var isEmpty: Bool { positional.isEmpty && keywords.isEmpty }
}

enum BinaryOperator: UInt8, Sendable {
    case add, subtract, multiply, floorDivide, modulo

    var words: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .floorDivide: "//"
        case .modulo: "%"
        }
    }
}

enum CompareOperator: UInt8, Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`, notIn

    var words: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .in: "in"
        case .notIn: "not in"
        }
    }
}

/// A statement and where its tag stands.
struct Statement: Sendable {
    indirect enum Kind: Sendable {
        /// Literal text: a range of the source.
        case text
        case output(Expression)
        case `if`([(test: Expression, body: [Statement])], otherwise: [Statement])
        case `for`(ForLoop)
        case set(Name, Expression)
        case setAttribute(namespace: Name, attribute: Name, Expression)
        case macro(MacroDefinition)
        case include(Name)
        case importing(Name, as: Name, withContext: Bool)
        case fromImport(Name, [(name: Name, alias: Name)], withContext: Bool)
    }

    let kind: Kind
    let span: Span
}

struct ForLoop: Sendable {
    let targets: [Name]
    /// `for a, in …` and `for a, b in …` unpack, `for a in …` does not.
    let unpacks: Bool
    let iterated: Expression
    let test: Expression?
    let body: [Statement]
    let otherwise: [Statement]?
}

struct MacroDefinition: Sendable {
    let name: Name
    let parameters: [Name]
    /// Defaults of the last parameters.
    let defaults: [Expression]
    let body: [Statement]
}
