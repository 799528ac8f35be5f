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
            commandName: "show", abstract: "Print the files of a pack, or one of them.",
            usage: """
                peerconf templates show strongswan
                peerconf templates show strongswan/strongswan_swanctl.j2
                """, discussion: ExitStatus.help)

        @OptionGroup var packs: PackOptions
        @Argument(
            help: ArgumentHelp("The pack, or one of its files as PACK/FILE.", valueName: "pack"),
            completion: .list(PackLibrary.builtIn.names)) var place: String
        @Argument(help: "One of the pack's files; all without.") var file: String?
        @OptionGroup var terminal: TerminalOptions

        func validate() throws {
            if file != nil, place.contains("/") {
                throw ValidationError("The file is named twice: \(place) and \(file ?? "").")
            }
        }

        func run() throws {
            try Console.reporting {
                let library = try packs.library()
                let steps = place.split(separator: "/", maxSplits: 1).map(String.init)
                let pack = steps.first ?? place
                _ = try library.manifest(pack)
                let files = library.files(of: pack)
                guard let file = file ?? steps.dropFirst().first else {
                    for (name, content) in files { try Console.write(Array("==> \(name) <==\n".utf8) + content + [10]) }
                    return
                }
                guard let found = files.first(where: { $0.name == file }) else {
                    throw unknown(file, of: pack, among: files.map(\.name))
                }
                try Console.write(found.content)
            }
        }

        /// Names the file meant, or all where none is near.
        private func unknown(_ file: String, of pack: String, among names: [String]) -> Finding {
            // Output files are better known than templates: `swanctl.conf.j2` means strongswan_swanctl.j2.
            let stem = file.prefix { $0 != "." }
            let near = nearestName(to: file, among: names) ?? names.first { !stem.isEmpty && $0.contains(stem) }
            return Finding(
                "PC325", .error,
                "the pack \(pack) has no file \(file)\(didYouMean(near.map { "\(pack)/\($0)" }))",
                remedy: "it has \(names.joined(separator: ", "))")
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
