public import Findings
import TOMLKit

/// The numbers given to tunnels, as `peerconf.lock` keeps them.
///
/// Lines are sorted by number and new numbers are always the highest, so that two branches which add different
/// tunnels to one device change the same place of the file: git then reports a conflict instead of joining
/// two tunnels under one number. Numbers of tunnels that are gone stay in the file and are not given away again.
public struct NumberLock: Sendable, Equatable {
    /// Tunnels by number, by device.
    public private(set) var devices: [String: [Int: String]] = [:]

    /// The first number given out where the site file says nothing.
    public static let firstNumber = 101

    /// A lock that holds nothing yet.
    public init() {}

    /// Reads a lock file.
    ///
    /// - Throws: a ``Finding`` when it is not one, or gives a tunnel two numbers.
    public init(text: String, file: String) throws(Finding) {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            // Two branches that gave out the same number, joined by hand, end here: a key stands twice.
            throw LockProblem.syntax(
                error.description, line: error.source.begin.line, column: error.source.begin.column
            ).finding(file)
        } catch {
            throw LockProblem.syntax("it is not TOML", line: 1, column: 1).finding(file)
        }
        for device in table.keys.sorted() {
            guard let entries = table[device]?.table else { throw LockProblem.shape(device).finding(file) }
            var owners: [String: Int] = [:]
            for key in entries.keys {
                guard let number = Int(key), number > 0, String(number) == key, let tunnel = entries[key]?.string else {
                    throw LockProblem.shape(device).finding(file)
                }
                if let other = owners[tunnel] {
                    throw LockProblem.tunnelTwice(tunnel, device: device, min(number, other), max(number, other))
                        .finding(file)
                }
                owners[tunnel] = number
                devices[device, default: [:]][number] = tunnel
            }
        }
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

    /// Gives every tunnel of a device its number: the pinned one, else the one it has, else the next free one.
    ///
    /// - Parameters:
    ///   - tunnels: ids; sorted before anything is given out, so that their order means nothing.
    ///   - pins: numbers that the site file demands.
    ///   - range: where new numbers lie.
    /// - Throws: a ``Finding`` when a pinned number belongs to another tunnel or the range is used up.
    public mutating func assign(
        _ tunnels: [String], of device: String, pins: [String: Int] = [:], range: ClosedRange<Int>? = nil,
        file: String
    ) throws(Finding) -> [String: Int] {
        var owners = devices[device] ?? [:]
        var numbers = Dictionary(owners.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        let ids = Set(tunnels).sorted()
        for id in ids {
            guard let pin = pins[id], numbers[id] != pin else { continue }
            if let other = owners[pin], other != id {
                throw LockProblem.pinTaken(pin, tunnel: id, other: other, device: device).finding(file)
            }
            if let old = numbers[id] { owners[old] = nil }
            owners[pin] = id
            numbers[id] = pin
        }
        let range = range ?? Self.firstNumber...999_999
        // Above all that were ever given out in the range, so that new lines come last.
        var next = max(range.lowerBound, (owners.keys.filter(range.contains).max() ?? 0) + 1)
        for id in ids where numbers[id] == nil {
            guard range.contains(next) else { throw LockProblem.rangeUsedUp(range, device: device).finding(file) }
            owners[next] = id
            numbers[id] = next
            next += 1
        }
        devices[device] = owners
        return numbers.filter { ids.contains($0.key) }
    }
}
