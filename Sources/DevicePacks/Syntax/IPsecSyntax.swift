import TemplateEngine

extension DeviceSyntax {
    /// ipsec.conf, the settings of strongSwan's starter (devices.md 7.2).
    ///
    /// Bare values end at blanks, `"`, `#` and `=`; in double quotes `\` escapes. Keys stand in ipsec.secrets,
    /// which has rules of its own: there is no escape, so a key with both kinds of quotes is written as
    /// hexadecimal, and that form is read bare only.
    public static let ipsec = DeviceSyntax(
        name: "ipsec",
        rules: OutputRules(
            name: "ipsec.conf bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/,:%@+"),
            quoted: { text throws(FilterFailure) in try backslashQuoted(text) },
            remark: { text throws(FilterFailure) in lineRemark(text) }),
        key: { key, use throws(FilterFailure) in
            guard use == .presharedKey else { return try frr.key(key, use) }
            try refuseControls(key)
            guard key.contains("\""), key.contains("'") else { return EncodedKey(key) }
            return EncodedKey("0x" + hexadecimal(key), isHexadecimal: true)
        })

    /// ipsec.secrets: text between two equal quotes stands for itself, whatever it is.
    public static let ipsecSecrets = DeviceSyntax(
        name: "ipsec.secrets",
        rules: OutputRules(
            name: "ipsec.secrets bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-@"),
            quoted: { text throws(FilterFailure) in
                try refuseControls(text)
                guard text.contains("\"") else { return "\"\(text)\"" }
                guard !text.contains("'") else { throw FilterFailure("it has both kinds of quotes") }
                return "'\(text)'"
            },
            remark: { text throws(FilterFailure) in lineRemark(text) }),
        key: ipsec.key)
}
