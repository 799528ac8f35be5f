import Foundation
import TestSupport

/// What `--device strongswan-legacy` renders, laid out as on a device, and what charon made of it.
struct LegacyLoad: Sendable {
    /// charon's connections as it lists them.
    var connections: ViciTree
    /// What stroke was given, by conn: `ike`, `esp` and so on, in ipsec.conf's words.
    var received: [String: [String: String]]
    /// Keys by the two owners, as charon holds them.
    var keys: [String: [UInt8]]
    /// What starter or charon said against the files.
    var complaints: [String]

    /// Writes the rendered documents below the namespace's folder and gives the path of the ipsec.conf.
    static func install(_ documents: [String: String], in namespace: Namespace) throws -> String {
        try namespace.makeFolder("ipsec.d")
        for (path, text) in documents where path.contains(".ipsec.") {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            try namespace.write(text, to: "ipsec.d/" + name)
        }
        // As the files' headers tell people to.
        try namespace.write("include \(namespace.folder)/ipsec.d/*.ipsec.secrets\n", to: "ipsec.secrets")
        return try namespace.write("include \(namespace.folder)/ipsec.d/*.ipsec.conf\n", to: "ipsec.conf")
    }

    /// Waits until the starter has given charon all conns, and reads what became of them.
    ///
    /// - Parameter listing: whether to have charon list its connections, which with some texts nobody can read.
    static func read(_ charon: Charon, conns: Int, listing: Bool = true) async throws -> LegacyLoad {
        _ = try await eventually(within: 20) {
            charon.log().split(separator: "\n").filter { $0.contains("received stroke: add connection") }.count >= conns
                ? true : nil
        }
        // The last one is received, and still to be added.
        try await Task.sleep(for: .milliseconds(300))
        let log = charon.log()
        let said = (try? String(contentsOfFile: charon.namespace.folder + "/charon.out", encoding: .utf8)) ?? ""
        return LegacyLoad(
            connections: listing ? try await charon.connections() : ViciTree(), received: received(log),
            keys: keys(log),
            complaints: complaints(log + said))
    }

    private static func complaints(_ text: String) -> [String] {
        let signs = [
            "skipped", "unknown", "syntax error", "invalid", "unable", "failed", "missing", "malformed", "bad ", "###",
            "not supported", "deprecated", "fatal", "errors",
        ]
        // The tests' host has neither certificates nor a kernel with ESP.
        let usual = ["feature", "opening", "no files", "unable to load", "kernel", "KNL", "plugin", "=> "]
        return text.split(separator: "\n").map(String.init).filter { line in
            signs.contains { line.contains($0) } && !usual.contains { line.contains($0) } && !line.contains("secret:")
        }
    }

    /// charon's threads write into one log, each with its number before the group: `12[CFG] conn office`.
    private static func received(_ log: String) -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        var conns: [Substring: String] = [:]
        for line in log.split(separator: "\n") {
            guard let mark = line.range(of: "[CFG] ") else { continue }
            let (thread, text) = (thread(of: line), line[mark.upperBound...])
            if text.hasPrefix("conn ") {
                conns[thread] = String(text.dropFirst(5))
            } else if let name = conns[thread], text.hasPrefix("  "), let equals = text.firstIndex(of: "=") {
                let key = String(text[..<equals].dropFirst(2))
                result[name, default: [:]][key] = String(text[text.index(after: equals)...])
            } else {
                conns[thread] = nil
            }
        }
        return result
    }

    private static func keys(_ log: String) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        var owners: [Substring: String] = [:]
        for line in log.split(separator: "\n") {
            if let mark = line.range(of: "loaded IKE secret for ") {
                owners[thread(of: line)] = String(line[mark.upperBound...]).replacing("\"", with: "")
            } else if let mark = line.range(of: "  secret: "), let names = owners[thread(of: line)] {
                result[names] = line[mark.upperBound...].split(separator: ":").compactMap { UInt8($0, radix: 16) }
                owners[thread(of: line)] = nil
            }
        }
        return result
    }

    /// The number before the group in brackets.
    private static func thread(of line: Substring) -> Substring {
        line.prefix { $0 != "[" }.split { !$0.isNumber }.last ?? ""
    }
}

/// Documents as printed on standard output, by path.
func documents(_ output: String) -> [String: String] {
    var result: [String: String] = [:]
    var path = ""
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.dropFirst(2).hasPrefix("==> "), line.hasSuffix(" <==") {
            path = String(line.dropFirst(6).dropLast(4))
        } else {
            result[path, default: ""] += line + "\n"
        }
    }
    return result
}
