public import TOMLKit

/// Parses TOML that may have been written by anybody: site files, locks, waivers, policies, manifests.
///
/// The parser keeps to a depth for nested values, but not for dotted keys: it takes a level of the stack for each
/// dot when it frees the result. It also ends at the first zero byte without a word, and the Swift library over it
/// ends each text there. And it has assertions that end the program (toml++ 3.4.0): where a brace closes a list,
/// `a = [}`, where a table's name begins with what no name does, `[é]`, at foreign blanks in a list, and at half a time
/// of day, `2027-06-30 1`. So the text is looked through first.
public enum TOMLText {
    /// The most bytes that are read: forty thousand tunnels of a lock have fewer.
    public static let limit = 2 << 20
    /// The most steps of a key, and the most brackets within each other.
    public static let depth = 32

    /// The most bytes of one step of a key.
    public static let keyLength = 200

    /// Why a text is not parsed, and where.
    public struct Problem: Error, Hashable {
        /// The reason in words fit for a message.
        public var reason: String
        /// The line, counted from 1.
        public var line: Int
        /// The column, counted from 1.
        public var column: Int
    }

    /// The table that a text stands for.
    public static func table(_ text: String) throws(Problem) -> TOMLTable {
        if let problem = TOMLScan.problem(in: text) { throw problem }
        do {
            let table = try TOMLTable(string: text)
            guard hasOrdinaryKeys(table) else {
                throw Problem(
                    reason: "it has a key of more than \(keyLength) characters, or with control characters", line: 1,
                    column: 1)
            }
            return table
        } catch let problem as Problem {
            throw problem
        } catch let error as TOMLParseError {
            throw Problem(
                reason: Self.printable(error.description), line: error.source.begin.line,
                column: error.source.begin.column)
        } catch {
            throw Problem(reason: "it can't be read", line: 1, column: 1)
        }
    }

    /// Whether all keys are fit to stand in messages.
    private static func hasOrdinaryKeys(_ table: TOMLTable) -> Bool {
        table.keys.allSatisfy { key in
            guard key.utf8.count <= keyLength, !key.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                return false
            }
            guard let value = table[key] else { return true }
            if let inner = value.table { return hasOrdinaryKeys(inner) }
            guard let items = value.array, items.count > 0, items[0].table != nil else { return true }
            return items.allSatisfy { $0.table.map(hasOrdinaryKeys) ?? true }
        }
    }

    /// The parser quotes the text in its messages: in one line, without control characters, and not the half of it.
    private static func printable(_ message: String) -> String {
        let scalars = message.unicodeScalars
        let cut = scalars.prefix(200).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
            default: String(scalar)
            }
        }
        return cut.joined() + (scalars.dropFirst(200).isEmpty ? "" : "…")
    }
}
