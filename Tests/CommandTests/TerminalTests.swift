import Foundation
import TestSupport
import Testing

/// What a person sees at a terminal, or types wrongly.
@Suite("Terminal manners")
struct TerminalTests {
    /// Runs a shell line at a terminal of its own, as script(1) makes one; what came to the terminal.
    private static func terminal(_ line: String, _ environment: String = "TERM=xterm") async throws -> String {
        let quoted = line.replacingOccurrences(of: "'", with: "'\\''")
        return try await Command.run(
            "/usr/bin/script", ["-qec", "env \(environment) /bin/bash -c '\(quoted)'", "/dev/null"],
            folder: Repository.root.path
        ).stdout
    }

    /// An answer that takes its time: the input ends more than a second after it began.
    private static let slow =
        "{ cat samples/single-ikev2-policy/response.xml; sleep \(2.2); } | \(Peerconf.path) list -"

    @Test("After a second there is a line of progress, which is taken away before anything else is said")
    func progress() async throws {
        let said = try await Self.terminal("\(Self.slow) --color never")
        #expect(said.contains("\r\u{1B}[Kpeerconf: reading standard input (1 s)"), "\(said)")
        let last = try #require(said.range(of: "peerconf: reading", options: .backwards))
        #expect(said[last.upperBound...].contains(" s)\r\u{1B}[KCONNECTION  "), "\(said)")
        // Nothing but whole lines is left: no second line was begun.
        #expect(!said.components(separatedBy: "CONNECTION  ")[0].unicodeScalars.contains("\n"))
    }

    @Test(
        "There is none in pipes, on terminals that can't take a line back, or when quiet",
        arguments: [("2>&1 | cat", "TERM=xterm"), ("", "TERM=dumb"), ("--quiet", "TERM=xterm"), ("-q", "TERM=xterm")])
    func noProgress(more: String, environment: String) async throws {
        let said = try await Self.terminal("\(Self.slow) --color never \(more)", environment)
        #expect(said.contains("warehouse-leipzig"))
        #expect(!said.contains("reading") && !said.contains("\u{1B}"), "\(said)")
    }

    @Test("Work that is done in less than a second shows none") func quick() async throws {
        let said = try await Self.terminal("\(Peerconf.path) list samples/single-ikev2-policy --color never")
        #expect(said.contains("warehouse-leipzig") && !said.contains("\u{1B}"))
    }

    @Test("Quiet leaves notes out, and warnings in") func quiet() async throws {
        let words = ["render", "samples/crossed-identities", "--device", "strongswan"]
        let all = try await Peerconf.run(words)
        let quiet = try await Peerconf.run(words + ["--quiet"])
        #expect(all.stderr.contains(": note: ") && all.stderr.contains(": warning: "))
        #expect(!quiet.stderr.contains(": note: ") && quiet.stderr.contains(": warning: "))
        #expect(quiet.stdout == all.stdout && quiet.status == all.status)
    }

