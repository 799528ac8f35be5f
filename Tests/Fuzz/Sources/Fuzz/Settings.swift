import CloudAPI
import DevicePacks
import FieldReader
import Findings
import Foundation
import PeerModel
import Review

/// Two tunnels with everything that a site file can say something about.
private let fleet: ResponseSet = {
    let folder = ProcessInfo.processInfo.environment["PEERCONF_SAMPLES"] ?? "samples"
    let paths = ["response.xml", "customer-gateways.xml"].map { "\(folder)/dual-bgp-vpn-gateway/\($0)" }
    var answers = ResponseSet()
    for path in paths { answers.add(file: path) }
    answers.finish()
    precondition(!answers.connections.isEmpty, "PEERCONF_SAMPLES must name the folder of samples")
    return answers
}()

private let pack: Pack? = try? PackLibrary.builtIn.pack("strongswan")

/// A site file, and a fleet rendered with it.
@Sendable func exerciseSite(_ bytes: [UInt8]) {
    do throws(Finding) {
        let site = try SiteFile(toml: String(decoding: bytes, as: UTF8.self), file: "site")
        if let pack { render(fleet, with: pack, site: site) }
    } catch {
        check(error)
    }
}

/// A lock file: what is read is written and read again, and gives numbers.
@Sendable func exerciseLock(_ bytes: [UInt8]) {
    do throws(Finding) {
        let lock = try NumberLock(text: String(decoding: bytes, as: UTF8.self), file: "lock")
        do throws(Finding) {
            let again = try NumberLock(text: lock.text, file: "lock")
            precondition(again == lock, "a lock reads otherwise than it was written")
        } catch {
            preconditionFailure("a lock can't read its own text: \(error.message)")
        }
        if let pack { render(fleet, with: pack, site: SiteFile(), lock: lock) }
    } catch {
        check(error)
    }
}

/// A waivers file.
@Sendable func exerciseWaivers(_ bytes: [UInt8]) {
    do throws(Finding) {
        let waivers = try Waivers(toml: String(decoding: bytes, as: UTF8.self), file: "waivers")
        guard let today = CalendarDate("2026-11-23") else { return }
        let findings = [Finding("PC131", .warning, "something", at: Place(connection: "vco-a", tunnel: "tun-a"))]
        let outcome = waivers.applied(to: findings, today: today)
        precondition(outcome.findings.count + outcome.waived.count >= findings.count, "a finding is lost")
    } catch {
        check(error)
    }
}

/// A policy of the user's own.
@Sendable func exercisePolicy(_ bytes: [UInt8]) {
    do throws(Finding) {
        _ = try Policy(toml: String(decoding: bytes, as: UTF8.self), file: "policy", name: "policy")
    } catch {
        check(error)
    }
}

/// The manifest of a pack of the user's own, over the built-in templates.
@Sendable func exerciseManifest(_ bytes: [UInt8]) {
    do throws(Finding) {
        let library = PackLibrary.builtIn.overlaid(with: ["strongswan/strongswan.toml": bytes])
        let pack = try library.pack("strongswan")
        _ = PackCheck(pack).findings()
    } catch {
        check(error)
    }
}

/// A finding is one line of moderate length, whatever the file held.
private func check(_ finding: Finding) {
    precondition(!finding.message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, "control character")
    precondition(finding.message.utf8.count < 2000, "a message of \(finding.message.utf8.count) bytes")
}
