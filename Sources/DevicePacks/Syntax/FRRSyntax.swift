import TemplateEngine

extension DeviceSyntax {
    /// frr.conf, FRRouting's configuration (devices.md 7.5): words split at blanks, and no quoting at all.
    ///
    /// Only a line that begins with `!` or `#` is a comment, so every printable character may stand inside one.
    public static let frr = DeviceSyntax(
        name: "frr",
        rules: OutputRules(
            name: "FRRouting word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + BareWord.asciiSigns),
            remark: { text throws(FilterFailure) in lineRemark(text) }),
        key: { key, _ throws(FilterFailure) in
            for scalar in key.unicodeScalars where !(0x21...0x7E).contains(scalar.value) {
                throw FilterFailure(
                    "it has the character \(codePoint(scalar)), and one printable ASCII word is the limit")
            }
            // bgpd takes a longer one without a word, and then opens the session without any.
            guard key.utf8.count <= 80 else {
                throw FilterFailure("it has \(key.utf8.count) characters, and 80 are the most")
            }
            return EncodedKey(key)
        })
}

extension BareWord {
    /// All printable characters of ASCII but letters, digits and the blank.
    static let asciiSigns = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
}
