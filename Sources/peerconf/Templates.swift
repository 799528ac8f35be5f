import ArgumentParser
import DevicePacks
import FieldReader
import Findings

/// `peerconf templates`: the packs' files.
struct Templates: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "List, show, copy, check and try templates.",
        usage: """
            peerconf templates eject strongswan my-templates
            peerconf templates lint --templates my-templates
            peerconf render cloud/ --device strongswan --templates my-templates
            """, discussion: ExitStatus.help,
        subcommands: [
            ListPacks.self, Show.self, Eject.self, TemplatesVariables.self, Lint.self, TemplatesRender.self,
        ])

    /// `peerconf templates list`.
    struct ListPacks: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List packs and their files.",
            usage: "peerconf templates list", discussion: ExitStatus.help)

        @OptionGroup var packs: PackOptions
        @OptionGroup var terminal: TerminalOptions

        func run() throws {
            try Console.reporting {
                let library = try packs.library()
                for name in library.names {
                    let manifest = try library.manifest(name)
                    try Console.write("\(name)  \(manifest.title), \(manifest.versions.joined(separator: ", "))\n")
                    for file in library.files(of: name) { try Console.write("    \(file.name)\n") }
                }
            }
        }
    }

    /// `peerconf templates show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print the files of a pack.",
            usage: "peerconf templates show strongswan strongswan_swanctl.j2", discussion: ExitStatus.help)

        @OptionGroup var packs: PackOptions
        @Argument(help: "The pack.", completion: .list(PackLibrary.builtIn.names)) var pack: String
        @Argument(help: "One of its files; all without.") var file: String?
        @OptionGroup var terminal: TerminalOptions

        func run() throws {
            try Console.reporting {
                let library = try packs.library()
                _ = try library.manifest(pack)
                let files = library.files(of: pack)
                guard let file else {
                    for (name, content) in files { try Console.write(Array("==> \(name) <==\n".utf8) + content + [10]) }
                    return
                }
                guard let found = files.first(where: { $0.name == file }) else {
                    let hint = nearestName(to: file, among: files.map(\.name)).map { "; did you mean \($0)?" } ?? ""
                    throw Finding("PC325", .error, "the pack \(pack) has no file \(file)\(hint)")
                }
                try Console.write(found.content)
            }
        }
    }

    /// `peerconf templates eject`.
    struct Eject: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eject",
            abstract: "Copy a pack's files into a folder, to change them there.",
            usage: "peerconf templates eject strongswan my-templates", discussion: ExitStatus.help)

        @OptionGroup var packs: PackOptions
        @Argument(help: "The pack.", completion: .list(PackLibrary.builtIn.names)) var pack: String
        @Argument(help: "The folder; the pack gets a folder of its name in it.") var folder: String
        @OptionGroup var terminal: TerminalOptions

        func run() throws {
            try Console.reporting {
                let library = try packs.library()
                _ = try library.manifest(pack)
                let files = library.files(of: pack)
                for (name, _) in files where try WholeFile.readIfPresent("\(folder)/\(pack)/\(name)") != nil {
                    throw Finding(
                        "PC326", .error, "\(folder)/\(pack)/\(name) is there already",
                        remedy: "choose another folder, or move it away")
                }
                for (name, content) in files {
                    _ = try OutputFolder(folder).write(content, to: "\(pack)/\(name)", isSecret: false)
                }
            }
        }
    }

    /// `peerconf templates lint`.
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Check packs against the data model, without any data.",
            usage: "peerconf templates lint --templates my-templates",
            discussion: "Exit status: 0 no errors; 2 errors, wrong usage or unusable packs.")

        @OptionGroup var packs: PackOptions
        @Argument(help: "Packs, with a version if only that is to be checked; all without.") var pack: [String] = []
        @OptionGroup var terminal: TerminalOptions

        func run() throws {
            try Console.reporting {
                let library = try packs.library()
                var findings: [Finding] = []
                for reference in pack.isEmpty ? library.names : pack {
                    let references =
                        reference.contains("@")
                        ? [reference] : try library.manifest(reference).versions.map { "\(reference)@\($0)" }
                    for reference in references {
                        for finding in PackCheck(try library.pack(reference)).findings()
                        where !findings.contains(finding) {
                            findings.append(finding)
                        }
                    }
                }
                Console.report(findings)
                if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.failure.code }
            }
        }
    }
}
