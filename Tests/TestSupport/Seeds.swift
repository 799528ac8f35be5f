import Foundation

/// Seeds of random fleets.
public enum Seeds {
    /// Seeds beside the fixed ones: what `PEERCONF_SEED` says (`7`, or `1000-1999` for a long search), else a new one
    /// in each run.
    ///
    /// None in CI, where a change is judged by itself and not by luck; a failure found elsewhere names its seed.
    public static let more: [UInt64] = {
        guard let told = ProcessInfo.processInfo.environment["PEERCONF_SEED"] else {
            return isCI ? [] : [.random(in: 1000...UInt64.max)]
        }
        let ends = told.split(separator: "-").compactMap { UInt64($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return [] }
        return Array(first...last)
    }()

    /// How many connections a fleet has: `PEERCONF_FLEET_SIZE` makes a search of many small fleets possible.
    public static func size(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["PEERCONF_FLEET_SIZE"].flatMap(Int.init) ?? usual
    }
}
