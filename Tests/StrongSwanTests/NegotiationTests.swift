import Testing

/// Two real charons, one strictly as the API says, one with a device's configuration.
@Suite("Negotiation between two charons", .needsTwoCharons)
struct NegotiationTests {
    private static let turin = CloudPeer(
        ikeVersion: 1, address: "203.0.113.120", deviceAddress: "198.51.100.130", localID: "203.0.113.120",
        remoteID: "198.51.100.130", key: Array("u6nYPwi6GMoPqE37".utf8),
        localSubnet: "10.16.0.0/20,10.16.32.0/20", remoteSubnet: "192.168.40.0/24,192.168.44.0/22")

    private static let graz = CloudPeer(
        address: "203.0.113.80", deviceAddress: "198.51.100.41", localID: "203.0.113.80",
        remoteID: "edge1.graz.example.com", key: DeviceConfiguration.routeBasedKey)

    private func cloudSide(_ peers: [CloudPeer], hosts: [String] = ["10.16.0.1", "10.16.32.1"]) -> Side {
        Side(addresses: peers.map(\.address), hosts: hosts, configuration: CloudPeer.configuration(peers))
    }

    private let turinDevice = Side(
        addresses: ["198.51.100.130"], hosts: ["192.168.40.1", "192.168.44.1"],
        configuration: DeviceConfiguration.policyBased)

    private let grazDevice = Side(
        addresses: ["198.51.100.41"], hosts: ["172.22.0.1"], configuration: DeviceConfiguration.routeBased)

