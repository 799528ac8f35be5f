public import Findings
import TOMLKit

/// Exceptions that somebody answers for, until a day.
public struct Waivers: Sendable {
    /// One exception.
    public struct Waiver: Sendable, Equatable {
        /// The rule that it covers.
        public var rule: RuleID
        /// The connection that it covers; `nil`: the tunnel alone tells.
        public var connection: String?
        /// The tunnel that it covers; `nil`: all of the connection.
        public var tunnel: String?
        /// Who answers for it.
        public var owner: String
        /// Why it is right for now.
        public var reason: String
        /// The last day on which it holds.
        public var expires: CalendarDate
        /// The line of the file on which it begins; 1 where that can't be told.
        public var line = 1

        func covers(_ finding: Finding) -> Bool {
            guard finding.rule == rule else { return false }
            if let connection, finding.place.connection != connection { return false }
            // In single-tunnel mode the tunnel has the connection's id, and places do not repeat it.
            if let tunnel, (finding.place.tunnel ?? finding.place.connection) != tunnel { return false }
            return true
        }
    }

    /// What became of findings.
    public struct Outcome: Sendable {
        /// What no waiver covers, and what is to be said about the waivers themselves.
        public var findings: [Finding] = []
        /// What is covered, each with its waiver.
        public var waived: [(finding: Finding, waiver: Waiver)] = []
    }

    /// In the order of the file.
    public private(set) var waivers: [Waiver] = []
    private let file: String

    /// No exceptions.
    public init() { file = "" }

    /// Reads a waivers file.
    ///
    /// - Throws: a `Finding` when a waiver can't be understood: it could hide what nobody agreed to.
    public init(toml: String, file: String) throws(Finding) {
        self.file = file
        let input = ReviewFile(file: file, rule: "PC193", what: "the waivers file")
        let table = try input.parse(toml)
        try input.allow(["waivers"], in: table, at: "")
        guard let value = table["waivers"] else { return }
        guard let list = value.array else { throw input.problem("waivers", "must be a list: write [[waivers]]") }
        let lines = Self.headerLines(toml)
        for (index, element) in list.enumerated() {
            let path = "waivers[\(index + 1)]"
            let line = lines.count == list.count ? lines[index] : 1
            do throws(Finding) {
                guard let entry = element.table else { throw input.problem(path, "must be a table") }
                var waiver = try Self.waiver(entry, path, input)
                waiver.line = line
                waivers.append(waiver)
            } catch {
                var finding = error
                finding.place.location = SourceLocation(file: file, line: line)
                throw finding
            }
        }
    }

    /// Where `[[waivers]]` stands: the TOML library keeps no places of tables.
    private static func headerLines(_ toml: String) -> [Int] {
        toml.lines.enumerated().compactMap { number, line in
            line.filter { $0 != " " && $0 != "\t" }.hasPrefix("[[waivers]]") ? number + 1 : nil
        }
    }

    private static func waiver(_ entry: TOMLTable, _ path: String, _ input: ReviewFile) throws(Finding) -> Waiver {
        try input.allow(
            ["rule", "connection", "tunnel", "owner", "reason", "expires"], in: entry, at: path + ".")
        guard let rule = try input.text(entry["rule"], path + ".rule"),
            let owner = try input.text(entry["owner"], path + ".owner"),
            let reason = try input.text(entry["reason"], path + ".reason")
        else { throw input.problem(path, "must have rule, owner and reason") }
        let connection = try input.text(entry["connection"], path + ".connection")
        let tunnel = try input.text(entry["tunnel"], path + ".tunnel")
        guard connection != nil || tunnel != nil else {
            throw input.problem(path, "must name a connection or a tunnel")
        }
        let date = entry["expires"]?.date.map { ($0.year, $0.month, $0.day) }
            .flatMap { CalendarDate(year: $0, month: $1, day: $2) }
        guard let expires = date ?? entry["expires"]?.string.flatMap(CalendarDate.init) else {
            throw input.problem(path + ".expires", "must be a day such as 2027-06-30")
        }
        return Waiver(
            rule: RuleID(rawValue: rule), connection: connection, tunnel: tunnel, owner: owner, reason: reason,
            expires: expires)
    }

    /// Takes out what is covered, and tells what is to be said about the waivers.
    public func applied(to findings: [Finding], today: CalendarDate) -> Outcome {
        var outcome = Outcome()
        var used = Set<Int>()
        for finding in findings {
            var isCovered = false
            for (index, waiver) in waivers.enumerated() where waiver.covers(finding) {
                used.insert(index)
                guard waiver.expires >= today, !isCovered else { continue }
                isCovered = true
                outcome.waived.append((finding, waiver))
            }
            if !isCovered { outcome.findings.append(finding) }
        }
        for (index, waiver) in waivers.enumerated() {
            outcome.findings += about(waiver, isUsed: used.contains(index), today)
        }
        return outcome
    }

    private func about(_ waiver: Waiver, isUsed: Bool, _ today: CalendarDate) -> [Finding] {
        let id = waiver.rule.rawValue
        guard RuleCatalogue.rule(id) != nil || id.contains("/") else {
            let hint = didYouMean(RuleCatalogue.nearest(to: id))
            return [finding("PC194", "a waiver names \(quoted(id)), which is no rule\(hint)", waiver)]
        }
        if waiver.expires < today {
            return [
                finding(
                    "PC191",
                    "the waiver of \(id), which \(quoted(waiver.owner)) owns, expired after \(waiver.expires)", waiver)
            ]
        }
        return isUsed ? [] : [finding("PC192", "the waiver of \(id) covers nothing", waiver)]
    }

    private func finding(_ id: RuleID, _ message: String, _ waiver: Waiver) -> Finding {
        let rule = RuleCatalogue.rule(id.rawValue)
        return Finding(
            id, rule?.severity ?? .error, message,
            at: Place(
                location: SourceLocation(file: file, line: waiver.line), connection: waiver.connection,
                tunnel: waiver.tunnel),
            remedy: rule?.remedy)
    }
}
