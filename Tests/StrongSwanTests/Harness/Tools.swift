import Foundation
import TestSupport
import Testing

/// The programs the tests in this target need, and what to do without them.
///
/// Without them a test must never pass quietly: on CI it fails, elsewhere it is skipped and says so on
/// standard error.
enum Tools {
    static let charon = "/usr/sbin/charon-systemd"
    static let swanctl = "/usr/sbin/swanctl"
    static let ip = "/usr/sbin/ip"
    static let userSpaceESP = "/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so"

    static let starter = "/usr/lib/ipsec/starter"

    /// What a charon needs that reads ipsec.conf.
    static let missingForStarting = missing(
        files: [starter, "/usr/lib/ipsec/charon", "/usr/lib/ipsec/stroke", swanctl, ip, userSpaceESP, "/dev/net/tun"])
    /// What a real charon in a network namespace of its own needs.
    static let missingForLoading = missing(files: [charon, swanctl, ip])
    /// What two charons that send each other packets need besides.
    static let missingForNegotiating = missing(files: [charon, swanctl, ip, userSpaceESP, "/dev/net/tun"])

    private static func missing(files: [String]) -> [String] {
        var lacks = files.filter { !FileManager.default.fileExists(atPath: $0) }
        if NSUserName() != "root" { lacks.append("root's rights (network namespaces)") }
        return lacks
    }

    /// Throws when something is missing.
    ///
    /// A test gets here without its tools on CI only.
    static func require(_ missing: [String]) throws {
        guard missing.isEmpty else {
            throw HarnessError("\(remedy) Missing: \(missing.joined(separator: ", "))")
        }
    }

    fileprivate static let remedy = """
        apt-get install charon-systemd strongswan-swanctl libcharon-extra-plugins \
        libstrongswan-extra-plugins strongswan-starter strongswan-charon iproute2, and be root.
        """

    /// Whether to go on: yes with all tools, and yes on CI, where `require` then fails the test.
    ///
    /// Constants, so that a run says each thing once.
    fileprivate static let mayLoad = mayRun("Loading into a real charon", missingForLoading)
    fileprivate static let mayStart = mayRun("Loading ipsec.conf by the real starter", missingForStarting)
    fileprivate static let mayNegotiate = mayRun("Negotiating between two charons", missingForNegotiating)

    private static func mayRun(_ tests: String, _ missing: [String]) -> Bool {
        if missing.isEmpty || isCI { return true }
        let text = "*** NOT RUN: \(tests) needs \(missing.joined(separator: ", ")). \(remedy)\n"
        FileHandle.standardError.write(Data(text.utf8))
        return false
    }
}

extension Trait where Self == ConditionTrait {
    /// The test starts a real charon.
    static var needsCharon: Self { .enabled("no charon to start, see standard error") { Tools.mayLoad } }

    /// The test starts charon by strongSwan's starter.
    static var needsStarter: Self { .enabled("no starter, see standard error") { Tools.mayStart } }

    /// The test lets two charons negotiate.
    static var needsTwoCharons: Self {
        .enabled("no two charons to start, see standard error") { Tools.mayNegotiate }
    }
}
