import TemplateEngine

extension DeviceSyntax {
    /// Commands of Cisco IOS and IOS XE (devices.md 7.4).
    ///
    /// There is no quoting: a value is one word, quotes and backslashes in it are data, and `?` calls the help
    /// wherever it stands. Consoles strip the eighth bit, which turns bytes of UTF-8 into line breaks, so that
    /// remarks are ASCII only. A key that can't be typed is written as hexadecimal, which IKEv2 keyrings take; a
    /// rule of the pack refuses it for IKEv1.
    public static let ios = DeviceSyntax(
        name: "ios",
        rules: OutputRules(
            name: "IOS bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/:@"),
            quoted: { text throws(FilterFailure) in
                try refuseAllButWord(text)
                return text
            },
            remark: { text throws(FilterFailure) in typableRemark(text) }),
        key: { key, use throws(FilterFailure) in
            try refuseControls(key)
            if use == .presharedKey, !isTypable(key) {
                return EncodedKey(hexadecimal(key), isHexadecimal: true)
            }
            try refuseAllButWord(key)
            return EncodedKey(key)
        })
}

/// Whether a text can be typed as one word of a command.
private func isTypable(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }
}

private func refuseAllButWord(_ text: String) throws(FilterFailure) {
    guard !text.isEmpty else { throw FilterFailure("it is empty") }
    try refuseControls(text)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "?": throw FilterFailure("it has a question mark, which calls the command line's help")
        case " ": throw FilterFailure("it has a blank, which ends a word")
        case _ where !scalar.isASCII: throw FilterFailure("it has \(codePoint(scalar)), which is not ASCII")
        default: break
        }
    }
}

/// Text for a comment that can be typed: whatever can't stands as `_`.
private func typableRemark(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F && $0 != "?" ? $0 : "_" }))
}
