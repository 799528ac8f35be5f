import CloudAPI
import Findings
import PeerModel

/// What a changed value belongs to.
struct ComparedSubject {
    var record: ComparedRecord
    /// The tunnel, in dual-tunnel mode.
    var tunnel: String?
    /// Whether the connection has tunnels of its own on either side, so that its own fields are of none.
    var hasTunnels = false
}

/// Both sides as the model reads them: turns what differs into changes with words, effects and risks.
struct ComparedSides {
    let old: ModelView
    let new: ModelView

    init(old: Snapshot, new: Snapshot) {
        self.old = ModelView(old)
        self.new = ModelView(new)
    }

    /// A value that is otherwise.
    func change(
        _ key: RawField.Key, _ before: RawField?, _ after: RawField?, _ value: ShownValue, _ subject: ComparedSubject
    ) -> Change {
        var rule = Self.rule(key.path)
        if case .unknown = (after ?? before)?.content { rule = RuleCatalogue.rule("PC764") }
        var change = change(
            before == nil ? .added : after == nil ? .removed : .changed, rule?.id ?? "PC764", subject,
            origin: after.map { ($0.origin, new) } ?? before.map { ($0.origin, old) })
        change.field = key
        change.old = value.old
        change.new = value.new
        change.outcome = value.outcome
        change.subject += ": " + Self.words(key, rule)
        change.risks = value.risks
        change.remarks = value.remarks
        tellEnd(of: &change, before, after)
        addRisks(to: &change, before, after, subject)
        return change
    }

    /// A tag under another key.
    func renamedTag(
        _ before: RawField.Key, _ after: RawField.Key, at origin: Origin, _ subject: ComparedSubject
    ) -> Change {
        var change = change(.changed, "PC762", subject, origin: (origin, new))
        change.field = after
        change.subject += ": key of a tag"
        change.old = before.tag.map(quoted)
        change.new = after.tag.map(quoted)
        return change
    }

    func added(_ record: ComparedRecord) -> Change {
        let isConnection = record.kind == .connection
        var change = whole(.added, isConnection ? "PC701" : "PC707", record, old: nil, new: record.id, "added")
        if isConnection { addOverlaps(to: &change) }
        return change
    }

    /// A record that one side lacks, where that side's answers are not whole.
    func unknown(_ record: ComparedRecord, missingIn side: Coverage, isOld: Bool) -> Change {
        let (name, question) = isOld ? ("OLD", "whether it is new") : ("NEW", "whether it was removed")
        var change = change(
            .unknown, "PC792", ComparedSubject(record: record), origin: (record.origin, isOld ? new : old))
        (change.old, change.new) = isOld ? (nil, record.id) : (record.id, nil)
        change.outcome = "is not in \(name), where \(side.doubt(record.kind)): \(question) is unknown"
        return change
    }

    func removed(_ record: ComparedRecord) -> Change {
        let isConnection = record.kind == .connection
        var change = whole(
            .removed, isConnection ? "PC702" : "PC708", record, old: record.id, new: nil, "removed")
        if isConnection { change.risks += lostAlternatives(of: record.id) } else { addUses(to: &change, record) }
        return change
    }

    func replaced(_ record: ComparedRecord, by other: ComparedRecord) -> Change {
        var change = whole(
            .changed, record.kind == .connection ? "PC703" : "PC709", other, old: record.id, new: other.id,
            "is \(record.id) under a new id: nothing else changed")
        if record.kind != .connection { addUses(to: &change, other) }
        return change
    }

    func added(tunnel: String, of record: ComparedRecord) -> Change {
        whole(.added, "PC704", record, tunnel: tunnel, old: nil, new: tunnel, "added")
    }

    func removed(tunnel: String, of record: ComparedRecord) -> Change {
        var change = whole(.removed, "PC705", record, tunnel: tunnel, old: tunnel, new: nil, "removed")
        change.risks = [.redundancyLost("the connection has a tunnel less")]
        return change
    }

    func replaced(tunnel: String, by other: String, of record: ComparedRecord) -> Change {
        whole(
            .changed, "PC706", record, tunnel: other, old: tunnel, new: other,
            "is \(tunnel) under a new id: nothing else changed")
    }

    /// Something that is there or not as a whole.
    func whole(
        _ kind: Change.Kind, _ rule: RuleID, _ record: ComparedRecord, tunnel: String? = nil, old: String?,
        new: String?, _ outcome: String
    ) -> Change {
        let view = kind == .removed ? self.old : self.new
        var change = change(
            kind, rule, ComparedSubject(record: record, tunnel: tunnel), origin: (record.origin, view))
        (change.old, change.new, change.outcome) = (old, new, outcome)
        return change
    }

    func change(
        _ kind: Change.Kind, _ rule: RuleID, _ subject: ComparedSubject, origin: (Origin, ModelView)?
    ) -> Change {
        let record = subject.record
        let isConnection = record.kind == .connection
        let tunnel = subject.tunnel ?? (isConnection && record.tunnels.isEmpty && !subject.hasTunnels ? record.id : nil)
        return Change(
            kind: kind, rule: rule, effect: RuleCatalogue.rule(rule.rawValue)?.effect ?? .unknown,
            connection: isConnection ? record.id : nil, tunnel: tunnel, subject: words(subject),
            location: origin.flatMap { $0.1.origins.location(of: $0.0) })
    }

    /// "tunnel tun-… (master)", "connection vco-…", "customer gateway cgw-…".
    private func words(_ subject: ComparedSubject) -> String {
        guard let tunnel = subject.tunnel else { return "\(subject.record.kind.rawValue) \(subject.record.id)" }
        let roles = [old.roles[tunnel], new.roles[tunnel]].compactMap(\.self)
        let isKnown = roles.first == .master || roles.first == .slave
        return "tunnel \(tunnel)" + (isKnown ? " (\(roles[0].rawValue))" : "")
    }

    /// What a field is called: by its rule, or by its own name where the rule is about several.
    private static func words(_ key: RawField.Key, _ rule: Rule?) -> String {
        let name = key.path.split(separator: ".").last.map(String.init) ?? key.path
        if let tag = key.tag { return "tag \(quoted(tag))" }
        guard rule?.id != "PC764" else { return "unknown field \(quoted(key.path))" }
        guard let subject = rule?.subject, !subject.isEmpty else { return name }
        return ["health check's", "attachment", "address"].contains(subject) ? "\(subject) \(name)" : subject
    }

    /// The rule about a field: its own, or that of the object in which it stands.
    private static func rule(_ path: String) -> Rule? {
        var path = path[...]
        while true {
            if let rule = RuleCatalogue.rule(forField: String(path)) { return rule }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<end]
        }
    }
}
