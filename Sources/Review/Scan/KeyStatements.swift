/// Finds lines that say a key where a placeholder belongs, in the languages of devices and in answers of the API.
///
/// It knows no device: after certain words a key stands, whatever else the line says. What it can't tell from a
/// key, such as a reference to one kept elsewhere, counts as a key.
enum KeyStatements {
    /// Words after which a key stands, in small letters.
    static let words: Set<String> = [
        "pre-shared-key", "pre-shared-secret", "preshared-key", "secret", "password", "psksecret", "authkey",
        "auth-key", "authentication-key", "key-string", "shared-secret", "psk", "key",
    ]
    /// Words that may stand between such a word and the key, with the number of words that belong to each.
    private static let between: [String: Int] = [
        "local": 0, "remote": 0, "key": 0, "simple": 0, "cipher": 0, "plaintext": 0, "plain": 0, "ascii-text": 0,
        "hex": 0, "hexadecimal": 0, "enc": 0, "0": 0, "5": 0, "6": 0, "7": 0, "8": 0, "address": 1, "hostname": 1,
        "identity": 1,
    ]
    /// Words that are too common to mean a key by themselves, and what must stand before them.
    private static let companions: [String: Set<String>] = [
        "key": ["isakmp", "pre-shared-key"], "psk": [":"], "secret": ["=", "set", "authentication"],
        "password": ["neighbor", "peer", "=", "set"],
    ]
    private static let comments = ["#", "!", "//", ";", "/*", "*"]

    /// Numbers of the lines, from 1, that say a key.
    static func lines(of text: String) -> [Int] {
        var numbers: [Int] = []
        var number = 0
        // A line ends as every system writes it; Swift takes a carriage return and a line feed for one character.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if isAnswerKey(line) || isStatement(line) { numbers.append(number) }
        }
        return numbers
    }

    /// `<Psk>…</Psk>`, `"AuthKey": "…"`, also within JSON that is itself a string.
    private static func isAnswerKey(_ line: Substring) -> Bool {
        guard line.contains("Psk") || line.contains("AuthKey") else { return false }
        let inXML = line.matches(of: #/<(?:Psk|AuthKey)>\s*([^<]*?)\s*(?:<|$)/#)
        let inJSON = line.matches(of: #/"(?:Psk|AuthKey)"\s*:\s*"((?:[^"\\]|\\.)*)/#)
        let inText = line.matches(of: #/\\"(?:Psk|AuthKey)\\"\s*:\s*\\"((?:[^"\\]|\\\\.)*)/#)
        return (inXML + inJSON + inText).map(\.1).contains { !isHarmless($0) }
    }

    private static func isStatement(_ line: Substring) -> Bool {
        let start = line.drop(while: \.isWhitespace)
        guard !comments.contains(where: start.hasPrefix) else { return false }
        let tokens = tokens(start)
        for (index, token) in tokens.enumerated() where !token.isQuoted {
            let word = token.text.lowercased()
            guard words.contains(word), isMeant(word, tokens, index) else { continue }
            if let value = value(tokens[(index + 1)...]), !isHarmless(value.text) { return true }
        }
        return false
    }

    private static func isMeant(_ word: String, _ tokens: [Token], _ index: Int) -> Bool {
        guard let companions = companions[word] else { return true }
        let near = tokens[..<index].map { $0.text.lowercased() }
        if word == "psk" || word == "key" { return near.last.map(companions.contains) ?? false }
        // `secret = …`, or as a part of a longer statement.
        return near.contains(where: companions.contains)
            || tokens[(index + 1)...].first.map { $0.text == "=" } ?? false
            || (word == "secret" && near.isEmpty)
    }

    /// The first token that may be a key.
    private static func value(_ tokens: ArraySlice<Token>) -> Token? {
        var rest = tokens
        while let token = rest.first {
            let word = token.text.lowercased()
            if !token.isQuoted, word == "=" || word == ":" {
                rest = rest.dropFirst()
            } else if !token.isQuoted, let count = between[word], rest.count > 1 {
                rest = rest.dropFirst(1 + count)
                // An address may have a mask.
                if count == 1, let mask = rest.first, mask.text.hasPrefix("255.") { rest = rest.dropFirst() }
            } else {
                return token
            }
        }
        return nil
    }

    /// Whether a text is no key: nothing, a placeholder of ours, or masked.
    private static func isHarmless(_ text: Substring) -> Bool {
        text.isEmpty || text.contains("****") || text.allSatisfy { $0 == "*" }
            || text.wholeMatch(of: #/(?:<|&lt;){2}(?:PSK|BGP-KEY) [A-Za-z0-9_-]+(?: [0-9a-z]+)?(?:>|&gt;){2}/#) != nil
    }
}

extension KeyStatements {
    private struct Token {
        var text: Substring
        var isQuoted: Bool
    }

    /// Words, quoted texts, placeholders and the signs `=` and `:`; braces and semicolons only separate.
    private static func tokens(_ line: Substring) -> [Token] {
        var tokens: [Token] = []
        var rest = line
        while let first = rest.first {
            if first.isWhitespace || "{};,".contains(first) {
                rest = rest.dropFirst()
            } else if first == "\"" || first == "'" {
                let content = quoted(rest.dropFirst(), by: first)
                tokens.append(Token(text: content, isQuoted: true))
                rest = rest[content.endIndex...].dropFirst()
            } else if rest.hasPrefix("<<"), let end = rest.firstRange(of: ">>") {
                tokens.append(Token(text: rest[..<end.upperBound], isQuoted: true))
                rest = rest[end.upperBound...]
            } else if "=:".contains(first) {
                tokens.append(Token(text: rest.prefix(1), isQuoted: false))
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"=:{};,\"'".contains($0) }
                tokens.append(Token(text: word, isQuoted: false))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private static func quoted(_ text: Substring, by mark: Character) -> Substring {
        var isEscaped = false
        for index in text.indices {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\\", mark == "\"" {
                isEscaped = true
            } else if text[index] == mark {
                return text[..<index]
            }
        }
        return text
    }
}
