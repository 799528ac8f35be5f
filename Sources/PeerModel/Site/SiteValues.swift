import Findings
import TOMLKit

/// Takes typed values out of a site file's TOML, each by its path.
struct SiteFileReader {
    let file: String
    /// Where its keys stand.
    let lines: TOMLKeyLines

    func problem(_ problem: SiteProblem) -> Finding { problem.finding(file: file, lines: lines) }

    func allow(_ known: [String], in table: TOMLTable, at path: String) throws(Finding) {
        for key in table.keys.sorted() where !known.contains(key) {
            throw problem(.unknownKey(path + key, nearest: nearestName(to: key, among: known).map { path + $0 }))
        }
    }

    func table(_ value: any TOMLValueConvertible, _ path: String) throws(Finding) -> TOMLTable {
        guard let table = value.table else { throw problem(.wrongKind(path, expected: "a table")) }
        return table
    }

    func text(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> String? {
        guard let value else { return nil }
        guard let text = value.string, !text.isEmpty else { throw problem(.wrongKind(path, expected: "a text")) }
        return text
    }

    /// A name that can stand bare in every configuration syntax.
    func name(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> String? {
        guard let text = try text(value, path) else { return nil }
        let isName = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "._-/:@".unicodeScalars.contains(scalar))
        }
        guard isName, text.utf8.count <= 64 else {
            throw problem(.wrongKind(path, expected: "a name of letters, digits and . _ - / : @"))
        }
        return text
    }

    func flag(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> Bool? {
        guard let value else { return nil }
        guard let flag = value.bool else { throw problem(.wrongKind(path, expected: "true or false")) }
        return flag
    }

    /// A number within the bounds that its key declares.
    func number(
        _ key: String, _ table: TOMLTable, _ path: String, keys: [SiteFile.Key] = SiteFile.routerKeys
    ) throws(Finding) -> Int? {
        guard let value = table[key] else { return nil }
        guard let number = value.int else { throw problem(.wrongKind(path + key, expected: "a whole number")) }
        if case .number(let range)? = keys.first(where: { $0.name == key })?.kind, !range.contains(number) {
            throw problem(.outOfRange(path + key, range))
        }
        return number
    }

    func address(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> IPv4Address? {
        guard let value else { return nil }
        guard let address = value.string.flatMap({ IPv4Address($0) }) else {
            throw problem(.wrongKind(path, expected: "an IPv4 address such as \"198.51.100.10\""))
        }
        return address
    }

    func texts(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> [String]? {
        guard let value else { return nil }
        guard let array = value.array else { throw problem(.wrongKind(path, expected: "a list of texts")) }
        var result: [String] = []
        for element in array {
            guard let text = element.string, !text.isEmpty else {
                throw problem(.wrongKind(path, expected: "a list of texts"))
            }
            result.append(text)
        }
        return result
    }

    func networks(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> [IPv4Network]? {
        guard let texts = try texts(value, path) else { return nil }
        var result: [IPv4Network] = []
        for text in texts {
            // Host bits would be a slip of the pen here, and 0.0.0.0/0 a default route into a tunnel.
            guard let parsed = IPv4Network.parse(text) else {
                throw problem(.network(path, text, "is no network such as 10.0.0.0/8"))
            }
            guard !parsed.hadHostBits else {
                throw problem(.network(path, text, "has host bits; the network is \(parsed.network)"))
            }
            guard parsed.network.prefixLength > 0 else {
                throw problem(.network(path, text, "is everything, which may not stand here"))
            }
            if !result.contains(parsed.network) { result.append(parsed.network) }
        }
        return result
    }

    func range(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> ClosedRange<Int>? {
        guard let value else { return nil }
        let numbers = value.array.map { array in array.compactMap { $0.int } } ?? []
        guard value.array?.count == 2, numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1],
            numbers[1] < Int(Int32.max)
        else { throw problem(.wrongKind(path, expected: "the first and the last number, such as [101, 999]")) }
        return numbers[0]...numbers[1]
    }

    func secretSource(_ value: (any TOMLValueConvertible)?, _ path: String) throws(Finding) -> SecretSource? {
        guard let value else { return nil }
        let expected = "{ file = \"PATH\" } or { environment = \"NAME\" }; never the key itself"
        guard let table = value.table, table.count == 1 else { throw problem(.wrongKind(path, expected: expected)) }
        if let file = table["file"]?.string, !file.isEmpty { return .file(file) }
        if let name = table["environment"]?.string, !name.isEmpty { return .environment(name) }
        throw problem(.wrongKind(path, expected: expected))
    }
}
