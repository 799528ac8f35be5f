import Foundation
import TestSupport
import Testing

/// Sides of a comparison that are revisions of git, in a repository made for the test.
@Suite("peerconf diff REV:PATH")
struct GitRevisionTests {
    @Test("A folder of an earlier revision, from the root and from below", arguments: ["sha1", "sha256"])
    func folders(format: String) async throws {
        try await withRepository(format) { folder in
            for (path, place) in [
                ("cloud/", ""), ("cloud", ""), ("./cloud", ""), ("../cloud/", "/site"), ("./", "/cloud"),
            ] {
                let new = place.isEmpty ? "cloud" : place == "/site" ? "../cloud" : "."
                let output = try await diff(["HEAD~1:\(path)", new], in: folder + place)
                #expect(output.status == 1 && output.stdout.contains("IKE encryption aes256 → 3des"), "\(path)")
            }
            let same = try await diff(["HEAD:cloud/", "cloud/"], in: folder)
            #expect(same.status == 0 && same.stderr.isEmpty)
            let both = try await diff(["HEAD~1:cloud/", "HEAD:cloud/"], in: folder)
            #expect(both.status == 1 && both.stdout.contains("HEAD:cloud/0.xml:"))
            let file = try await diff(["HEAD~1:cloud/0.xml", "cloud/0.xml"], in: folder)
            #expect(file.status == 1 && file.stdout.contains("[PC712]"))
            let search = try await diff(["HEAD^{/first: all}:cloud/", "cloud/"], in: folder)
            #expect(search.status == 1)
        }
    }

