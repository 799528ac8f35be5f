/// Keys in which every character stands in every place.
public enum KeySquare {
    /// All printable ASCII characters but the blank, which the service allows in no key.
    public static let printable = (UInt8(0x21)...0x7E).map { Character(UnicodeScalar($0)) }

    /// As many keys as there are characters, each one place further, and one key of each shorter length.
    ///
    /// - Parameters:
    ///   - length: of the longest keys; the service takes 100 characters, of BGP keys 64.
    ///   - unwanted: characters that a device can't hold, for which all these keys would be refused.
    public static func keys(length: Int = 100, without unwanted: String = "") -> [String] {
        let characters = printable.filter { !unwanted.contains($0) }
        func key(_ start: Int, _ length: Int) -> String {
            String((0..<length).map { characters[(start + $0) % characters.count] })
        }
        return characters.indices.map { key($0, length) } + (1..<length).map { key($0 * 7 + 1, $0) }
    }

    /// Keys with one of these characters in each place.
    public static func keys(holding wanted: String, length: Int = 100) -> [String] {
        wanted.flatMap { character in
            (0..<length).map {
                String(repeating: "k", count: $0) + "\(character)" + String(repeating: "K", count: length - 1 - $0)
            }
        }
    }
}
