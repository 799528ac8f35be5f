/// The names of a kind of record, in order.
///
/// Build one per kind and share it.
public final class Shape: Sendable {
    /// The keys in the order in which templates iterate them.
    public let names: [String]
    private let index: NameIndex
    private let numbers: NumberIndex

    /// Creates a shape.
    ///
    /// Of equal names the first one is found.
    public init(_ names: [String]) {
        self.names = names
        index = NameIndex(names)
        numbers = NumberIndex(names)
    }

    /// Position of a name among the values of a record.
    public func slot(of name: String) -> Int? { index.slot(of: NameKey(name), in: names) }

    /// Position of a name by its number; `nil` for that of no name.
    @inline(__always)
    func slot(of number: UInt32) -> Int? { numbers.position(of: number) }
}

/// An object of the host: a shape and its values.
///
/// To templates it behaves as a dict.
public final class Record: Sendable {
    /// The names of the values.
    public let shape: Shape
    /// The values in the order of the shape's names.
    public let values: [Value]

    /// Creates a record; values that are missing at the end are `none`, surplus ones are dropped.
    public init(_ shape: Shape, _ values: [Value]) {
        self.shape = shape
        if values.count == shape.names.count {
            self.values = values
        } else {
            let missing = max(0, shape.names.count - values.count)
            self.values =
                Array(values.prefix(shape.names.count)) + Array(repeating: Value.none, count: missing)
        }
    }

    /// The value of a key.
    public subscript(_ name: String) -> Value? { shape.slot(of: name).map { values[$0] } }
}

/// A name with its hash, worked out once at compile time.
struct NameKey: Sendable {
    let name: String
    let hash: UInt32
    let isASCII: Bool

    init(_ name: String) {
        self.name = name
        hash = NameKey.hash(name)
        isASCII = name.isASCII
    }

    /// FNV-1a over the bytes: the same in every run, unlike the standard library's seeded hash.
    static func hash(_ name: String) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ (hash >> 15)
    }
}

/// An open-addressing table from names to positions; never more than half full.
///
/// Strings are compared byte for byte: Swift's own equality would take `é` for `e` with an accent, Python's
/// does not.
struct NameIndex: Sendable {
    private struct Entry {
        var hash: UInt32
        /// Position plus one; 0 is an empty place.
        var position: UInt32
        var isASCII: Bool
    }

    private let entries: [Entry]
    private let mask: Int

    init(_ names: some Collection<String>) {
        var size = 4
        while size < names.count * 2 { size *= 2 }
        var entries = Array(repeating: Entry(hash: 0, position: 0, isASCII: true), count: size)
        let mask = size - 1
        let all = Array(names)
        for (position, name) in all.enumerated() {
            let hash = NameKey.hash(name)
            var place = Int(hash) & mask
            var isKnown = false
            while entries[place].position != 0 {
                if entries[place].hash == hash,
                    sameBytes(all[Int(entries[place].position) - 1], name)
                {
                    isKnown = true
                    break
                }
                place = (place + 1) & mask
            }
            if !isKnown {
                entries[place] = Entry(
                    hash: hash, position: UInt32(position + 1), isASCII: name.isASCII)
            }
        }
        self.entries = entries
        self.mask = mask
    }

    @inline(__always)
    func slot(of key: borrowing NameKey, in names: [String]) -> Int? {
        var place = Int(key.hash) & mask
        while true {
            let entry = entries[place]
            if entry.position == 0 { return nil }
            if entry.hash == key.hash {
                let position = Int(entry.position) - 1
                // Between two ASCII strings Swift's equality is that of the bytes.
                let isSame =
                    entry.isASCII && key.isASCII
                    ? names[position] == key.name : sameBytes(names[position], key.name)
                if isSame { return position }
            }
            place = (place + 1) & mask
        }
    }
}
