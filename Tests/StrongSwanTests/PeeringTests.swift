import Foundation
import TestSupport
import Testing

/// Rendered files on the device, and the cloud strictly as the raw answer says.
@Suite("Rendered files against the cloud's charon", .needsTwoCharons, .needsStarter, .serialized)
struct PeeringTests {
    @Test(
        "ipsec.conf: all children come up, and survive rekeying",
        arguments: ["ikev1-main-2x2", "single-ikev2-policy", "ikev1-aggressive-nat"])
    func legacy(sample: String) async throws {
        let folder = Repository.path("samples/\(sample)")
        let fact = try #require(try AnswerFacts(folder: folder).tunnels.first)
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan-legacy", "--secrets", "inline"])
        let names = fact.children.count == 1 ? [fact.name] : (1...fact.children.count).map { "\(fact.name)-\($0)" }
        try await withPeers(cloud: [fact]) { device in
            let path = try LegacyLoad.install(documents(output.stdout), in: device)
            return try await Charon(in: device, esp: .userSpace, ipsecConf: path)
        } body: { pair in
            _ = try await LegacyLoad.read(pair.device, conns: names.count)
            for name in names {
                let up = try await pair.initiate(name)
                #expect(up.success != nil, "\(up)")
            }
            let children = try await pair.installed(Set(names))
            let held = (children.success ?? []).map {
                ResponseFacts.Child(device: Set($0.local), cloud: Set($0.remote))
            }
            #expect(Set(held) == Set(fact.children), "\(children)")
            let child = try await pair.rekeyChild(names[names.count - 1])
            #expect(child.success != nil, "\(child)")
        }
    }

    @Test("swanctl.conf with static routes: charon calls the script when SAs come and go")
    func updown() async throws {
        let folder = Repository.path("samples/dual-static-two-routers")
        let facts = try AnswerFacts(folder: folder).tunnels
        let output = try await Peerconf.run(["render", folder, "--device", "strongswan", "--secrets", "inline"])
        let files = documents(output.stdout).filter { $0.key.contains("/swanctl/") }.values.joined()
        let fact = try #require(facts.first)
        try await withPeers(cloud: [fact]) { device in
            let charon = try await Charon(in: device, esp: .userSpace)
            let script = try device.write(
                "echo $1 $PLUTO_VERB $PLUTO_CONNECTION >>\(device.folder)/calls\n", to: "interfaces.sh")
            #expect(files.contains(#"updown = "/bin/sh /etc/swanctl/interfaces.sh updown""#))
            let report = try await charon.load(files.replacing("/etc/swanctl/interfaces.sh", with: script))
            #expect(report.complaints == [])
            return charon
        } body: { pair in
            let children = try await pair.installed([fact.name])
            #expect(children.success != nil, "\(children)")
            let calls = pair.device.namespace.folder + "/calls"
            func called(_ verb: String) async throws -> Bool? {
                try await eventually(within: 10) {
                    let text = (try? String(contentsOfFile: calls, encoding: .utf8)) ?? ""
                    return text.contains("updown \(verb) \(fact.name)\n") ? true : nil
                }
            }
            #expect(try await called("up-client") == true)
            _ = try await pair.device.swanctl(["--terminate", "--ike", fact.name])
            #expect(try await called("down-client") == true)
        }
    }

    /// Two hosts on a line, the cloud loaded first.
    private func withPeers(
        cloud facts: [ResponseFacts], device start: (Namespace) async throws -> Charon,
        body: (Negotiation) async throws -> Void
    ) async throws {
        try Tools.require(Tools.missingForNegotiating + Tools.missingForStarting)
        let fleet = NegotiatedFleet(tunnels: facts, rendered: "")
        let spaces = (cloud: try await Namespace(role: "cloud"), device: try await Namespace(role: "device"))
        do {
            try await Line.join(spaces.cloud, fleet.cloud, spaces.device, fleet.device)
            let cloud = try await Charon(in: spaces.cloud, esp: .userSpace)
            let load = try await cloud.load(fleet.cloud.configuration)
            #expect(load.complaints == [])
            let device = try await start(spaces.device)
            try await body(Negotiation(cloud: cloud, device: device, cloudLoad: load, deviceLoad: load))
            await spaces.device.end()
            await spaces.cloud.end()
        } catch {
            await spaces.device.end()
            await spaces.cloud.end()
            throw error
        }
    }
}
