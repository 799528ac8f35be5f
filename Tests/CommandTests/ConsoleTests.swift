import Foundation
import TestSupport
import Testing

/// What every command has in common on a terminal, in a pipe and in its help.
@Suite("Pipes, colours, help")
struct ConsoleTests {
    private static let commands = [
        ["render"], ["list"], ["diff"], ["lint"], ["explain"], ["devices"], ["schema"], ["site", "init"],
        ["site", "schema"], ["templates", "list"], ["templates", "show"], ["templates", "eject"],
        ["templates", "variables"], ["templates", "lint"], ["templates", "render"],
    ]
    private static let sides = "samples/dual-bgp-vpn-gateway samples/dual-static-two-routers"

    @Test(
        "When nobody reads any more, a command ends quietly",
        arguments: [
            "list samples/fleet-two-pages", "lint samples/fleet-two-pages", "diff \(sides)", "explain",
            "templates variables", "templates show strongswan", "render samples/single-ikev2-policy --device vyos",
            "schema list", "lint samples/fleet-two-pages --format json",
        ])
    func brokenPipe(command: String) async throws {
        // The reader is gone before the first byte comes.
        let script = "{ sleep 0.3; \(Peerconf.path) \(command) 2>\"$0\"; echo $? >>\"$0\"; } | true"
        try await withTemporaryFolder { folder in
            let file = folder + "/said"
            _ = try await Command.run("/bin/bash", ["-c", script, file], folder: Repository.root.path)
            for _ in 0..<50 where ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").isEmpty {
                try await Task.sleep(for: .milliseconds(100))
            }
            let said = try String(contentsOfFile: file, encoding: .utf8)
            #expect(!said.contains("EPIPE") && !said.contains("system error") && !said.contains("can't write"))
            #expect(["0\n", "1\n", "3\n"].contains { said.hasSuffix($0) }, "\(said)")
        }
    }

    @Test("Colours: not in a pipe, always if asked for, never if not; NO_COLOR") func colours() async throws {
        func run(_ more: [String], _ environment: [String: String] = [:]) async throws -> String {
            let words = ["diff"] + Self.sides.split(separator: " ").map(String.init)
            return try await Peerconf.run(words + more, environment: environment).stdout
        }
        #expect(!(try await run([])).contains("\u{1B}"))
        #expect((try await run(["--color", "always"])).contains("\u{1B}[1;31merror"))
        #expect((try await run(["--color", "always"], ["NO_COLOR": "1"])).contains("\u{1B}["))
        #expect(!(try await run(["--color", "never"])).contains("\u{1B}"))
        let wrong = try await Peerconf.run(["list", "samples/fleet-two-pages", "--color", "blue"])
        #expect(wrong.status == 2)
        let messages = try await Peerconf.run(["list", "samples/fleet-two-pages", "--color", "always"])
        #expect(messages.stderr.contains("\u{1B}["))
    }

    @Test("On a terminal there are colours, unless NO_COLOR is set") func terminal() async throws {
        // script(1) gives the command a terminal of its own.
        for (prefix, isColoured) in [("env -u NO_COLOR ", true), ("NO_COLOR=1 ", false), ("NO_COLOR= ", true)] {
            let command = "\(prefix)\(Peerconf.path) diff \(Self.sides)"
            let output = try await Command.run(
                "/usr/bin/script", ["-qec", command, "/dev/null"], folder: Repository.root.path)
            #expect(output.stdout.contains("\u{1B}[1;31m") == isColoured, "\(prefix)")
        }
    }

    @Test("Each help tells exit statuses and --color", arguments: commands) func help(command: [String]) async throws {
        let output = try await Peerconf.run(command + ["--help"])
        #expect(output.status == 0)
        let text = output.stdout.split { $0.isWhitespace }.joined(separator: " ")
        #expect(text.contains("Exit status: 0 "), "\(command)")
        for status in ["1 ", "2 ", "3 "] where ["render", "list", "diff", "lint"].contains(command[0]) {
            #expect(text.contains("; \(status)"), "\(command): \(status)")
        }
        #expect(text.contains("--color <auto|always|never>"), "\(command)")
    }
}