    @Test("What git has not is told, and nothing of it is an option") func missing() async throws {
        try await withRepository("sha1") { folder in
            for revision in [
                "HEAD~9:cloud/", "nope:cloud/", "HEAD:nowhere", "HEAD:cloud\n/0.xml", ":cloud", "HEAD:/etc",
            ] {
                let output = try await diff([revision, "cloud"], in: folder)
                #expect(output.status == 2 && output.stderr.contains("[PC796]"), "\(revision): \(output.stderr)")
            }
            for revision in ["-h:cloud", "--output=x:cloud", "--batch-command:cloud"] {
                let output = try await diff(["--", revision, "cloud"], in: folder)
                #expect(output.status == 2 && output.stderr.contains("[PC796]"), "\(revision)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [".git", "cloud", "site"])
        }
    }

    @Test("A name with a colon that exists is a path") func colon() async throws {
        try await withRepository("sha1") { folder in
            let world = World.single.documents[0]
            try FileManager.default.createDirectory(
                atPath: folder + "/HEAD~1:cloud", withIntermediateDirectories: false)
            try world.write(toFile: folder + "/HEAD~1:cloud/0.xml", atomically: false, encoding: .utf8)
            let output = try await diff(["HEAD~1:cloud", "cloud/0.xml"], in: folder)
            #expect(output.stdout.contains("[PC702]") && output.stdout.contains("[PC701]"))
        }
    }

    @Test("Without git, outside of a repository, and with links, that is what is said") func unusable() async throws {
        try await withRepository("sha1") { folder in
            let output = try await Peerconf.run(
                ["diff", "HEAD:cloud", "cloud"], environment: ["PATH": "/nowhere"], folder: folder)
            #expect(output.status == 2 && output.stderr.contains("[PC795]"))
            try await git(["rm", "-q", "--cached", "cloud/0.xml"], in: folder)
            try FileManager.default.removeItem(atPath: folder + "/cloud/0.xml")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/cloud/0.xml", withDestinationPath: "/etc/passwd")
            try await git(["add", "-A"], in: folder)
            try await git(["commit", "-qm", "link"], in: folder)
            let link = try await diff(["HEAD:cloud", "HEAD~1:cloud"], in: folder)
            #expect(link.status == 2 && link.stderr.contains("[PC797]"))
        }
        try await withTemporaryFolder { folder in
            let output = try await diff(["HEAD:cloud", Repository.path("samples/single-ikev2-policy")], in: folder)
            #expect(output.status == 2 && output.stderr.contains("[PC797]"))
        }
    }

    @Test("With --since, all paths are one side: gateways of one belong to connections of another") func since()
        async throws
    {
        try await withRepository("sha1") { folder in
            try await git(["mv", "cloud/1.xml", "site/gateways.xml"], in: folder)
            try await git(["commit", "-qm", "two paths"], in: folder)
            let same = try await diff(["--since", "HEAD", "cloud/", "site"], in: folder)
            #expect(same.status == 0 && same.stderr.isEmpty, "\(same.stderr)")
            try World.good.changing(gateways: [0: ["Asn": "65011"]]).documents[1]
                .write(toFile: folder + "/site/gateways.xml", atomically: false, encoding: .utf8)
            let alone = try await diff(["HEAD:site", "site"], in: folder)
            #expect(alone.status == 2 && alone.stderr.contains("[PC087]"))
            let both = try await diff(["--since", "HEAD", "cloud/", "site"], in: folder)
            #expect(both.status == 1 && both.stdout.contains("site/gateways.xml:"), "\(both.stderr)")
            // What is new, or gone, is nothing on the other side.
            try World.single.documents[0].write(toFile: folder + "/new.xml", atomically: false, encoding: .utf8)
            let added = try await diff(["--since", "HEAD", "cloud", "new.xml"], in: folder)
            #expect(added.status == 1 && added.stdout.contains("[PC701]"), "\(added.stdout)")
            try FileManager.default.removeItem(atPath: folder + "/cloud")
            let removed = try await diff(["--since", "HEAD", "cloud", "new.xml"], in: folder)
            #expect(removed.status == 1 && removed.stdout.contains("[PC702]"))
            for (arguments, rule) in [
                (["--since", "nope", "site"], "PC796"), (["--since", "HEAD", "nowhere", "new.xml"], "PC080"),
                (["--since", "HEAD", "site", "new.xml"], "PC087"),
                (["--since", "HEAD", folder + "/new.xml"], "relative"), (["--since", "HEAD"], "Missing"),
            ] {
                let output = try await diff(arguments, in: folder)
                #expect(output.status == 2 && output.stderr.contains(rule), "\(arguments): \(output.stderr)")
            }
        }
    }

    @Test("The action compares all paths at once, and a base without answers with nothing") func action() async throws {
        try await withRepository("sha1") { folder in
            try await git(["mv", "cloud/1.xml", "site/gateways.xml"], in: folder)
            try await git(["commit", "-qm", "two paths"], in: folder)
            try await git(["branch", "base"], in: folder)
            try await git(["remote", "add", "origin", "file://" + folder], in: folder)
            try World.good.changing(gateways: [0: ["Asn": "65011"]]).documents[1]
                .write(toFile: folder + "/site/gateways.xml", atomically: false, encoding: .utf8)
            try await git(["commit", "-qam", "number"], in: folder)
            let changed = try await runAction("cloud/ site/gateways.xml", in: folder)
            #expect(changed.status == "0" && !changed.messages.contains("PC087"), "\(changed.messages)")
            #expect(changed.report.hasPrefix("<!-- peerconf -->\n## peerconf diff: "))
            #expect(changed.report.contains("65010 → 65011") && changed.report.count { $0 == "#" } < 20)
            #expect(changed.report.matches(of: #/## peerconf diff/#).count == 1)
            try FileManager.default.createDirectory(atPath: folder + "/later", withIntermediateDirectories: false)
            try World.good.documents[0].write(toFile: folder + "/later/a.xml", atomically: false, encoding: .utf8)
            let first = try await runAction("later/", in: folder)
            #expect(first.status == "0" && first.report.contains("nothing to compare with"), "\(first.messages)")
            try "<broken".write(toFile: folder + "/cloud/0.xml", atomically: false, encoding: .utf8)
            let broken = try await runAction("cloud/", in: folder)
            #expect(broken.status == "2" || broken.status == "3", "\(broken.messages)")
        }
    }

    /// The step of the composite action that compares, and what it hands to the next ones.
    private func runAction(
        _ paths: String, in folder: String
    ) async throws -> (status: String, report: String, messages: String) {
        try await withTemporaryFolder { temporary in
            let tools = (Peerconf.path as NSString).deletingLastPathComponent
            let output = try await Command.run(
                "/bin/bash", [Repository.path(".github/actions/peerconf/run.sh"), "diff"],
                environment: [
                    "PATH": tools + ":/usr/bin:/bin", "RUNNER_TEMP": temporary, "PEERCONF_COMMANDS": "check diff",
                    "PEERCONF_INPUTS": paths, "PEERCONF_SITE": "", "PEERCONF_BASE": "base",
                    "GITHUB_OUTPUT": temporary + "/output", "GITHUB_STEP_SUMMARY": temporary + "/summary",
                    "GIT_CONFIG_GLOBAL": "/dev/null",
                ], folder: folder)
            #expect(output.status == 0, "\(output.stderr)")
            let told = (try? String(contentsOfFile: temporary + "/output", encoding: .utf8)) ?? ""
            let report = (try? String(contentsOfFile: temporary + "/peerconf-diff.md", encoding: .utf8)) ?? ""
            let status = told.firstMatch(of: #/status=(\d+)/#).map { String($0.1) } ?? "none"
            return (status, report, output.stderr)
        }
    }

    @Test("More than a pipe holds goes through, both ways") func large() async throws {
        try await withRepository("sha1") { folder in
            var generator = AnswerGenerator(seed: 3)
            for number in 0..<1500 {
                let page = AnswerNode.page([generator.connection(number)], number: number + 1, size: 1, total: 1500)
                try page.xmlDocument().write(
                    toFile: "\(folder)/site/\(number).xml", atomically: false, encoding: .utf8)
            }
            try await git(["add", "-A"], in: folder)
            try await git(["commit", "-qm", "fleet"], in: folder)
            let output = try await diff(["HEAD:site", "site"], in: folder)
            #expect(output.status == 0, "\(output.stderr.prefix(300))")
        }
    }

    private func diff(_ arguments: [String], in folder: String) async throws -> CommandOutput {
        try await Peerconf.run(["diff"] + arguments, folder: folder)
    }

    @discardableResult
    private func git(_ arguments: [String], in folder: String) async throws -> CommandOutput {
        let environment = [
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        ]
        let output = try await Command.run("/usr/bin/git", arguments, environment: environment, folder: folder)
        guard output.status == 0 else { throw HarnessError("git \(arguments): \(output.stderr)") }
        return output
    }

    /// A repository with two commits: in the second, one algorithm is another one.
    private func withRepository(_ format: String, _ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await git(["init", "-q", "--object-format=\(format)"], in: folder)
            for name in ["cloud", "site"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
            }
            try "nothing to read".write(toFile: folder + "/cloud/README.md", atomically: false, encoding: .utf8)
            try "kept".write(toFile: folder + "/site/keep", atomically: false, encoding: .utf8)
            let weaker = World.good.changing(tunnels: [0: ["TunnelIkeConfig.IkeEncAlg": "3des"]])
            for (message, world) in [("first: all", World.good), ("second", weaker)] {
                for (index, document) in world.documents.enumerated() {
                    try document.write(toFile: "\(folder)/cloud/\(index).xml", atomically: false, encoding: .utf8)
                }
                try await git(["add", "-A"], in: folder)
                try await git(["commit", "-qm", message], in: folder)
            }
            try await body(folder)
        }
    }
}
