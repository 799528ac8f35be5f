import TemplateEngine

extension DeviceSyntax {
    /// `set` commands of VyOS 1.4 and later (devices.md 7.3), to be pasted into a configuration session or run as a
    /// script.
    ///
    /// In single quotes the shell leaves everything alone, and VyOS itself takes no quote of either kind. `?` calls
    /// the help wherever it is typed, so a pasted one is lost. VyOS writes keys of IKE into swanctl.conf between
    /// double quotes without escaping them: whatever would be read otherwise there is written as hexadecimal.
    public static let vyos = DeviceSyntax(
        name: "vyos", rules: vyosRules,
        key: { key, use throws(FilterFailure) in
            try refuseControls(key)
            guard use == .presharedKey else { return try bgpPassword(key) }
            let prefix = key.prefix(2).lowercased()
            let isPlain = key.unicodeScalars.allSatisfy { scalar in
                (0x21...0x7E).contains(scalar.value) && !"'\"\\?".unicodeScalars.contains(scalar)
            }
            guard !isPlain || prefix == "0x" || prefix == "0s" else { return EncodedKey(key) }
            return EncodedKey("0x" + hexadecimal(key), isHexadecimal: true)
        })

    /// The same for VyOS 1.3, which writes keys of IKE into ipsec.secrets, where text between double quotes is
    /// literal: backslashes and `0x` are data there, and no other form stands in for a quote.
    public static let vyos13 = DeviceSyntax(
        name: "vyos-1.3", rules: vyosRules,
        key: { key, use throws(FilterFailure) in
            guard use == .presharedKey else {
                // Its length is checked by a shell, in a command between backticks.
                guard !key.contains("`") else {
                    throw FilterFailure("it has a backtick, which VyOS 1.3 runs as a command")
                }
                return try bgpPassword(key)
            }
            try refuseUntypable(key)
            return EncodedKey(key)
        })
}

private let vyosRules = OutputRules(
    name: "VyOS bare word",
    bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/:@"),
    quoted: { text throws(FilterFailure) in
        guard !text.isEmpty else { throw FilterFailure("it is empty") }
        try refuseUntypable(text)
        return "'" + text + "'"
    },
    remark: { text throws(FilterFailure) in
        // A pasted question mark would call the help in a comment, too.
        lineRemark(text).replacing("?", with: "\u{FFFD}")
    })

/// Refuses what can't be typed between single quotes, or is taken by no VyOS value.
private func refuseUntypable(_ text: String) throws(FilterFailure) {
    try refuseControls(text)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "'", "\"": throw FilterFailure("it has a quote (\(scalar)), which no VyOS value may have")
        case "?": throw FilterFailure("it has a question mark, which calls the command line's help")
        case _ where !scalar.isASCII: throw FilterFailure("it has \(codePoint(scalar)), which is not ASCII")
        default: break
        }
    }
}

/// FRRouting takes the password as one word, and VyOS has no other form for it.
private func bgpPassword(_ key: String) throws(FilterFailure) -> EncodedKey {
    try refuseUntypable(key)
    guard !key.contains(" ") else { throw FilterFailure("it has a blank, which VyOS allows in no BGP password") }
    return EncodedKey(key)
}
