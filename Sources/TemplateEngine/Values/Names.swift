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

/// Positions of names by their numbers, which are small: a table with a place for each.
struct NumberIndex: Sendable {
    private let positions: [Int32]

    private static let nowhere: Int32 = -1

    /// Of equal names the first one counts.
    init(_ names: [String]) {
        let numbers = names.map { Int(Names.number(of: $0)) }
        var positions = Array(repeating: Self.nowhere, count: (numbers.max() ?? 0) + 1)
        for (position, number) in numbers.enumerated() where positions[number] == Self.nowhere {
            positions[number] = Int32(truncatingIfNeeded: position)
        }
        self.positions = positions
    }

    /// The position of a name's number; `nil` for ``Names/none``, too.
    @inline(__always)
    func position(of number: UInt32) -> Int? {
        guard number < positions.count else { return nil }
        let position = positions[Int(number)]
        return position == Self.nowhere ? nil : Int(position)
    }
}
