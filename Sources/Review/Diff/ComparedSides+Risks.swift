import CloudAPI
import Findings
import PeerModel

extension ComparedSides {
    /// Adds what deserves a second look about a changed value.
    func addRisks(to change: inout Change, _ before: RawField?, _ after: RawField?, _ subject: ComparedSubject) {
        let (first, second) = (before?.text, after?.text)
        let name = change.field?.path.split(separator: ".").last.map(String.init) ?? ""
        if let weaker = Self.weaker(name, first, second) { change.risks.append(.weaker(weaker)) }
        if name == "LocalSubnet" || name == "RemoteSubnet" { addNetworks(to: &change, first, second) }
        if let connection = change.connection {
            addLostRedundancy(to: &change, name, connection)
            // State is worth a look only where it decides whether there is a tunnel at all.
            let isRendered = (old.connections[connection] != nil, new.connections[connection] != nil)
            if isRendered.0 != isRendered.1 {
                if change.effect == .state { change.effect = .unknown }
                change.risks.append(.notRendered)
            }
        }
    }

    /// What protects less than before: `nil` where it is as strong, or not known.
    private static func weaker(_ name: String, _ old: String?, _ new: String?) -> String? {
        guard let old else { return nil }
        guard let new else { return name == "AuthKey" || name == "Psk" ? "there is no key any more" : nil }
        func fell<Value>(_ read: (String) -> Value?, _ strength: (Value) -> Int) -> Bool {
            guard let first = read(old), let second = read(new) else { return false }
            return strength(second) < strength(first)
        }
        let isWeaker =
            switch name {
            case "IkeEncAlg", "IpsecEncAlg": fell(Encryption.init(apiText:)) { $0.strength }
            case "IkeAuthAlg", "IpsecAuthAlg": fell(Integrity.init(apiText:)) { $0.strength }
            case "IkePfs": fell(DHGroup.init(apiText:)) { $0.bits }
            case "IpsecPfs": fell(PerfectForwardSecrecy.init(apiText:)) { $0.group?.bits ?? 0 }
            case "IkeVersion": fell(IKEVersion.init(apiText:)) { $0.number }
            case "IkeMode": fell(IKEMode.init(apiText:)) { $0 == .main ? 1 : 0 }
            default: false
            }
        return isWeaker ? "\(old) → \(new)" : nil
    }

    /// Which addresses are let through that were not, and the other way round.
    private func addNetworks(to change: inout Change, _ old: String?, _ new: String?) {
        let (before, after) = (Self.networks(old), Self.networks(new))
        let gained = after.filter { network in !before.contains { $0.contains(network) } }
        let lost = before.filter { network in !after.contains { $0.contains(network) } }
        if !gained.isEmpty { change.risks.append(.wider(Self.list(gained))) }
        if !lost.isEmpty { change.risks.append(.narrower(Self.list(lost))) }
        guard gained.isEmpty, lost.isEmpty, !before.isEmpty else { return }
        if Set(before) == Set(after) {
            change.effect = .nothing
            change.remarks.append("the same networks, in another order or notation")
        } else {
            change.remarks.append("the same addresses, in other networks")
        }
    }

    private static func networks(_ text: String?) -> [IPv4Network] {
        (text ?? "").split(separator: ",").compactMap { part in
            IPv4Network.parse(String(part.filter { $0 != " " }))?.network
        }
    }

    private static func list(_ networks: [IPv4Network]) -> String {
        let shown = networks.prefix(10).map(\.description).joined(separator: ", ")
        return networks.count > 10 ? "\(shown) and \(networks.count - 10) more" : shown
    }

    /// A connection that goes, and another one on the same device that led to the same networks and now stands alone.
    func lostAlternatives(of id: String) -> [Risk] {
        guard let gone = old.connections[id] else { return [] }
        let rest = new.connections.values.filter { other in
            other.id.value != id && !Set(other.customerGateways).isDisjoint(with: gone.customerGateways)
                && other.cloudNetworks.contains { network in
                    gone.cloudNetworks.contains { $0.value.overlaps(network.value) }
                }
        }
        return rest.map(\.id.value).sorted().prefix(1).map {
            .redundancyLost("\($0) led to the same networks, and is left without it")
        }
    }

    /// Two tunnels that end on one router, or stand in one zone, now that they did not before.
    private func addLostRedundancy(to change: inout Change, _ name: String, _ connection: String) {
        guard let before = old.connections[connection], let after = new.connections[connection],
            before.tunnels.count > 1, after.tunnels.count > 1
        else { return }
        func merged(_ value: (Tunnel) -> String?) -> Bool {
            let (first, second) = (before.tunnels.compactMap(value), after.tunnels.compactMap(value))
            return Set(first).count > 1 && second.count > 1 && Set(second).count == 1
        }
        if name == "CustomerGatewayId", merged({ $0.device.customerGateway?.value }) {
            change.risks.append(.redundancyLost("both tunnels end on one customer gateway now"))
        }
        if name == "ZoneNo", merged({ $0.zone?.value }) {
            change.risks.append(.redundancyLost("both tunnels stand in one zone now"))
        }
    }
}

extension RawField {
    /// The value, where it is no key; for keys, that there is one.
    fileprivate var text: String {
        switch content {
        case .text(let text): text
        case .key, .unknown: ""
        }
    }
}
