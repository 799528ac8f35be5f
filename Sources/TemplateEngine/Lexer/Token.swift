/// The pieces into which a template's text is cut.
struct Token: Sendable {
    enum Kind: UInt8, Sendable {
        case data
        case variableBegin, variableEnd
        case blockBegin, blockEnd
        case name, string, integer
        case plus, minus, times, divide, floorDivide, modulo, power, tilde
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, assign
        case dot, comma, colon, semicolon, pipe
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
        case end
    }

    let kind: Kind
    /// Where it stands; for data only what is printed, without what white space control removed.
    let span: Span
}

extension Token.Kind {
    /// How a message calls it.
    var words: String {
        switch self {
        case .data: "text"
        case .variableBegin: "`{{`"
        case .variableEnd: "`}}`"
        case .blockBegin: "`{%`"
        case .blockEnd: "`%}`"
        case .name: "a name"
        case .string: "a string"
        case .integer: "a number"
        case .end: "the end of the template"
        default: Token.Kind.operators.first { $0.kind == self }.map { "`\($0.text)`" } ?? "an operator"
        }
    }

    /// Longer operators first, as the longest match wins.
    static let operators: [(text: String, kind: Token.Kind)] = [
        ("//", .floorDivide), ("**", .power), ("==", .equal), ("!=", .notEqual), (">=", .greaterOrEqual),
        ("<=", .lessOrEqual), ("+", .plus), ("-", .minus), ("*", .times), ("/", .divide), ("%", .modulo),
        ("~", .tilde), ("<", .less), (">", .greater), ("=", .assign), (".", .dot), (",", .comma),
        (":", .colon), (";", .semicolon), ("|", .pipe), ("(", .leftParenthesis),
        (")", .rightParenthesis), ("[", .leftBracket), ("]", .rightBracket), ("{", .leftBrace),
        ("}", .rightBrace),
    ]
}
