import Foundation
import TestSupport
import Testing

/// What the README shows is what the program prints.
@Suite("The README is true")
struct ReadmeTests {
    private static let text = (try? String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)) ?? ""

    /// A marked place: `<!-- output of: COMMAND -->`, and the text up to the end of the block below it.
    private struct Example {
        var stream: String
        /// Whether parts are left out, each marked by a line `…`.
        var isShortened: Bool
        /// Where the command runs, below the repository.
        var folder: String
        var arguments: [String]
        var text: String
    }

    private static var examples: [Example] {
        text.components(separatedBy: "<!-- ").dropFirst().compactMap { part in
            guard let end = part.range(of: " -->\n") else { return nil }
            var words = part[..<end.lowerBound].split(separator: " ").map(String.init)
            let isShortened = words.first == "shortened"
            if isShortened { words.removeFirst() }
            var folder = "."
            // `cd FOLDER && peerconf …`
            if words.count > 5, words[1...2] == ["of:", "cd"], words[4] == "&&" {
                folder = words[3]
                words.removeSubrange(2...4)
            }
            guard words.count > 3, words[1] == "of:", words[2] == "peerconf" else { return nil }
            var body = String(part[end.upperBound...])
            if body.hasPrefix("```\n") {
                body.removeFirst(4)
                body = body.components(separatedBy: "```\n")[0]
            }
            return Example(
                stream: words[0], isShortened: isShortened, folder: folder, arguments: Array(words[3...]), text: body)
        }
    }

    @Test("It has examples") func exist() { #expect(Self.examples.count >= 3) }

    /// Files that the README tells readers to write: `<!-- file: PATH -->`, and the block below it.
    private static var files: [(path: String, content: String)] {
        text.components(separatedBy: "<!-- file: ").dropFirst().compactMap { part in
            guard let end = part.range(of: " -->\n```"), let start = part[end.upperBound...].firstIndex(of: "\n"),
                let close = part[start...].range(of: "\n```\n")
            else { return nil }
            return (String(part[..<end.lowerBound]), part[part.index(after: start)..<close.lowerBound] + "\n")
        }
    }

    @Test("Each example's text is what its command prints", arguments: ReadmeTests.examples.indices)
    func isTrue(index: Int) async throws {
        let example = Self.examples[index]
        let told = try await Self.run(example)
        guard example.isShortened else {
            #expect(told == example.text)
            return
        }
        var rest = told[...]
        for part in ("\n" + example.text).components(separatedBy: "\n…") {
            let place = try #require(("\n" + rest).range(of: part), "\(part)")
            rest = ("\n" + rest)[place.upperBound...]
        }
    }

    /// What the example's command prints.
    private static func run(_ example: Example) async throws -> String {
        let output = try await withTemporaryFolder { folder in
            // What a reader has done up to here: the files are written, in a folder of the reader's.
            for (path, content) in files {
                let file = URL(fileURLWithPath: folder + "/" + path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try content.write(to: file, atomically: false, encoding: .utf8)
            }
            let folders = Set(files.compactMap { $0.path.split(separator: "/").first.map(String.init) })
            return try await Peerconf.run(
                example.arguments.map { folders.contains($0) ? "\(folder)/\($0)" : $0 },
                folder: Repository.path(example.folder))
        }
        return example.stream == "output" ? output.stdout : output.stderr
    }

    @Test("Recorded anew, but for what is shortened", .enabled(if: isRecording))
    func record() async throws {
        var text = Self.text
        for example in Self.examples where !example.isShortened {
            let told = try await Self.run(example)
            text = text.replacingOccurrences(of: " -->\n```\n\(example.text)```\n", with: " -->\n```\n\(told)```\n")
            text = text.replacingOccurrences(
                of: " -->\n\(example.text)<!-- end -->\n", with: " -->\n\(told)<!-- end -->\n")
        }
        try text.write(toFile: Repository.path("README.md"), atomically: true, encoding: .utf8)
        Issue.record("recorded README.md")
    }

    @Test("It shows a whole pack")
    func showsPack() {
        let names = Self.files.map(\.path)
        #expect(names.contains("my-packs/web-form/web-form.toml"))
        #expect(names.filter { $0.hasSuffix(".j2") }.count == 2)
    }

    /// Blocks of shell commands, each with what stands before it: `<!-- not run: WHY -->`, or nothing.
    private static var shellBlocks: [(whyNot: String?, commands: [String])] {
        let parts = text.components(separatedBy: "\n```sh\n")
        return zip(parts, parts.dropFirst()).map { before, after in
            let last = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
            let whyNot = last.wholeMatch(of: /<!-- not run: (.+) -->/).map { String($0.1) }
            let body = after.components(separatedBy: "```\n")[0]
            return (whyNot, body.split(separator: "\n").map(String.init))
        }
    }

    @Test("Commands are run as they are written, one after another, in a repository like the reader's")
    func commandsRun() async throws {
        let folder = URL(fileURLWithPath: Peerconf.path).deletingLastPathComponent().path
        let environment = ["PATH": folder + ":/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": "/nonexistent"]
        try await withTemporaryFolder { place in
            func shell(_ line: String) async throws -> CommandOutput {
                try await Command.run("/bin/bash", ["-c", line], environment: environment, folder: place)
            }
            let git = "git -c user.name=reader -c user.email=reader@example.net"
            let answer = Repository.path("samples/single-ikev2-policy/response.xml")
            let start = try await shell(
                """
                set -e; umask 077; git init -q .; mkdir cloud; cp '\(answer)' cloud/connections.json
                git add .; \(git) commit -qm one; sed -i 's/28800/14400/' cloud/connections.json
                \(git) commit -qam two
                """)
            try #require(start.status == 0, "\(start.stderr)")
            var ran = 0
            for block in Self.shellBlocks where block.whyNot == nil {
                for command in block.commands {
                    let output = try await shell(command)
                    #expect([0, 1].contains(output.status), "\(command)\n\(output.stderr)")
                    ran += 1
                }
            }
            #expect(ran >= 13)
        }
        for block in Self.shellBlocks { #expect(block.whyNot?.isEmpty != true) }
    }

    @Test("What its sentences tell to type exists: commands, options, rules")
    func inlineCommands() async throws {
        let known = try await Peerconf.run(["explain"]).stdout
        for match in Self.text.matches(of: /\bPC\d{3}\b/) { #expect(known.contains(match.0), "\(match.0)") }
        let inline = Self.text.matches(of: /`peerconf ([^`]+)`/).map { String($0.1) }
        #expect(inline.count >= 8)
        for line in Set(inline) {
            let words = line.split(separator: " ").map(String.init)
            let command = words.prefix(words[0] == "templates" || words[0] == "site" ? 2 : 1)
            let help = try await Peerconf.run(command + ["--help"])
            #expect(help.status == 0, "\(line)")
            for option in words where option.hasPrefix("-") && option != "-" && Int(option) == nil && option != "-1" {
                let name = option.split(separator: "=")[0]
                #expect(help.stdout.contains("\(name) ") || help.stdout.contains("\(name),"), "\(line): \(option)")
            }
        }
    }

    @Test("Its links within it and to files lead somewhere")
    func links() throws {
        let headings = Set(
            Self.text.matches(of: /\n#+ (.+)/).map {
                $0.1.lowercased().replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
            })
        for match in Self.text.matches(of: /\]\(([^)]+)\)/) where !match.1.hasPrefix("http") {
            let target = String(match.1)
            if target.hasPrefix("#") {
                #expect(headings.contains(String(target.dropFirst())), "\(target)")
            } else {
                #expect(FileManager.default.fileExists(atPath: Repository.path(target)), "\(target)")
            }
        }
    }

    @Test("Its commands for set-up stand there in one line each")
    func commands() {
        #expect(
            Self.text.contains(
                "\napt-get update && apt-get install -y libxml2-dev pkg-config && swift run peerconf render samples/"))
        #expect(Self.text.contains("\n.ci/install && swift test\n"))
    }
}
