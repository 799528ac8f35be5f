/// Searching by bytes, in time proportional to both lengths: a template from a stranger may ask for the
/// worst case.
struct ByteSearch {
    private let needle: [UInt8]
    /// For each length of a matched beginning, the longest beginning that is also its end (Knuth, Morris,
    /// Pratt).
    private let borders: [Int]

    init(_ string: String) {
        needle = Array(string.utf8)
        guard needle.count > ByteSearch.shortLength else {
            borders = []
            return
        }
        var borders = Array(repeating: 0, count: max(1, needle.count))
        var matched = 0
        for index in needle.indices.dropFirst() {
            while matched > 0, needle[index] != needle[matched] { matched = borders[matched - 1] }
            if needle[index] == needle[matched] { matched += 1 }
            borders[index] = matched
        }
        self.borders = borders
    }

    /// Needles up to this length are tried at each place, which is quicker and bounded just as well.
    private static let shortLength = 4

    /// Offsets at which the needle stands without overlap, up to a number of them.
    func matches(in bytes: [UInt8], limit: Int = Int.max) -> [Int] {
        guard !needle.isEmpty, limit > 0 else { return [] }
        if needle.count <= ByteSearch.shortLength { return shortMatches(in: bytes, limit: limit) }
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

    private func shortMatches(in bytes: [UInt8], limit: Int) -> [Int] {
        var result: [Int] = []
        let first = needle[0]
        var index = 0
        while index + needle.count <= bytes.count {
            if bytes[index] == first, bytes[index..<index + needle.count].elementsEqual(needle) {
                result.append(index)
                if result.count == limit { break }
                index += needle.count
            } else {
                index += 1
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
