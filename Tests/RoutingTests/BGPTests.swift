import TestSupport
import Testing

/// A real bgpd with what peerconf rendered, and one for each cloud with what the API's fields say.
@Suite("frr.conf with two real bgpd", .needsRouters)
struct BGPTests {
    static let own = ["10.64.0.0/12", "192.168.40.0/24"]
    static let announced = ["172.16.0.0/16", "172.17.8.0/24"]
    static let rogue = ["0.0.0.0/0", "10.64.0.0/12", "10.65.1.0/24", "169.254.200.0/24"]

    private func files(_ rendered: Rendered) throws -> [(name: String, text: String)] {
        var files = [(name: "frr.conf", text: try rendered.file("frr.conf"))]
        if let secrets = rendered.files["frr.secrets.conf"] { files.append(("frr.secrets.conf", secrets)) }
        return files
    }

    @Test(
        "Master and slave: exactly the intended prefixes, the master first both ways, the slave when it is cut",
        arguments: [nil, "Md5-Key.7"])
    func masterAndSlave(key: String?) async throws {
        let connection = Examples.masterAndSlave(key: key)
        let rendered = try await Rendered.render([connection], site: siteFile(advertise: Self.own))
        try await BGPLab.run(
            [connection], announcing: [connection.id: .init(own: Self.announced, rogue: Self.rogue)],
            files: try files(rendered)
        ) { lab in
            try await lab.converge()
            let cloud = try #require(lab.clouds[connection.id])
            try await settled(lab.device, Self.announced, cloud, Self.own)
            let seen = try await lab.device.table()
            #expect(seen.prefixes(from: "169.254.10.1") == Self.announced.sorted())
            #expect(seen.prefixes(from: "169.254.20.1") == Self.announced.sorted())
            for prefix in Self.announced { #expect(seen.best(prefix) == "169.254.10.1") }
            let told = try await cloud.table()
            #expect(told.prefixes(from: "169.254.10.2") == Self.own.sorted())
            #expect(told.prefixes(from: "169.254.20.2") == Self.own.sorted())
            // The cloud originates 10.64.0.0/12 itself here, as a rogue: judge by the other prefix.
            #expect(told.best("192.168.40.0/24") == "169.254.10.2")
            let routes = try await polled(within: 10) {
                let routes = try await lab.device.kernelRoutes()
                return routes.contains("172.16.0.0/16") && routes.contains("dev t11") ? routes : nil
            }
            #expect(routes != nil, "the kernel must have the route by the master")

            try await lab.device.namespace.ip("link set t11 down")
            let moved = try await polled(within: 20) {
                let here = try await lab.device.table().best("172.16.0.0/16") == "169.254.20.1"
                let there = try await cloud.table().best("192.168.40.0/24") == "169.254.20.2"
                return here && there ? true : nil
            }
            #expect(moved == true)
        }
    }

    @Test("Equal tunnels share the traffic")
    func equalTunnels() async throws {
        let connection = Examples.equalTunnels()
        let rendered = try await Rendered.render([connection], site: siteFile(advertise: Self.own))
        try await BGPLab.run(
            [connection], announcing: [connection.id: .init(own: Self.announced)], files: try files(rendered)
        ) { lab in
            try await lab.converge()
            let cloud = try #require(lab.clouds[connection.id])
            try await settled(lab.device, Self.announced, cloud, Self.own)
            let paths = try await polled(within: 10) {
                let routes = try await lab.device.kernelRoutes()
                return routes.contains("dev t11") && routes.contains("dev t12") ? routes : nil
            }
            #expect(paths != nil, "both tunnels must carry 172.16.0.0/16")
            #expect(try await cloud.table().routes["192.168.40.0/24"]?.map(\.path) == ["65530", "65530"])
        }
    }

    @Test("One AS on both sides: the preference travels as local-preference, not as a longer path")
    func internalSessions() async throws {
        var connection = Examples.masterAndSlave(key: nil)
        for index in connection.tunnels.indices { connection.tunnels[index].localASN = 65530 }
        let rendered = try await Rendered.render([connection], site: siteFile(advertise: Self.own))
        let configuration = try rendered.file("frr.conf")
        #expect(!configuration.contains("prepend"))
        #expect(configuration.contains("next-hop-self"))
        try await BGPLab.run(
            [connection], announcing: [connection.id: .init(own: Self.announced)], files: try files(rendered)
        ) { lab in
            try await lab.converge()
            let cloud = try #require(lab.clouds[connection.id])
            try await settled(lab.device, Self.announced, cloud, Self.own)
            let told = try await cloud.table()
            #expect(told.best("192.168.40.0/24") == "169.254.10.2")
            #expect(told.routes["192.168.40.0/24"]?.compactMap(\.locPrf).sorted() == [100, 200])
            #expect(try await lab.device.table().best("172.16.0.0/16") == "169.254.10.1")
        }
    }

    @Test("Two connections, two AS numbers of one router: nothing passes from one cloud to the other")
    func noTransit() async throws {
        let first = Examples.masterAndSlave(key: nil)
        let second = Examples.single(key: "other-Key", asn: 65531)
        let rendered = try await Rendered.render([first, second], site: siteFile(advertise: Self.own))
        try await BGPLab.run(
            [first, second],
            announcing: [first.id: .init(own: ["172.16.0.0/16"]), second.id: .init(own: ["172.30.0.0/16"])],
            files: try files(rendered)
        ) { lab in
            try await lab.converge()
            let clouds = [try #require(lab.clouds[first.id]), try #require(lab.clouds[second.id])]
            for (cloud, announced) in zip(clouds, ["172.16.0.0/16", "172.30.0.0/16"]) {
                try await settled(lab.device, [announced], cloud, Self.own)
            }
            #expect(try await lab.device.table().best("172.30.0.0/16") == "169.254.30.2")
            #expect(try await clouds[0].table().routes.keys.sorted() == (Self.own + ["172.16.0.0/16"]).sorted())
            #expect(try await clouds[1].table().routes.keys.sorted() == (Self.own + ["172.30.0.0/16"]).sorted())
            #expect(try await clouds[1].table().routes["192.168.40.0/24"]?.map(\.path) == ["65531"])
        }
    }

    @Test("With nothing to announce the session comes up and announces nothing")
    func nothingToAnnounce() async throws {
        let connection = Examples.single(key: nil, asn: 65530)
        let rendered = try await Rendered.render([connection], site: siteFile())
        #expect(rendered.messages.contains("[strongswan/nothing-announced]"))
        try await BGPLab.run(
            [connection], announcing: [connection.id: .init(own: Self.announced, rogue: ["0.0.0.0/0"])],
            files: try files(rendered)
        ) { lab in
            try await lab.converge()
            let cloud = try #require(lab.clouds[connection.id])
            try await settled(lab.device, Self.announced, cloud, [])
            #expect(try await lab.device.table().routes.keys.sorted() == Self.announced.sorted())
            #expect(try await cloud.table().prefixes(from: "169.254.30.1") == [])
        }
    }

    /// Everything printable but the blank, cut into keys, with signs first and last.
    static let keys = [
        ##"!"#$%&'()*+,-./0123456789:;<=>@[\]^_`{|}~"##, "#first~", "\"quoted\"", "'single'", "\\back\\slash\\",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0x41", "0sQUJD", "8", "!", "|grep",
        String(repeating: "k", count: 64),
    ]

    @Test("Keys arrive exactly: the session comes up with the raw key on the other side", arguments: keys.indices)
    func exactKeys(index: Int) async throws {
        let key = Self.keys[index]
        let connection = Examples.single(key: key, asn: 65530)
        let secrets = index.isMultiple(of: 2) ? "split" : "inline"
        let rendered = try await Rendered.render([connection], site: siteFile(), secrets: secrets)
        #expect((rendered.files["frr.secrets.conf"] == nil) == (secrets == "inline"))
        try await BGPLab.run([connection], announcing: [:], files: try files(rendered)) { lab in
            try await lab.converge()
            let running = try await lab.device.runningConfiguration()
            #expect(running.split(separator: "\n").contains(" neighbor 169.254.30.2 password \(key)"))
        }
    }

    @Test("Every printable character in each of 64 places, and keys of every length, are bgpd's as they were sent")
    func keysOfEveryPlace() async throws {
        let keys = KeySquare.keys(length: 64)
        let connections = keys.enumerated().map { index, key in
            var connection = Examples.single(key: key, asn: 65530)
            let (third, fourth) = (10 + index / 60, index % 60 * 4)
            connection.id = "vco-key\(index)"
            connection.tunnels[0].localBGP = "169.254.\(third).\(fourth + 1)"
            connection.tunnels[0].peerBGP = "169.254.\(third).\(fourth + 2)"
            connection.tunnels[0].tunnelCIDR = "169.254.\(third).\(fourth)/30"
            return connection
        }
        let rendered = try await Rendered.render(connections, site: siteFile(), secrets: "inline")
        let namespace = try await Namespace(role: "keys")
        do {
            let router = try await Router(in: namespace)
            try await router.load(try rendered.file("frr.conf"), as: "frr.conf")
            let held = Set(try await router.runningConfiguration().split(separator: "\n").map(String.init))
            for (index, key) in keys.enumerated() {
                let address = connections[index].tunnels[0].localBGP ?? ""
                let isExact = held.contains(" neighbor \(address) password \(key)")
                #expect(isExact, "key number \(index)")
            }
        } catch {
            await namespace.end()
            throw error
        }
        await namespace.end()
        print("bgpd: \(keys.count) keys exact")
    }

    @Test("With another key, or none, there is no session: the test can tell", arguments: ["wrong-Key", nil])
    func wrongKey(cloudKey: String?) async throws {
        var raw = Examples.single(key: "right-Key", asn: 65530)
        let rendered = try await Rendered.render([raw], site: siteFile())
        raw.tunnels[0].authKey = cloudKey
        try await BGPLab.run([raw], announcing: [:], files: try files(rendered)) { lab in
            _ = await #expect(throws: HarnessError.self) { try await lab.converge(within: 8) }
        }
    }

    /// Waits until the device has `there` and the cloud has `here`: the sessions are up before the prefixes arrive.
    private func settled(_ device: Router, _ there: [String], _ cloud: Router, _ here: [String]) async throws {
        let done = try await polled(within: 20) {
            let seen = try await device.table().routes
            let told = try await cloud.table().routes
            return there.allSatisfy { seen[$0] != nil } && here.allSatisfy { told[$0] != nil } ? true : nil
        }
        guard done != nil else {
            throw HarnessError("device: \(try await device.table())\ncloud: \(try await cloud.table())")
        }
        // Nothing that is on its way may be missed.
        try await Task.sleep(for: .seconds(1))
    }
}
