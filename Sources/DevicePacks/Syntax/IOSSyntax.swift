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
