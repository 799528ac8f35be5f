/// Texts made to end a word, a literal, a comment, a line, a block or a path in some syntax.
public enum HostileText {
    /// What stands in the place with a number where it shall do no harm: one plain word.
    public static func harmless(_ place: Int) -> String { "harmless\(place)x" }

    /// Puts texts where plain words stand.
    static func put(_ texts: [String], into text: String) -> String {
        text.replacing(/harmless(\d+)x/) { match in Int(match.1).map { texts[$0] } ?? "" }
    }

    /// The file that appears where a shell runs one of them.
    public static let canary = "/tmp/peerconf-canary"

    /// One threat each, so that refusing one hides no other.
    public static let all: [String] = [
        "x\nset system host-name evil", "x\r\nno ip routing\r\n", "x\rexit\rend", "x\u{2028}exit\u{2029}end",
        "x\u{85}exit", "x\u{0B}y\u{0C}z", "x\u{0}y", "\u{1B}[2J\u{1B}]0;evil\u{7}", "\u{202E}evil\u{2066}x\u{200B}",
        "x\ty", "'; touch \(canary); '", "\"; touch \(canary); \"", "$(touch \(canary))", "`touch \(canary)`",
        "x && touch \(canary) | tee \(canary) > \(canary) #", "x\" } secrets { ike-evil { secret = \"y", "} }",
        "include /etc/passwd", "{{ 7 * 7 }}", "{% set x = 1 %}{# x #}", "exit", "quit", "end", "!", "! no shutdown",
        "# x", "// x /* y */ <!-- z -->", "x\\", "\\\"\\'\\n", "x?y", "-rf", "%any", "0.0.0.0/0; x", "include",
        "schlüssel",
        "../../../../tmp/evil", "/etc/passwd", "..", "x : PSK \"y\"", "::error file=x::y", "```\n# x", "<<PSK x>>",
        "a;b,c|d&e", "x'y", "x\"y", "`id`", "$HOME", String(repeating: "A", count: 5000),
    ]

    /// A name for messages: the text itself may be long, or not to be printed.
    public static func name(_ text: String) -> String {
        text.unicodeScalars.prefix(40).map { $0.escaped(asASCII: true) }.joined()
    }
}
