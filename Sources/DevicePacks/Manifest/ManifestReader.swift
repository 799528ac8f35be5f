import Findings
import PeerModel
import TOMLKit

extension Manifest {
    /// Reads a manifest.
    ///
    /// - Throws: a `Finding` that names the key's path, and the line where the parser tells it.
    init(name: String, toml: String, file: String) throws(Finding) {
        let reader = ManifestReader(file: file)
        let table = try reader.parse(toml)
        try reader.allow(
            [
                "title", "summary", "comment", "quoting", "versions", "default_version", "documents", "vocabulary",
                "limits", "version", "rules", "features",
            ], in: table, at: "")
        self.name = name
        title = try reader.string("title", in: table)
        summary = try reader.string("summary", in: table)
        commentMark = try reader.string("comment", in: table)
        quoting = try reader.string("quoting", in: table)
        versions = try reader.strings("versions", in: table)
        defaultVersion = try reader.string("default_version", in: table)
        guard versions.contains(defaultVersion) else {
            throw reader.problem("default_version \"\(defaultVersion)\" is not one of versions")
        }
        try reader.checkQuoting(quoting, at: "")
        documents = try reader.documents(table, quoting: quoting)
        vocabulary = try reader.vocabulary(table, at: "")
        limits = try reader.limits(table, at: "")
        overrides = try reader.overrides(table, versions: versions)
        rules = try reader.rules(table, versions: versions)
        features = try reader.features(table, rules: rules)
    }
}

/// Takes values out of a manifest's TOML, each by its path.
struct ManifestReader {
    let file: String

    func problem(_ reason: String, line: Int? = nil, column: Int? = nil) -> Finding {
        PackProblem.manifest(file: file, line: line, column: column, reason: reason).finding()
    }

    func parse(_ toml: String) throws(Finding) -> TOMLTable {
        do throws(TOMLText.Problem) {
            return try TOMLText.table(toml)
        } catch {
            throw problem(error.reason, line: error.line, column: error.column)
        }
    }

    func allow(_ known: [String], in table: TOMLTable, at path: String) throws(Finding) {
        for key in table.keys.sorted() where !known.contains(key) {
            let hint = didYouMean(nearestName(to: key, among: known))
            throw problem("unknown key \(path)\(key)\(hint)")
        }
    }

    func string(_ key: String, in table: TOMLTable, at path: String = "") throws(Finding) -> String {
        guard let value = table[key]?.string, !value.isEmpty else {
            throw problem("\(path)\(key) must be a text")
        }
        return value
    }

    func strings(_ key: String, in table: TOMLTable, at path: String = "") throws(Finding) -> [String] {
        let wrong = problem("\(path)\(key) must be a list of texts")
        guard let array = table[key]?.array, !array.isEmpty else { throw wrong }
        var result: [String] = []
        for element in array {
            guard let text = element.string else { throw wrong }
            result.append(text)
        }
        return result
    }

    func checkQuoting(_ name: String, at path: String) throws(Finding) {
        guard DeviceSyntax.all[name] != nil else {
            let known = DeviceSyntax.all.keys.sorted().joined(separator: ", ")
            throw problem("\(path)quoting \"\(name)\" is not known; known are \(known)")
        }
    }

    func documents(_ table: TOMLTable, quoting: String) throws(Finding) -> [Manifest.DocumentRule] {
        guard let array = table["documents"]?.array, !array.isEmpty else {
            throw problem("documents must be a list of tables ([[documents]])")
        }
        var rules: [Manifest.DocumentRule] = []
        for (index, element) in array.enumerated() {
            let path = "documents[\(index)]."
            guard let document = element.table else { throw problem("documents must be a list of tables") }
            try allow(
                ["path", "template", "scope", "secrets", "only_place", "quoting", "whole"], in: document, at: path)
            let scopeName = try string("scope", in: document, at: path)
            guard let scope = Manifest.Scope(rawValue: scopeName) else {
                throw problem("\(path)scope must be connection, device or removal")
            }
            let rule = Manifest.DocumentRule(
                path: try string("path", in: document, at: path),
                template: try string("template", in: document, at: path),
                scope: scope, isForSecrets: document["secrets"]?.bool ?? false,
                isOnlyPlaceOfSecrets: document["only_place"]?.bool ?? false,
                quoting: document["quoting"] == nil ? quoting : try string("quoting", in: document, at: path),
                isWhole: document["whole"]?.bool ?? false)
            try checkQuoting(rule.quoting, at: path)
            guard rule.path.isSafePath, scope == .device || rule.path.contains("{connection}") else {
                throw problem(
                    "\(path)path must stay below the output folder, and have {connection} in it unless scope is device"
                )
            }
            guard scope != .removal || !rule.isForSecrets else {
                throw problem("\(path)secrets goes with no removal: what takes a connection away holds no keys")
            }
            guard !rules.contains(where: { $0.path == rule.path }) else {
                throw problem("\(path)path \(rule.path) is another document's, too")
            }
            rules.append(rule)
        }
        return rules
    }
}

extension String {
    /// Whether a relative path has no step upwards, no empty step and no backslash.
    fileprivate var isSafePath: Bool {
        !contains("\\")
            && split(separator: "/", omittingEmptySubsequences: false).allSatisfy { step in
                !step.isEmpty && step != "." && step != ".."
            }
    }
}
