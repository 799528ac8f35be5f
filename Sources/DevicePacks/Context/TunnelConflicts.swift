import CloudAPI
import Findings
import PeerModel

/// Tunnels that get into each other's way on one device.
extension Device {
    /// The tunnels, by id, whose two identities are both among the identities and addresses of a tunnel with another key.
    ///
    /// Where a key is filed under all four, it can't be found for certain.
    var tunnelsContestedByAddresses: [String] {
        let tunnels = self.connections.flatMap { $0.tunnels }
        // Where all have one key, as where there is one tunnel, nothing is contested.
        guard tunnels.haveSeveralKeys else { return [] }
        let all = tunnels.map(KeyOwners.init)
        var byIdentity: [String: [Int]] = [:]
        for (index, tunnel) in all.enumerated() {
            for text in tunnel.all { byIdentity[text, default: []].append(index) }
        }
        return all.filter { tunnel in
            (byIdentity[tunnel.cloud] ?? []).contains { index in
                !all[index].key.mayEqual(tunnel.key) && all[index].all.contains(tunnel.device)
            }
        }.map(\.id).sorted()
    }

    /// The tunnels, by id, that have the cloud's identity and the device's own address in common with another one of the
    /// same version of IKE.
    ///
    /// An own address that is not known may be the same.
    var ambiguousTunnels: [String] {
        let groups = Dictionary(grouping: self.connections.flatMap { $0.tunnels }) { tunnel in
            let identity = tunnel.cloud.identity?.value.text ?? tunnel.cloud.address?.value.description ?? ""
            return "\(tunnel.ike.version.value.number) \(identity)"
        }
        return groups.values.flatMap { group in
            group.indices.filter { index in
                group.indices.contains { $0 != index && group[index].mayShareAddress(with: group[$0]) }
            }.map { group[$0].id.value }
        }.sorted()
    }

    /// The tunnels, by id, with traffic inside a network behind the device that is inside another's network behind
    /// the cloud.
    ///
    /// What exempts such a network from its own tunnel exempts that traffic, too.
    var bypassedTunnels: [String] {
        let exempt = self.connections.map { ($0.id.value, exemptNetworks(of: $0)) }.filter { !$0.1.isEmpty }
        guard !exempt.isEmpty else { return [] }
        var tunnels: [String] = []
        for connection in self.connections {
            let networks = exempt.filter { $0.0 != connection.id.value }.flatMap(\.1)
            for tunnel in connection.tunnels where tunnel.selectors.contains(where: { $0.isInside(networks) }) {
                tunnels.append(tunnel.id.value)
            }
        }
        return tunnels.sorted()
    }

    /// Networks behind the device inside one behind the cloud of the same pair.
    ///
    /// A pair the other way round counts for
    /// nothing: it is refused by itself.
    private func exemptNetworks(of connection: Connection) -> [IPv4Network] {
        let pairs = connection.tunnels.flatMap { $0.selectors }.filter { !$0.isEverything }
        guard !pairs.contains(where: { $0.deviceHoldsCloud }) else { return [] }
        return pairs.flatMap { pair in
            pair.device.map(\.value).filter { device in pair.cloud.contains { $0.value.contains(device) } }
        }
    }
}

extension [Tunnel] {
    /// Whether some two of them certainly have different keys.
    var haveSeveralKeys: Bool {
        guard let first = first(where: { !$0.presharedKey.value.isStandIn })?.presharedKey.value else { return false }
        return contains { !$0.presharedKey.value.mayEqual(first) }
    }
}

extension Tunnel {
    fileprivate func mayShareAddress(with other: Tunnel) -> Bool {
        guard let own = self.device.interfaceAddress?.value, let theirs = other.device.interfaceAddress?.value else {
            return true
        }
        return own == theirs
    }
}

extension SelectorPair {
    fileprivate var isEverything: Bool { cloud.map(\.value) == [.any] && device.map(\.value) == [.any] }

    fileprivate var deviceHoldsCloud: Bool {
        device.contains { device in cloud.contains { device.value.contains($0.value) } }
    }

    fileprivate func isInside(_ networks: [IPv4Network]) -> Bool {
        !isEverything
            && networks.contains { network in
                cloud.contains { network.contains($0.value) } && device.contains { network.overlaps($0.value) }
            }
    }
}

/// What a tunnel's key is filed under.
private struct KeyOwners {
    let id: String
    let key: Secret
    let cloud: String
    let device: String
    /// Up to four; one may be there twice.
    let all: [String]

    init(_ tunnel: Tunnel) {
        let addresses = [tunnel.cloud.address, tunnel.device.interfaceAddress].compactMap { $0?.value.description }
        id = tunnel.id.value
        key = tunnel.presharedKey.value
        cloud = tunnel.cloud.identity?.value.text ?? tunnel.cloud.address?.value.description ?? ""
        device = tunnel.device.identity?.value.text ?? tunnel.device.address?.value.description ?? ""
        all = addresses + [cloud, device]
    }
}
