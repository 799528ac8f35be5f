public import Findings

/// Why a document cannot be read: what is wrong, and where.
///
/// It never carries content of the document but names of fields, so no key can leak through it. Its
/// wording is made in ``finding``.
public struct ReadProblem: Error, Sendable, Hashable {
    /// What is wrong.
    public var kind: Kind
    /// Where: always the file; line 1 where the whole file is meant.
    public var location: SourceLocation

    /// Says what is wrong and where.
    public init(_ kind: Kind, at location: SourceLocation) {
        self.kind = kind
        self.location = location
    }

    /// The ways in which a document can be unreadable.
    public enum Kind: Error, Sendable, Hashable {
        /// The operating system refused to open or read it; its own words say why.
        case unreadable(reason: String)
        /// Not a single byte.
        case empty
        /// White space only.
        case blank
        /// A web page.
        case webPage
        /// An HTTP answer with its header lines.
        case httpHeaders
        /// The table that the `aliyun` command draws with `--output`.
        case table
        /// The error text of the `aliyun` command.
        case commandLineError
        /// Compressed or archived; the name of the format.
        case compressed(format: String)
        /// Bytes that are no text.
        case binary
        /// JSON or other text in UTF-16; XML may be in UTF-16.
        case utf16
        /// Text that looks like YAML.
        case yaml
        /// Text that begins neither as XML nor as JSON.
        case otherText
        /// It has a document type declaration.
        case doctype
        /// It uses an entity other than the five that XML defines.
        case entity
        /// It ends before it is complete.
        case truncated
        /// Something follows after its end.
        case trailingContent
        /// XML that is not well-formed.
        case malformedXML(XMLDefect)
        /// JSON that is not well-formed.
        case malformedJSON(JSONDefect)
        /// Bytes that are not valid in the document's encoding.
        case invalidEncoding
        /// An encoding that is not known here.
        case unsupportedEncoding
        /// A character that XML or JSON text may not contain, such as NUL.
        case forbiddenCharacter
        /// Half of a UTF-16 surrogate pair, in an escape sequence or in UTF-8 form.
        case loneSurrogate
        /// A key twice in one JSON object.
        case duplicateKey(String)
        /// Fields within fields beyond the limit.
        case tooDeep(limit: Int)
        /// A record, or what is outside of all records, with more bytes or fields than the limit.
        case tooLarge
        /// Text between the fields of an object.
        case strayText
        /// A list that holds both items and fields of an item; the name of the list.
        case mixedList(String)
    }

    /// What breaks the rules of XML.
    public enum XMLDefect: Sendable, Hashable {
        /// An end tag that does not fit the start tag; the name expected where it is a known one.
        case tagMismatch(expected: String?)
        /// A `<` or `&` that begins nothing, or a tag that is not complete.
        case markup
        /// An ampersand that should be `&amp;`.
        case bareAmpersand
        /// A wrong character reference, such as `&#0;`.
        case characterReference
        /// An XML declaration that is wrong.
        case declaration
        /// An XML declaration that is not the very first thing.
        case lateDeclaration
        /// Attributes written wrongly.
        case attribute
        /// A comment, CDATA section or processing instruction that is written wrongly.
        case section
        /// Beyond what libxml2 accepts: names, texts or nesting of extreme size.
        case parserLimit
        /// Anything else; libxml2's number for it.
        case other(code: Int)
    }

    /// What breaks the rules of JSON.
    public enum JSONDefect: Sendable, Hashable {
        /// No value where one must be.
        case expectedValue
        /// No quoted key where one must be.
        case expectedKey
        /// No colon after a key.
        case expectedColon
        /// Neither comma nor closing bracket after a value.
        case expectedCommaOrEnd
        /// A comma before a closing bracket.
        case trailingComma
        /// A closing bracket of the wrong kind.
        case wrongBracket
        /// A number not written as JSON wants it, such as `01`, `+1`, `.5` or `NaN`.
        case number
        /// A word that is not `true`, `false` or `null`.
        case literal
        /// A backslash followed by what is no escape sequence.
        case escape
        /// A comment; JSON has none.
        case comment
        /// A string or key in single quotes, or without quotes.
        case quotes
    }
}
