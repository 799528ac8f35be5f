import CloudAPI
import Findings
import PeerModel

/// Changes of many fields that are one thing for whoever works on the device.
extension ComparedSides {
    /// Two records of a connection, one of which has tunnels of its own; `nil` where both or none have.
    func modeChange(_ old: ComparedRecord, _ new: ComparedRecord) -> Change? {
        guard old.kind == .connection, old.tunnels.isEmpty != new.tunnels.isEmpty else { return nil }
        let isDual = !new.tunnels.isEmpty
        var change = change(
            .changed, "PC749", ComparedSubject(record: new, hasTunnels: true), origin: (new.origin, self.new))
        change.subject += ": tunnel mode"
        (change.old, change.new) = isDual ? ("single", "dual") : ("dual", "single")
        let (gone, fresh) = (Self.names(old), Self.names(new))
        change.remarks = [
            "what ends: \(gone); what begins: \(fresh); keys, addresses and parameters are all to be set anew"
        ]
        if !isDual { change.risks.append(.redundancyLost("there is no second tunnel any more")) }
        let names = [
            "IkeVersion", "IkeMode", "IkeEncAlg", "IkeAuthAlg", "IkePfs", "IpsecEncAlg", "IpsecAuthAlg", "IpsecPfs",
        ]
        for name in names {
            let pairs = old.values(named: name).flatMap { first in new.values(named: name).map { (first, $0) } }
            if let weaker = pairs.lazy.compactMap({ Self.weaker(name, $0, $1) }).first {
                change.risks.append(.weaker(weaker))
            }
        }
        return change
    }

    private static func names(_ record: ComparedRecord) -> String {
        record.tunnels.isEmpty
            ? "the tunnel of \(record.id)" : record.tunnels.keys.sorted().joined(separator: ", ")
    }

    /// One change where there were several that are one thing.
    func folded(_ changes: [Change], _ old: ComparedRecord, _ new: ComparedRecord) -> [Change] {
        guard new.kind == .connection else { return changes }
        return swapped(healthFolded(bgpFolded(changes, old, new), new), new)
    }

    /// BGP switched on or off: of the connection, or of one of its tunnels.
    private func bgpFolded(_ changes: [Change], _ old: ComparedRecord, _ new: ComparedRecord) -> [Change] {
        let (before, after) = (old.tunnelsWithBGP, new.tunnelsWithBGP)
        guard before != after else { return changes }
        let (kept, folded) = Self.split(changes) { change in
            let path = change.field?.path ?? ""
            return change.rule != "PC764" && change.field?.tag == nil
                && (path.contains("BgpConfig.") || path == "EnableTunnelsBgp")
        }
        if before.isEmpty != after.isEmpty {
            let isModeChange = old.tunnels.isEmpty != new.tunnels.isEmpty
            guard !folded.isEmpty || isModeChange else { return changes }
            let subject = ComparedSubject(record: new, hasTunnels: !old.tunnels.isEmpty || !new.tunnels.isEmpty)
            return kept + [bgpSwitch(isOn: !after.isEmpty, of: subject, folded)]
        }
        let switched = before.symmetricDifference(after)
        var result = kept + folded.filter { !switched.contains($0.tunnel ?? "") }
        for tunnel in switched.sorted() {
            let own = folded.filter { $0.tunnel == tunnel }
            guard !own.isEmpty else { continue }
            result.append(
                bgpSwitch(isOn: after.contains(tunnel), of: ComparedSubject(record: new, tunnel: tunnel), own))
        }
        return result
    }

    private func bgpSwitch(isOn: Bool, of subject: ComparedSubject, _ folded: [Change]) -> Change {
        var change = change(.changed, "PC794", subject, origin: nil)
        change.location = folded.first?.location ?? new.origins.location(of: subject.record.origin)
        change.subject += ": BGP"
        (change.old, change.new) = isOn ? ("off", "on") : ("on", "off")
        change.outcome = isOn ? "switched on" : "switched off"
        change.risks = [isOn ? .routesLearnt : .routesLost]
        if subject.tunnel != nil, !isOn { change.risks = [.redundancyLost("only the other tunnel has BGP now")] }
        if let connection = change.connection { addInterruption(to: &change, connection) }
        return change
    }

