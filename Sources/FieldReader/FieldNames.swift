/// The names of fields that a caller knows, numbered in the order given.
///
/// Reading turns each known name into its number once, where it is met; from then on telling fields apart
/// costs a comparison of integers. Names that are not among these keep their text in the ``FieldTree``.
public struct FieldNames: Sendable {
    /// The known names; a name's number is its index.
    public let strings: [String]
    /// All names as UTF-8, one after the other.
    private let bytes: [UInt8]
    /// Where each name starts in `bytes`; one more entry than there are names.
    private let starts: [Int]
    /// Open-addressing table of name numbers plus one, 0 where free; its size is a power of two.
    private let table: [UInt16]

    /// No known names, so every name keeps its text: right for JSON of unknown content.
    public static let none = FieldNames([])

    /// The number that stands for "not among the known names".
    @usableFromInline static let unknown: UInt16 = .max

    /// Numbers the names given; of equal ones the first counts.
    ///
    /// - Parameter strings: at most 65 535 names; further ones stay unknown.
    public init(_ strings: [String]) {
        self.strings = Array(strings.prefix(Int(Self.unknown)))
        var bytes: [UInt8] = []
        var starts = [0]
        var size = 8
        while size < self.strings.count * 4 { size *= 2 }
        var table = [UInt16](repeating: 0, count: size)
        for (number, string) in self.strings.enumerated() {
            bytes.append(contentsOf: string.utf8)
            let start = starts[number]
            starts.append(bytes.count)
            var slot = Self.hash(bytes.span.extracting(start..<bytes.count)) & (size - 1)
            while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
            table[slot] = UInt16(number + 1)
        }
        self.bytes = bytes
        self.starts = starts
        self.table = table
    }

    /// The number of a name given as UTF-8, or `unknown`.
    func number(of name: Span<UInt8>) -> UInt16 {
        var slot = Self.hash(name) & (table.count - 1)
        while table[slot] != 0 {
            let number = Int(table[slot]) - 1
            if matches(name, number) { return UInt16(number) }
            slot = (slot + 1) & (table.count - 1)
        }
        return Self.unknown
    }

    private func matches(_ name: Span<UInt8>, _ number: Int) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == name.count else { return false }
        for offset in 0..<name.count where bytes[start + offset] != name[offset] { return false }
        return true
    }

    /// Length and three characters: enough to keep names of one vocabulary apart, and quick.
    ///
    /// Input chosen to collide gains nothing, because the table holds the caller's names only.
    private static func hash(_ name: Span<UInt8>) -> Int {
        guard !name.isEmpty else { return 0 }
        let middle = UInt32(name[name.count / 2]) << 8 | UInt32(name[name.count - 1]) << 16
        let sample = UInt32(name[0]) | middle | UInt32(truncatingIfNeeded: name.count) << 24
        return Int((sample &* 0x9E37_79B1) >> 16)
    }
}
