import Foundation
import TestSupport

/// A real charon in a network namespace of its own, with its own configuration, log and vici socket.
///
/// Any number may run side by side. Use `withCharon`, which ends it in every case.
final class Charon: Sendable {
    /// How charon handles ESP.
    enum ESP: Sendable {
        /// The kernel's: enough to load configurations, also where the kernel has no ESP.
        case kernel
        /// In user space (`kernel-libipsec`, ESP in UDP): real packets without the kernel's help.
        case userSpace
    }

    let namespace: Namespace
    /// The vici socket as swanctl wants it named.
    var uri: String { "unix://\(socket)" }
    /// The vici socket's path.
    var socket: String { "\(namespace.folder)/vici" }

    private let process: Process
    private var logPath: String { "\(namespace.folder)/charon.log" }

    /// Starts charon in `namespace` and waits until it answers.
    ///
    /// - Parameter ipsecConf: with it the starter starts charon and gives it this ipsec.conf; keys come from
    ///   `ipsec.secrets` in the namespace's folder.
    init(in namespace: Namespace, esp: ESP, ipsecConf: String? = nil) async throws {
        self.namespace = namespace
        let folder = namespace.folder
        let settings = try namespace.write(
            Self.settings(folder: folder, esp: esp, isLegacy: ipsecConf != nil), to: "strongswan.conf")
        process = Process()
        process.executableURL = URL(fileURLWithPath: Tools.ip)
        // `ip netns exec` becomes the program, it does not stay as its parent.
        process.arguments = ["netns", "exec", namespace.name]
        if let ipsecConf {
            // Sockets and process ids have fixed places below /run, which each namespace has for itself.
            let start = "mount -t tmpfs tmpfs /run && exec \(Tools.starter) --nofork --conf \(ipsecConf)"
            process.arguments?.append(contentsOf: ["/bin/sh", "-c", start])
        } else {
            process.arguments?.append(Tools.charon)
        }
        process.environment = ["STRONGSWAN_CONF": settings, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        let handle = try FileHandle.creating("\(folder)/charon.out")
        (process.standardInput, process.standardOutput, process.standardError) =
            (FileHandle.nullDevice, handle, handle)
        try process.run()
        let ready = try await eventually(within: 10) { [self] in
            // Its threads start last, and only they answer on the socket.
            let isUp = FileManager.default.fileExists(atPath: socket) && log().contains("worker threads")
            return isUp ? true : process.isRunning ? nil : false
        }
        guard ready == true else { throw HarnessError("charon did not start:\n\(log())") }
    }

    /// Asks charon to end and waits for it.
    func stop() async {
        if process.isRunning { process.terminate() }
        _ = try? await eventually(within: 5) { [process] in process.isRunning ? nil : true }
    }

    /// All that charon has logged so far, but for the coming and going of swanctl.
    func log() -> String {
        let text = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.contains("[CFG] vici client") }.map { $0 + "\n" }
            .joined()
    }

    /// Runs swanctl against this charon.
    func swanctl(
        _ arguments: [String], uri other: String? = nil, seconds: Int = 20
    ) async throws -> CommandOutput {
        try await Command.run(
            Tools.swanctl, arguments + ["--uri", other ?? uri],
            environment: [
                "STRONGSWAN_CONF": "\(namespace.folder)/strongswan.conf",
                "SWANCTL_DIR": "\(namespace.folder)/swanctl",
            ], seconds: seconds, atOnce: true)
    }

    private static func settings(folder: String, esp: ESP, isLegacy: Bool) -> String {
        let plugins = """
            random nonce aes des sha1 sha2 md5 gmp openssl hmac kdf drbg \
            \(esp == .userSpace ? "kernel-libipsec " : "")kernel-netlink socket-default vici\
            \(isLegacy ? " updown stroke" : " updown")
            """
        return """
            \(isLegacy ? "charon" : "charon-systemd") {
                load = \(plugins)
                # Only the responder of a PSK in aggressive mode asks for this; the cloud is one.
                i_dont_care_about_security_and_use_aggressive_mode_psk = yes
                # Without any distance an IKEv1 answer may arrive before charon has put the new SA away
                # where it looks for it; it is dropped and has to be sent again.
                retransmit_timeout = 0.5
                retransmit_base = 1.2
                # Many connections between few addresses would look like an attack.
                dos_protection = no
                journal {
                    default = -1
                }
                filelog {
                    test {
                        path = \(folder)/charon.log
                        default = 1
                        # The highest level tells keys: of what stroke reads there is no other way to know them.
                        cfg = \(isLegacy ? 4 : 2)
                        flush_line = yes
                    }
                }
                plugins {
                    vici {
                        socket = unix://\(folder)/vici
                    }
                    stroke {
                        secrets_file = \(folder)/ipsec.secrets
                    }
                }
            }
            swanctl {
                load = random
            }

            """
    }
}

extension Gate {
    /// Few charons at a time: what they are asked and how they end is judged by the clock.
    static let charons = Gate(places: 4)
}

/// Runs `body` with a charon that can load configurations; nothing of it remains afterwards.
func withCharon<Answer: Sendable>(_ body: (Charon) async throws -> Answer) async throws -> Answer {
    try Tools.require(Tools.missingForLoading)
    await Gate.charons.enter()
    defer { Task { await Gate.charons.leave() } }
    let namespace = try await Namespace(role: "load")
    do {
        let charon = try await Charon(in: namespace, esp: .kernel)
        let answer = try await body(charon)
        await charon.stop()
        await namespace.end()
        return answer
    } catch {
        await namespace.end()
        throw error
    }
}
