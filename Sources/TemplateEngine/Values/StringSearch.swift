/// Searching by bytes, in time proportional to both lengths: a template from a stranger may ask for the
/// worst case.
struct ByteSearch {
    private let needle: [UInt8]
    /// For each length of a matched beginning, the longest beginning that is also its end (Knuth, Morris,
    /// Pratt).
    private let borders: [Int]

    init(_ string: String) {
        needle = Array(string.utf8)
        var borders = Array(repeating: 0, count: max(1, needle.count))
        var matched = 0
        for index in needle.indices.dropFirst() {
            while matched > 0, needle[index] != needle[matched] { matched = borders[matched - 1] }
            if needle[index] == needle[matched] { matched += 1 }
            borders[index] = matched
        }
        self.borders = borders
    }

    /// Offsets at which the needle stands without overlap, up to a number of them.
    func matches(in bytes: [UInt8], limit: Int = Int.max) -> [Int] {
        guard !needle.isEmpty, limit > 0 else { return [] }
        var result: [Int] = []
        var matched = 0
        for index in bytes.indices {
            while matched > 0, bytes[index] != needle[matched] { matched = borders[matched - 1] }
            if bytes[index] == needle[matched] { matched += 1 }
            if matched == needle.count {
                result.append(index - needle.count + 1)
                if result.count == limit { break }
                matched = 0
            }
        }
        return result
    }

    var length: Int { needle.count }
}

extension String {
    /// The offset in bytes of the first place where another string stands.
    func firstMatch(of other: String) -> Int? {
        if other.isEmpty { return 0 }
        return ByteSearch(other).matches(in: Array(utf8), limit: 1).first
    }
}
