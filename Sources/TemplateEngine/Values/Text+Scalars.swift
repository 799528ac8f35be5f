/// Counting and cutting by code point, as Python does: `é` may be two, `\r\n` always is.
extension Text {
    var scalarCount: Int {
        var count = 0
        for byte in string.utf8 where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// The scalar at a number, negative ones counted from the end.
    func scalar(at number: Int) -> Text? {
        let count = scalarCount
        let index = number < 0 ? number + count : number
        guard index >= 0, index < count else { return nil }
        return slice(index..<index + 1)
    }

    /// The scalars of a range that lies inside.
    func slice(_ range: Range<Int>) -> Text {
        if string.isASCII {
            let bytes = string.utf8.dropFirst(range.lowerBound).prefix(range.count)
            return derived(String(Substring(bytes)))
        }
        let scalars = string.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count)
        return derived(String(Substring(scalars)))
    }
}
