import DevicePacks
import Findings
import PeerModel

extension RenderJob {
    /// What takes connections off one device, and what a person must know of it.
    func removal(from device: Device, _ pack: Pack, _ reading: FleetReading) throws(Finding) -> Result {
        let rendering = try pack.renderRemoval(of: removed, from: device, origins: reading.origins)
        var result = Result(findings: rendering.findings)
        result.documents = rendering.documents.map { File(path: "\(device.name)/\($0.path)", document: $0) }
        result.leftOut = rendering.leftOut.filter(reading.isSelected)
        result.findings += OpenPlaceholders(in: rendering.documents).findings(device: device.name, isStrict: isStrict)
        let gateways = Set(device.customerGateways + device.settings.customerGateways)
        let unread = reading.leftOut.filter { !gateways.isDisjoint(with: $0.customerGateways) }.map(\.id)
        let unknown = Set(unread + rendering.leftOut).subtracting(removed).sorted()
        if !result.documents.isEmpty, !unknown.isEmpty {
            result.findings.append(Self.unaccounted(unknown, on: device.name))
        }
        return result
    }

    private static func unaccounted(_ ids: [String], on device: String) -> Finding {
        Finding(
            "PC311", .warning,
            "\(ids.joined(separator: ", ")) can't be rendered, so no account is taken of what \(device) needs for it",
            at: Place(device: device),
            remedy: "solve that first: what it shares with what is removed would go, too")
    }
}

extension RenderJob.Result {
    /// Adds what became of one device.
    mutating func add(_ other: RenderJob.Result, isStrict: Bool) {
        documents += other.documents
        findings += other.findings
        leftOut += other.leftOut
        if isStrict, other.findings.contains(where: { $0.rule == "PC305" }) { isRefused = true }
    }
}
