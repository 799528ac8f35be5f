import Findings
import TOMLKit

extension ManifestReader {
    /// The table `vocabulary` of the manifest, or of one version in it.
    func vocabulary(_ table: TOMLTable, at path: String) throws(Finding) -> Vocabulary {
        var result = Vocabulary(words: [:], identityPrefixes: [:])
        guard let vocabulary = table["vocabulary"]?.table else { return result }
        let path = path + "vocabulary."
        try allow(["ike", "ikev1", "ikev2", "esp", "identity"], in: vocabulary, at: path)
        for section in vocabulary.keys.sorted() {
            guard let kinds = vocabulary[section]?.table else { throw problem("\(path)\(section) must be a table") }
            if section == "identity" {
                result.identityPrefixes = try words(kinds, at: "\(path)identity.")
                continue
            }
            try allow(["encryption", "integrity", "group"], in: kinds, at: "\(path)\(section).")
            for kind in kinds.keys.sorted() {
                guard let entries = kinds[kind]?.table else {
                    throw problem("\(path)\(section).\(kind) must be a table")
                }
                result.words[section, default: [:]][kind] = try words(entries, at: "\(path)\(section).\(kind).")
            }
        }
        return result
    }

    /// The table `limits` of the manifest, or of one version in it.
    func limits(_ table: TOMLTable, at path: String) throws(Finding) -> Manifest.Limits {
        var result = Manifest.Limits()
        guard let limits = table["limits"]?.table else { return result }
        let path = path + "limits."
        try allow(
            ["ike_lifetime", "esp_lifetime", "tunnel_number", "psk_length", "bgp_key_length"], in: limits, at: path)
        result.ikeLifetime = try range("ike_lifetime", in: limits, at: path)
        result.espLifetime = try range("esp_lifetime", in: limits, at: path)
        result.tunnelNumber = try range("tunnel_number", in: limits, at: path)
        result.presharedKeyLength = try number("psk_length", in: limits, at: path)
        result.bgpKeyLength = try number("bgp_key_length", in: limits, at: path)
        return result
    }

    /// The tables `version."…"`.
    func overrides(
        _ table: TOMLTable, versions: [String]
    ) throws(Finding) -> [String: Manifest.VersionOverride] {
        var result: [String: Manifest.VersionOverride] = [:]
        guard let overrides = table["version"]?.table else { return result }
        try allow(versions, in: overrides, at: "version.")
        for version in overrides.keys.sorted() {
            let path = "version.\(version)."
            guard let override = overrides[version]?.table else { throw problem("version.\(version) must be a table") }
            try allow(["vocabulary", "limits", "key_quoting"], in: override, at: path)
            let keyQuoting = override["key_quoting"] == nil ? nil : try string("key_quoting", in: override, at: path)
            if let keyQuoting { try checkQuoting(keyQuoting, at: path + "key_") }
            result[version] = Manifest.VersionOverride(
                vocabulary: try vocabulary(override, at: path), limits: try limits(override, at: path),
                keyQuoting: keyQuoting)
        }
        return result
    }

    /// The list `rules`.
    func rules(_ table: TOMLTable, versions: [String]) throws(Finding) -> [Manifest.Rule] {
        guard let value = table["rules"] else { return [] }
        guard let array = value.array else { throw problem("rules must be a list of tables ([[rules]])") }
        var rules: [Manifest.Rule] = []
        for (index, element) in array.enumerated() {
            let path = "rules[\(index)]."
            guard let rule = element.table else { throw problem("rules must be a list of tables ([[rules]])") }
            try allow(["id", "severity", "when", "message", "remedy", "field", "versions"], in: rule, at: path)
            guard let severity = Severity(rawValue: try string("severity", in: rule, at: path)) else {
                throw problem("\(path)severity must be error, warning or note")
            }
            let only = rule["versions"] == nil ? [] : try strings("versions", in: rule, at: path)
            for version in only where !versions.contains(version) {
                throw problem("\(path)versions names \(version), which is not one of versions")
            }
            let id = try string("id", in: rule, at: path)
            // Two rules of one name are fine where they hold for different versions.
            let holds = Set(only.isEmpty ? versions : only)
            let twins = rules.filter { $0.id == id }
            for twin in twins where !holds.isDisjoint(with: twin.versions.isEmpty ? versions : twin.versions) {
                throw problem("\(path)id \(id) is another rule's, too")
            }
            rules.append(
                Manifest.Rule(
                    id: id, severity: severity,
                    when: try string("when", in: rule, at: path), message: try string("message", in: rule, at: path),
                    remedy: try string("remedy", in: rule, at: path), field: rule["field"]?.string, versions: only))
        }
        return rules
    }

    private func words(_ table: TOMLTable, at path: String) throws(Finding) -> [String: String] {
        var result: [String: String] = [:]
        for key in table.keys { result[key] = try string(key, in: table, at: path) }
        return result
    }

    private func number(_ key: String, in table: TOMLTable, at path: String) throws(Finding) -> Int? {
        guard let value = table[key] else { return nil }
        guard let number = value.int, number > 0 else { throw problem("\(path)\(key) must be a number above 0") }
        return number
    }

    private func range(_ key: String, in table: TOMLTable, at path: String) throws(Finding) -> ClosedRange<Int>? {
        guard let value = table[key] else { return nil }
        let numbers = value.array.map { array in array.compactMap { $0.int } } ?? []
        guard value.array?.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else {
            throw problem("\(path)\(key) must be the least and the greatest number, such as [60, 86400]")
        }
        return numbers[0]...numbers[1]
    }
}
