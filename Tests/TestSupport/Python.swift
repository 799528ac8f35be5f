import Foundation

/// The Python that has Jinja2 and the other judges: `.ci/install` makes it.
public enum Python {
    /// `PEERCONF_PYTHON`, else the one that `.ci/install` made, else the system's.
    public static let path: String = {
        let own = Repository.path(".build-tools/python/bin/python")
        let named = ProcessInfo.processInfo.environment["PEERCONF_PYTHON"]
        let candidates = [named, own, "/usr/local/bin/python3", "/usr/bin/python3"].compactMap(\.self)
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "/usr/bin/python3"
    }()
}