    @Test("IKEv1 with two networks on each side: four children, traffic, rekeying of both SAs")
    func policyBased() async throws {
        try await withNegotiation(cloud: cloudSide([Self.turin]), device: turinDevice) { pair in
            #expect(pair.cloudLoad.complaints == [])
            #expect(pair.deviceLoad.complaints == [])
            let children = try await pair.installed(["turin-1-1", "turin-1-2", "turin-2-1", "turin-2-2"])
            #expect(
                children.success?.map { "\($0.local) \($0.remote)" } == [
                    #"["192.168.40.0/24"] ["10.16.0.0/20"]"#, #"["192.168.40.0/24"] ["10.16.32.0/20"]"#,
                    #"["192.168.44.0/22"] ["10.16.0.0/20"]"#, #"["192.168.44.0/22"] ["10.16.32.0/20"]"#,
                ], "\(children)")
            #expect(children.success?.first?.suite == "AES_CBC-256/HMAC_SHA2_256_128/MODP_2048")
            #expect(try await pair.passesTraffic(from: "192.168.40.1", to: "10.16.0.1"))
            #expect(try await pair.passesTraffic(from: "192.168.44.1", to: "10.16.32.1"))
            let child = try await pair.rekeyChild("turin-2-2")
            #expect(child.success?.remote == ["10.16.32.0/20"], "\(child)")
            let ike = try await pair.rekeyIKE("turin")
            #expect(
                ike.success?.suite == "AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048", "\(ike)")
        }
    }

    @Test("IKEv2 any to any with a name and a key full of special characters")
    func routeBased() async throws {
        let cloud = cloudSide([Self.graz], hosts: ["10.96.0.7"])
        try await withNegotiation(cloud: cloud, device: grazDevice) { pair in
            let children = try await pair.installed(["graz"])
            // IKEv2's first child is made without a DH exchange of its own.
            #expect(children.success?.map(\.suite) == ["AES_CBC-256/HMAC_SHA2_256_128"], "\(children)")
            #expect(try await pair.passesTraffic(from: "172.22.0.1", to: "10.96.0.7"))
            let child = try await pair.rekeyChild("graz")
            #expect(child.success?.suite == "AES_CBC-256/HMAC_SHA2_256_128/MODP_2048", "\(child)")
            let ike = try await pair.rekeyIKE("graz")
            #expect(ike.success != nil, "\(ike)")
        }
    }

    @Test("IKEv1 aggressive with a name, from an address the cloud does not know, without PFS")
    func aggressive() async throws {
        let bergen = CloudPeer(
            ikeVersion: 1, aggressive: true, address: "203.0.113.140", deviceAddress: "%any",
            localID: "203.0.113.140", remoteID: "kiosk-bergen.example.net",
            key: Array("IFZkpVGeYwNWNltKgNdP7u2q".utf8), ikeProposal: "aes256-sha256-modp1536",
            espProposal: "aes256-sha256", localSubnet: "10.120.0.0/16", remoteSubnet: "192.168.77.0/24")
        let device = Side(
            addresses: ["192.0.2.200"], hosts: ["192.168.77.1"], configuration: DeviceConfiguration.aggressive
        )
        try await withNegotiation(cloud: cloudSide([bergen], hosts: ["10.120.0.1"]), device: device) { pair in
            let children = try await pair.installed(["bergen"])
            #expect(children.success?.map(\.suite) == ["AES_CBC-256/HMAC_SHA2_256_128"], "\(children)")
            #expect(try await pair.passesTraffic(from: "192.168.77.1", to: "10.120.0.1"))
            let child = try await pair.rekeyChild("bergen")
            #expect(child.success?.suite == "AES_CBC-256/HMAC_SHA2_256_128", "\(child)")
        }
    }

    @Test("Two tunnels with one device identity and a key each come up side by side")
    func dualTunnel() async throws {
        var peers: [CloudPeer] = []
        for (number, (address, key)) in [
            ("203.0.113.50", "b2ZJ6X3ClRPVWymfg3ZUDqip"), ("203.0.113.51", "1tXyD2v7uI3PbpFJn503mQ8z"),
        ].enumerated() {
            peers.append(
                CloudPeer(
                    name: "t\(number + 1)", address: address, deviceAddress: "198.51.100.90",
                    localID: address, remoteID: "198.51.100.90", key: Array(key.utf8)))
        }
        let device = Side(
            addresses: ["198.51.100.90"], hosts: ["172.27.0.1"], configuration: DeviceConfiguration.dualTunnel
        )
        try await withNegotiation(cloud: cloudSide(peers), device: device) { pair in
            let children = try await pair.installed(["hq-t1", "hq-t2"])
            #expect(children.success != nil, "\(children)")
            for name in ["hq-t1", "hq-t2"] {
                let child = try await pair.rekeyChild(name)
                #expect(child.success != nil, "\(child)")
            }
        }
    }

    @Test("A wrong PFS group comes up and fails at the first rekeying", arguments: ["-modp1024", ""])
    func wrongGroup(cloudGroup: String) async throws {
        var peer = Self.graz
        peer.espProposal = "aes256-sha256" + cloudGroup
        try await withNegotiation(cloud: cloudSide([peer]), device: grazDevice) { pair in
            let children = try await pair.installed(["graz"])
            #expect(children.success != nil, "\(children)")
            let child = try await pair.rekeyChild("graz")
            #expect(child.failure?.contains("NO_PROPOSAL_CHOSEN") == true, "\(child)")
        }
    }

    @Test("A key that differs in one byte is refused")
    func wrongKey() async throws {
        var peer = Self.graz
        peer.key = Array(#"q"T7n#L$x{9}W;k'4"#.utf8)
        try await withNegotiation(cloud: cloudSide([peer]), device: grazDevice) { pair in
            let end = try await pair.initiate("graz")
            #expect(end.failure?.contains("AUTHENTICATION_FAILED") == true, "\(end)")
        }
    }

    @Test("Another identity than the cloud expects is refused")
    func wrongIdentity() async throws {
        var peer = Self.graz
        peer.remoteID = "198.51.100.41"
        try await withNegotiation(cloud: cloudSide([peer]), device: grazDevice) { pair in
            let end = try await pair.initiate("graz")
            #expect(end.failure?.contains("AUTHENTICATION_FAILED") == true, "\(end)")
        }
    }
}