    /// Several values of one health check.
    private func healthFolded(_ changes: [Change], _ record: ComparedRecord) -> [Change] {
        let (kept, folded) = Self.split(changes) { ["PC753", "PC754", "PC755"].contains($0.rule) }
        guard folded.count > 1 else { return changes }
        let isSwitched = folded.contains { $0.rule == "PC753" }
        var change = change(
            .changed, isSwitched ? "PC753" : "PC754", ComparedSubject(record: record), origin: nil)
        change.location = folded[0].location
        change.tunnel = folded[0].tunnel
        change.effect = folded.map(\.effect).max() ?? change.effect
        change.subject += ": health check"
        func name(_ change: Change) -> String { change.field?.path.split(separator: ".").last.map(String.init) ?? "" }
        change.old = folded.map { "\(name($0)) \($0.old ?? "(none)")" }.joined(separator: ", ")
        change.new = folded.map { "\(name($0)) \($0.new ?? "(none)")" }.joined(separator: ", ")
        change.outcome = folded.map { "\(name($0)) \($0.old ?? "(none)") → \($0.new ?? "(none)")" }.joined(
            separator: ", ")
        return kept + [change]
    }

    /// Master and standby that take each other's place.
    private func swapped(_ changes: [Change], _ record: ComparedRecord) -> [Change] {
        let (kept, folded) = Self.split(changes) { $0.rule == "PC737" }
        guard folded.count == 2, folded[0].old == folded[1].new, folded[0].new == folded[1].old,
            let master = folded.first(where: { $0.new?.lowercased() == "master" })?.tunnel,
            let former = folded.first(where: { $0.old?.lowercased() == "master" })?.tunnel
        else { return changes }
        var change = change(.changed, "PC737", ComparedSubject(record: record, hasTunnels: true), origin: nil)
        change.location = folded[0].location
        change.subject += ": roles"
        (change.old, change.new) = ("master \(former)", "master \(master)")
        change.outcome = "swapped: \(master) is the master now, \(former) the standby"
        return kept + [change]
    }

    private static func split(_ changes: [Change], _ isMeant: (Change) -> Bool) -> ([Change], [Change]) {
        (changes.filter { !isMeant($0) }, changes.filter(isMeant))
    }
}

extension ComparedRecord {
    /// Paths of the connection's own fields that speak of its single tunnel.
    private static let tunnelPaths: Set<String> = [
        "InternetIp", "CustomerGatewayId", "EnableDpd", "EnableNatTraversal", "RemoteCaCertificate", "ZoneNo", "Status",
        "EnableTunnelsBgp",
    ]

    /// Whether a field of the connection itself is about its tunnel.
    static func isOfTunnel(_ key: RawField.Key) -> Bool {
        tunnelPaths.contains(key.path)
            || ["IkeConfig.", "IpsecConfig.", "VpnBgpConfig.", "VcoHealthCheck."].contains { key.path.hasPrefix($0) }
    }

    /// The values of a name, of the connection or of its tunnels.
    fileprivate func values(named name: String) -> [String] {
        (tunnels.isEmpty ? [own] : Array(tunnels.values)).flatMap { fields in
            fields.filter { $0.key.path.hasSuffix("." + name) }.map(\.value.shownText)
        }
    }

    /// Tunnels with BGP, read as the model does; the connection's id in single-tunnel mode.
    fileprivate var tunnelsWithBGP: Set<String> {
        func text(_ path: String, _ fields: [RawField.Key: RawField]) -> String {
            fields[RawField.Key(path: path)]?.shownText.lowercased() ?? ""
        }
        guard !tunnels.isEmpty else {
            let isOn = !text("VpnBgpConfig.TunnelCidr", own).isEmpty && text("VpnBgpConfig.EnableBgp", own) != "false"
            return isOn ? [id] : []
        }
        guard text("EnableTunnelsBgp", own) == "true" else { return [] }
        let path = "TunnelOptionsSpecification.TunnelBgpConfig."
        return Set(
            tunnels.filter {
                !text(path + "TunnelCidr", $0.value).isEmpty && text(path + "EnableBgp", $0.value) != "false"
            }
            .keys)
    }
}