    @Test("peerconf alone shows three examples in a screen, and they work") func alone() async throws {
        let output = try await Peerconf.run([])
        #expect(output.status == 0 && output.stderr == "")
        let lines = output.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 25 && lines.allSatisfy { $0.count <= 110 })
        let examples = lines.filter { $0.hasPrefix("  peerconf ") && $0.contains("samples/") }
        #expect(examples.count == 3)
        for example in examples {
            let words = example.split(separator: " ").dropFirst().map(String.init)
            let run = try await Peerconf.run(words)
            #expect(run.status < 2 && !run.stdout.isEmpty, "\(example): \(run.stderr)")
        }
    }

    /// Each command, with its subcommands' names where it has some.
    private static let commands = [
        [], ["render"], ["list"], ["diff"], ["lint"], ["scan"], ["explain"], ["site"], ["site", "init"],
        ["site", "schema"], ["devices"], ["templates"], ["templates", "list"], ["templates", "show"],
        ["templates", "eject"], ["templates", "variables"], ["templates", "lint"], ["templates", "render"], ["schema"],
    ]

    @Test("Each help begins with examples, in lines that fit, and tells exit statuses", arguments: commands)
    func help(command: [String]) async throws {
        let output = try await Peerconf.run(command + ["--help"])
        #expect(output.status == 0 && output.stderr == "")
        let lines = output.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "EXAMPLES:")
        let examples = lines.dropFirst().prefix { !$0.isEmpty }
        #expect(!examples.isEmpty)
        for example in examples { #expect(example.contains("peerconf "), "\(example)") }
        #expect(!output.stdout.contains("USAGE:") && output.stdout.contains("\nOVERVIEW: "))
        #expect(output.stdout.split { $0.isWhitespace }.joined(separator: " ").contains("Exit status: 0 "))
        // No line of the explanations stops short where the source's line did.
        let overview = lines.drop { !$0.hasPrefix("OVERVIEW: ") }.prefix { !$0.hasSuffix("S:") }
        for (line, next) in zip(overview, overview.dropFirst()) where !line.isEmpty && !next.isEmpty {
            let word = next.prefix { $0 != " " }
            #expect(line.count + 1 + word.count >= 80, "\(line)")
        }
        let same = try await Peerconf.run(["help"] + command)
        #expect(same.stdout == output.stdout)
    }

    @Test(
        "A slip of the finger gets a suggestion, and the status of wrong usage",
        arguments: [
            (
                "rendr samples/single-ikev2-policy",
                "There is no command 'peerconf rendr'. Did you mean 'peerconf render'?"
            ),
            ("templates shwo", "Did you mean 'peerconf templates show'?"),
            ("help lnit", "Did you mean 'peerconf lint'?"),
            ("site ini cloud", "Did you mean 'peerconf site init'?"),
            ("render samples/single-ikev2-policy --devcie vyos", "Did you mean '--device'?"),
            ("render samples/single-ikev2-policy --device vyso", "did you mean vyos?"),
            ("render samples/single-ikev2-policy --device cisco", "did you mean cisco-ios?"),
            ("render samples/single-ikev2-policy --device h3c", "did you mean h3c-comware?"),
            ("templates eject cisco-iso x", "did you mean cisco-ios?"),
            ("render samples/single-ikev2-polcy --device vyos", "did you mean samples/single-ikev2-policy?"),
            ("list sample/single-ikev2-policy", "did you mean samples/single-ikev2-policy?"),
            ("lint samples/single-ikev2-policy --policy bis", "did you mean bsi?"),
            ("explain PC13", "did you mean PC013?"),
            ("lint samples/single-ikev2-policy --format jsn", "- json\n"),
            ("render samples/single-ikev2-policy --device vyos@1.44", "known are 1.3, 1.4, 1.5"),
            (
                "render samples/single-ikev2-policy --device vyos --remove vco-bp1pgqg11h4uu6fjddsz",
                "did you mean vco-bp1pgqg11h4uu6fjddszz?"
            ),
        ])
    func misspelt(line: String, hint: String) async throws {
        let output = try await Peerconf.run(line.split(separator: " ").map(String.init))
        #expect(output.status == 2 && output.stdout == "")
        #expect(output.stderr.contains(hint), "\(output.stderr)")
    }

    @Test("What is like nothing known gets none, and the commands") func unlikeAnything() async throws {
        let output = try await Peerconf.run(["configuration", "-x"])
        #expect(output.status == 2)
        #expect(output.stderr.hasPrefix("Error: There is no command 'peerconf configuration'.\nCommands: render, "))
    }

    @Test("A command that lacks its inputs shows its own examples", arguments: ["render", "list", "lint", "site init"])
    func noInputs(command: String) async throws {
        let output = try await Peerconf.run(command.split(separator: " ").map(String.init))
        #expect(output.status == 2)
        #expect(output.stderr.contains("Missing expected argument '<input> ...'"))
        #expect(output.stderr.contains("Usage: peerconf \(command) ") && output.stderr.contains("--help' for more"))
    }

    @Test("Without /proc, where its arguments are read, it says so", .needs("/usr/bin/unshare", asRoot: true))
    func withoutProc() async throws {
        let output = try await Command.run(
            "/usr/bin/unshare", ["-m", "/bin/sh", "-c", "umount -l /proc; exec '\(Peerconf.path)' list samples"],
            folder: Repository.root.path)
        #expect(output.status == 2 && output.stdout == "")
        #expect(output.stderr == "Error: No arguments can be read: is /proc mounted?\n")
    }
}
