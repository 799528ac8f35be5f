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
        var arguments: [String]
        var text: String
    }

    private static var examples: [Example] {
        text.components(separatedBy: "<!-- ").dropFirst().compactMap { part in
            guard let end = part.range(of: " -->\n") else { return nil }
            let words = part[..<end.lowerBound].split(separator: " ").map(String.init)
            guard words.count > 3, words[1] == "of:", words[2] == "peerconf" else { return nil }
            var body = String(part[end.upperBound...])
            if body.hasPrefix("```\n") {
                body.removeFirst(4)
                body = body.components(separatedBy: "```\n")[0]
            }
            return Example(stream: words[0], arguments: Array(words[3...]), text: body)
        }
    }

    @Test("It has examples") func exist() { #expect(Self.examples.count >= 3) }

    @Test("Each example's text is what its command prints", arguments: ReadmeTests.examples.indices)
    func isTrue(index: Int) async throws {
        let example = Self.examples[index]
        let output = try await Peerconf.run(example.arguments)
        #expect((example.stream == "output" ? output.stdout : output.stderr) == example.text)
    }

    @Test("Its commands for set-up stand there in one line each")
    func commands() {
        #expect(
            Self.text.contains(
                "\napt-get update && apt-get install -y libxml2-dev pkg-config && swift run peerconf render samples/"))
        #expect(Self.text.contains("\n.ci/install && swift test\n"))
    }
}
