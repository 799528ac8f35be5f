import TestSupport

extension CommandOutput {
    /// The documents for swanctl among all that `render` printed, each under its name.
    var swanctlText: String {
        var isWanted = true
        return stdout.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("# ==> ") || line.hasPrefix("! ==> ") { isWanted = line.contains("/swanctl/") }
            return isWanted
        }.joined(separator: "\n")
    }
}
