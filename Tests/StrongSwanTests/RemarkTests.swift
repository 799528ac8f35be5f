import Foundation
import TestSupport
import Testing

/// What the files say for people: what else the host needs, and who it is.
@Suite("strongSwan packs say what else is needed")
struct RemarkTests {
    static let packs = InitiatorTests.packs
    private static let nft = "/usr/sbin/nft"

    /// Runs the `nft` commands of the remarks, without their mark, on tables as a usual host has them.
    private func ruleset(_ output: CommandOutput) async throws -> String {
        let commands = output.stdout.split(separator: "\n").filter { $0.hasPrefix("# nft ") }.map { $0.dropFirst(2) }
        let namespace = try await Namespace(role: "remarks")
        do {
            let usual = """
                set -e
                \(Self.nft) -f - <<'END'
                table inet filter {
                    chain input { type filter hook input priority filter; policy drop; }
                    chain forward { type filter hook forward priority filter; policy drop; }
                }
                table ip nat {
                    chain postrouting { type nat hook postrouting priority srcnat; masquerade; }
                }
                END
                nft() { \(Self.nft) "$@"; }

                """
            let path = try namespace.write(usual + commands.joined(separator: "\n") + "\n", to: "remarks.sh")
            try await namespace.run("/bin/sh", [path])
            let text = try await namespace.run(Self.nft, ["list", "ruleset"]).stdout
            await namespace.end()
            return text
        } catch {
            await namespace.end()
            throw error
        }
    }

    @Test("Policy-based: nft takes the commands, and they name the real networks", .needsCharon, arguments: packs)
    func policyBased(pack: String) async throws {
        let output = try await RefusalTests.render(try InitiatorTests.page([]), pack)
        let text = try await ruleset(output)
        for line in [
            "ip saddr 203.0.100.2 udp dport { 500, 4500 } accept", "ip saddr 203.0.100.2 ip protocol esp accept",
            "ip saddr 172.16.1.0/24 ip daddr 10.1.0.0/16 tcp flags syn / syn,rst tcp option maxseg size set 1360",
            "ip saddr 10.1.0.0/16 ip daddr 172.16.1.0/24 tcp flags syn / syn,rst tcp option maxseg size set 1360",
        ] { #expect(text.contains(line), "\(line)\n\(text)") }
        // The exemption stands before the masquerade.
        let exemption = try #require(
            text.range(of: "ip saddr 172.16.1.0/24 ip daddr 10.1.0.0/16 accept\n\t\tmasquerade"))
        #expect(!exemption.isEmpty)
    }

    @Test("Route-based: the tunnel's interface is let pass and not masqueraded", .needsCharon, arguments: packs)
    func routeBased(pack: String) async throws {
        let page = try InitiatorTests.page(InitiatorTests.anyToAny + Self.gateway)
        let output = try await RefusalTests.render(page, pack, site: Self.own)
        let text = try await ruleset(output)
        let name = pack == "strongswan" ? "xfrm" : "vti"
        for pattern in [#"iifname "\#(name)\d+" accept"#, #"oifname "\#(name)\d+" accept\n\t\tmasquerade"#] {
            #expect(try text.contains(Regex(pattern)), "\(pattern)\n\(text)")
        }
        #expect(!output.stdout.contains("XFRM interfaces xfrm"))
    }

    /// What a VTI needs to know.
    static let gateway = [("<State>", "<InternetIp>203.0.100.2</InternetIp><State>")]
    static let own = "wan_address = \"10.255.0.2\"\n"

    @Test("Behind a NAT the host has its own address, and the cloud sees the NAT's", arguments: packs)
    func nat(pack: String) async throws {
        let output = try await RefusalTests.render(try InitiatorTests.page([]), pack, site: Self.own)
        #expect(
            output.stdout.contains("# This host is behind a NAT: it has 10.255.0.2, and the cloud sees 198.51.100.2."))
        #expect(output.stdout.contains("device (this host)  10.255.0.2 "))
        #expect(!output.stdout.contains("left out"))
        let plain = try await RefusalTests.render(try InitiatorTests.page([]), pack)
        #expect(!plain.stdout.contains("behind a NAT"))
    }

    @Test("A health check's target must answer", arguments: packs)
    func healthCheck(pack: String) async throws {
        let check = """
            <VcoHealthCheck><Enable>true</Enable><Sip>10.1.0.9</Sip><Dip>172.16.1.7</Dip><Interval>3</Interval>\
            <Retry>3</Retry><Status>success</Status></VcoHealthCheck><State>
            """
        let output = try await RefusalTests.render(try InitiatorTests.page([("<State>", check)]), pack)
        #expect(output.stdout.contains("# The cloud probes 172.16.1.7 from 10.1.0.9: it must answer ICMP"))
        #expect(!(try await RefusalTests.render(try InitiatorTests.page([]), pack)).stdout.contains("probes"))
    }
}
