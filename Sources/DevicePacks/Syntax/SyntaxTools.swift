import TemplateEngine

/// The hexadecimal digits of a text's UTF-8 bytes.
func hexadecimal(_ text: String) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var result = String.UnicodeScalarView()
    for byte in text.utf8 {
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
    }
    return String(result)
}

extension String {
    /// Whether it is printable ASCII throughout, blanks included: nothing in it needs a closer look.
    var isPrintableASCII: Bool {
        let bytes = utf8.span
        for index in bytes.indices where bytes[index] < 0x20 || bytes[index] >= 0x7F { return false }
        return true
    }
}

/// Text for a comment that ends with its line: control characters and line breaks become U+FFFD.
func lineRemark(_ text: String) -> String {
    if text.isPrintableASCII { return shortened(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        // Format characters too: a bidirectional override can make a comment look like a statement.
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .format:
            result.append("\u{FFFD}")
        default: result.append(scalar)
        }
    }
    return shortened(String(result))
}

/// The beginning of a text that is too long for a comment, with `...` after it.
///
/// Readers of configurations take lines into buffers, comments included, and read what does not fit as the next line,
/// as a command then: IOS after 254 characters, FRR after some thousand.
private func shortened(_ text: String) -> String {
    let longest = 128
    // Bytes are counted quicker, and are never fewer.
    if text.utf8.count <= longest || text.unicodeScalars.count <= longest { return text }
    return String(text.unicodeScalars.prefix(longest - 3)) + "..."
}

/// Refuses texts with a line break or another control character, which no quoting makes harmless.
func refuseControls(_ text: String) throws(FilterFailure) {
    if text.isPrintableASCII { return }
    for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
        throw FilterFailure("it has the control character \(codePoint(scalar))")
    }
}

/// `U+000A` and the like.
func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// A text in double quotes, with `\` before quotes and backslashes in it.
func backslashQuoted(_ text: String) throws(FilterFailure) -> String {
    guard !text.isEmpty else { throw FilterFailure("it is empty") }
    try refuseControls(text)
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    let bytes = text.utf8.span
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 4)
    result.append(quote)
    for index in bytes.indices {
        if bytes[index] == quote || bytes[index] == backslash { result.append(backslash) }
        result.append(bytes[index])
    }
    result.append(quote)
    return String(decoding: result, as: UTF8.self)
}

/// Refuses what can't be typed as one word of a command line where `?` calls the help.
func refuseAllButWord(_ text: String) throws(FilterFailure) {
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
func typableRemark(_ text: String) -> String {
    shortened(
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7F && $0 != "?" ? $0 : "_" })))
}
