public import FieldReader
public import Findings

/// Reads answers of the API, one record at a time, whatever operation and format they are of.
///
/// It owns the `OriginTable` in which the places of all values are; files are registered there
/// in the order read. What a document is, is told by its content alone.
public struct ResponseReader: Sendable {
    /// The names behind the `Origin` of every value read so far.
    public private(set) var origins: OriginTable
    private let reader: RecordReader
    private let keepsRecords: Bool

    /// The lists that are handed out record by record; the order is that of ``Shape``.
    private static let shapes = Shape.allCases.map(\.recordShape)

    /// Prepares reading.
    ///
    /// - Parameters:
    ///   - origins: the table to go on with: one made by `OriginTable.cloudAPI()`, whose first fields are
    ///     ``APIField``.
    ///   - limits: the limits of size; the default is far above any answer.
    ///   - keepsRecords: whether records keep what was sent beside what was understood, for comparisons.
    public init(
        origins: OriginTable = .cloudAPI(), limits: ReadLimits = ReadLimits(), keepsRecords: Bool = false
    ) {
        self.origins = origins
        self.keepsRecords = keepsRecords
        reader = RecordReader(names: APIName.texts, shapes: Self.shapes, limits: limits)
    }

    /// Reads one document from front to back.
    ///
    /// - Parameters:
    ///   - source: the document.
    ///   - onRecord: receives each sound record, in the order sent, while reading goes on. If the
    ///     document turns out to be refused in the end, these records must not be used.
    /// - Returns: what is known of the document, with everything that is wrong.
    public mutating func read(
        _ source: ByteSource, onRecord: (APIRecord) -> Void
    ) -> ResponseDocument {
        let file = origins.addFile(source.name)
        var decoder = DocumentDecoder(
            document: ResponseDocument(name: source.name, file: file), keepsRecords: keepsRecords)
        do throws(ReadProblem) {
            let envelope = try reader.read(source) { record in
                decoder.decode(record, onRecord: onRecord)
            }
            if let envelope { decoder.decode(envelope: envelope.root, onRecord: onRecord) }
        } catch {
            decoder.refuse(error)
        }
        return decoder.finish(origins)
    }
}

extension OriginTable {
    /// A table whose first fields are those of the API, so that their numbers are ``APIField``'s.
    public static func cloudAPI() -> OriginTable { allFields }

    private static let allFields = OriginTable(fieldPaths: APIField.allCases.map(\.path))
}

/// The lists of the API.
enum Shape: Int, CaseIterable {
    case connections, vpnGateways, customerGateways, attachments

    var list: APIName {
        switch self {
        case .connections: .vpnConnections
        case .vpnGateways: .vpnGateways
        case .customerGateways: .customerGateways
        case .attachments: .vpnAttachments
        }
    }

    var item: APIName {
        switch self {
        case .connections: .vpnConnection
        case .vpnGateways: .vpnGateway
        case .customerGateways: .customerGateway
        case .attachments: .vpnAttachment
        }
    }

    var recordShape: RecordShape { RecordShape(list: list.text, item: item.text) }

    /// The operation that answers with such a list; `nil` for one that is of no use here.
    var operation: APIOperation? {
        switch self {
        case .connections: .describeVpnConnections
        case .vpnGateways: .describeVpnGateways
        case .customerGateways: .describeCustomerGateways
        case .attachments: nil
        }
    }
}
