import Foundation
import TestSupport

/// A guest with its own kernel in which one end of a connection is the cloud, by the API's fields alone, and the other
/// is what peerconf rendered, unchanged and in its usual places.
struct Guest: Sendable {
    /// What the guest told, by name; what it told several times is joined by commas.
    let facts: [String: String]
    /// Everything it printed.
    let text: String

    /// Who begins to negotiate.
    enum Initiator: String, Sendable { case device, cloud }

    /// Boots, lets the story of ``GuestScript`` happen and collects the facts.
    ///
    /// - Parameter tunnels: the numbers that peerconf gave the master and the slave.
    static func run(
        _ connection: RawConnection, _ rendered: Rendered, pack: String, initiator: Initiator,
        tunnels: (master: Int, slave: Int), announcing networks: [String]
    ) async throws -> Guest {
        let isLegacy = pack == "strongswan-legacy"
        let isStatic = connection.tunnels[0].localBGP == nil
        let kind = isLegacy ? "vti" : "xfrm"
        let values = [
            "CLOUD1": connection.tunnels[0].internetIP, "CLOUD2": connection.tunnels[1].internetIP,
            "CLOUD_BGP1": connection.tunnels[0].localBGP ?? "", "CLOUD_BGP2": connection.tunnels[1].localBGP ?? "",
            "DEVICE": connection.tunnels[0].remoteAddress, "LAN_GATEWAY": "10.64.1.1", "LAN_HOST": "10.64.1.2",
            "LAN": "10.64.0.0/12", "CLOUD_HOST": "172.16.5.5", "PACK": pack, "INITIATOR": initiator.rawValue,
            "MASTER": "\(kind)\(tunnels.master)", "SLAVE": "\(kind)\(tunnels.slave)",
            "ROUTING": isStatic ? "static" : "bgp",
            "SCRIPT": isLegacy ? "/etc/ipsec.d/interfaces.sh" : "/etc/swanctl/interfaces.sh",
            "SHOW": ProcessInfo.processInfo.environment["PEERCONF_KEEP"] ?? "",
        ]
        var files = try Self.device(rendered, isLegacy: isLegacy)
        files["init"] = GuestScript.text
        files["case/values"] = values.map { "\($0)='\($1)'\n" }.sorted().joined()
        files["case/cloud.conf"] = CloudEnd.swanctl(connection, initiates: initiator == .cloud)
        if !isStatic {
            files["case/cloud.frr"] = CloudEnd.frr(connection, announcing: networks)
        }
        files["case/cloud.strongswan.conf"] = settings("charon-systemd", "cloud", plugins: "vici", isStatic: isStatic)
        files["case/device.strongswan.conf"] =
            isLegacy
            ? settings("charon", "device", plugins: "stroke updown", isStatic: isStatic)
            : settings("charon-systemd", "device", plugins: "vici updown", isStatic: isStatic)
        let text = try await GuestImage.boot(files, seconds: 400)
        var facts: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("FACT ") {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let value = words.count > 2 ? words[2] : ""
            facts[words[1]] = facts[words[1]].map { $0 + ", " + value } ?? value
        }
        return Guest(facts: facts, text: text)
    }

    /// Rendered files where the documents of the packs say they belong.
    private static func device(_ rendered: Rendered, isLegacy: Bool) throws -> [String: String] {
        var files: [String: String] = [:]
        for (path, text) in rendered.files {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            switch name {
            case "frr.conf", "frr.secrets.conf": files["etc/frr/\(name)"] = text
            case "interfaces.sh": files[isLegacy ? "etc/ipsec.d/\(name)" : "etc/swanctl/\(name)"] = text
            default: files[isLegacy ? "etc/ipsec.d/\(name)" : "etc/swanctl/conf.d/\(name)"] = text
            }
        }
        files["etc/swanctl/swanctl.conf"] = "include conf.d/*.conf\n"
        files["etc/ipsec.conf"] = "include /etc/ipsec.d/*.ipsec.conf\n"
        files["etc/ipsec.secrets"] = "include /etc/ipsec.d/*.ipsec.secrets\n"
        return files
    }

    private static func settings(_ daemon: String, _ space: String, plugins: String, isStatic: Bool) -> String {
        // Where routes follow the SAs, a dead peer must not take the 165 s of the default to be seen.
        let patience = isStatic ? "retransmit_tries = 2\n    retransmit_timeout = 2.0" : ""
        return """
            \(daemon) {
                load = random nonce aes des sha1 sha2 md5 gmp openssl hmac kdf drbg kernel-netlink socket-default \(plugins)
                # As the legacy files ask for; with XFRM interfaces it makes no difference.
                install_routes = \(plugins.contains("stroke") ? "no" : "yes")
                \(patience)
                filelog {
                    guest {
                        path = /run/\(space)/log
                        default = 1
                        flush_line = yes
                    }
                }
                plugins {
                    vici {
                        socket = unix:///run/\(space)/vici
                    }
                }
            }
            swanctl {
                load = random
            }

            """
    }
}
