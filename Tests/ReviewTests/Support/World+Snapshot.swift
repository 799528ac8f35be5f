import CloudAPI
import FieldReader
import Findings
import PeerModel
import Review

extension Snapshot {
    /// One side of a comparison, from documents.
    init(documents: [String]) {
        var set = ResponseSet(keepsRecords: true)
        for (index, document) in documents.enumerated() {
            set.add(ByteSource(Array(document.utf8), name: "\(index).xml"))
        }
        set.finish()
        let merged = InputMerging(set.connections, origins: set.origins)
        let fleet = Fleet(
            connections: merged.connections,
            gateways: GatewayDirectory(vpnGateways: set.vpnGateways, customerGateways: set.customerGateways),
            origins: set.origins)
        self.init(
            connections: merged.connections, vpnGateways: set.vpnGateways, customerGateways: set.customerGateways,
            fleet: fleet, origins: set.origins,
            unreadable: Set(set.findings.filter { $0.severity == .error }.compactMap(\.place.connection)),
            coverage: Coverage(
                of: set,
                hasUnread: set.findings.contains { $0.severity == .error && $0.place.connection == nil }))
    }
}
