public import Findings

extension ResponseProblem {
    /// The problem in words.
    ///
    /// This file and ``APIError``'s meanings are the only places where answers are given words.
    public func finding(in origins: OriginTable) -> Finding {
        let (rule, severity, message, remedy) = words
        let place = Place(
            location: origins.location(of: origin), field: origins.field(of: origin), connection: connection)
        return Finding(rule, severity, message, at: place, remedy: remedy)
    }

    private var words: (rule: RuleID, severity: Severity, message: String, remedy: String) {
        switch kind {
        case .apiError(let error):
            return ("PC050", .error, error.words.message, error.words.remedy)
        case .unsupportedOperation(let operation):
            return ("PC051", .error, operation.words.message, operation.words.remedy)
        case .unrecognised(let what):
            return ("PC052", .error, what.words.message, what.words.remedy)
        case .missing(let field):
            return (
                "PC053", .error, "\(field.path) is missing or empty; the record is left out",
                "get the answer again; if it stays so, ask the vendor with its RequestId"
            )
        case .notAnInteger(let field, let value):
            return (
                "PC054", .error, "\(field.path) is \(shown(value)) where a whole number is expected",
                "look whether the file was changed (a number looks like 86400); if it is as it came, report this"
            )
        case .notABoolean(let field, let value):
            return (
                "PC055", .error, "\(field.path) is \(shown(value)) where true or false is expected",
                "write true or false; if the file is as it came, report this"
            )
        case .wrongShape(let field, let expected):
            return (
                "PC056", .error,
                "\(field.path) does not hold \(expected.words), as it does in every answer of the API",
                "the file was edited or is another operation's answer; get the answer again"
            )
        case .twice(let field):
            return (
                "PC057", .error, "\(field.path) stands twice in one object, with different values",
                "the file was edited; remove the wrong one or get the answer again"
            )
        case .missingPages(let pages):
            return (
                "PC059", .warning, pages.message,
                "call \(pages.operation.rawValue) for the other pages, too, and give all files"
            )
        case .recordCount(let found, let expected):
            return (
                "PC060", .warning,
                "the page holds \(found) \(found == 1 ? "record" : "records") where its numbers say \(expected)",
                "the file was shortened or edited; get the page again"
            )
        }
    }
}

private func shown(_ value: String?) -> String { value.map(quoted) ?? "a key" }

extension ResponseProblem.UnsupportedOperation {
    fileprivate var words: (message: String, remedy: String) {
        switch self {
        case .diagnoseVpnConnections:
            (
                "this is an answer of DiagnoseVpnConnections, which tells faults, not configuration",
                "call DescribeVpnConnections instead"
            )
        case .describeVpnAttachments:
            (
                "this is an answer of DescribeVpnAttachments, which holds neither keys nor algorithms",
                "call DescribeVpnConnections instead; an attachment's InstanceId is its VpnConnectionId"
            )
        case .writeOperation:
            (
                "this answer holds the id of a connection, not its configuration",
                "call DescribeVpnConnection with this VpnConnectionId"
            )
        }
    }
}

extension ResponseProblem.Unrecognised {
    fileprivate var words: (message: String, remedy: String) {
        let whole =
            "give the answer whole, as the API or the aliyun command prints it, without jq or --output"
        return switch self {
        case .bareList: ("the JSON is a list without a name, not an answer", whole)
        case .partOfAnswer(let part): ("this is only a part of an answer: it begins with \(part)", whole)
        case .other(let root) where root.isEmpty: ("the JSON is no answer that is known here", whole)
        case .other(let root): ("the XML is no answer that is known here: its root is \(quoted(root))", whole)
        }
    }
}

extension ResponseProblem.Shape {
    fileprivate var words: String {
        switch self {
        case .value: "a single value"
        case .object: "fields"
        case .list: "a list"
        }
    }
}

extension ResponseProblem.Pages {
    fileprivate var message: String {
        let records = "\(found) of \(total) records were given"
        guard missingCount > 0 else { return "\(operation.rawValue): \(records)" }
        let numbers = missing.map { String($0) }.joined(separator: ", ")
        let more = missingCount > missing.count ? " and \(missingCount - missing.count) more" : ""
        return "\(operation.rawValue): \(records); missing: page \(numbers)\(more)"
    }
}
