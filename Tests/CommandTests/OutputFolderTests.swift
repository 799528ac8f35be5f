import Foundation
import TestSupport
import Testing

/// What happens in an output folder over time: keys, numbers, connections that come, go or break.
@Suite("The output folder")
struct OutputFolderTests {
    private static let answers = ["samples/dual-bgp-vpn-gateway", "samples/single-ikev2-policy"]

    @Test("Committed placeholders never become committed keys; examples are the same in both ways")
    func keysStayOut() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/routers"
            let git = { (arguments: [String]) async throws -> CommandOutput in
                try await Command.run(
                    "/usr/bin/git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments)
            }
            _ = try await git(["init", "-q"])
            let render = ["render"] + Self.answers + ["--device", "strongswan", "-o", output]
            _ = try await Peerconf.run(render)
            _ = try await git(["add", "-A"])
            _ = try await git(["commit", "-qm", "placeholders"])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: output)
            #expect(try await Peerconf.run(render + ["--secrets", "split"]).status <= 1)
            _ = try await git(["add", "-A"])
            let tracked = try await git(["ls-files"]).stdout.split(separator: "\n")
            #expect(tracked.contains { $0.hasSuffix(".secrets.conf.example") })
            #expect(!tracked.contains { $0.hasSuffix(".secrets.conf") })
            // Only the .gitignore is new: what may be committed is the same with keys and without.
            let changed = try await git(["status", "--porcelain"]).stdout
            #expect(changed == "A  routers/.gitignore\n")
            // Nor does a check without keys mind the files that hold them.
            let check = try await Peerconf.run(render + ["--check"])
            #expect(!check.stdout.contains("[PC401]") && !check.stdout.contains("[PC403]"))
        }
    }

    @Test("A connection that breaks is no reason to remove its files; shared files say what they lack")
    func broken() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/routers"
            let sample = Repository.path("samples/dual-bgp-vpn-gateway/response.xml")
            let good = try String(contentsOfFile: sample, encoding: .utf8)
            try good.write(toFile: folder + "/a.xml", atomically: false, encoding: .utf8)
            let render = ["render", folder + "/a.xml", "--device", "strongswan", "-o", output]
            _ = try await Peerconf.run(render)
            try good.replacing("<IkeEncAlg>aes256", with: "<IkeEncAlg>foo").write(
                toFile: folder + "/a.xml", atomically: false, encoding: .utf8)
            let check = try await Peerconf.run(render + ["--check"])
            #expect(check.stdout.contains("[PC409]"))
            #expect(!check.stdout.contains("vco-bp10q7jdz5wotdsepv3qh.conf is no longer produced"))
        }
    }

    @Test("A selection writes its own files, and shared files with everything that is on the device")
    func selection() async throws {
        try await withTemporaryFolder { folder in
            let inputs = ["render", "samples/fleet-two-pages", "--device", "strongswan", "-o"]
            _ = try await Peerconf.run(inputs + [folder + "/all"])
            let all = try Self.contents(of: folder + "/all")
            let id = try #require(all.keys.first { $0.hasSuffix(".conf") && $0.contains("/swanctl/") }).split(
                separator: "/"
            ).last?.dropLast(5)
            _ = try await Peerconf.run(inputs + [folder + "/one", "--vpn-connection-id", String(id ?? "")])
            let one = try Self.contents(of: folder + "/one")
            #expect(one.keys.filter { $0.contains("/swanctl/") }.allSatisfy { $0.contains(id ?? "-") })
            #expect(!one.isEmpty)
            for (path, text) in one { #expect(all[path] == text, "\(path)") }
            let check = try await Peerconf.run(
                inputs + [folder + "/all", "--check", "--vpn-connection-id", String(id ?? "")])
            #expect(!check.stdout.contains("[PC403]"))
        }
    }

    @Test("A key that changed is named by its fingerprint; without the fingerprint key the remedy is said")
    func fingerprints() async throws {
        try await withTemporaryFolder { folder in
            let sample = Repository.path("samples/single-ikev2-policy/response.xml")
            let good = try String(contentsOfFile: sample, encoding: .utf8)
            try good.write(toFile: folder + "/a.xml", atomically: false, encoding: .utf8)
            try "0123456789abcdef0123456789abcdef".write(
                toFile: folder + "/key", atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder + "/key")
            let render = ["render", folder + "/a.xml", "--device", "strongswan", "-o", folder + "/out"]
            let key = ["--fingerprint-key", folder + "/key"]
            _ = try await Peerconf.run(render + key)
            let without = try await Peerconf.run(render + ["--check"])
            #expect(without.stdout.contains("say --fingerprint-key with the key it was rendered with"))
            try good.replacing("p0h5UuHWI3bj9BKHkUIf", with: "AnotherKey0fTwentyCh").write(
                toFile: folder + "/a.xml", atomically: false, encoding: .utf8)
            let check = try await Peerconf.run(render + key + ["--check", "--diff"])
            #expect(check.stdout.contains("the PSK of vco-bp1pgqg11h4uu6fjddszz changed [PC401]"))
            #expect(check.stdout.contains("+        secret = \"<<PSK vco-bp1pgqg11h4uu6fjddszz "))
            for secret in ["p0h5UuHWI3bj9BKHkUIf", "AnotherKey0fTwentyCh"] { #expect(!check.stdout.contains(secret)) }
        }
    }

    @Test("A key that is not there stops nobody who needs none, and else its connection alone")
    func missingKey() async throws {
        try await withTemporaryFolder { folder in
            try """
            [routers.core]
            device = "strongswan"
            customer_gateways = ["cgw-bp1s5pm030sbkgh8ye7m4"]
            [routers.core.tunnels.vco-bp1pgqg11h4uu6fjddszz]
            psk = { environment = "PEERCONF_TEST_NO_SUCH_KEY" }
            """.write(toFile: folder + "/site.toml", atomically: false, encoding: .utf8)
            let render =
                ["render"] + Self.answers + ["--device", "strongswan", "--site", folder + "/site.toml", "-o"]
            let plain = try await Peerconf.run(["render"] + Self.answers + ["--device", "strongswan"])
            let without = try await Peerconf.run(render + [folder + "/a"])
            #expect(without.status == plain.status)
            #expect(try Self.contents(of: folder + "/a").keys.contains { $0.contains("vco-bp1pgqg11h4uu6fjddszz") })
            let split = try await Peerconf.run(
                render + [folder + "/b", "--secrets", "split", "--allow-readable-folder"])
            #expect(split.status == 3)
            #expect(split.stderr.contains("the environment variable PEERCONF_TEST_NO_SUCH_KEY holds no key"))
            #expect(split.stderr.contains("connection vco-bp1pgqg11h4uu6fjddszz"))
            let written = try Self.contents(of: folder + "/b")
            #expect(!written.keys.contains { $0.contains("vco-bp1pgqg11h4uu6fjddszz") })
            #expect(written.keys.contains { $0.contains("vco-bp10q7jdz5wotdsepv3qh") })
        }
    }

    @Test("A link in the place of a router's folder is refused before anything is written, here or there")
    func links() async throws {
        try await withTemporaryFolder { folder in
            let files = FileManager.default
            for name in ["out", "elsewhere"] {
                try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
            }
            // What a killed run left in a folder of one's own would be removed.
            try "x".write(toFile: folder + "/elsewhere/.a.peerconf-1999999999", atomically: false, encoding: .utf8)
            try files.createSymbolicLink(
                atPath: folder + "/out/cgw-bp1g46ed7esu7ygaowa45", withDestinationPath: "../elsewhere")
            let output = try await Peerconf.run(
                ["render"] + Self.answers + ["--device", "strongswan", "-o", folder + "/out"])
            #expect(output.status == 2)
            #expect(output.stderr.contains("it is a symbolic link [PC081]"))
            #expect(try files.contentsOfDirectory(atPath: folder + "/elsewhere") == [".a.peerconf-1999999999"])
            #expect(try files.contentsOfDirectory(atPath: folder + "/out") == ["cgw-bp1g46ed7esu7ygaowa45"])
        }
    }

    @Test("A router that gets a name in the site file keeps its tunnels' numbers; list tells the same ones")
    func named() async throws {
        try await withTemporaryFolder { folder in
            let output = folder + "/out"
            let sample = "samples/dual-bgp-vpn-gateway"
            _ = try await Peerconf.run(["render", sample, "--device", "strongswan", "-o", output])
            let before = try String(contentsOfFile: output + "/peerconf.lock", encoding: .utf8)
            try "[routers.core]\ncustomer_gateways = [\"cgw-bp1g46ed7esu7ygaowa45\"]\n".write(
                toFile: folder + "/site.toml", atomically: false, encoding: .utf8)
            _ = try await Peerconf.run(
                ["render", sample, "--device", "strongswan", "--site", folder + "/site.toml", "-o", output])
            let after = try String(contentsOfFile: output + "/peerconf.lock", encoding: .utf8)
            let numbers = { (text: String, device: String) in
                text.components(separatedBy: "[\"\(device)\"]\n").last?.components(separatedBy: "\n\n").first?
                    .trimmingCharacters(in: .newlines)
            }
            #expect(numbers(after, "core") == numbers(before, "cgw-bp1g46ed7esu7ygaowa45"))
            let list = try await Peerconf.run(
                [
                    "list", sample, "--site", folder + "/site.toml", "--lock", output + "/peerconf.lock", "--format",
                    "json",
                ])
            #expect(list.stdout.contains("\"number\": 101"))
            #expect(list.stdout.contains("\"number\": 102"))
        }
    }

    private static func contents(of folder: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init()
        where !path.hasSuffix("peerconf.lock") && !path.hasPrefix(".") {
            if let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) { result[path] = text }
        }
        return result
    }
}
