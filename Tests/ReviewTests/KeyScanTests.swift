import Foundation
import TestSupport
import Testing

/// `peerconf scan`: keys are found in what is to be committed, and never shown.
@Suite("No key is committed")
struct KeyScanTests {
    static let canary = "Canary7Zp2xVw9LmT4c"

    /// Statements as vendors document them, `KEY` where the key stands.
    static let statements = [
        // swanctl.conf, ipsec.secrets
        "        secret = \"KEY\"", "secret=KEY", "\"192.0.2.1\" \"198.51.100.1\" : PSK \"KEY\"", ": PSK KEY",
        // VyOS 1.4 and 1.3, as commands and as a configuration
        "set vpn ipsec authentication psk vco-1 secret 'KEY'",
        "set vpn ipsec site-to-site peer 192.0.2.1 authentication pre-shared-secret 'KEY'",
        "            pre-shared-secret \"KEY\"", "set protocols bgp neighbor 169.254.10.1 password 'KEY'",
        // Cisco IOS
        "  pre-shared-key 0 KEY", "  pre-shared-key 6 KEY", "  pre-shared-key hex KEY", "  pre-shared-key local KEY",
        "crypto isakmp key 0 KEY address 192.0.2.1", "crypto isakmp key KEY hostname a.example",
        "  pre-shared-key address 192.0.2.1 key KEY", "  pre-shared-key address 192.0.2.1 255.255.255.255 key 6 KEY",
        " neighbor 169.254.10.1 password 7 KEY",
        // Comware
        " pre-shared-key address 192.0.2.1 255.255.255.255 key simple KEY",
        " pre-shared-key hostname a key cipher KEY", " pre-shared-key plaintext KEY",
        " peer 169.254.10.1 password simple KEY",
        // Others
        "set security ike policy a pre-shared-key ascii-text \"KEY\"", "    set psksecret ENC KEY",
        "set interfaces st0 authentication-key KEY",
        // Answers of the API
        "      <Psk>KEY</Psk>", "<AuthKey>KEY</AuthKey>", "\"Psk\": \"KEY\",", "{\"AuthKey\":\"KEY\"}",
        "\"IkeConfig\": \"{\\\"Psk\\\": \\\"KEY\\\"}\"",
    ]

