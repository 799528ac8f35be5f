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

    @Test("Its commands for set-up stand there in one line each")
    func commands() {
        #expect(
            Self.text.contains(
                "\napt-get update && apt-get install -y libxml2-dev pkg-config && swift run peerconf render samples/"))
        #expect(Self.text.contains("\n.ci/install && swift test\n"))
    }
}
