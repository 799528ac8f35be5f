public import Findings

extension ReadProblem {
    /// The problem in words; this file is the only place where problems of reading get theirs.
    public var finding: Finding {
        let (rule, message, remedy) = words
        return Finding(rule, .error, message, at: Place(location: location), remedy: remedy)
    }

    /// What getting a usable answer looks like; ends most remedies of files that are something else.
    private static let getAnswer =
        "save the answer itself, such as: aliyun vpc DescribeVpnConnections --RegionId REGION > answer.json"

    private var words: (rule: RuleID, message: String, remedy: String) {
        switch kind {
        case .unreadable(let reason):
            ("PC001", "the file cannot be read: \(reason)", "check the name and the permissions")
        case .empty:
            (
                "PC002", "the file is empty",
                "the command that wrote it has failed; run it again and look at its errors"
            )
        case .blank:
            ("PC003", "the file holds only white space", Self.getAnswer)
        case .webPage:
            (
                "PC004", "this is a web page, not an answer of the API",
                "a proxy or a login page answered instead; \(Self.getAnswer)"
            )
        case .httpHeaders:
            (
                "PC005", "the answer begins with its HTTP header lines",
                "delete all lines before the first < or {"
            )
        case .table:
            ("PC006", "this is a table drawn by the aliyun command", "run it without --output")
        case .commandLineError:
            (
                "PC007", "this is an error message of the aliyun command, not an answer",
                "mend the call; \(Self.getAnswer)"
            )
        case .compressed(let format):
            (
                "PC008", "the file is compressed (\(format))",
                "unpack it first, such as: gzip -dc FILE | peerconf … -"
            )
        case .binary:
            ("PC009", "the file is no text", Self.getAnswer)
        case .utf16:
            (
                "PC010", "the text is in UTF-16, JSON must be in UTF-8",
                "in PowerShell write it with: | Out-File -Encoding utf8 FILE"
            )
        case .yaml:
            ("PC011", "this looks like YAML; answers are read as XML or JSON", Self.getAnswer)
        case .otherText:
            ("PC012", "this is neither XML nor JSON", Self.getAnswer)
        case .doctype:
            (
                "PC013",
                "the XML has a document type declaration (<!DOCTYPE), which answers of the API never have",
                "do not trust this file; get the answer again"
            )
        case .entity:
            (
                "PC014", "the XML uses an entity that XML does not define",
                "write & as &amp;, other characters as themselves; if the file is as it came, do not trust it"
            )
        case .truncated:
            (
                "PC015", "the file ends before the answer is complete",
                "it was cut off while being saved or copied; get it again"
            )
        case .trailingContent:
            (
                "PC016", "something follows after the end of the answer",
                "put each answer into a file of its own"
            )
        case .malformedXML(let defect):
            ("PC017", "the XML is broken: \(defect.words.message)", defect.words.remedy)
        case .malformedJSON(let defect):
            ("PC018", "the JSON is broken: \(defect.words.message)", defect.words.remedy)
        case .invalidEncoding:
            ("PC019", "the bytes here are not valid in the document's encoding", "save the file as UTF-8")
        case .unsupportedEncoding:
            ("PC020", "the encoding that the XML declares is not supported", "convert the file to UTF-8")
        case .forbiddenCharacter:
            (
                "PC021", "a control character stands here that text may not contain",
                "the file was damaged; get the answer again"
            )
        case .loneSurrogate:
            (
                "PC022", "half of a surrogate pair stands here, which is no character",
                "the text was cut in the middle; get the answer again"
            )
        case .duplicateKey(let key):
            ("PC023", "the key \(quoted(key)) stands twice in one object", "remove one of the two")
        case .tooDeep(let limit):
            (
                "PC024", "fields are nested more than \(limit) levels deep",
                "this is no answer of the API; check what wrote it"
            )
        case .tooLarge:
            (
                "PC025", "a single record is larger than any answer of the API can be",
                "check what wrote this file"
            )
        case .strayText:
            (
                "PC026", "text stands between the fields of an object",
                "the file was edited or damaged; get the answer again"
            )
        case .mixedList(let list):
            (
                "PC027", "the list \(quoted(list)) holds items and, beside them, fields of an item",
                "the file was edited; get the answer again"
            )
        }
    }
}

extension ReadProblem.XMLDefect {
    fileprivate var words: (message: String, remedy: String) {
        let again = "the file was edited or damaged; get the answer again"
        return switch self {
        case .tagMismatch(let expected?): ("</\(expected)> is expected here", again)
        case .tagMismatch(nil): ("this end tag does not fit the element that is open", again)
        case .markup: ("a tag is not written as it must be", "write < in text as &lt;")
        case .bareAmpersand: ("an & stands alone", "write & in text as &amp;")
        case .characterReference: ("a character reference (&#…;) names no allowed character", again)
        case .declaration: ("the XML declaration (<?xml …?>) is wrong", "delete or correct it")
        case .lateDeclaration:
            (
                "the XML declaration (<?xml …?>) is not at the very beginning",
                "delete what stands before it; if that is another answer, put each into a file of its own"
            )
        case .attribute: ("an attribute is not written as it must be", again)
        case .section: ("a comment, CDATA section or instruction is not written as it must be", again)
        case .parserLimit: ("a name or text is larger than any in an answer of the API", again)
        case .other(let code): ("it is not well-formed (libxml2 error \(code))", again)
        }
    }
}

extension ReadProblem.JSONDefect {
    fileprivate var words: (message: String, remedy: String) {
        switch self {
        case .expectedValue: ("a value is expected here", "check what stands before it")
        case .expectedKey: ("a key in double quotes is expected here", "check what stands before it")
        case .expectedColon: ("a colon is expected here", "put one between key and value")
        case .expectedCommaOrEnd:
            ("a comma or a closing bracket is expected here", "look for a quote or comma missing before it")
        case .trailingComma: ("a comma stands before a closing bracket", "remove the comma")
        case .wrongBracket:
            ("a closing bracket of the other kind is expected here", "check the brackets before it")
        case .number:
            (
                "a number is not written as JSON wants it",
                "no leading +, 0 or point; put other things in quotes"
            )
        case .literal: ("a word is not true, false or null", "put text in double quotes")
        case .escape: ("a backslash is followed by what is no escape sequence", #"write a backslash as \\"#)
        case .comment: ("JSON has no comments", "remove the comment")
        case .quotes: ("keys and texts must be in double quotes", "use \" around them")
        }
    }
}
