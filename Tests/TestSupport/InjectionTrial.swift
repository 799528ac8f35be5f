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
    private let pack: String

    /// Renders both with a pack.
    init(_ trials: [(field: Int, text: String)], pack: String) async throws {
        let fleet = HostileFleet(trials)
        texts = trials.map(\.text)
        self.pack = pack
        hostile = try await fleet.render(pack)
        for (router, documents) in try await Self.plain(trials.map(\.field)).render(pack) {
            let name = put(router)
            if let place = fleet.place(of: router), skips(place, of: name) {
                hostile[name] = nil
                continue
            }
            if hostile[name] == nil { refused += 1 } else { harmless[name] = documents }
        }
        for router in hostile.keys where harmless[router] == nil {
            if let place = fleet.place(of: router), skips(place, of: router) { continue }
            complaints.append("router \(HostileText.name(router)) is there though a plain word is refused")
        }
        for (router, documents) in harmless { compareLines(hostile[router] ?? [:], documents) }
    }

    /// Whether text and word may rightly lead to other documents.
    ///
    /// Numbers follow from ids, so ids need only be refused or plain words. A file that can't be read says nothing of a
    /// gateway, while a word in one of its fields does. A key that can't be typed has another form, and a remark.
    /// What a file tells no gateway and no address of is called after an identity, which then is its id.
    private mutating func skips(_ place: (number: Int, name: String), of router: String) -> Bool {
        let text = texts[place.number]
        guard ["/VpnConnectionId", "/TunnelId", "/CustomerGatewayId"].contains(where: place.name.hasSuffix) else {
            let isUntypable = text.unicodeScalars.contains { "'\"?\\".unicodeScalars.contains($0) || !$0.isASCII }
            return router.wholeMatch(of: /peer-203-\d+-\d+-1-.+/) != nil
                || place.name.hasSuffix("/Psk") && isUntypable && !pack.hasPrefix("strongswan@")
                || place.name.contains("Gateway/") && text.unicodeScalars.contains { $0.value < 0x20 }
        }
        let isWord = text.utf8.allSatisfy { $0 < 0x80 && Character(UnicodeScalar($0)).isLetter || $0 == 0x2D }
        // A gateway whose own id is refused is missing, and so is a session that names no tunnel: the others are there.
        let isMissing = place.name.contains("CustomerGateway/") || place.name.contains("/BgpConfigs[")
        if !isWord, !isMissing, hostile[router] != nil {
            complaints.append("\(place.name) of \(HostileText.name(router)) is \(HostileText.name(text))")
        }
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
    /// A field that a document shows a word of gets every text. The others, which are left out or refuse what is no
    /// address or number, get one text each; with `PEERCONF_INJECTION=all` they get every text, too, which takes long.
    ///
    /// - Parameters:
    ///   - reader: which of the readers this is.
    ///   - judge: what the reader complains of.
    public static func all(
        _ pack: String, reader: Int, judge: @escaping @Sendable (InjectionTrial) async throws -> [String]
    ) async throws -> [String] {
        let isWhole = ProcessInfo.processInfo.environment["PEERCONF_INJECTION"] == "all"
        let texts = HostileText.all
        let fields = HostileFleet.fields.indices
        let shown = try await shownFields(pack)
        var trials = shown.flatMap { field in texts.map { (field: field, text: $0) } }
        for field in fields where !shown.contains(field) {
            trials += isWhole ? texts.map { (field, $0) } : [(field, texts[(field + reader * 3) % texts.count])]
        }
        // A thousand connections at a time.
        let rounds = stride(from: 0, to: trials.count, by: 1000).map {
            Array(trials[$0..<min($0 + 1000, trials.count)])
        }
        return try await withThrowingTaskGroup(of: (InjectionTrial, [String]).self) { group in
            for (round, trials) in rounds.enumerated() {
                group.addTask {
                    let trial = try await InjectionTrial(trials, pack: pack)
                    let complaints = trial.complaints + (try await judge(trial))
                    return (trial, complaints.map { "round \(round): \($0)" })
                }
            }
            var complaints: [String] = []
            var (rendered, changed, refused) = (0, 0, 0)
            for try await (trial, found) in group {
                complaints += found
                rendered += trial.hostile.count
                changed += trial.changed.count
                refused += trial.refused
            }
            print(
                """
                \(pack): \(fields.count) fields, \(shown.count) of them shown, \(texts.count) texts, \
                \(trials.count) tried: \(rendered) rendered, \(changed) with the text in them, \(refused) refused \
                where a plain word is not
                """)
            if rendered == 0 || changed == 0 { complaints.append("nothing was tried") }
            return complaints.sorted()
        }
    }

    /// Compares statements, given as texts by what they are about.
    ///
    /// - Parameter isExact: whether the reader holds values as the consumer does, so that a text must stand there
    ///   unchanged.
    public func differences(
        _ found: [String: [String]], _ expected: [String: [String]], isExact: Bool = false
    ) -> [String] {
        var result: [String] = []
        var seen: Set<String> = []
        for (key, values) in expected {
            let name = put(key)
            seen.insert(name)
            guard let others = found[name] else {
                result.append("\(key) is gone")
                continue
            }
            let isSame =
                values.count == others.count
                && zip(values, others).allSatisfy { $0 == $1 || (isExact ? put($0) == $1 : put($0) != $0) }
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

    private static func plain(_ fields: [Int]) -> HostileFleet {
        HostileFleet(fields.enumerated().map { (field: $0.element, text: HostileText.harmless($0.offset)) })
    }

    /// The fields that a document of the pack shows a plain word of.
    private static func shownFields(_ pack: String) async throws -> [Int] {
        let fields = HostileFleet.fields.indices
        let text = try await plain(Array(fields)).render(pack).values.flatMap(\.values).joined(separator: "\n")
        let words = Set(text.matches(of: /harmless(\d+)x/).compactMap { Int($0.output.1) })
        return fields.filter { words.contains($0) }
    }
}
