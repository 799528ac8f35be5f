public import Findings
import TOMLKit

/// The numbers given to tunnels, as `peerconf.lock` keeps them.
///
/// Lines are sorted by number and new numbers are always the highest, so that two branches which add different
/// tunnels to one device change the same place of the file: git then reports a conflict instead of joining
/// two tunnels under one number. Numbers of tunnels that are gone stay in the file and are not given away again;
/// so do those that a pin of the site file made free, with an empty name.
public struct NumberLock: Sendable, Equatable {
    /// Tunnels by number, by device.
    public private(set) var devices: [String: [Int: String]] = [:]

    /// The first number given out where the site file says nothing.
    public static let firstNumber = 101

    /// A lock that holds nothing yet.
    public init() {}

    /// Reads a lock file.
    ///
    /// - Throws: a `Finding` when it is not one, or gives a tunnel two numbers.
    public init(text: String, file: String) throws(Finding) {
        if text.utf8.count <= TOMLText.limit, let line = Self.mergeConflict(text) {
            throw LockProblem.conflict(line: line).finding(file)
        }
        let table: TOMLTable
        do throws(TOMLText.Problem) {
            table = try TOMLText.table(text)
        } catch {
            // Two branches that gave out the same number, joined by hand, end here: a key stands twice.
            throw LockProblem.syntax(error.reason, line: error.line, column: error.column).finding(file)
        }
        for device in table.keys.sorted() {
            // Names of folders: what else stands there was not written by this program, and leads elsewhere.
            guard device.isFolderName, let entries = table[device]?.table else {
                throw LockProblem.shape(device).finding(file)
            }
            var owners: [String: Int] = [:]
            for key in entries.keys {
                guard let number = Int(key), number > 0, String(number) == key, let tunnel = entries[key]?.string,
                    tunnel.isEmpty || tunnel.isFolderName
                else {
                    throw LockProblem.shape(device).finding(file)
                }
                if let other = owners[tunnel], !tunnel.isEmpty {
                    throw LockProblem.tunnelTwice(tunnel, device: device, min(number, other), max(number, other))
                        .finding(file)
                }
                owners[tunnel] = number
                devices[device, default: [:]][number] = tunnel
            }
        }
    }

    /// The first line of a merge that nobody has finished.
    private static func mergeConflict(_ text: String) -> Int? {
        text.lines.firstIndex { line in
            ["<<<<<<<", "=======", ">>>>>>>"].contains { line.hasPrefix($0) }
        }.map { $0 + 1 }
    }

    /// The file's text.
    public var text: String {
        var lines = [
            "# peerconf.lock: the numbers of tunnels. Commit this file; numbers in it are never given away again."
        ]
        for device in devices.keys.sorted() {
            lines += ["", "[\"\(device)\"]"]
            let numbers = devices[device] ?? [:]
            lines += numbers.keys.sorted().map { "\($0) = \"\(numbers[$0] ?? "")\"" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Numbers by tunnel, whatever device they stand under.
    ///
    /// A router that gets another name, or a site file of its own, finds its numbers again by this.
    public var numbersByTunnel: [String: Int] {
        var result: [String: Int] = [:]
        for device in devices.keys.sorted() {
            for (number, tunnel) in devices[device] ?? [:] where result[tunnel] == nil { result[tunnel] = number }
        }
        return result
    }

    /// Gives every tunnel of a device its number: the pinned one, else the one it has, else the one it had under
    /// another device's name, else the next free one.
    ///
    /// - Parameters:
    ///   - tunnels: ids; sorted before anything is given out, so that their order means nothing.
    ///   - device: the device's name.
    ///   - pins: numbers that the site file demands.
    ///   - range: where new numbers lie.
    ///   - earlier: numbers under other devices, from ``numbersByTunnel``.
    ///   - file: the lock's name, for findings.
    /// - Throws: a `Finding` when a pinned number belongs to another tunnel or the range is used up.
    public mutating func assign(
        _ tunnels: [String], of device: String, pins: [String: Int] = [:], range: ClosedRange<Int>? = nil,
        earlier: [String: Int] = [:], file: String
    ) throws(Finding) -> [String: Int] {
        let range = range ?? Self.firstNumber...999_999
        var section = Section(devices[device] ?? [:])
        let ids = Set(tunnels).sorted()
        for id in ids where section.numbers[id] == nil && pins[id] == nil {
            if let number = earlier[id], range.contains(number) { section.take(number, for: id) }
        }
        try section.pin(pins.filter { ids.contains($0.key) }, device, file)
        // Above all that were ever given out in the range, so that new lines come last; a number pinned high up
        // does not count.
        let pinned = Set(pins.values)
        let highest = section.owners.keys.filter { range.contains($0) && !pinned.contains($0) }.max()
        var next = max(range.lowerBound, (highest ?? 0) + 1)
        for id in ids where section.numbers[id] == nil {
            while section.owners[next] != nil { next += 1 }
            if next > range.upperBound {
                guard let free = range.first(where: { section.owners[$0] == nil }) else {
                    throw LockProblem.rangeUsedUp(range, device: device).finding(file)
                }
                next = free
            }
            section.take(next, for: id)
        }
        devices[device] = section.owners
        return section.numbers.filter { ids.contains($0.key) }
    }

    /// The numbers of one device while some are given out.
    private struct Section {
        /// Tunnels by number; an empty name for a number that was given up.
        var owners: [Int: String]
        /// The same the other way round.
        var numbers: [String: Int]

        init(_ owners: [Int: String]) {
            self.owners = owners
            numbers = Dictionary(
                owners.filter { !$0.value.isEmpty }.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        }

        /// Gives a number to a tunnel, if nobody has it.
        mutating func take(_ number: Int, for id: String) {
            guard owners[number] == nil else { return }
            owners[number] = id
            numbers[id] = number
        }

        /// Moves tunnels to their pinned numbers, all at once, so that two can change places.
        ///
        /// What they had before stays in the file without an owner: it is not given away again.
        mutating func pin(_ pins: [String: Int], _ device: String, _ file: String) throws(Finding) {
            let moving = pins.keys.filter { numbers[$0] != pins[$0] }.sorted()
            for id in moving {
                if let old = numbers[id] { owners[old] = "" }
            }
            for id in moving {
                guard let pin = pins[id] else { continue }
                if let other = owners[pin], !other.isEmpty {
                    let isPinned = pins[other] == pin
                    throw LockProblem.pinTaken(pin, tunnel: id, other: other, isPinned: isPinned, device: device)
                        .finding(file)
                }
                owners[pin] = id
                numbers[id] = pin
            }
        }
    }
}
