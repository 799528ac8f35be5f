public import Findings

/// The operations whose answers are read.
public enum APIOperation: String, Sendable, CaseIterable {
    /// A page of connections.
    case describeVpnConnections = "DescribeVpnConnections"
    /// One connection, its fields directly under the root.
    case describeVpnConnection = "DescribeVpnConnection"
    /// A page of VPN gateways.
    case describeVpnGateways = "DescribeVpnGateways"
    /// One VPN gateway, its fields directly under the root.
    case describeVpnGateway = "DescribeVpnGateway"
    /// A page of customer gateways.
    case describeCustomerGateways = "DescribeCustomerGateways"
    /// One customer gateway, its fields directly under the root.
    case describeCustomerGateway = "DescribeCustomerGateway"
    /// A connection as the device sees it.
    case downloadVpnConnectionConfig = "DownloadVpnConnectionConfig"
}

/// One record of an answer: a reference, because answers hold thousands.
public enum APIRecord: Sendable {
    /// From `DescribeVpnConnections` or `DescribeVpnConnection`.
    case connection(VPNConnection)
    /// From `DescribeVpnGateways` or `DescribeVpnGateway`.
    indirect case vpnGateway(VPNGateway)
    /// From `DescribeCustomerGateways` or `DescribeCustomerGateway`.
    indirect case customerGateway(CustomerGateway)
    /// From `DownloadVpnConnectionConfig`.
    indirect case peerConfig(DownloadedPeerConfig)
}

/// What is known of an answer when it has been read: all but its records.
public struct ResponseDocument: Sendable {
    /// The file as the user named it.
    public let name: String
    /// The file's number in the `OriginTable`.
    public let file: UInt32
    /// Whose answer it is; `nil` where that could not be told.
    public internal(set) var operation: APIOperation?
    /// `PageNumber`, counted from 1.
    public internal(set) var pageNumber: Located<Int>?
    /// `PageSize`: the most records on a page.
    public internal(set) var pageSize: Located<Int>?
    /// `TotalCount`: the number of records on all pages.
    public internal(set) var totalCount: Located<Int>?
    /// `RequestId`, which the vendor's support asks for.
    public internal(set) var requestId: Located<String>?
    /// How many records it holds, those left out included.
    public internal(set) var recordCount = 0
    /// How many of them were left out because something is wrong with them; each has a finding.
    public internal(set) var leftOutCount = 0
    /// Whether the document as a whole is of no use, so that records handed out already do not count.
    public internal(set) var isRefused = false
    /// The error that the API answered with, if it is one.
    public internal(set) var apiError: APIError?
    /// All that is wrong with the document and its records.
    public internal(set) var findings: [Finding] = []

    init(name: String, file: UInt32) {
        self.name = name
        self.file = file
    }
}
