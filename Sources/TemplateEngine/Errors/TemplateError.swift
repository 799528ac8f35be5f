public import Findings

/// Why a template could not be compiled or rendered, and where.
///
/// Errors are data; ``message`` puts them into words. Neither ever holds a value of the context: some of
/// those are keys.
public struct TemplateError: Error, Sendable, Equatable {
    /// What went wrong.
    public let kind: Kind
    /// Name of the template in which it went wrong.
    public let template: String
    /// Line, counted from 1.
    public let line: Int
    /// Column in Unicode scalars, counted from 1.
    public let column: Int
    /// The source line with the place marked; `nil` where there is no source, as for a missing template.
    public let excerpt: Excerpt?
    /// How the rendering came there, innermost first.
    public let chain: [Call]
    /// The elements that the loops around the place were at, innermost first.
    public let elements: [LoopElement]
    /// Where the value concerned was read; `.none` where no value is concerned or it came from no file.
    public let origin: Origin

    /// A step on the way to the place: an include, an import or a call of a macro.
    public struct Call: Sendable, Hashable {
        /// What was entered.
        public enum Kind: Sendable, Hashable {
            /// An included template of that name.
            case include(String)
            /// An imported template of that name.
            case importing(String)
            /// A macro of that name.
            case macro(String)
        }
        /// What was entered.
        public let kind: Kind
        /// Template and line that entered it.
        public let template: String
        /// Line that entered it.
        public let line: Int
    }

    /// An element that a loop was at.
    public struct LoopElement: Sendable, Hashable {
        /// What was iterated, as the template says it.
        public let expression: String
        /// Position of the element, counted from 1.
        public let index: Int
        /// The element's `id`, where it has one that is no secret.
        public let id: String?
    }
}

extension TemplateError {
    /// The kinds of things that go wrong.
    public enum Kind: Sendable, Hashable {
        // The template's text
        /// Something else than what can stand at the place.
        case unexpected(found: String, expected: String)
        /// A tag, comment, string or bracket that is not closed.
        case unclosed(String)
        /// Bytes that are no UTF-8.
        case notUTF8
        /// A construct of Jinja2 outside the subset.
        case unsupported(Construct)
        /// A tag that Jinja2 does not know either.
        case unknownTag(String, nearest: String?)
        /// A filter that is not known.
        case unknownFilter(String, nearest: String?)
        /// A test that is not known.
        case unknownTest(String, nearest: String?)
        /// A method that is not known or would change its object.
        case unknownMethod(String, nearest: String?)
        /// A call with arguments that do not fit.
        case wrongArguments(callee: String, problem: ArgumentProblem)
        /// A template that the loader does not have.
        case templateNotFound(String, nearest: String?)

        // The values
        /// A variable that does not exist.
        case undefinedVariable(String, nearest: String?)
        /// A member of an object that does not exist; `path` is as written, `nearest` completes it.
        case undefinedMember(path: String, missing: String, nearest: String?)
        /// An argument that the caller of a macro left out.
        case undefinedArgument(String)
        /// A name that the imported template does not define.
        case undefinedExport(String)
        /// The first, last, least or greatest of nothing.
        case emptySequence
        /// The result of an inline `if` without `else` whose condition was false.
        case undefinedCondition
        /// A value of a type with which the operation can't be done.
        case wrongType(operation: String, found: String)
        /// A value that Python would print in its own spelling.
        case notPrintable(String)
        /// Something that the template may not do with such a value, although Jinja2 can.
        case refused(Refusal)
        /// A value that can't be what the operation needs, such as a number of elements.
        case badValue(String)
        /// A division by zero.
        case divisionByZero
        /// A number outside 64 bits.
        case overflow
        /// A filter of the host that could not do its work.
        case filterFailed(filter: String, reason: String)

        // Output checking
        /// A character that may not stand bare.
        case notBare(expression: String, character: UInt32, rule: String)
        /// Text from outside is printed as it is, whatever it may hold; told by the static check.
        case notQuoted
        /// A line break or control character in a value.
        case controlCharacter(expression: String, character: UInt32)
        /// `quoted` or `remark` on text that is already in the device's syntax.
        case alreadyQuoted(filter: String)

        // Safety
        /// A limit that was reached.
        case limit(Limit)
    }

    /// How arguments do not fit.
    public enum ArgumentProblem: Sendable, Hashable {
        /// More than can be taken.
        case tooMany(allowed: Int)
        /// A required one is missing.
        case missing(String)
        /// A keyword that the callee does not have.
        case unknownKeyword(String, nearest: String?)
        /// Given twice.
        case duplicate(String)
        /// Not taken by keyword.
        case noKeywords
    }

    /// What of Jinja2 the engine leaves out.
    public enum Construct: Sendable, Hashable {
        /// A tag, by name.
        case tag(String)
        /// A filter, by name.
        case filter(String)
        /// A test, by name.
        case test(String)
        /// A method, by name.
        case method(String)
        /// A variable that Jinja2 gives every template, by name.
        case variable(String)
        /// `float`, `**`, … in words.
        case syntax(String)
    }

    /// What Jinja2 does with values and the engine does not, since it is a mistake nearly every time.
    public enum Refusal: Sendable, Hashable {
        /// A method without a call, such as `d.items`.
        case methodWithoutCall(String)
        /// A lazy result used where Jinja2 would walk through it at another time, or only once.
        case lazySequence
        /// `int` without a default on text that is no number.
        case intWithoutDefault
        /// A macro, namespace or imported template used as a value.
        case handleAsValue(String)
        /// Letters for which the upper or lower case depends on the version of Python.
        case letterCase(UInt32)
        /// Anything else, in words.
        case other(String)
    }

    /// The limits on what a template may use.
    public enum Limit: Sendable, Hashable {
        /// Steps of one rendering.
        case steps(Int)
        /// Macros and includes inside one another.
        case depth(Int)
        /// Bytes of output.
        case outputBytes(Int)
        /// Bytes of one text.
        case textBytes(Int)
        /// Elements of one list.
        case elements(Int)
        /// Bytes of one template.
        case templateBytes(Int)
        /// Templates included in one.
        case templates(Int)
        /// Brackets and blocks inside one another.
        case nesting(Int)
    }
}
