import Foundation
import TestSupport
import Testing

/// The programs that these tests need.
///
/// Without them a test fails on CI; elsewhere it is skipped and says so.
enum RoutingTools {
    static let folder = "/usr/lib/frr"
    static let vtysh = "/usr/bin/vtysh"
    static let nft = "/usr/sbin/nft"
    static let dash = "/usr/bin/dash"

    static let routers = Need(
        "Two real bgpd", [folder + "/zebra", folder + "/staticd", folder + "/bgpd", vtysh, Namespace.ipPath],
        isRoot: true)
    static let checker = Need("vtysh -C", [vtysh], isRoot: true)
    /// Nothing in an emulator needs root's rights, but reading the kernel's image may.
    static let emulator = Need(
        "A real kernel",
        [
            GuestImage.emulator, "/boot/vmlinuz-\(GuestImage.kernel ?? "…-cloud-amd64")", "/usr/bin/cpio",
            "/usr/bin/kmod", "/usr/bin/busybox", "/usr/bin/tcpdump", folder + "/bgpd", vtysh, nft, dash,
            "/usr/sbin/charon-systemd", "/usr/sbin/swanctl", "/usr/lib/ipsec/starter",
        ], isRoot: true)
    static let scripts = Need("interfaces.sh", [dash, nft, Namespace.ipPath], isRoot: true)

    /// What some tests can't do without.
    struct Need: Sendable {
        private let missing: [String]
        /// Yes with everything there, and yes on CI, where `require` then fails the test.
        let mayRun: Bool

        fileprivate init(_ tests: String, _ files: [String], isRoot: Bool) {
            var lacks = files.filter { !FileManager.default.fileExists(atPath: $0) }
            if isRoot, NSUserName() != "root" { lacks.append("root's rights") }
            missing = lacks
            mayRun = lacks.isEmpty || isCI
            guard !mayRun else { return }
            let text = "*** NOT RUN: \(tests) needs \(lacks.joined(separator: ", ")). See .ci/install.\n"
            FileHandle.standardError.write(Data(text.utf8))
        }

        /// Throws when something is missing, which happens on CI only.
        func require() throws {
            guard missing.isEmpty else { throw HarnessError("missing: \(missing.joined(separator: ", "))") }
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// The test starts FRRouting's daemons.
    static var needsRouters: Self { .enabled("no FRRouting, see standard error") { RoutingTools.routers.mayRun } }

    /// The test has vtysh check a configuration.
    static var needsVtysh: Self { .enabled("no vtysh, see standard error") { RoutingTools.checker.mayRun } }

    /// The test boots a kernel in an emulator.
    static var needsEmulator: Self { .enabled("no emulator, see standard error") { RoutingTools.emulator.mayRun } }

    /// The test runs interfaces.sh.
    static var needsShell: Self { .enabled("no dash or nft, see standard error") { RoutingTools.scripts.mayRun } }
}
