internal import FieldReader
internal import Findings

/// Decodes one document: its records as they come, then its envelope, which tells what it is.
struct DocumentDecoder {
    private var document: ResponseDocument
    private var problems: [ResponseProblem] = []
    private var readProblem: ReadProblem?
    private let keepsRecords: Bool

    init(document: ResponseDocument, keepsRecords: Bool) {
        self.document = document
        self.keepsRecords = keepsRecords
    }

    /// Decodes a record; stops reading where the document turns out to be of no use.
    mutating func decode(_ record: Record, onRecord: (APIRecord) -> Void) -> ReadControl {
        guard let shape = Shape(rawValue: record.shape) else { return .proceed }
        let root = record.tree.root
        if let operation = unsupported(shape, record: root) {
            refuse(.unsupportedOperation(operation), at: root)
            return .stop
        }
        document.operation = document.operation ?? shape.operation
        decode(shape, root, onRecord: onRecord)
        return .proceed
    }

    /// Decodes what is left of the document when the records of its lists are taken out.
    mutating func decode(envelope root: Field, onRecord: (APIRecord) -> Void) {
        if let operation = unsupported(root: root) {
            refuse(.unsupportedOperation(operation), at: root)
            return
        }
        decodePage(root)
        let lists = Shape.allCases.filter { root[$0.list.number] != nil }
        if !lists.isEmpty {
            checkLists(lists, in: root)
        } else if let field = root[APIName.vpnConnectionConfig.number], field.kind == .object {
            document.operation = .downloadVpnConnectionConfig
            take(field, onRecord: onRecord) { .peerConfig(DownloadedPeerConfig.decode($0, in: $1)) }
        } else if let (shape, operation) = singular(root) {
            document.operation = operation
            decode(shape, root, onRecord: onRecord)
        } else {
            refuseUnrecognised(root)
        }
    }

    /// Notes that the document cannot be read.
    mutating func refuse(_ problem: ReadProblem) {
        readProblem = problem
        document.isRefused = true
    }

    /// The document, with all problems in words.
    func finish(_ origins: OriginTable) -> ResponseDocument {
        var document = document
        document.findings = problems.map { $0.finding(in: origins) }
        if let readProblem { document.findings.append(readProblem.finding) }
        return document
    }

    // MARK: Records

    private mutating func decode(_ shape: Shape, _ field: Field, onRecord: (APIRecord) -> Void) {
        switch shape {
        case .connections:
            take(field, onRecord: onRecord) { VPNConnection.decode($0, in: $1).map { .connection($0) } }
        case .vpnGateways:
            take(field, onRecord: onRecord) { VPNGateway.decode($0, in: $1).map { .vpnGateway($0) } }
        case .customerGateways:
            take(field, onRecord: onRecord) {
                CustomerGateway.decode($0, in: $1).map { .customerGateway($0) }
            }
        case .attachments: break
        }
    }

    /// Hands a record out if nothing is wrong with it, and counts it in any case.
    private mutating func take(
        _ field: Field, onRecord: (APIRecord) -> Void, decode: (Field, RecordContext) -> APIRecord?
    ) {
        let context = RecordContext(file: document.file, keepsRecords: keepsRecords)
        document.recordCount += 1
        if let record = decode(field, context), context.problems.isEmpty {
            onRecord(record)
            return
        }
        document.leftOutCount += 1
        let id = field[APIName.vpnConnectionId.number]?.trimmedText ?? ""
        let keys = Set(field.keys)
        for var problem in context.problems {
            problem.kind.withhold(keys)
            problem.connection = id.isEmpty ? nil : id
            problems.append(problem)
        }
    }

    // MARK: The envelope

    /// Reads `PageNumber` and the like; a wrong one is reported, the records are none the worse for it.
    private mutating func decodePage(_ root: Field) {
        let context = RecordContext(file: document.file)
        let object = ObjectReader(root, as: .answer, in: context)
        document.pageNumber = object.integer(.pageNumber)
        document.pageSize = object.integer(.pageSize)
        document.totalCount = object.integer(.totalCount)
        document.requestId = object.text(.requestId)
        problems += context.problems
    }

    /// A list is empty when its records are taken out, unless it was none.
    private mutating func checkLists(_ lists: [Shape], in root: Field) {
        for shape in lists {
            guard let field = root[shape.list.number],
                case .field(let known) = Section.answer.meaning(of: shape.list.number)
            else { continue }
            document.operation = document.operation ?? shape.operation
            let isList = field.kind == .object || field.kind == .array || field.kind == .null
            if isList || field.kind == .text && field.trimmedUTF8.isEmpty { continue }
            let origin = Origin(
                file: document.file, line: field.line, column: field.column, field: known.rawValue)
            problems.append(ResponseProblem(.wrongShape(known, expected: .list), at: origin))
            document.isRefused = true
        }
    }

    private mutating func refuseUnrecognised(_ root: Field) {
        let context = RecordContext(file: document.file)
        if let error = APIError.decode(root, in: context) {
            document.apiError = error
            refuse(.apiError(error), at: root)
            return
        }
        let parts = Shape.allCases.map(\.item) + [.ikeConfig, .tunnelOptions]
        let part = parts.first { root[$0.number] != nil || root.nameNumber == $0.number }
        if root.kind == .array {
            refuse(.unrecognised(.bareList), at: root)
        } else if let part {
            refuse(.unrecognised(.partOfAnswer(part.text)), at: root)
        } else {
            refuse(.unrecognised(.other(root: root.name)), at: root)
        }
    }

    private mutating func refuse(_ kind: ResponseProblem.Kind, at field: Field) {
        let origin = Origin(file: document.file, line: field.line, column: field.column, field: 0)
        problems.append(ResponseProblem(kind, at: origin))
        document.isRefused = true
    }
}
