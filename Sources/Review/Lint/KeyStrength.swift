/// How hard a key is to guess, judged from the key alone.
///
/// An estimate from above: a key that a person made up is weaker than its characters tell, so patterns that guessing
/// programs try first count for the few bits that they add. Nothing of the key is kept.
struct KeyStrength: Sendable, Equatable {
    /// Estimated bits of unpredictability.
    var bits: Int
    /// Whether at least half of it is words, runs of the alphabet or of the keyboard, or years.
    var isMostlyPatterns: Bool
    /// Whether it repeats a short piece, or has very few different characters.
    var isRepetitive: Bool

    init(_ key: String) {
        let scalars = Array(key.unicodeScalars)
        let lower = Array(key.lowercased().unicodeScalars)
        let perCharacter = Self.milliBits(of: scalars)
        let period = Self.period(of: scalars)
        isRepetitive = scalars.count >= 6 && (period <= scalars.count / 2 || Set(scalars).count <= 4)
        // Of a repeated piece only the first counts, and how often it stands.
        let end = isRepetitive && period <= scalars.count / 2 ? period : scalars.count
        var total = end < scalars.count ? 3000 : 0
        var inPatterns = 0
        var position = 0
        while position < end {
            let (length, cost) = Self.pattern(in: lower, from: position, perCharacter)
            if length > 0, position + length <= end {
                total += min(cost, length * perCharacter)
                inPatterns += length
                position += length
            } else {
                total += perCharacter
                position += 1
            }
        }
        bits = total / 1000
        isMostlyPatterns = inPatterns * 2 >= scalars.count && !scalars.isEmpty
    }

    /// Thousandths of a bit that one character of the key's alphabet carries: the base-2 logarithm of its size.
    private static func milliBits(of key: [Unicode.Scalar]) -> Int {
        let hasLower = key.contains { ("a"..."z").contains($0) }
        let hasUpper = key.contains { ("A"..."Z").contains($0) }
        let hasDigit = key.contains { ("0"..."9").contains($0) }
        let hasOther = key.contains {
            !("a"..."z").contains($0) && !("A"..."Z").contains($0) && !("0"..."9").contains($0)
        }
        let isHex =
            !hasOther && !(hasLower && hasUpper) && hasDigit && (hasLower || hasUpper)
            && key.allSatisfy { ("0"..."9").contains($0) || ("a"..."f").contains($0) || ("A"..."F").contains($0) }
        if isHex { return 4000 }
        // Alphabets of the key's characters: 26 + 26 letters, 10 digits, 30 other signs.
        return switch (hasLower, hasUpper, hasDigit, hasOther) {
        case (false, false, true, false): 3322
        case (true, false, false, false), (false, true, false, false): 4700
        case (true, false, true, false), (false, true, true, false): 5170
        case (true, true, false, false): 5700
        case (true, true, true, false): 5954
        case (false, false, false, true): 4907
        case (false, false, true, true): 5322
        case (true, false, false, true), (false, true, false, true): 5807
        case (true, false, true, true), (false, true, true, true): 6044
        case (true, true, false, true): 6358
        case (true, true, true, true): 6524
        case (false, false, false, false): 0
        }
    }

    /// The length of the shortest piece that the key is made of by repeating it.
    private static func period(of key: [Unicode.Scalar]) -> Int {
        // The failure function of Knuth, Morris and Pratt: linear, however long the key.
        guard !key.isEmpty else { return 0 }
        var failure = [Int](repeating: 0, count: key.count)
        var length = 0
        for index in key.indices.dropFirst() {
            while length > 0, key[index] != key[length] { length = failure[length - 1] }
            if key[index] == key[length] { length += 1 }
            failure[index] = length
        }
        return key.count - length
    }

    /// A pattern that begins here: its length and what it adds, in thousandths of a bit.
    private static func pattern(
        in key: [Unicode.Scalar], from start: Int, _ perCharacter: Int
    ) -> (length: Int, cost: Int) {
        let plain = key[start...].prefix(24).lazy.map(plainLetter)
        let word = KnownWords.longestWord(atStartOf: plain)
        let run = runLength(key, from: start)
        let year = yearLength(key, from: start)
        let longest = max(word, run, year)
        guard longest > 0 else { return (0, 0) }
        if longest == word { return (word, 10_000) }
        return longest == run ? (run, perCharacter + 2000) : (year, 7000)
    }

    /// Letters that people put signs in the place of.
    private static func plainLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "@", "4": "a"
        case "3": "e"
        case "1", "!": "i"
        case "0": "o"
        case "5", "$": "s"
        case "7": "t"
        default: scalar
        }
    }

    /// How many characters from here run along the alphabet, the digits or the keyboard, or are the same: 3 or more.
    private static func runLength(_ key: [Unicode.Scalar], from start: Int) -> Int {
        var best = 0
        for step in [-1, 0, 1] {
            var end = start + 1
            while end < key.count, Int(key[end].value) - Int(key[end - 1].value) == step { end += 1 }
            best = max(best, end - start)
        }
        for row in KnownWords.keyboardRows {
            guard let place = row.firstIndex(of: key[start]) else { continue }
            for step in [-1, 1] {
                var length = 1
                while start + length < key.count, row.indices.contains(place + step * length),
                    row[place + step * length] == key[start + length]
                { length += 1 }
                best = max(best, length)
            }
        }
        return best >= 3 ? best : 0
    }

    /// 4 where a year of the 20th or 21st century stands.
    private static func yearLength(_ key: [Unicode.Scalar], from start: Int) -> Int {
        guard start + 4 <= key.count else { return 0 }
        let text = key[start..<start + 4]
        guard text.allSatisfy({ ("0"..."9").contains($0) }) else { return 0 }
        return text.starts(with: ["1", "9"]) || text.starts(with: ["2", "0"]) ? 4 : 0
    }
}
