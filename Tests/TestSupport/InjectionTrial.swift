import Foundation

/// Holds what came of hostile texts against what comes of a harmless word in the same place.
///
/// A text may be refused. Where it is not, it may stand where the word stands, and must change nothing else: the same
/// documents, the same lines, and for whoever reads them the same statements.
public struct InjectionTrial: Sendable {
    /// The text in each place.
    public var texts: [String]
    /// Documents by router, with the texts.
    public var hostile: [String: [String: String]]
    /// The same routers with the words.
    public var harmless: [String: [String: String]] = [:]
    /// Routers that a refused text took away.
    public var refused = 0
    /// What is wrong already.
    public var complaints: [String] = []

    /// Renders both with a pack; each round puts another text into each place.
    public init(round: Int, pack: String) async throws {
        let all = HostileText.all
        let fleet = HostileFleet { all[($0 + round) % all.count] }
        texts = fleet.places.indices.map { all[($0 + round) % all.count] }
        hostile = try await fleet.render(pack)
        for (router, documents) in try await Plain.shared.documents(pack) {
            let name = put(router)
            if let place = fleet.place(of: router), skips(place) {
                hostile[name] = nil
                continue
            }
            if hostile[name] == nil { refused += 1 } else { harmless[name] = documents }
        }
        for router in hostile.keys where harmless[router] == nil {
            if let place = fleet.place(of: router), skips(place) { continue }
            complaints.append("router \(HostileText.name(router)) is there though a plain word is refused")
        }
        for (router, documents) in harmless { compareLines(hostile[router] ?? [:], documents) }
    }

    /// Whether text and word may rightly lead to other documents.
    ///
    /// Numbers follow from ids, so ids need only be refused or plain words. A file that can't be read says nothing of a
    /// gateway, while a word in one of its fields does. A key that can't be typed has another form, and a remark.
    private mutating func skips(_ place: (number: Int, name: String)) -> Bool {
        let text = texts[place.number]
        guard place.name.hasSuffix("/VpnConnectionId") || place.name.hasSuffix("/TunnelId") else {
            let isUntypable = text.unicodeScalars.contains { "'\"?\\".unicodeScalars.contains($0) || !$0.isASCII }
            return place.name.hasSuffix("/Psk") && isUntypable
                || place.name.contains("Gateway/") && text.unicodeScalars.contains { $0.value < 0x20 }
        }
        let isWord = text.utf8.allSatisfy { (0x30...0x7A).contains($0) && $0 != 0x2F || $0 == 0x2D }
        if !isWord, hostile["cgw-h\(place.number)"] != nil { complaints.append("an id is \(HostileText.name(text))") }
        return true
    }

    /// The documents of the routers that a text changes, with the text and with the word, by router.
    public var changed: [(router: String, hostile: [String: String], harmless: [String: String])] {
        hostile.keys.sorted().compactMap { router in
            guard let found = hostile[router], let expected = harmless[router], found != expected else { return nil }
            return (router, found, expected)
        }
    }

    /// A text of the harmless fleet with the hostile texts in their places.
    public func put(_ text: String) -> String { HostileText.put(texts, into: text) }

    /// Tries texts in every place, has the changed documents judged, and says how much that was.
    ///
    /// Each reader of documents gets a round of its own: a text in every place, and every text in a few places. With
    /// `PEERCONF_INJECTION=all` it gets every text in every place, which takes long.
    ///
    /// - Parameters:
    ///   - reader: which of the readers this is.
    ///   - judge: what the reader complains of.
    public static func all(
        _ pack: String, reader: Int, judge: @escaping @Sendable (InjectionTrial) async throws -> [String]
    ) async throws -> [String] {
        let isWhole = ProcessInfo.processInfo.environment["PEERCONF_INJECTION"] == "all"
        let rounds = isWhole ? Array(HostileText.all.indices) : [reader * 3]
        return try await withThrowingTaskGroup(of: (InjectionTrial, [String]).self) { group in
            for round in rounds {
                group.addTask {
                    let trial = try await InjectionTrial(round: round, pack: pack)
                    let complaints = trial.complaints + (try await judge(trial))
                    return (trial, complaints.map { "round \(round): \($0)" })
                }
            }
            var complaints: [String] = []
            var (places, rendered, changed, refused) = (0, 0, 0, 0)
            for try await (trial, found) in group {
                complaints += found
                places = trial.texts.count
                rendered += trial.hostile.count
                changed += trial.changed.count
                refused += trial.refused
            }
            print(
                """
                \(pack): \(places) fields x \(rounds.count) of \(HostileText.all.count) texts: \(rendered) rendered, \
                \(changed) with the text in them, \(refused) refused where a plain word is not
                """)
            if rendered == 0 || changed == 0 { complaints.append("nothing was tried") }
            return complaints.sorted()
        }
    }

    /// Compares statements, given as texts by what they are about.
    public func differences(_ found: [String: [String]], _ expected: [String: [String]]) -> [String] {
        var result: [String] = []
        var seen: Set<String> = []
        for (key, values) in expected {
            let name = put(key)
            seen.insert(name)
            guard let others = found[name] else {
                result.append("\(key) is gone")
                continue
            }
            let isSame = values.count == others.count && zip(values, others).allSatisfy { $0 == $1 || put($0) != $0 }
            if !isSame { result.append("\(key) changes") }
        }
        for key in found.keys where !seen.contains(key) { result.append("\(HostileText.name(key)) is new") }
        return result.sorted()
    }

    private mutating func compareLines(_ found: [String: String], _ expected: [String: String]) {
        let names = Set(expected.keys.map(put))
        if names != Set(found.keys) {
            complaints.append(
                "other documents: \(names.symmetricDifference(found.keys).map(HostileText.name).sorted())")
        }
        for (path, document) in expected {
            guard let other = found[put(path)], other != document else { continue }
            // Whatever some reader may take for the end of a line.
            let lines = document.split(omittingEmptySubsequences: false) { $0.isNewline }
            let others = other.split(omittingEmptySubsequences: false) { $0.isNewline }
            guard lines.count == others.count else {
                complaints.append("\(path) has \(others.count) lines, not \(lines.count)")
                continue
            }
            for (line, other) in zip(lines, others) where line != other {
                if put(String(line)) == line { complaints.append("\(path): «\(line)» becomes another") }
                let isPlain = other.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
                if !isPlain { complaints.append("\(path): a control character in «\(line)»") }
            }
        }
    }

    private actor Plain {
        static let shared = Plain()
        private var known: [String: Task<[String: [String: String]], any Error>] = [:]

        func documents(_ pack: String) async throws -> [String: [String: String]] {
            let task = known[pack] ?? Task { try await HostileFleet(saying: HostileText.harmless).render(pack) }
            known[pack] = task
            return try await task.value
        }
    }
}
