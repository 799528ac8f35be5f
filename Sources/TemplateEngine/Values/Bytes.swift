/// Equality as Python sees it: code point for code point.
///
/// Swift's `==` also takes canonically equivalent strings for equal.
@inline(__always)
func sameBytes(_ a: String, _ b: String) -> Bool { a.utf8.count == b.utf8.count && haveSameBytes(a, b) }

private func haveSameBytes(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.utf8.span, b.utf8.span)
    for index in a.indices where a[index] != b[index] { return false }
    return true
}

/// Order as Python sees it: by code point, which is also the order of the UTF-8 bytes.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

extension String {
    /// Whether every scalar is one byte, so that bytes and code points count the same.
    var isASCII: Bool {
        let bytes = utf8.span
        var all: UInt8 = 0
        for index in bytes.indices { all |= bytes[index] }
        return all < 0x80
    }
}

extension String {
    /// Whether it is ASCII without control characters.
    var isPrintableASCII: Bool {
        let bytes = utf8.span
        for index in bytes.indices where bytes[index] &- 0x20 >= 0x5F { return false }
        return true
    }

    /// Whether it is ASCII without capitals, so that making it small changes nothing.
    var isSmallASCII: Bool {
        let bytes = utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x80 || byte &- 0x41 < 26 { return false }
        }
        return true
    }
}

extension Unicode.Scalar {
    /// What Python's `str.isspace` and the `\s` of its regular expressions take for white space.
    var isPythonSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000:
            true
        default: false
        }
    }

    /// What Python's `str.splitlines` takes for the end of a line.
    var isPythonLineBreak: Bool {
        switch value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}

/// UTF-8 as the engine cuts it: by code point, with byte offsets.
extension Array where Element == UInt8 {
    /// The bytes as a string; they are known to be whole scalars.
    func string(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}
