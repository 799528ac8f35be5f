import Foundation
import Review
import TestSupport
import Testing

@Suite("Unified differences")
struct UnifiedDiffTests {
    @Test("patch turns the old text into the new one, for random texts", arguments: 1...20)
    func agreesWithPatch(seed: Int) async throws {
        var random = SplitMix64(state: UInt64(seed))
        let words = ["a", "b", "c", "", "  d"]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in (words.randomElement(using: &random) ?? "") + "\n" }.joined()
        }
        let old = text(Int(random.next() % 30))
        let new = text(Int(random.next() % 30))
        let diff = UnifiedDiff(from: ("f", old), to: ("f", new)).text
        try await withTemporaryFolder { folder in
            try old.write(toFile: folder + "/f", atomically: false, encoding: .utf8)
            try diff.write(toFile: folder + "/f.diff", atomically: false, encoding: .utf8)
            if !diff.isEmpty {
                try await Command.check("/usr/bin/patch", ["-s", "-d", folder, "-i", "f.diff", "f"])
            }
            let patched = (try? String(contentsOfFile: folder + "/f", encoding: .utf8)) ?? ""
            #expect(patched == new, "seed \(seed)")
        }
    }

    @Test("Equal texts have no difference") func equal() {
        #expect(UnifiedDiff(from: ("a", "x\ny\n"), to: ("b", "x\ny\n")).text.isEmpty)
    }

    @Test("A change stands between three lines of context") func context() {
        let old = (1...9).map { "\($0)\n" }.joined()
        let diff = UnifiedDiff(from: ("a", old), to: ("b", old.replacing("5", with: "five"))).text
        #expect(diff == "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n")
    }
}
