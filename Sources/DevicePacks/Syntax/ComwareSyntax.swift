import TemplateEngine

extension DeviceSyntax {
    /// Commands of H3C Comware 7.
    ///
    /// Words end at a blank, `?` calls the help, and double quotes and backslashes group and escape; what they do to
    /// a key is not written down for every release, so that values with any of them are refused.
    public static let comware = DeviceSyntax(
        name: "comware",
        rules: OutputRules(
            name: "Comware bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/:@"),
            quoted: { text throws(FilterFailure) in
                try refuseAllButPlainWord(text)
                return text
            },
            remark: { text throws(FilterFailure) in typableRemark(text) }),
        key: { key, _ throws(FilterFailure) in
            try refuseAllButPlainWord(key)
            return EncodedKey(key)
        })
}

private func refuseAllButPlainWord(_ text: String) throws(FilterFailure) {
    try refuseAllButWord(text)
    for scalar in text.unicodeScalars where "\"'\\".unicodeScalars.contains(scalar) {
        throw FilterFailure("it has \(scalar), which the command line may take for quoting")
    }
}
