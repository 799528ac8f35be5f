import Findings

/// The one place where errors become words.
extension TemplateError {
    /// What went wrong, in one sentence without a full stop.
    public var message: String { kind.message }

    /// What to do about it, where there is something to say.
    public var remedy: String? { kind.remedy }
}

extension TemplateError.Kind {
    var message: String {
        switch self {
        case .unexpected(let found, let expected): "found \(found) where \(expected) was expected"
        case .unclosed(let what): "\(what) is not closed"
        case .notUTF8: "the template is not UTF-8 text"
        case .unsupported(let construct): construct.message
        case .unknownTag(let name, _): "there is no tag `\(name)`"
        case .unknownFilter(let name, _): "there is no filter `\(name)`"
        case .unknownTest(let name, _): "there is no test `\(name)`"
        case .unknownMethod(let name, _): "there is no method `\(name)`"
        case .wrongArguments(let callee, let problem): "`\(callee)` \(problem.message)"
        case .templateNotFound(let name, _): "there is no template `\(name)`"
        case .undefinedVariable(let name, _): "there is no variable `\(name)`"
        case .undefinedMember(let path, let missing, _):
            path == missing
                ? "an element has no attribute `\(missing)`" : "in `\(path)` there is no `\(missing)`"
        case .undefinedArgument(let name): "the macro's argument `\(name)` was not given"
        case .undefinedExport(let name): "the imported template does not define `\(name)`"
        case .emptySequence: "this is the first, last, least or greatest element of nothing"
        case .undefinedCondition: "the inline `if` is false and has no `else`"
        case .wrongType(let operation, let found): "\(operation.quotedOperation) can't be done with \(found)"
        case .notPrintable(let type): "\(type) would be printed in Python's spelling"
        case .refused(let refusal): refusal.message
        case .badValue(let what): what
        case .divisionByZero: "division by zero"
        case .overflow: "the number does not fit into 64 bits"
        case .filterFailed(let filter, let reason): "filter `\(filter)`: \(reason)"
        case .notBare(let expression, let character, let rule):
            "the value of `\(expression)` holds \(characterWords(character)), which a \(rule) can't hold"
        case .notQuoted: "this text comes from outside and may hold anything, but is printed as it is"
        case .controlCharacter(let expression, let character):
            "the value of `\(expression)` holds \(characterWords(character)), which no value may hold"
        case .alreadyQuoted(let filter): "`\(filter)` of text that is already quoted"
        case .limit(let limit): limit.message
        }
    }

    var remedy: String? {
        switch self {
        case .unknownTag(_, let nearest), .unknownFilter(_, let nearest), .unknownTest(_, let nearest),
            .unknownMethod(_, let nearest), .templateNotFound(_, let nearest),
            .undefinedVariable(_, let nearest), .undefinedMember(_, _, let nearest),
            .wrongArguments(_, .unknownKeyword(_, let nearest)):
            nearest.map { "did you mean `\($0)`?" }
        case .unsupported(.tag("do")), .unsupported(.method("append")), .unsupported(.method("extend")):
            "collect in a namespace: `{% set ns.list = ns.list + [x] %}`"
        case .unsupported(.filter("e")), .unsupported(.filter("escape")), .unsupported(.filter("safe")):
            "that is HTML; use `quoted` or `remark` for a device's syntax"
        case .unsupported(.syntax("`/`, which makes fractions")): "use `//`"
        case .undefinedArgument: "give the argument, or the parameter a default"
        case .undefinedCondition: "add `else`"
        case .notPrintable("a list"), .notPrintable("a lazy sequence"), .notPrintable("a tuple"):
            "join it: `| join(', ')`"
        case .notPrintable("a truth value"): "say what to print: `'yes' if x else 'no'`, or `| string`"
        case .notPrintable("none"): "test it first: `{% if x is not none %}`, or `| default('…', true)`"
        case .refused(let refusal): refusal.remedy
        case .notBare, .notQuoted: "use `| quoted`, or `| remark` inside a comment"
        case .alreadyQuoted: "leave the filter out; macros print text that is ready"
        default: nil
        }
    }

    private func characterWords(_ value: UInt32) -> String {
        switch value {
        case 0x20: return "a blank"
        case 0x09: return "a tab"
        case 0x0A: return "a line break"
        case 0x0D: return "a carriage return"
        default: break
        }
        let digits = String(value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        guard let scalar = Unicode.Scalar(value), !scalar.isControl else { return code }
        return value == 0x60 ? "a backtick" : "`\(scalar)`" + (scalar.isASCII ? "" : " (\(code))")
    }
}

extension String {
    /// Operations that are no words of their own stand in quotes.
    fileprivate var quotedOperation: String {
        hasPrefix("a ") || hasPrefix("`") || hasPrefix("the ") ? self : "`\(self)`"
    }
}

extension TemplateError.Construct {
    fileprivate var message: String {
        switch self {
        case .tag(let name): "the tag `\(name)` of Jinja2 is not supported"
        case .filter(let name): "the filter `\(name)` of Jinja2 is not supported"
        case .test(let name): "the test `\(name)` of Jinja2 is not supported"
        case .method(let name): "the method `\(name)` of Python is not supported"
        case .variable(let name): "the variable `\(name)` of Jinja2 is not supported"
        case .syntax(let words): "\(words) is not supported"
        }
    }
}

extension TemplateError.ArgumentProblem {
    fileprivate var message: String {
        switch self {
        case .tooMany(0): "takes no arguments"
        case .tooMany(1): "takes no more than one argument"
        case .tooMany(let allowed): "takes no more than \(allowed) arguments"
        case .missing(let name): "needs the argument `\(name)`"
        case .unknownKeyword(let name, _): "has no argument `\(name)`"
        case .duplicate(let name): "is given `\(name)` twice"
        case .noKeywords: "takes no arguments by keyword"
        }
    }
}

extension TemplateError.Refusal {
    fileprivate var message: String {
        switch self {
        case .methodWithoutCall(let name): "`\(name)` is a method in Python"
        case .lazySequence: "a lazy sequence can be walked through once only"
        case .intWithoutDefault: "the text is no number, and `int` has no default"
        case .handleAsValue(let what): "\(what) can't be used as a value here"
        case .letterCase(let value):
            "the case of the letter U+\(String(value, radix: 16, uppercase: true)) depends on the version of Python"
        case .other(let words): "\(words) is not supported"
        }
    }

    fileprivate var remedy: String? {
        switch self {
        case .methodWithoutCall(let name): "call it, `.\(name)()`, or take the key with `['\(name)']`"
        case .lazySequence: "add `| list`"
        case .intWithoutDefault: "say what it shall be then: `| int(0)`"
        default: nil
        }
    }
}

extension TemplateError.Limit {
    fileprivate var message: String {
        switch self {
        case .steps(let limit): "the template takes more than \(limit) steps"
        case .depth(let limit): "more than \(limit) macros and includes are inside one another"
        case .outputBytes(let limit): "the output is longer than \(limit) bytes"
        case .textBytes(let limit): "a text is longer than \(limit) bytes"
        case .elements(let limit): "a list has more than \(limit) elements"
        case .templateBytes(let limit): "the template is longer than \(limit) bytes"
        case .templates(let limit): "more than \(limit) templates are included"
        case .nesting(let limit): "more than \(limit) brackets, blocks or lists are inside one another"
        }
    }
}
