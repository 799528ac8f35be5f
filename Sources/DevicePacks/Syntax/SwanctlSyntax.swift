import TemplateEngine

extension DeviceSyntax {
    /// swanctl.conf, strongSwan's settings format (devices.md 7.1; strongSwan `settings_lexer.l`).
    ///
    /// Bare values end at a line end, `#` or `}`, and blanks around them are lost; in double quotes `\` escapes.
    /// A key that begins with `0x` or `0s` would be decoded even in quotes, so it is written as hexadecimal.
    public static let swanctl = DeviceSyntax(
        name: "swanctl",
        rules: OutputRules(
            name: "swanctl.conf bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/,:%@+"),
            quoted: { text throws(FilterFailure) in try backslashQuoted(text) },
            remark: { text throws(FilterFailure) in lineRemark(text) }),
        key: { key, use throws(FilterFailure) in
            // strongSwan speaks no BGP; FRRouting beside it does.
            guard use == .presharedKey else { return try frr.key(key, use) }
            try refuseControls(key)
            guard key.utf8.first == UInt8(ascii: "0") else { return EncodedKey(key) }
            let prefix = key.prefix(2).lowercased()
            guard prefix == "0x" || prefix == "0s" else { return EncodedKey(key) }
            return EncodedKey("0x" + hexadecimal(key), isHexadecimal: true)
        })
}
