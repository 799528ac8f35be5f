import Findings
import PeerModel
import TOMLKit

/// Takes typed values out of the TOML files of a review: policies, waivers, rule pages.
struct ReviewFile {
    let file: String
    /// The rule that tells what is wrong with such a file.
    let rule: RuleID
    /// What it is, in a message.
    let what: String

    func parse(_ toml: String) throws(Finding) -> TOMLTable {
        do throws(TOMLText.Problem) {
            return try TOMLText.table(toml)
        } catch {
            throw Finding(
                rule, .error, "\(what) is not TOML: \(error.reason)",
                at: Place(location: SourceLocation(file: file, line: error.line, column: error.column)),
                remedy: "see https://toml.io for the format")
        }
    }

    /// What is wrong with a key; TOML parsers keep no lines of values, so its path tells the place.
    func problem(_ path: String, _ text: String) -> Finding {
        Finding(
            rule, .error, "\(what): \(path.isEmpty ? "it" : quoted(path)) \(text)",
            at: Place(location: SourceLocation(file: file, line: 1), field: path.isEmpty ? nil : path),
            remedy: "peerconf explain \(rule.rawValue) shows an example")
    }

    func allow(_ known: [String], in table: TOMLTable, at path: String) throws(Finding) {
        for key in table.keys.sorted() where !known.contains(key) {
            let hint = didYouMean(nearestName(to: key, among: known).map { path + $0 })
            throw problem(path + key, "is no key here\(hint)")
        }
    }

    func table(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> TOMLTable? {
        guard let value else { return nil }
        guard let table = value.table else { throw problem(path, "must be a table") }
        return table
    }

    func text(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> String? {
        guard let value else { return nil }
        guard let text = value.string, !text.isEmpty else { throw problem(path, "must be a text") }
        return text
    }
}
