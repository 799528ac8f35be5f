import Synchronization

/// Names as numbers, the same in the whole program: what a template names and what a record has is compared by
/// number, without a look at the letters.
///
/// Only names that stand in templates and in the host's shapes are entered, never data.
enum Names {
    /// The number of no name.
    static let none: UInt32 = 0

    // By their bytes: equality of strings takes canonically equivalent ones for equal.
    private static let known = Mutex<(numbers: [[UInt8]: UInt32], names: [String])>(([:], [""]))

    /// The number of a name, which it keeps.
    static func number(of name: String) -> UInt32 {
        let bytes = Array(name.utf8)
        return known.withLock { known in
            if let number = known.numbers[bytes] { return number }
            let number = UInt32(known.names.count)
            known.numbers[bytes] = number
            known.names.append(name)
            return number
        }
    }

    /// The name that has a number, for messages.
    static func name(of number: UInt32) -> String { known.withLock { $0.names[Int(number)] } }
}

/// Positions of names by their numbers: an open-addressing table, never more than half full.
struct NumberIndex: Sendable {
    private struct Entry {
        var number = Names.none
        var position: UInt32 = 0
    }

    private let entries: [Entry]
    private let mask: Int

    /// Of equal names the first one counts.
    init(_ names: [String]) {
        var size = 4
        while size < names.count * 2 { size *= 2 }
        var entries = Array(repeating: Entry(), count: size)
        let mask = size - 1
        for (position, name) in names.enumerated() {
            let number = Names.number(of: name)
            var place = Int(number) & mask
            while entries[place].number != Names.none, entries[place].number != number { place = (place + 1) & mask }
            if entries[place].number == Names.none {
                entries[place] = Entry(number: number, position: UInt32(position))
            }
        }
        self.entries = entries
        self.mask = mask
    }

    /// The position of a name's number; `nil` for ``Names/none``, too.
    @inline(__always)
    func position(of number: UInt32) -> Int? {
        var place = Int(number) & mask
        while true {
            let entry = entries[place]
            if entry.number == Names.none { return nil }
            if entry.number == number { return Int(entry.position) }
            place = (place + 1) & mask
        }
    }
}
