public import FieldReader
public import Findings

/// Everything that a number of answers say, read together.
public struct ResponseSet: Sendable {
    /// Connections, in the order read; the same one may come from several answers.
    public private(set) var connections: [VPNConnection] = []
    /// VPN gateways, in the order read.
    public private(set) var vpnGateways: [VPNGateway] = []
    /// Customer gateways, in the order read.
    public private(set) var customerGateways: [CustomerGateway] = []
    /// Connections as devices see them, in the order read.
    public private(set) var peerConfigs: [DownloadedPeerConfig] = []
    /// The answers themselves, in the order read, refused ones included.
    public private(set) var documents: [ResponseDocument] = []
    /// All that is wrong: with each document in turn, then with all pages together.
    public private(set) var findings: [Finding] = []
    /// Operations of whose answers pages, or records of a page, are missing.
    public private(set) var incompleteOperations: Set<APIOperation> = []
    /// The names behind the places of all values.
    public var origins: OriginTable { reader.origins }

    private var reader: ResponseReader

    /// Starts with nothing.
    ///
    /// - Parameters:
    ///   - origins: the table to go on with; see ``ResponseReader``.
    ///   - keepsRecords: whether records keep what was sent; see ``ResponseReader``.
    public init(origins: OriginTable = .cloudAPI(), keepsRecords: Bool = false) {
        reader = ResponseReader(origins: origins, keepsRecords: keepsRecords)
    }

    /// Reads a number of answers.
    public init(reading sources: some Sequence<ByteSource>) {
        self.init()
        for source in sources { add(source) }
        finish()
    }

    /// Reads an answer; if it is refused as a whole, none of its records is kept.
    public mutating func add(_ source: ByteSource) {
        var records: [APIRecord] = []
        let document = reader.read(source) { records.append($0) }
        documents.append(document)
        findings += document.findings
        guard !document.isRefused else { return }
        for record in records {
            switch record {
            case .connection(let connection): connections.append(connection)
            case .vpnGateway(let gateway): vpnGateways.append(gateway)
            case .customerGateway(let gateway): customerGateways.append(gateway)
            case .peerConfig(let config): peerConfigs.append(config)
            }
        }
    }

    /// Opens a file and reads the answer in it; a file that can't be opened is a finding.
    public mutating func add(file: String) {
        do throws(ReadProblem) {
            try ByteSource.withFile(file) { source throws(ReadProblem) in add(source) }
        } catch {
            findings.append(error.finding)
        }
    }

    /// Checks what can only be told of all answers together: whether pages are missing.
    public mutating func finish() {
        let problems = pageProblems(of: documents)
        findings += problems.map { $0.finding(in: origins) }
        let lacking = Set(problems.filter(\.isShortage).map(\.origin.file))
        incompleteOperations = Set(documents.filter { lacking.contains($0.file) }.compactMap(\.operation))
    }
}
