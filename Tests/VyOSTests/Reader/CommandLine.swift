/// Splits pasted text into commands, as VyOS' shell does: words at blanks, text in single quotes as it stands.
///
/// Anything else that the shell would treat in its own way is a fault: nothing rendered may depend on it.
struct CommandLine: Equatable {
    var number: Int
    var words: [String]

    struct Script {
        var commands: [CommandLine] = []
        /// Comment lines without their mark.
        var comments: [String] = []
        var faults: [String] = []
    }

    static func script(_ text: String) -> Script {
        var script = Script()
        if !text.hasSuffix("\n") { script.faults.append("the last line has no end") }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where line != ""
        {
            if line.contains("?") { script.faults.append("line \(index + 1) would call the help") }
            if line.last == " " { script.faults.append("line \(index + 1) ends in a blank") }
            if line.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                script.faults.append("line \(index + 1) has a control character")
            }
            if line.first == "#" {
                script.comments.append(String(line.dropFirst()))
            } else if let words = words(of: line) {
                script.commands.append(CommandLine(number: index + 1, words: words))
            } else {
                script.faults.append("line \(index + 1) is no plain command")
            }
        }
        return script
    }

    static func words(of line: some StringProtocol) -> [String]? {
        var words: [String] = []
        var current: String?
        var isQuoted = false
        for character in line {
            switch (character, isQuoted) {
            case ("'", _):
                isQuoted.toggle()
                current = current ?? ""
            case (_, true): current?.append(character)
            case (" ", false):
                if let word = current { words.append(word) }
                current = nil
            case (_, false):
                guard character.isASCII, character.isLetter || character.isNumber || "._-/:@".contains(character)
                else { return nil }
                current = (current ?? "") + String(character)
            }
        }
        if let current { words.append(current) }
        return isQuoted ? nil : words
    }
}
