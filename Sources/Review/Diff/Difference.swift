import CloudAPI
import Findings
import PeerModel

/// What is otherwise in newer answers: one change for each value, tunnel, connection or gateway.
///
/// Everything that the API sent is compared, known here or not; what it means comes from the model.
public struct Difference: Sendable {
    /// All changes, those of state among them, by connection, tunnel and field.
    public private(set) var changes: [Change] = []
    /// Tunnels and gateways whose key is masked on both sides, so that a change can't be seen.
    public private(set) var hiddenKeyCount = 0
    /// Connections that could not be compared, because a side could not be read.
    public private(set) var notCompared: [String] = []
    /// Kinds of records that only one side has answers about, which are not compared, and the other side's name.
    private(set) var missingAnswers: [ComparedRecord.Kind: String] = [:]
    private let withheld: WithheldKeys

    /// Compares two sides.
    public init(from old: Snapshot, to new: Snapshot) {
        let sides = ComparedSides(old: old, new: new)
        withheld = WithheldKeys(of: [old, new])
        let unchanged = old.unchanged(in: new)
        let (before, after) = (old.records(without: unchanged), new.records(without: unchanged))
        notCompared = old.unreadable.union(new.unreadable).sorted()
        for kind in ComparedRecord.Kind.allCases {
            let (isInOld, isInNew) = (old.coverage[kind] != .nothing, new.coverage[kind] != .nothing)
            if isInOld != isInNew { missingAnswers[kind] = isInOld ? "NEW" : "OLD" }
        }
        let pairs = pairs(before, after)
        for (first, second) in pairs.same { compare(first, second, sides) }
        for (first, second) in pairs.renamed { changes.append(sides.replaced(first, by: second)) }
        let (first, second) = (old.coverage, new.coverage)
        for record in pairs.removed {
            let isKnown = second.isConclusive(record.kind, comparedWith: first)
            changes.append(isKnown ? sides.removed(record) : sides.unknown(record, missingIn: second, isOld: false))
        }
        for record in pairs.added {
            let isKnown = first.isConclusive(record.kind, comparedWith: second)
            changes.append(isKnown ? sides.added(record) : sides.unknown(record, missingIn: first, isOld: true))
        }
        changes.sort { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
    }

    private static func key(_ change: Change) -> [String] {
        [
            change.connection ?? "~", change.tunnel ?? "", change.field?.path ?? "", change.field?.tag ?? "",
            change.subject,
        ]
    }

    /// What two records have in common that differ in nothing but the id.
    private struct Twin: Hashable {
        let kind: ComparedRecord.Kind
        let content: [RawField.Key: RawField.Content]

        init(of record: ComparedRecord) {
            kind = record.kind
            content = record.content
        }
    }

    private struct Pairs {
        var same: [(ComparedRecord, ComparedRecord)] = []
        var renamed: [(ComparedRecord, ComparedRecord)] = []
        var removed: [ComparedRecord] = []
        var added: [ComparedRecord] = []
    }

    /// Finds for each record its counterpart: by id, or else the one that differs in nothing but the id.
    private mutating func pairs(
        _ before: [ComparedRecord.Name: ComparedRecord], _ after: [ComparedRecord.Name: ComparedRecord]
    ) -> Pairs {
        var pairs = Pairs()
        var added = after.filter { before[$0.key] == nil && !isPassedOver($0.value) }
        var twins = Dictionary(grouping: added.values.sorted { $0.name > $1.name }) { Twin(of: $0) }
        for name in before.keys.sorted() {
            guard let old = before[name] else { continue }
            if let new = after[name] {
                pairs.same.append((old, new))
            } else if !isPassedOver(old) {
                if let twin = twins[Twin(of: old)]?.popLast() {
                    pairs.renamed.append((old, twin))
                    added[twin.name] = nil
                } else {
                    pairs.removed.append(old)
                }
            }
        }
        pairs.added = added.values.sorted { $0.name < $1.name }
        return pairs
    }

    private func isPassedOver(_ record: ComparedRecord) -> Bool {
        missingAnswers[record.kind] != nil || record.kind == .connection && notCompared.contains(record.id)
    }

    private mutating func compare(_ old: ComparedRecord, _ new: ComparedRecord, _ sides: ComparedSides) {
        if old.kind == .connection, notCompared.contains(old.id) { return }
        let subject = ComparedSubject(
            record: new, tunnel: nil, hasTunnels: !old.tunnels.isEmpty || !new.tunnels.isEmpty)
        var found: [Change] = []
        if let change = sides.modeChange(old, new) {
            found = compare(
                old.own.filter { !ComparedRecord.isOfTunnel($0.key) },
                new.own.filter { !ComparedRecord.isOfTunnel($0.key) }, subject, sides)
            found.append(change)
        } else {
            found = compare(old.own, new.own, subject, sides) + compareTunnels(old, new, sides)
        }
        changes += sides.folded(found, old, new)
    }

    private mutating func compareTunnels(
        _ old: ComparedRecord, _ new: ComparedRecord, _ sides: ComparedSides
    ) -> [Change] {
        var found: [Change] = []
        let gone = old.tunnels.keys.filter { new.tunnels[$0] == nil }.sorted()
        var fresh = Set(new.tunnels.keys.filter { old.tunnels[$0] == nil })
        for tunnel in old.tunnels.keys.sorted() {
            guard let first = old.tunnels[tunnel], let second = new.tunnels[tunnel] else { continue }
            found += compare(first, second, ComparedSubject(record: new, tunnel: tunnel), sides)
        }
        for tunnel in gone {
            let content = old.tunnels[tunnel]?.mapValues(\.content)
            if let twin = fresh.sorted().first(where: { new.tunnels[$0]?.mapValues(\.content) == content }) {
                fresh.remove(twin)
                found.append(sides.replaced(tunnel: tunnel, by: twin, of: new))
            } else {
                found.append(sides.removed(tunnel: tunnel, of: old))
            }
        }
        return found + fresh.sorted().map { sides.added(tunnel: $0, of: new) }
    }

    private mutating func compare(
        _ old: [RawField.Key: RawField], _ new: [RawField.Key: RawField], _ subject: ComparedSubject,
        _ sides: ComparedSides
    ) -> [Change] {
        var found: [Change] = []
        // Most values are the same on both sides: only what differs is sorted and put in words.
        var keys: Set<RawField.Key> = []
        for (key, field) in old {
            let other = new[key]
            if let other, ShownValue.isMasked(field.content), ShownValue.isMasked(other.content) { hiddenKeyCount += 1 }
            if other?.content != field.content { keys.insert(key) }
        }
        for key in new.keys where old[key] == nil { keys.insert(key) }
        for (first, second) in Self.renamedTags(old, new) {
            keys.subtract([first.key, second.key])
            found.append(
                sides.renamedTag(withheld.key(first.key), withheld.key(second.key), at: second.origin, subject))
        }
        for key in keys.sorted() {
            let (before, after) = (old[key], new[key])
            let (first, second) = (withheld.content(before), withheld.content(after))
            guard let value = ShownValue(first, second, path: key.path) else { continue }
            found.append(sides.change(withheld.key(key), before, after, value, subject))
        }
        return found
    }

    /// Tags whose key alone is another one.
    private static func renamedTags(
        _ old: [RawField.Key: RawField], _ new: [RawField.Key: RawField]
    ) -> [(RawField, RawField)] {
        var added = new.values.filter { $0.key.tag != nil && old[$0.key] == nil }.sorted { $0.key < $1.key }
        guard !added.isEmpty else { return [] }
        let removed = old.values.filter { $0.key.tag != nil && new[$0.key] == nil }.sorted { $0.key < $1.key }
        return removed.compactMap { field in
            guard let index = added.firstIndex(where: { $0.content == field.content && $0.key.path == field.key.path })
            else { return nil }
            return (field, added.remove(at: index))
        }
    }
}
