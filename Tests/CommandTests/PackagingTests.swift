import Foundation
import TestSupport
import Testing

/// What `.ci/package` puts beside the executable, made with the one under test.
@Suite("What a package holds beside the program")
struct PackagingTests {
    private static let pages = "usr/share/man"
    private static let documents = "usr/share/doc/peerconf"
    private static let commands = [
        "", "render", "list", "diff", "lint", "scan", "explain", "site", "site-init", "site-schema", "devices",
        "templates", "templates-list", "templates-show", "templates-eject", "templates-variables", "templates-lint",
        "templates-render", "schema",
    ]

    /// Made once, beside the program.
    private static let contents = Task {
        let folder = Peerconf.path + "-package"
        try? FileManager.default.removeItem(atPath: folder)
        try await Command.check(Repository.path(".ci/package"), ["--contents", Peerconf.path, folder])
        return folder
    }

    private static func withContents(_ body: (String) async throws -> Void) async throws {
        try await body(try await contents.value)
    }

    private static func shell(_ program: String, _ arguments: [String]) async throws -> String {
        let path = URL(fileURLWithPath: Peerconf.path).deletingLastPathComponent().path
        let output = try await Command.run(
            program, arguments, environment: ["PATH": path + ":/usr/bin:/bin", "TERM": "dumb", "HOME": "/nonexistent"],
            folder: Repository.root.path)
        return output.stdout + output.stderr
    }

    @Test(
        "Each command has a manual page that two typesetters take without a warning, and the same each time",
        .needs("/usr/bin/mandoc", "/usr/bin/man", "/usr/bin/gzip"))
    func manualPages() async throws {
        try await Self.withContents { folder in
            let names = Self.commands.map { $0.isEmpty ? "man1/peerconf.1" : "man1/peerconf-\($0).1" }
            for name in names + ["man7/peerconf-packs.7"] {
                let page = "\(folder)/\(Self.pages)/\(name)"
                try await Command.check("/usr/bin/gzip", ["-dkf", page + ".gz"])
                let lint = try await Command.run("/usr/bin/mandoc", ["-T", "lint", "-W", "warning", page])
                #expect(lint.status == 0 && lint.stdout + lint.stderr == "", "\(name): \(lint.stdout)")
                let set = try await Command.run(
                    "/usr/bin/man", ["--warnings", "-E", "UTF-8", "-l", page],
                    environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""])
                #expect(set.status == 0 && set.stderr == "", "\(name): \(set.stderr)")
                let text = set.stdout
                let sections = ["NAME", "DESCRIPTION", "SEE ALSO"]
                let own = ["SYNOPSIS", "FILES", "EXIT STATUS", "EXAMPLES"]
                for section in sections + (name.hasPrefix("man1") ? own : []) {
                    #expect(text.contains("\n\(section)\n"), "\(name): \(section)")
                }
                // Long options with both dashes, as they are typed.
                if name.hasPrefix("man1") { #expect(text.contains("--help") && text.contains("0       ")) }
            }
            let render = try await Command.check(
                "/usr/bin/mandoc", ["-T", "utf8", "\(folder)/\(Self.pages)/man1/peerconf-render.1"]
            ).stdout.replacing(/.\u{8}/, with: "")
            let help = try await Peerconf.run(["render", "--help"]).stdout
            let options = help.matches(of: /\n  (?:-\w, )?(--[a-z-]+)/).map { String($0.1) }
            #expect(options.count > 20)
            for option in options { #expect(render.contains(option), "\(option)") }
            for example in help.split(separator: "\n").dropFirst().prefix(4) {
                #expect(render.contains(example.trimmingCharacters(in: .whitespaces)), "\(example)")
            }
            try await withTemporaryFolder { again in
                try await Command.check(Repository.path(".ci/manual"), [Peerconf.path, again])
                let page = try String(contentsOfFile: again + "/peerconf-render.1", encoding: .utf8)
                let first = "\(folder)/\(Self.pages)/man1/peerconf-render.1"
                let same = try String(contentsOfFile: first, encoding: .utf8)
                #expect(page == same)
            }
        }
    }

    @Test("bash completes commands, options and values") func bash() async throws {
        try await Self.withContents { folder in
            let script = """
                source "$0"
                complete -p peerconf
                try() {
                    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
                    _peerconf peerconf "${@: -1}" "${@: -2:1}"
                    echo "$*: ${COMPREPLY[*]}"
                }
                try peerconf re
                try peerconf render --dev
                try peerconf render --device vy
                try peerconf lint --format j
                try peerconf templates ej
                """
            let said = try await Self.shell(
                "/bin/bash",
                ["--norc", "-c", script, "\(folder)/usr/share/bash-completion/completions/peerconf"])
            #expect(
                said.hasSuffix(
                    """
                    -F _peerconf peerconf
                    peerconf re: render
                    peerconf render --dev: --device
                    peerconf render --device vy: vyos
                    peerconf lint --format j: json junit
                    peerconf templates ej: eject

                    """), "\(said)")
        }
    }

