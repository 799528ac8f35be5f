import CloudAPI
import Findings
import PeerModel

/// What changed networks let through, cut off, and claim that others claim, too.
extension ComparedSides {
    /// Which addresses are let through that were not, and the other way round.
    func addNetworks(to change: inout Change, _ old: String?, _ new: String?, _ record: ComparedRecord) {
        guard let before = Self.networks(old), let after = Self.networks(new), !before.isEmpty, !after.isEmpty else {
            return
        }
        let gained = AddressSet(after).subtracting(AddressSet(before))
        let lost = AddressSet(before).subtracting(AddressSet(after))
        switch (gained.isEmpty, lost.isEmpty) {
        case (true, true):
            guard Set(before) == Set(after) else {
                return change.remarks.append("the same addresses, in other networks")
            }
            change.effect = .nothing
            change.remarks.append("the same networks, in another order or notation")
        case (false, true): change.risks.append(.wider(Self.words(gained, of: after)))
        case (true, false):
            change.risks.append(.narrower(Self.words(lost, of: before)))
            // Selectors of IKEv2 are narrowed to what both sides have; those of IKEv1 must be equal.
            if !record.usesIKEv1(in: nil) { change.effect = .routing }
        case (false, false):
            change.risks.append(
                .otherNetworks(gained: Self.words(gained, of: after), lost: Self.words(lost, of: before)))
        }
        let isCloud = change.field?.path == "LocalSubnet"
        guard !gained.isEmpty, let id = change.connection, let connection = self.new.connections[id] else { return }
        let gainedNetworks = gained.networks
        change.risks += overlaps(
            of: connection, cloud: isCloud ? gainedNetworks : connection.cloudNetworks.map(\.value),
            device: isCloud ? connection.deviceNetworks.map(\.value) : gainedNetworks)
    }

    /// What an added connection claims that others claim, too.
    func addOverlaps(to change: inout Change) {
        guard let id = change.connection, let connection = new.connections[id] else { return }
        let overlaps = overlaps(
            of: connection, cloud: connection.cloudNetworks.map(\.value),
            device: connection.deviceNetworks.map(\.value))
        guard !overlaps.isEmpty else { return }
        change.effect = .routing
        change.risks += overlaps
    }

    /// Other connections that lead to the same networks: on the same device, from the same gateway, or for the same
    /// traffic.
    ///
    /// BGP decides by itself, and any to any stands for "as routes say".
    private func overlaps(of connection: Connection, cloud: [IPv4Network], device: [IPv4Network]) -> [Risk] {
        guard !connection.usesBGP, !connection.isAnyToAny else { return [] }
        return new.connections.values.sorted { $0.id.value < $1.id.value }.compactMap { other in
            guard other.id.value != connection.id.value, !other.usesBGP, !other.isAnyToAny else { return nil }
            let sharedCloud = Self.shared(cloud, other.cloudNetworks.map(\.value))
            let sharedDevice = Self.shared(device, other.deviceNetworks.map(\.value))
            let isOneDevice = !Set(connection.customerGateways).isDisjoint(with: other.customerGateways)
            let isOneGateway = connection.attachment.id != nil && connection.attachment.id == other.attachment.id
            if !sharedCloud.isEmpty, !sharedDevice.isEmpty {
                return .overlap(
                    "\(other.id.value) carries traffic between \(Self.list(sharedDevice)) and \(Self.list(sharedCloud)), too"
                )
            }
            if isOneDevice, !sharedCloud.isEmpty {
                return .overlap("\(other.id.value) leads from the same device to \(Self.list(sharedCloud)), too")
            }
            if isOneGateway, !sharedDevice.isEmpty {
                return .overlap("\(other.id.value) leads from the same gateway to \(Self.list(sharedDevice)), too")
            }
            return nil
        }
    }

    /// The smaller one of each two networks that overlap; 0.0.0.0/0 means whatever routes say.
    private static func shared(_ first: [IPv4Network], _ second: [IPv4Network]) -> [IPv4Network] {
        var result: [IPv4Network] = []
        for one in first where one != .any {
            for other in second where other != .any && one.overlaps(other) {
                let smaller = one.contains(other) ? other : one
                if !result.contains(smaller) { result.append(smaller) }
            }
        }
        return result
    }

    /// `nil` where the text holds anything else.
    private static func networks(_ text: String?) -> [IPv4Network]? {
        var networks: [IPv4Network] = []
        for part in (text ?? "").split(separator: ",") {
            guard let network = IPv4Network.parse(String(part.filter { $0 != " " }))?.network else { return nil }
            networks.append(network)
        }
        return networks
    }

    /// A part of some networks; where many small ones would have to be named, the large ones and what is excepted.
    private static func words(_ part: AddressSet, of networks: [IPv4Network]) -> String {
        let exact = part.networks
        guard exact.count > 3 else { return list(exact) }
        let touched = networks.filter { network in exact.contains { network.overlaps($0) } }
        let excepted = AddressSet(touched).subtracting(part).networks
        return excepted.count < exact.count
            ? "\(list(touched)) but for \(list(excepted))" : list(exact)
    }

    static func list(_ networks: [IPv4Network]) -> String {
        let shown = networks.prefix(10).map(\.description).joined(separator: ", ")
        return networks.count > 10 ? "\(shown) and \(networks.count - 10) more" : shown
    }
}

extension Attachment {
    /// What it is attached to; `nil` where that is not known.
    fileprivate var id: String? {
        switch self {
        case .vpnGateway(let id): id.value
        case .transitRouter(let id, let name): id?.value ?? name?.value
        case .nothing: nil
        }
    }
}

extension ComparedRecord {
    /// Whether the tunnel, or any of them, is negotiated by IKEv1.
    func usesIKEv1(in tunnel: String?) -> Bool {
        let fields = tunnel.map { tunnels[$0] ?? [:] }.map { [$0] } ?? [own] + tunnels.values
        return fields.contains { fields in
            fields.contains { $0.key.path.hasSuffix(".IkeVersion") && $0.value.shownText.lowercased() == "ikev1" }
        }
    }
}
