import PeerModel
import Testing

/// The TOML parser ends the program by assertions in five places that a text can reach; `TOMLText` keeps texts from it.
///
/// A text that reached one would end the tests, too.
@Suite("No text ends the program")
struct TOMLTextTests {
    private static let pieces = [
        "[", "]", "{", "}", ",", ".", "=", "\"", "'", "#", "\n", "\r", " ", "\t", "a", "0", "1", "+", "-", "_", ":",
        "T",
        "Z", "e", "x", "i", "n", "f", "t", "\\", "é", "\u{A0}", "\u{1}", "\u{2028}", "\u{FEFF}", "u",
    ]

    @Test(
        "After the beginnings of all that TOML knows, any two characters",
        arguments: [
            "", "a=", "[", "[[", "[a", "[[a", "[a]", "a=[", "a=[1", "a={", "a={b", "a={b=1", "a=\"", "a=\"\"\"", "a='",
            "a='''", "a=1", "a=0", "a=0x", "a=1e", "a=1.", "a=+", "a=i", "a=t", "a=2000-01-01", "a=2000-01-01T",
            "a=2000-01-01 0", "a=2000-01-0", "a=2000-01-0a 0", "a=2000-01-0_1 0", "a=2000-01-_0 0", "a=[200a-01-01 0",
            "a=2000-01-01T00:00:00", "a=[2000-01-01 ", "a=10:00:00.", "a.b=1\n", "a=[]\n[[a",
            "a={}\na.", "[[a]]\n[a",
        ])
    func short(beginning: String) {
        var accepted = 0
        for first in Self.pieces {
            for second in Self.pieces where (try? TOMLText.table(beginning + first + second)) != nil { accepted += 1 }
        }
        #expect(accepted < Self.pieces.count * Self.pieces.count / 2)
    }

    @Test(
        "What TOML allows is read",
        arguments: [
            "a = 2027-06-30", "a = 2027-06-30 # day", "a = [2027-06-30, 2027-06-30]", "a = 2027-06-30T10:00:00Z",
            "a = 2027-06-30 10:00:00", "\u{FEFF}a = 1", "# é\na = \"é\"", "[ \"é\" ]", "[[ a ]]",
            "[a . b]\n[-]\n[_]\n[0]",
            "a = [\n  [1], # ]\n  [{b = ']'}],\n]", "a = \"\"\"x\n] \\\" \"\"\"", "'[' = \"}\"",
            "a = '''\n'''''",
        ])
    func honest(text: String) {
        #expect(throws: Never.self) { try TOMLText.table(text) }
    }
}
