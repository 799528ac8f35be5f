import Foundation
public import Testing

extension Trait where Self == ConditionTrait {
    /// The test runs these programs, named by their paths, and as root where `asRoot` says so.
    ///
    /// Where they are missing, the test says so loudly and is not run; on CI it is run all the same, and fails.
    public static func needs(_ programs: String..., asRoot: Bool = false) -> Self {
        var missing = programs.filter { !FileManager.default.isExecutableFile(atPath: $0) }
        if asRoot, getuid() != 0 { missing.append("root") }
        guard !missing.isEmpty, !isCI else { return .enabled(if: true) }
        let text = "*** NOT RUN: a test needs \(missing.joined(separator: ", ")); .ci/install installs it\n"
        FileHandle.standardError.write(Data(text.utf8))
        return .disabled("\(missing.joined(separator: ", ")) is missing, see standard error")
    }
}