    @Test("fish completes commands, options and values", .needs("/usr/bin/fish")) func fish() async throws {
        try await Self.withContents { folder in
            let script = """
                source \(folder)/usr/share/fish/vendor_completions.d/peerconf.fish
                for line in "peerconf re" "peerconf render --dev" "peerconf render --device vy" "peerconf templates ej"
                    complete -C $line | string replace -r '\\t.*' ''
                end
                """
            let said = try await Self.shell("/usr/bin/fish", ["--no-config", "-c", script])
            #expect(said == "render\n--device\nvyos\neject\n", "\(said)")
        }
    }

    @Test("zsh completes at its own prompt", .needs("/usr/bin/zsh")) func zsh() async throws {
        try await Self.withContents { folder in
            // Completion works only where somebody types: a shell at a terminal of its own, which says when it is ready.
            let script = """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell 'PS1=; unsetopt zle_bracketed_paste; path=(\(URL(fileURLWithPath: Peerconf.path)
                    .deletingLastPathComponent().path) $path); fpath=(\(folder)/usr/share/zsh/vendor-completions $fpath)'
                zpty -w shell 'autoload -Uz compinit; compinit -u -D; echo READ""Y'
                zpty -r -m shell out '*READY*'
                zpty -w -n shell $'peerconf templates sh\\t nothing-like-it\\necho DON""E\\n'
                zpty -r -m shell out '*DONE*'
                print -r -- $out
                zpty -d shell
                """
            let said = try await Self.shell("/usr/bin/zsh", ["-f", "-c", script])
            // `sh` alone would be no command: what ran is `templates show`.
            #expect(said.contains(#"there is no device "nothing-like-it""#), "\(said)")
        }
    }

    @Test("There are documents: copyright, changelog, bill of materials, schemas, devices, samples that work")
    func documents() async throws {
        try await Self.withContents { folder in
            let documents = "\(folder)/\(Self.documents)"
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: "\(documents)/\(name)", encoding: .utf8)
            }
            let copyright = try text("copyright")
            #expect(copyright.hasPrefix("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"))
            for holder in ["peerconf", "Apple Inc.", "Jeff Lebrun", "Mark Gillard"] {
                #expect(copyright.contains("Copyright: ") && copyright.contains(holder), "\(holder)")
            }
            for name in ["list", "report", "site"] { #expect(try text("\(name).schema.json").contains("$schema")) }
            #expect(try text("peerconf.cdx.json").contains("CycloneDX"))
            #expect(try text("devices.md").contains("`vyos@1.4` (default)"))
            #expect(try text("template-variables.txt").contains("tunnels"))
            let log = try await Command.check("/usr/bin/gzip", ["-dc", "\(documents)/changelog.gz"]).stdout
            #expect(log.contains(/^peerconf \(\d+\.\d+\.\d+\) unstable; urgency=medium\n/))
            // What `peerconf` alone says to try works below the examples, too.
            let welcome = try await Peerconf.run([]).stdout
            let tries = welcome.split(separator: "\n").filter { $0.hasPrefix("  peerconf ") && $0.contains("samples/") }
            #expect(tries.count == 3)
            for line in tries {
                let words = line.split(separator: " ").dropFirst().map(String.init)
                let output = try await Peerconf.run(words, folder: documents + "/examples")
                #expect(output.status < 2 && !output.stdout.isEmpty, "\(line): \(output.stderr)")
            }
        }
    }

    @Test("The scripts are good shell", .needs("/usr/bin/shellcheck"))
    func shellCheck() async throws {
        try await Command.check(
            "/usr/bin/shellcheck", ["package", "install", "run"].map { Repository.path(".ci/\($0)") })
    }
}
