import Foundation
import TestSupport
import Testing

/// What VyOS and Cisco routers are told, or refuse, so that nothing leaves in clear and every key is found.
@Suite("Guards of VyOS and Cisco")
struct PackGuardTests {
    static let packs = ["vyos@1.3", "vyos@1.4", "vyos@1.5", "cisco-ios@15.x", "cisco-ios@16.12", "cisco-ios@17.11"]

    @Test("With BGP, networks that are known are dropped behind BGP's routes; unknown ones are told", arguments: packs)
    func blackholes(pack: String) async throws {
        let connection = Examples.masterAndSlave(key: nil)
        let known = try await Rendered.render([connection], site: siteFile(routes: ["172.16.0.0/12"]), device: pack)
        let text = try known.file(name(connection.id, pack))
        let line =
            pack.hasPrefix("vyos")
            ? "\nset protocols static route 172.16.0.0/12 blackhole distance '254'\n"
            : "\nip route 172.16.0.0 255.240.0.0 Null0 250\n"
        #expect(text.contains(line))
        #expect(!known.messages.contains("no-blackholes"))
        let unknown = try await Rendered.render([connection], site: siteFile(), device: pack)
        #expect(unknown.messages.contains("/no-blackholes]"))
        #expect(try unknown.file(name(connection.id, pack)).contains("Not known: the cloud's networks."))
    }

    @Test(
        "A private address of the cloud has its warning and its command; in a VRF no route can catch it",
        arguments: packs)
    func learned(pack: String) async throws {
        var connection = Examples.masterAndSlave(key: nil)
        connection.tunnels[0].internetIP = "172.31.1.1"
        let rendered = try await Rendered.render([connection], site: siteFile(), device: pack)
        #expect(rendered.messages.components(separatedBy: "/cloud-learned]").count == 2)
        let command =
            pack.hasPrefix("vyos")
            ? "#   set protocols static route 172.31.1.1/32 next-hop GATEWAY"
            : "!   ip route 172.31.1.1 255.255.255.255 <gateway>"
        #expect(try rendered.file(name(connection.id, pack)).components(separatedBy: command).count == 2)
        let inside = try await Rendered.render([connection], site: siteFile(routes: ["172.16.0.0/12"]), device: pack)
        #expect(inside.messages.contains("/cloud-behind-tunnel]") && !inside.messages.contains("/cloud-learned]"))
        guard pack != "vyos@1.3" else { return }
        let vrf = try await Rendered.render([connection], site: siteFile(more: "vrf = \"CLOUD\""), device: pack)
        #expect(!vrf.messages.contains("/cloud-learned]"))
    }

    @Test("Identities that strongSwan would take for hexadecimal digits", arguments: ["vyos@1.4", "vyos@1.5"])
    func hexadecimal(pack: String) async throws {
        for (field, path) in [("LocalId", \RawTunnel.localID), ("RemoteId", \RawTunnel.remoteID)] {
            var connection = Examples.staticSingle()
            connection.tunnels[0][keyPath: path] = "#a=b"
            let rendered = try await Rendered.render([connection], site: siteFile(), device: pack)
            #expect(rendered.messages.contains("identity-hex]"), "\(field)")
            #expect(rendered.files[name(connection.id, pack)] == nil)
        }
    }

    @Test("Two keys for the same four owners: VyOS 1.3 files keys under addresses, too; later ones do not")
    func owners() async throws {
        var one = Examples.staticSingle()
        one.tunnels[0].localID = "cloud.example.com"
        var two = one
        two.id = "vco-static-two"
        two.tunnels[0].internetIP = "203.0.113.77"
        two.tunnels[0].remoteID = "edge.example.com"
        two.tunnels[0].psk = "another-Key-4"
        let site = siteFile(routes: ["172.16.0.0/12"])
        let old = try await Rendered.render([one, two], site: site, device: "vyos@1.3")
        #expect(old.messages.components(separatedBy: "[vyos/contested-addresses]").count == 2)
        #expect(old.files[name(one.id, "vyos")] == nil && old.files[name(two.id, "vyos")] != nil)
        let new = try await Rendered.render([one, two], site: site, device: "vyos@1.4")
        #expect(!new.messages.contains("contested") && new.files[name(one.id, "vyos")] != nil)
        two.tunnels[0].psk = one.tunnels[0].psk
        let same = try await Rendered.render([one, two], site: site, device: "vyos@1.3")
        #expect(!same.messages.contains("contested"))
    }

    @Test(
        "Traffic that another connection's bypass would let out in clear is refused", arguments: ["1.3", "1.4", "1.5"])
    func bypass(release: String) async throws {
        func pair(_ id: String, _ host: Int, cloud: String, device: String) -> RawConnection {
            var connection = Examples.staticSingle()
            connection.id = id
            connection.tunnels[0].internetIP = "203.0.113.\(host)"
            connection.tunnels[0].localID = "203.0.113.\(host)"
            (connection.localSubnet, connection.remoteSubnet) = (cloud, device)
            return connection
        }
        let wide = pair("vco-wide", 81, cloud: "10.0.0.0/8", device: "10.1.0.0/16")
        let inside = pair("vco-inside", 82, cloud: "10.1.2.0/24", device: "10.1.1.0/24")
        let beside = pair("vco-beside", 83, cloud: "10.1.3.0/24", device: "172.16.0.0/24")
        let rendered = try await Rendered.render(
            [wide, inside, beside], site: siteFile(), device: "vyos@\(release)")
        let refused = release == "1.3" ? 1 : 2
        #expect(rendered.messages.components(separatedBy: "networks-bypassed-by-other]").count == refused)
        #expect((rendered.files["vco-inside.vyos"] == nil) == (release != "1.3"))
        #expect(rendered.files["vco-wide.vyos"] != nil && rendered.files["vco-beside.vyos"] != nil)
    }

    private func name(_ id: String, _ pack: String) -> String { id + (pack.hasPrefix("vyos") ? ".vyos" : ".ios") }
}
