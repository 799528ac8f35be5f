import Foundation
import TemplateEngine
import TestSupport
import Testing

/// Templates that nobody would write, rendered by the engine and by Jinja2: what the engine accepts must come
/// out the same.
///
/// `PEERCONF_SEED` repeats a run, `PEERCONF_RANDOM_CASES` makes it longer.
struct RandomTemplateTests {
    @Test(.enabled(if: Jinja.python != nil || isCI))
    func `renders random templates as Jinja2 does`() throws {
        let environment = ProcessInfo.processInfo.environment
        // The same templates in every run: a change is judged by itself. `PEERCONF_SEED` looks for new ones.
        let seed = environment["PEERCONF_SEED"].flatMap(UInt64.init) ?? 20_261_122
        let count = environment["PEERCONF_RANDOM_CASES"].flatMap(Int.init) ?? 3000
        print("random templates: seed \(seed)")
        var generator = Generator(seed: seed)
        let lines = (0..<count).map { generator.makeCase($0) }
        let answers = try Jinja.answers(to: lines)
        var rendered = 0
        var differences = 0
        for (line, answer) in zip(lines, answers) {
            let one = try Case(json: line)
            if case .output = answer { rendered += 1 }
            if let difference = one.difference(from: answer, mayRefuse: true) {
                differences += 1
                if differences <= 20 { Issue.record("seed \(seed), \(one.name)\n\(difference)\n\(line)") }
            }
        }
        #expect(differences == 0, "seed \(seed)")
        // Templates of which nearly none renders would prove nothing.
        #expect(rendered * 10 > count, "only \(rendered) of \(count) templates render in Jinja2")
    }
}
