import Foundation
import TestSupport
import Testing

@Suite("frr.conf and scripts: no text of an answer adds, ends or changes a command", .needsVtysh, .needsShell)
struct InjectionTests {
    static let packs = ["strongswan@5.9", "strongswan@6.0", "strongswan-legacy"]

    @Test("Every field with every hostile text", arguments: packs.indices)
    func texts(index: Int) async throws {
        try? FileManager.default.removeItem(atPath: HostileText.canary)
        let complaints = try await InjectionTrial.all(Self.packs[index], reader: 3 + index) { trial in
            var complaints: [String] = []
            for (_, hostile, harmless) in trial.changed {
                for (path, text) in hostile where text != harmless[path] {
                    let plain = harmless[path] ?? ""
                    if path.hasSuffix("/frr.conf") {
                        complaints += trial.differences(Self.lines(text), Self.lines(plain))
                        complaints += try await Self.refusals(text)
                    } else if path.hasSuffix(".sh") {
                        let found = try await Self.commands(text)
                        complaints += trial.differences(found, try await Self.commands(plain))
                    }
                }
            }
            return complaints
        }
        #expect(complaints == [])
        #expect(!FileManager.default.fileExists(atPath: HostileText.canary), "a text was run")
    }

    /// The lines of a configuration but for its comments; blocks by their first lines.
    private static func lines(_ text: String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        var block = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("!") && !line.hasPrefix("#") {
            if !line.hasPrefix(" ") { block = String(line) }
            result[block, default: []].append(String(line))
        }
        return result
    }

    private static func refusals(_ text: String) async throws -> [String] {
        try await withTemporaryFolder { folder in
            try text.write(toFile: folder + "/frr.conf", atomically: false, encoding: .utf8)
            let output = try await Command.run(RoutingTools.vtysh, ["-C", "-f", folder + "/frr.conf"])
            return output.status == 0 ? [] : ["vtysh refuses it: \(HostileText.name(output.stdout + output.stderr))"]
        }
    }

    /// What a script does in an empty namespace, where every program only says how it was called.
    private static func commands(_ script: String) async throws -> [String: [String]] {
        let namespace = try await Namespace(role: "hostile")
        do {
            try namespace.makeFolder("bin")
            let runnable: [FileAttributeKey: Any] = [.posixPermissions: NSNumber(value: 0o755)]
            for name in ["ip", "nft", "sysctl", "swanctl", "ipsec", "vtysh", "modprobe", "logger"] {
                let stub = "#!/bin/sh\nprintf '%s\\n' \"\(name) $*\" >>'\(namespace.folder)/calls'\n"
                try namespace.write(stub, to: "bin/\(name)")
                try FileManager.default.setAttributes(runnable, ofItemAtPath: "\(namespace.folder)/bin/\(name)")
            }
            try namespace.write("", to: "calls")
            let path = try namespace.write(script, to: "script.sh")
            try await Command.check(RoutingTools.dash, ["-n", path])
            let search = ["PATH": "\(namespace.folder)/bin:/usr/bin:/bin"]
            var result: [String: [String]] = [:]
            for verb in ["up", "status", "down"] {
                let output = try await namespace.attempt(RoutingTools.dash, [path, verb], environment: search)
                result["\(verb) says"] = [output.stdout, output.stderr.replacing(namespace.folder, with: "")]
                result["\(verb) ends"] = ["\(output.status)"]
            }
            result["calls"] = try String(contentsOfFile: namespace.folder + "/calls", encoding: .utf8)
                .split(separator: "\n").map(String.init)
            await namespace.end()
            return result
        } catch {
            await namespace.end()
            throw error
        }
    }
}
