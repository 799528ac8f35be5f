/// Foreign text in double quotes, fit for one line of a terminal.
///
/// Control characters, invisible ones and quotes are escaped; after 60 characters an ellipsis ends it. Not
/// for secrets.
public func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars.prefix(60) {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            result += scalar.escaped(asASCII: true)
        default:
            result += scalar == "\"" || scalar == "\\" ? scalar.escaped(asASCII: true) : String(scalar)
        }
    }
    let isCut = text.unicodeScalars.dropFirst(60).first != nil
    return result + (isCut ? "…\"" : "\"")
}

/// Foreign text on one line: what would move a terminal's cursor or turn its writing round is shown as a mark.
public func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isInvisible) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isInvisible ? "\u{FFFD}" : $0 }))
}

extension Unicode.Scalar {
    /// Whether it shows nothing, but may end a line, move a cursor or turn the direction of what follows round.
    public var isInvisible: Bool {
        // Nearly all text is ASCII, of which only control characters are invisible.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