    @Test("A statement with a key is found, one with a placeholder is not", arguments: statements)
    func statement(line: String) async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/router.txt"
            for (key, isFound) in [
                (Self.canary, true), ("<<PSK tun-1>>", false), ("<<BGP-KEY tun-1 k3x9>>", false), ("****", false),
                // What only looks like a placeholder: fingerprints have small letters.
                ("<<PSK tun-1 \(Self.canary)>>", true),
            ] {
                let isXML = line.drop { $0 == " " }.hasPrefix("<")
                let key = isXML ? key.replacing("<", with: "&lt;").replacing(">", with: "&gt;") : key
                let text = "first line\n" + line.replacing("KEY", with: key) + "\n"
                try text.write(toFile: file, atomically: false, encoding: .utf8)
                let output = try await Peerconf.run(["scan", file])
                #expect(output.status == (isFound ? 1 : 0), "\(key.count) characters")
                #expect(output.stdout.contains("router.txt:2: error:") == isFound)
                let isShown = (output.stdout + output.stderr).contains(Self.canary)
                #expect(!isShown)
            }
        }
    }

    @Test(
        "Lines about keys that say none are left alone",
        arguments: [
            "# Pre-shared keys of vco-1, each bound to both identities", "authentication mode pre-shared-secret",
            "set vpn ipsec site-to-site peer a authentication mode 'pre-shared-secret'",
            "set vpn ipsec authentication psk vco-1 id '192.0.2.1'", "  authentication local pre-share", "secrets {",
            "crypto ikev2 keyring peerconf", " auth = psk", "key-exchange = ikev2", "    id-cloud = \"203.0.113.14\"",
            "set system login user vyos authentication", "! password of the neighbor is a placeholder",
        ])
    func innocent(line: String) async throws {
        try await withTemporaryFolder { folder in
            try line.write(toFile: folder + "/router.txt", atomically: false, encoding: .utf8)
            let output = try await Peerconf.run(["scan", folder])
            #expect(output.status == 0, "\(output.stdout)")
        }
    }

    @Test("What every pack writes by default has no finding; what it writes with keys has") func packs() async throws {
        for device in ["cisco-ios", "h3c-comware", "strongswan", "strongswan-legacy", "vyos"] {
            for sample in Repository.folders(in: "samples") where sample != "shangmi-certificate" {
                try await withTemporaryFolder { folder in
                    func render(_ name: String, _ mode: String) async throws -> CommandOutput {
                        let path = "\(folder)/\(name)"
                        try FileManager.default.createDirectory(
                            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                        _ = try await Peerconf.run(
                            ["render", "samples/\(sample)", "--device", device, "-o", path, "--secrets", mode])
                        return try await Peerconf.run(["scan", path])
                    }
                    let clean = try await render("public", "placeholder")
                    #expect(clean.status == 0, "\(device) \(sample) \(clean.stdout)")
                    let files = Repository.all(in: folder + "/public").filter { $0.hasSuffix(".example") }
                    guard !files.isEmpty else { return }
                    let split = try await render("split", "split")
                    let inline = try await render("inline", "inline")
                    #expect(split.status == 1 && split.stdout.contains("PC412"), "\(device) \(sample)")
                    #expect(split.stdout.contains("PC411"), "\(device) \(sample)")
                    #expect(inline.status == 1 && inline.stdout.contains("PC411"), "\(device) \(sample)")
                }
            }
        }
    }

    @Test(
        "Keys of the answers are found wherever they stand, in every form, in every format",
        arguments: ["text", "json", "markdown", "sarif", "github", "gitlab", "junit"])
    func knownKeys(format: String) async throws {
        try await withTemporaryFolder { folder in
            // `"` and `<` are written differently in JSON and XML.
            let key = Self.canary + "\"<&"
            let world = World.single.changing(["IkeConfig.Psk": "KEY"])
            let answer = world.documents[0].replacing("KEY", with: Self.canary + "&quot;&lt;&amp;")
            try answer.write(toFile: folder + "/answer.xml", atomically: false, encoding: .utf8)
            let forms = [
                key, Self.canary + "\\\"<&", Self.canary + "\"&lt;&amp;",
                Data(key.utf8).base64EncodedString(), Data(key.utf8).map { String(format: "%02x", $0) }.joined(),
                Data(key.utf8).map { String(format: "%02X", $0) }.joined(),
            ]
            for form in forms {
                let file = folder + "/notes.bin"
                // Not text, and no statement: only the key itself is there.
                try Data("\u{0}\none\ntwo \(form) three\n".utf8).write(to: URL(fileURLWithPath: file))
                let output = try await Peerconf.run(
                    ["scan", file, "--answers", folder + "/answer.xml", "--format", format])
                #expect(output.status == 1 && output.stdout.contains("PC410"))
                let everything = (output.stdout + output.stderr).lowercased()
                for start in 0...(Self.canary.count - 6) {
                    let part = String(Array(Self.canary.lowercased())[start..<start + 6])
                    let isShown = everything.contains(part)
                    #expect(!isShown, "a part of the key in \(format)")
                }
                try await FormatChecks.check(output.stdout, format: format)
            }
            let without = try await Peerconf.run(["scan", folder + "/notes.bin"])
            #expect(without.status == 0)
        }
    }

    @Test("A short key counts only where it stands alone") func shortKey() async throws {
        try await withTemporaryFolder { folder in
            let world = World.single.changing(["IkeConfig.Psk": "abc1"])
            try world.documents[0].write(toFile: folder + "/answer.xml", atomically: false, encoding: .utf8)
            for (text, status) in [("id xabc12", 0), ("id abc1;", 1), ("abc1", 1), ("0x61626331", 1)]
                as [(String, Int32)]
            {
                try text.write(toFile: folder + "/a.txt", atomically: false, encoding: .utf8)
                let output = try await Peerconf.run(["scan", folder + "/a.txt", "--answers", folder + "/answer.xml"])
                #expect(output.status == status, "\(text)")
            }
        }
    }

    @Test("Answers that can't be read are refused: a key that is not known can't be looked for") func unreadable()
        async throws
    {
        try await withTemporaryFolder { folder in
            try "<DescribeVpnConnectionsResponse><Vpn".write(
                toFile: folder + "/answer.xml", atomically: false, encoding: .utf8)
            for arguments in [["scan", folder, "--answers", folder + "/answer.xml"], ["scan", "/nowhere"], ["scan"]] {
                let output = try await Peerconf.run(arguments)
                #expect(output.status == 2 && output.stdout.isEmpty && !output.stderr.isEmpty)
            }
        }
    }
}

extension Repository {
    /// All files below a folder.
    fileprivate static func all(in path: String) -> [String] {
        FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    }
}
