public import CloudAPI

/// How much the answers of one side tell: what is not in them is gone only where they tell everything.
public struct Coverage: Sendable {
    /// How much is told of one kind of record.
    enum Extent: Sendable {
        /// No answer is about it.
        case nothing
        /// Answers about single records: others may exist.
        case single
        /// Lists of which pages are missing, or next to which an answer could not be read.
        case partial
        /// Lists that are whole.
        case everything
    }

    private var extents: [ComparedRecord.Kind: Extent] = [:]

    /// Judges what was read.
    ///
    /// - Parameters:
    ///   - answers: what was read.
    ///   - hasUnread: whether there is something that could not be read, and could be about anything.
    public init(of answers: ResponseSet, hasUnread: Bool) {
        let operations = Set(answers.documents.filter { !$0.isRefused }.compactMap(\.operation))
        for kind in ComparedRecord.Kind.allCases {
            if operations.contains(kind.list) {
                let isPartial = hasUnread || answers.incompleteOperations.contains(kind.list)
                extents[kind] = isPartial ? .partial : .everything
            } else if !operations.isDisjoint(with: kind.others) {
                extents[kind] = hasUnread ? .partial : .single
            }
        }
    }

    /// Whether any answer is about connections, be it to say that there are none.
    public var hasConnections: Bool { self[.connection] != .nothing }

    /// Whether pages or records of a list are missing.
    public var isPartial: Bool { extents.values.contains(.partial) }

    /// Whether there may be connections that are not in the answers: a page or a record of the list is missing.
    public var mayLackConnections: Bool { self[.connection] == .partial }

    /// How much is told of a kind of record.
    subscript(kind: ComparedRecord.Kind) -> Extent { extents[kind] ?? .nothing }

    /// Whether what is absent here, and present on the other side, is known not to exist.
    ///
    /// A folder with one file for each record is taken at its word, as long as the other side is one, too.
    func isConclusive(_ kind: ComparedRecord.Kind, comparedWith other: Coverage) -> Bool {
        switch self[kind] {
        case .everything: true
        case .single: other[kind] == .single
        case .nothing, .partial: false
        }
    }

    /// Why nothing is known of what is absent.
    func doubt(_ kind: ComparedRecord.Kind) -> String {
        self[kind] == .single
            ? "there is no \(kind.list.rawValue) answer, only answers about single ones"
            : "pages are missing, or an answer could not be read"
    }
}

extension ComparedRecord.Kind {
    /// The operation that lists all records of the kind.
    var list: APIOperation {
        switch self {
        case .connection: .describeVpnConnections
        case .vpnGateway: .describeVpnGateways
        case .customerGateway: .describeCustomerGateways
        }
    }

    /// Operations that tell of single ones.
    fileprivate var others: Set<APIOperation> {
        switch self {
        case .connection: [.describeVpnConnection, .downloadVpnConnectionConfig]
        case .vpnGateway: [.describeVpnGateway]
        case .customerGateway: [.describeCustomerGateway]
        }
    }
}
