public import Findings

extension TemplateError {
    /// The error as a finding: place in the template, source line, the way there and the value's origin.
    ///
    /// - Parameter origins: resolves where the value was read; without it that is left out.
    /// - Returns: a finding that holds no value of the context.
    public func finding(origins: OriginTable? = nil) -> Finding {
        var notes: [Finding.Note] = []
        if let origins, let location = origins.location(of: origin) {
            let field = origins.field(of: origin).map { " from \($0)" } ?? ""
            notes.append(Finding.Note("the value was read\(field) here", at: location))
        }
        for element in elements {
            let id = element.id.map { ", \($0)" } ?? ""
            notes.append(Finding.Note("at element \(element.index) of `\(element.expression)`\(id)"))
        }
        for call in chain {
            notes.append(
                Finding.Note(call.kind.words, at: SourceLocation(file: call.template, line: call.line)))
        }
        let place = SourceLocation(file: template, line: line, column: column)
        return Finding(
            kind.rule, .error, message, at: Place(location: place, field: origins?.field(of: origin)),
            remedy: remedy, excerpt: excerpt, notes: notes)
    }
}

extension TemplateError.Call.Kind {
    fileprivate var words: String {
        switch self {
        case .include(let name): "in the included template `\(name)`"
        case .importing(let name): "in the imported template `\(name)`"
        case .macro(let name): "in the macro `\(name)`"
        }
    }
}

extension TemplateError.Kind {
    /// The stable rule of each kind of error.
    var rule: RuleID {
        switch self {
        case .unexpected, .unclosed, .unknownTag: "PC500"
        case .notUTF8: "PC501"
        case .unsupported: "PC502"
        case .unknownFilter, .unknownTest, .unknownMethod: "PC503"
        case .wrongArguments: "PC504"
        case .templateNotFound: "PC505"
        case .undefinedVariable, .undefinedMember, .undefinedArgument, .undefinedExport, .emptySequence,
            .undefinedCondition:
            "PC510"
        case .wrongType: "PC511"
        case .notPrintable: "PC512"
        case .refused: "PC513"
        case .badValue, .divisionByZero, .overflow: "PC514"
        case .filterFailed: "PC515"
        case .notBare, .notQuoted: "PC520"
        case .controlCharacter: "PC521"
        case .alreadyQuoted: "PC522"
        case .limit: "PC530"
        }
    }
}
