import CloudAPI
import Findings
import PeerModel

extension ComparedSides {
    /// Adds what deserves a second look about a changed value.
    func addRisks(to change: inout Change, _ before: RawField?, _ after: RawField?, _ subject: ComparedSubject) {
        let (first, second) = (before?.shownText, after?.shownText)
        let name = change.field?.path.split(separator: ".").last.map(String.init) ?? ""
        if let weaker = Self.weaker(name, first, second) { change.risks.append(.weaker(weaker)) }
        if name == "LocalSubnet" || name == "RemoteSubnet" { addNetworks(to: &change, first, second, subject.record) }
        if name.hasSuffix("Lifetime"), subject.record.usesIKEv1(in: subject.tunnel) {
            change.effect = .unknown
            change.remarks.append("with IKEv1 lifetimes are negotiated: a side may refuse one that is not its own")
        }
        guard let connection = change.connection else { return addUses(to: &change, subject.record) }
        addLostRedundancy(to: &change, name, connection)
        addInterruption(to: &change, connection)
        // State is worth a look only where it decides whether there is a tunnel at all.
        let isRendered = (old.connections[connection] != nil, new.connections[connection] != nil)
        if isRendered.0 != isRendered.1, change.rule != "PC771" || change.effect != .gone {
            if change.effect == .state { change.effect = .unknown }
            change.risks.append(.notRendered)
        }
    }

    /// Adds what an interruption means for the connection: both tunnels at once, or the only one that is up.
    func addInterruption(to change: inout Change, _ connection: String) {
        let tunnels = Set((old.tunnels[connection] ?? []) + (new.tunnels[connection] ?? []))
        guard change.effect.interrupts, change.effect != .gone, tunnels.count > 1 else { return }
        guard let tunnel = change.tunnel else { return change.risks.append(.allTunnels) }
        let others = tunnels.subtracting([tunnel]).sorted()
        guard health(of: tunnel) != .down, others.allSatisfy({ health(of: $0) == .down }) else { return }
        change.risks.append(
            .onlyTunnelUp(others.map { "\($0) is not (\(status(of: $0) ?? ""))" }.joined(separator: ", ")))
    }

    /// What protects less than before: `nil` where it is as strong, or not known.
    static func weaker(_ name: String, _ old: String?, _ new: String?) -> String? {
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
        func shown(_ text: String) -> String {
            name.hasSuffix("EncAlg") ? Encryption(apiText: text)?.name ?? text : text
        }
        return isWeaker ? "\(shown(old)) → \(shown(new))" : nil
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
    var shownText: String {
        switch content {
        case .text(let text): text
        case .key, .unknown: ""
        }
    }
}
