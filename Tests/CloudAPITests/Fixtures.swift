import CloudAPI
import FieldReader
import Findings
import Foundation

/// The files under `Fixtures/`, found by globbing: a new case is a new file and no code.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// Names of the files in a subfolder, sorted, without those of expected findings.
    static func names(in subfolder: String) -> [String] {
        let path = folder.appending(path: subfolder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasSuffix(".findings") }.sorted()
    }

    static func url(_ name: String, in subfolder: String) -> URL {
        folder.appending(path: subfolder).appending(path: name)
    }

    static func source(_ name: String, in subfolder: String) throws -> ByteSource {
        ByteSource([UInt8](try Data(contentsOf: url(name, in: subfolder))), name: name)
    }
}

/// Reads texts as if they were files called `1`, `2` and so on.
func read(_ texts: String...) -> ResponseSet {
    ResponseSet(reading: texts.enumerated().map { ByteSource(Array($1.utf8), name: "\($0 + 1)") })
}

/// An answer of `DescribeVpnConnections` with one connection that has these fields beside its id.
func answer(_ fields: String) -> String {
    "<R><VpnConnections><VpnConnection>\n<VpnConnectionId>vco-1</VpnConnectionId>\n\(fields)\n</VpnConnection></VpnConnections></R>"
}

/// A finding as the command would print it.
func printed(_ finding: Finding) -> String {
    let place = finding.place.location.map { "\($0): " } ?? ""
    let field = finding.place.field.map { " [\($0)]" } ?? ""
    let remedy = finding.remedy.map { "\n  help: \($0)" } ?? ""
    return
        "\(place)\(finding.severity.rawValue) \(finding.rule.rawValue): \(finding.message)\(field)\(remedy)\n"
}

/// All values within a decoded type as lines `path = value`, without places: for comparing XML with JSON.
func values(_ value: Any, path: String = "") -> [String] {
    switch value {
    case let secret as Secret: return ["\(path) = \(secret.reveal())"]
    case is Origin: return []
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
        return mirror.children.first.map { values($0.value, path: path) } ?? []
    }
    guard !mirror.children.isEmpty else {
        return mirror.displayStyle == .collection ? [] : ["\(path) = \(value)"]
    }
    return mirror.children.enumerated().flatMap { index, child in
        values(child.value, path: child.label == "value" ? path : "\(path).\(child.label ?? "\(index)")")
    }
}
