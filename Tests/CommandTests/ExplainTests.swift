import Foundation
import TestSupport
import Testing

/// `explain FILE:LINE`: the whole texts stand in `Fixtures/explain`, the lines are found by what stands on them.
@Suite("Where a line comes from")
struct ExplainTests {
    private static let sample = "samples/dual-bgp-vpn-gateway"
    private static let inputs = [sample, "--site", "Tests/CommandTests/Fixtures/explain/peerconf.toml"]

    /// A file below the device's folder, and what a line of it holds.
    private static let lines: [(name: String, file: String, text: String)] = [
        ("proposals", "swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "proposals = "),
        ("identity", "swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "id = "),
        ("key", "swanctl/vco-bp10q7jdz5wotdsepv3qh.secrets.conf", "secret = "),
        ("pinned-number", "swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "if_id_in = 250"),
        ("locked-number", "swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "if_id_in = 101"),
        ("site-default", "interfaces.sh", "mtu 1380"),
        ("own-text", "swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "mobike = no"),
    ]

    @Test("The chain from template to answer, site file and lock", arguments: lines.map(\.name))
    func chain(name: String) async throws {
        let line = try #require(Self.lines.first { $0.name == name })
        try await withTemporaryFolder { folder in
            for secrets in ["placeholder", "split"] {
                let output = folder + "/" + secrets
                try FileManager.default.createDirectory(
                    atPath: output, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                _ = try await Peerconf.run(["render"] + Self.inputs + ["-o", output, "--secrets", secrets])
                let path = "\(output)/core/\(line.file)" + (line.name == "key" && secrets != "split" ? ".example" : "")
                let text = try String(contentsOfFile: path, encoding: .utf8)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                let number = try #require(lines.firstIndex { $0.contains(line.text) }) + 1
                let result = try await Peerconf.run(["explain", "\(path):\(number)"] + Self.inputs)
                #expect(result.status == 0)
                #expect(result.stderr.isEmpty)
                // Files for keys begin otherwise when they hold them; all others are the same.
                let expected = name == "key" ? "key-\(secrets)" : name
                try expect(
                    result.stdout.replacing(output, with: "routers"),
                    equalsFile: "Tests/CommandTests/Fixtures/explain/\(expected).txt")
            }
        }
    }

    @Test("Every line of every file has a place in a template; no key is shown")
    func everyLine() async throws {
        try await withTemporaryFolder { folder in
            _ = try await Peerconf.run(
                ["render"] + Self.inputs + ["-o", folder, "--secrets", "inline", "--allow-readable-folder"])
            let answer = try String(contentsOfFile: Repository.path("\(Self.sample)/response.xml"), encoding: .utf8)
            let keys = answer.matches(of: /<(?:Psk|AuthKey)>([^<]+)</).map { String($0.output.1) }
            #expect(keys.count >= 2)
            for file in ["swanctl/vco-bp10q7jdz5wotdsepv3qh.conf", "frr.conf"] {
                let path = "\(folder)/core/\(file)"
                let count = try String(contentsOfFile: path, encoding: .utf8).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).count
                for number in stride(from: 1, to: count, by: 7) {
                    let result = try await Peerconf.run(["explain", "\(path):\(number)"] + Self.inputs)
                    #expect(result.stdout.contains("Written by the pack strongswan: ") || result.status == 2)
                    for key in keys { #expect(!(result.stdout + result.stderr).contains(key), "a key is shown") }
                }
            }
        }
    }

    @Test("What can't be explained says why", arguments: ["no-inputs", "other-file", "behind-the-end", "changed-line"])
    func refused(name: String) async throws {
        try await withTemporaryFolder { folder in
            _ = try await Peerconf.run(["render"] + Self.inputs + ["-o", folder])
            let path = "\(folder)/core/swanctl/vco-bp10q7jdz5wotdsepv3qh.conf"
            var arguments = ["explain", "\(path):21"] + Self.inputs
            switch name {
            case "no-inputs": arguments = ["explain", "\(path):21"]
            case "other-file": arguments[1] = "\(folder)/core/swanctl/other.conf:3"
            case "behind-the-end": arguments[1] = "\(path):90000"
            default:
                var lines = try String(contentsOfFile: path, encoding: .utf8).split(
                    separator: "\n", omittingEmptySubsequences: false)
                lines[20] = "by hand"
                try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
            }
            let result = try await Peerconf.run(arguments)
            #expect(result.status == 2)
            #expect(result.stdout.isEmpty)
            try expect(
                result.stderr.replacing(folder, with: "routers"),
                equalsFile: "Tests/CommandTests/Fixtures/explain/\(name).txt")
        }
    }

    @Test("A mode, and the AS number of a router, come from the answers")
    func words() async throws {
        let cases = [
            ("ikev1-aggressive-nat", "h3c-comware", " exchange-mode ", "IkeConfig.IkeMode"),
            ("dual-bgp-vpn-gateway", "cisco-ios", "router bgp ", "PeerAsn"),
        ]
        for (sample, device, line, field) in cases {
            try await withTemporaryFolder { folder in
                let inputs = ["samples/" + sample, "--device", device]
                _ = try await Peerconf.run(["render"] + inputs + ["-o", folder + "/out"])
                let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/out").sorted()
                let places = files.compactMap { file -> String? in
                    let path = folder + "/out/" + file
                    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
                    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                    return lines.firstIndex { $0.hasPrefix(line) }.map { "\(path):\($0 + 1)" }
                }
                let place = try #require(places.first, "\(device) has no line '\(line)'")
                let page = try await Peerconf.run(["explain", place] + inputs)
                #expect(page.stdout.contains(field), "\(page.stdout)")
            }
        }
    }

    @Test("Every rule of every pack has a page; another one is told, with those that there are")
    func packRules() async throws {
        let files = FileManager.default
        for pack in try files.contentsOfDirectory(atPath: Repository.path("templates")).sorted() {
            let path = Repository.path("templates/\(pack)/\(pack).toml")
            guard let manifest = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            let rules = manifest.components(separatedBy: "[[rules]]").dropFirst()
            for rule in rules {
                let id = try #require(rule.firstMatch(of: /id = "([^"]+)"/)).output.1
                let remedy = try #require(rule.firstMatch(of: /remedy = "([^"]+)"/)).output.1
                let page = try await Peerconf.run(["explain", "\(pack)/\(id)"])
                #expect(page.status == 0, "\(pack)/\(id)")
                let words = page.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(words.contains(remedy.split(separator: " ").joined(separator: " ")), "\(pack)/\(id)")
            }
        }
        let unknown = try await Peerconf.run(["explain", "vyos/weak"])
        #expect(unknown.status == 2 && unknown.stderr.contains("weak-esp"))
    }
}
