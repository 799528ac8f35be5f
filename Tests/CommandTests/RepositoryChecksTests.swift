import Foundation
import TestSupport
import Testing

/// What repositories of others take from this one: hooks, the action, the README's examples of CI.
@Suite("Checks for repositories", .enabled("tools are missing, see standard error") { CheckTools.mayRun })
struct RepositoryChecksTests {
    private static let action = Repository.path(".github/actions/peerconf")

    @Test("Hooks, action and examples are valid by their own programs and schemas") func schemas() async throws {
        try await Command.check(
            CheckTools.preCommit, ["validate-manifest", Repository.path(".pre-commit-hooks.yaml")])
        try await Command.check(
            CheckTools.checkSchema, ["--builtin-schema", "vendor.github-actions", Self.action + "/action.yml"])
        try await Command.check(CheckTools.shellCheck, [Self.action + "/run.sh"])
        try await withTemporaryFolder { folder in
            let readme = try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
            for (name, schema) in [("workflow.yml", "vendor.github-workflows"), ("gitlab-ci.yml", "vendor.gitlab-ci")] {
                let part = try #require(
                    readme.components(separatedBy: "<!-- file: \(name) -->\n```yaml\n").dropFirst().first)
                try part.components(separatedBy: "```\n")[0].write(
                    toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
                try await Command.check(CheckTools.checkSchema, ["--builtin-schema", schema, "\(folder)/\(name)"])
            }
            let part = try #require(
                readme.components(separatedBy: "<!-- file: pre-commit-config.yaml -->\n```yaml\n").dropFirst().first)
            let path = folder + "/.pre-commit-config.yaml"
            try part.components(separatedBy: "```\n")[0].write(toFile: path, atomically: false, encoding: .utf8)
            try await Command.check(CheckTools.preCommit, ["validate-config", path])
        }
    }

    @Test("No text of a user is part of a script of the action") func injection() throws {
        let text = try String(contentsOfFile: Self.action + "/action.yml", encoding: .utf8)
        let scripts = text.split(separator: "\n").filter { $0.contains("run:") && !$0.hasPrefix("runs:") }
        #expect(scripts.count == 7)
        for script in scripts { #expect(!script.contains("${{") && script.contains("run.sh")) }
    }

    @Test(
        "Each hook says what its command says",
        arguments: [
            ("peerconf-check", "PC401"), ("peerconf-lint", "PC126"), ("peerconf-scan", ""),
            ("peerconf-templates-lint", ""),
        ])
    func hooks(hook: String, told: String) async throws {
        try await withRepository { folder, environment in
            let output = try await Command.run(
                CheckTools.preCommit,
                ["try-repo", folder + "/hooks", hook, "--all-files", "--verbose"],
                environment: environment, folder: folder + "/work")
            #expect((output.status == 0) == told.isEmpty, "\(output.stdout)\(output.stderr)")
            #expect(told.isEmpty || output.stdout.contains("[\(told)]"))
            guard hook == "peerconf-scan" else { return }
            #expect(output.stdout.contains("nothing found; files 5"))
            // A key that is about to be committed.
            let canary = "Canary7Zp2xVw9LmT4c"
            try "set vpn ipsec authentication psk a secret '\(canary)'\n".write(
                toFile: folder + "/work/routers/headquarters/new.vyos", atomically: false, encoding: .utf8)
            try await git(["add", "."], folder + "/work")
            let stopped = try await Command.run(
                CheckTools.preCommit, ["try-repo", folder + "/hooks", hook], environment: environment,
                folder: folder + "/work")
            #expect(stopped.status == 1 && stopped.stdout.contains("[PC411]"))
            let isShown = (stopped.stdout + stopped.stderr).contains(canary)
            #expect(!isShown)
        }
    }

    @Test("The action's steps: findings, a comment that is written anew, a verdict") func steps() async throws {
        try await withRepository { folder, environment in
            func step(_ name: String, _ more: [String: String] = [:]) async throws -> CommandOutput {
                try await Command.run(
                    Self.action + "/run.sh", [name], environment: environment.merging(more) { $1 },
                    folder: folder + "/work")
            }
            func outputs() throws -> [String] {
                let text = try String(contentsOfFile: folder + "/output", encoding: .utf8)
                try "".write(toFile: folder + "/output", atomically: false, encoding: .utf8)
                return text.split(separator: "\n").map(String.init)
            }
            #expect(try await step("install", ["PEERCONF_VERSION": "0.1.0"]).status == 0)
            #expect(try await step("install", ["PEERCONF_VERSION": "9.9.9"]).status == 1)
            #expect(try await step("check").status == 0)
            #expect(try outputs() == ["status=1"])
            let lint = try await step("lint")
            #expect(lint.status == 0 && lint.stdout.contains("::warning"))
            #expect(try outputs() == ["status=1", "file=\(folder)/peerconf.sarif"])
            #expect(try String(contentsOfFile: folder + "/peerconf.sarif", encoding: .utf8).contains("PC126"))
            let scan = try await step("scan")
            #expect(scan.status == 0 && scan.stdout.contains("nothing found; files 5"))
            #expect(try outputs() == ["status=0"])
            let diff = try await step("diff")
            #expect(diff.status == 0, "\(diff.stderr)")
            #expect(try outputs() == ["status=0", "file=\(folder)/peerconf-diff.md"])
            // A stand-in for gh, which knows of a comment once one was made.
            for method in ["POST", "PATCH"] {
                #expect(try await step("comment").status == 0)
                let calls = try String(contentsOfFile: folder + "/gh.log", encoding: .utf8)
                #expect(calls.split(separator: "\n").last?.contains("--method \(method)") == true)
            }
            let body = try String(contentsOfFile: folder + "/comment", encoding: .utf8)
            #expect(body.hasPrefix("<!-- peerconf -->\n") && body.contains("PC722"))
            #expect(try await step("verdict", ["PEERCONF_CHECK": "0", "PEERCONF_LINT": ""]).status == 0)
            #expect(try await step("verdict", ["PEERCONF_CHECK": "0", "PEERCONF_LINT": "1"]).status == 1)
            // What a user says is never run.
            let mischief = "$(touch \(folder)/mischief)`touch \(folder)/mischief`;touch \(folder)/mischief"
            for name in ["check", "lint", "scan", "diff"] {
                _ = try await step(
                    name, ["PEERCONF_INPUTS": mischief, "PEERCONF_SITE": mischief, "PEERCONF_OUTPUT": mischief])
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/mischief"))
        }
    }

    /// The README's repository in git, `before/` as `main` and `cloud/` as the change; this one's hooks beside it.
    private func withRepository(_ body: (String, [String: String]) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let (work, hooks, files) = (folder + "/work", folder + "/hooks", FileManager.default)
            try files.copyItem(
                atPath: Repository.path("Tests/CommandTests/Fixtures/repository"), toPath: work)
            try files.moveItem(atPath: work + "/cloud", toPath: folder + "/new")
            try files.moveItem(atPath: work + "/before", toPath: work + "/cloud")
            try files.createDirectory(atPath: hooks, withIntermediateDirectories: true)
            try files.copyItem(
                atPath: Repository.path(".pre-commit-hooks.yaml"), toPath: hooks + "/.pre-commit-hooks.yaml")
            for path in [work, hooks] {
                try await git(["init", "--quiet", "--initial-branch=main"], path)
                try await git(["add", "."], path)
                try await git(
                    ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "first"], path)
            }
            try await git(["clone", "--quiet", "--bare", work, folder + "/origin.git"], folder)
            try await git(["remote", "add", "origin", "file://\(folder)/origin.git"], work)
            try files.removeItem(atPath: work + "/cloud")
            try files.moveItem(atPath: folder + "/new", toPath: work + "/cloud")
            try await git(["add", "."], work)
            try files.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: folder + "/bin/peerconf", withDestinationPath: Peerconf.path)
            let gh = """
                #!/bin/sh
                echo "$*" >> "$FOLDER/gh.log"
                case "$*" in
                *--paginate*) if [ -e "$FOLDER/comment" ]; then echo 4711; fi ;;
                *) for word; do case "$word" in body=@*) cat "${word#body=@}" > "$FOLDER/comment" ;; esac; done ;;
                esac
                """
            try gh.write(toFile: folder + "/bin/gh", atomically: false, encoding: .utf8)
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/gh")
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            try await body(
                folder,
                [
                    "PATH": "\(folder)/bin:\(path)", "FOLDER": folder, "PRE_COMMIT_HOME": folder + "/cache",
                    "RUNNER_TEMP": folder, "GITHUB_OUTPUT": folder + "/output", "GITHUB_PATH": folder + "/path",
                    "GITHUB_STEP_SUMMARY": folder + "/summary", "GITHUB_REPOSITORY": "a/b",
                    "GITHUB_ACTION_PATH": Self.action, "PEERCONF_COMMANDS": "check lint scan diff",
                    "PEERCONF_INPUTS": "cloud/", "PEERCONF_SITE": "peerconf.toml", "PEERCONF_OUTPUT": "routers",
                    "PEERCONF_BASE": "main", "PEERCONF_PULL_REQUEST": "7",
                    "PEERCONF_DIFF": folder + "/peerconf-diff.md",
                ])
        }
    }

    private func git(_ arguments: [String], _ folder: String) async throws {
        let output = try await Command.run("/usr/bin/git", arguments, folder: folder)
        if output.status != 0 { throw HarnessError("git \(arguments): \(output.stderr)") }
    }
}

/// The programs that judge what other repositories take from this one; `.ci/install` gets them.
private enum CheckTools {
    private static let folder =
        (ProcessInfo.processInfo.environment["PEERCONF_VENV"] ?? Repository.path(".build-tools/python")) + "/bin/"
    static let preCommit = folder + "pre-commit"
    static let checkSchema = folder + "check-jsonschema"
    static let shellCheck = "/usr/bin/shellcheck"

    /// Whether to go on: with all of them, and on CI, where a test then fails.
    static let mayRun: Bool = {
        let missing = [preCommit, checkSchema, shellCheck, "/usr/bin/git"].filter {
            !FileManager.default.isExecutableFile(atPath: $0)
        }
        if missing.isEmpty || isCI { return true }
        let text = "*** NOT RUN: hooks and action. Missing: \(missing.joined(separator: ", ")); run .ci/install\n"
        FileHandle.standardError.write(Data(text.utf8))
        return false
    }()
}
