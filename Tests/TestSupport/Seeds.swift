import Foundation

/// Seeds of random fleets.
public enum Seeds {
    /// A seed beside the fixed ones: what `PEERCONF_SEED` says, else a new one in each run.
    ///
    /// None in CI, where a change is judged by itself and not by luck; a failure found elsewhere names its seed.
    public static let more: [UInt64] = {
        if let told = ProcessInfo.processInfo.environment["PEERCONF_SEED"].flatMap(UInt64.init) { return [told] }
        return isCI ? [] : [.random(in: 1000...UInt64.max)]
    }()
}
