public import Findings

/// What is wrong with an answer or one of its records, though it could be read.
public struct ResponseProblem: Error, Sendable {
    /// What is wrong.
    public var kind: Kind
    /// Where.
    public var origin: Origin
    /// The `VpnConnectionId` concerned, if it is known.
    public var connection: String?

    /// Says what is wrong and where.
    public init(_ kind: Kind, at origin: Origin, connection: String? = nil) {
        self.kind = kind
        self.origin = origin
        self.connection = connection
    }

    /// The ways in which answers and records can be wrong.
    public enum Kind: Sendable {
        /// The API has answered with an error.
        case apiError(APIError)
        /// The answer of an operation that does not help; its name.
        case unsupportedOperation(UnsupportedOperation)
        /// Nothing in the document is known.
        case unrecognised(Unrecognised)
        /// A field that every record of its kind has is missing or empty.
        case missing(APIField)
        /// A field holds something else than a whole number of 64 bits; no value where it is one of the record's keys.
        case notAnInteger(APIField, value: String?)
        /// A field holds neither `true` nor `false`; no value where it is one of the record's keys.
        case notABoolean(APIField, value: String?)
        /// A field holds an object or a list where a text belongs, or the reverse.
        case wrongShape(APIField, expected: Shape)
        /// A field stands twice in one object, with different values.
        case twice(APIField)
        /// Pages of an answer are missing.
        case missingPages(Pages)
        /// A page holds another number of records than it says.
        case recordCount(found: Int, expected: Int)
    }

    /// Operations whose answers people may take for useful ones.
    public enum UnsupportedOperation: String, Sendable, CaseIterable {
        /// Tells faults of connections.
        case diagnoseVpnConnections = "DiagnoseVpnConnections"
        /// Lists attachments without their keys and algorithms.
        case describeVpnAttachments = "DescribeVpnAttachments"
        /// Tells the id of what was created or changed.
        case writeOperation = "CreateVpnConnection"
    }

    /// What a document is that is nobody's answer.
    public enum Unrecognised: Sendable, Hashable {
        /// A JSON array without a name.
        case bareList
        /// A part of an answer: what stands directly under the root is the item of a known list.
        case partOfAnswer(String)
        /// Something else; the name of its root, empty for JSON.
        case other(root: String)
    }

    /// What a field can hold.
    public enum Shape: Sendable, Hashable {
        /// One value.
        case value
        /// Fields.
        case object
        /// Items.
        case list
    }

    /// Which pages of how many are there, and what they hold together.
    public struct Pages: Sendable, Hashable {
        /// The operation that was asked page by page.
        public var operation: APIOperation
        /// The first ten of the page numbers that are missing, sorted; empty where pages are not numbered.
        public var missing: [Int]
        /// How many pages are missing; 0 where pages are not numbered.
        public var missingCount: Int
        /// How many records were found.
        public var found: Int
        /// How many records there are: `TotalCount`.
        public var total: Int
    }
}
