import Findings

/// What can be wrong with the numbers of tunnels.
enum LockProblem {
    case conflict(line: Int)
    case syntax(String, line: Int, column: Int)
    case shape(String)
    case tunnelTwice(String, device: String, Int, Int)
    case pinTaken(Int, tunnel: String, other: String, isPinned: Bool, device: String)
    case rangeUsedUp(ClosedRange<Int>, device: String)

    /// - Parameter file: the lock file; `nil` where none is kept.
    func finding(_ file: String?) -> Finding {
        let start = file.map { SourceLocation(file: $0, line: 1) }
        return switch self {
        case .conflict(let line):
            Finding(
                "PC620", .error, "the lock file holds a merge that is not finished",
                at: Place(location: file.map { SourceLocation(file: $0, line: line) }),
                remedy: "keep the lines of both sides, give one of two tunnels with the same number the next free one; "
                    + "then render again")
        case .syntax(let reason, let line, let column):
            Finding(
                "PC620", .error, "the lock file can't be read: \(reason)",
                at: Place(location: file.map { SourceLocation(file: $0, line: line, column: column) }),
                remedy: "after a merge, give one of the tunnels the next free number; then render again")
        case .shape(let device):
            Finding(
                "PC621", .error, "the lock file has something else than numbers of tunnels under \(shown(device))",
                at: Place(location: start), remedy: "restore it from version control")
        case .tunnelTwice(let tunnel, let device, let a, let b):
            Finding(
                "PC622", .error, "tunnel \(shown(tunnel)) has two numbers, \(a) and \(b)",
                at: Place(location: start, device: device), remedy: "keep the one that the device has")
        case .pinTaken(let number, let tunnel, let other, let isPinned, let device):
            Finding(
                "PC623", .error,
                "the site file gives tunnel \(shown(tunnel)) the number \(number), which \(shown(other)) has",
                at: Place(location: start, tunnel: tunnel, device: device),
                remedy: isPinned
                    ? "the site file gives that number twice: choose another one for one of them"
                    : "choose a free number, or pin the other tunnel to another one; if that tunnel is gone from the "
                        + "router, take its line out of the lock file")
        case .rangeUsedUp(let range, let device):
            Finding(
                "PC624", .error, "all numbers from \(range.lowerBound) to \(range.upperBound) are given out",
                at: Place(location: start, device: device), remedy: "widen tunnel_numbers in the site file")
        }
    }
}
