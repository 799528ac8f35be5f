import TestSupport
import Testing

/// A Linux kernel with ESP, XFRM interfaces and VTIs, in an emulator: tunnels, routers and traffic as in the field.
///
/// The cloud's addresses are private and inside the network that it announces: only the pins keep IKE and ESP out of
/// the tunnel. It also announces what no device may believe.
@Suite("A real kernel: traffic through two tunnels, the master cut, nothing in clear", .needsEmulator)
struct KernelTests {
    private var connection: RawConnection {
        var connection = Examples.masterAndSlave(key: "Md5-Key.7")
        for (index, address) in ["172.31.1.1", "172.31.2.1"].enumerated() {
            connection.tunnels[index].internetIP = address
            connection.tunnels[index].localID = address
            connection.tunnels[index].psk += "\(index)"
        }
        return connection
    }

    /// Numbers follow the ids: the slave's comes first.
    private let tunnels = (master: 102, slave: 101)

    @Test(
        "Both packs, whoever begins",
        arguments: [("strongswan", Guest.Initiator.device, "xfrm"), ("strongswan-legacy", .cloud, "vti")])
    func traffic(pack: String, initiator: Guest.Initiator, kind: String) async throws {
        try RoutingTools.emulator.require()
        var more = "wan_interface = \"wan0\"\nbgp_keepalive = 1\nbgp_hold = 3\n"
        if initiator == .cloud { more += "initiates = false\n" }
        let rendered = try await Rendered.render(
            [connection], site: siteFile(advertise: ["10.64.0.0/12"], routes: ["172.16.0.0/12"], more: more),
            device: pack)
        let guest = try await Guest.run(
            connection, rendered, pack: pack, initiator: initiator, tunnels: tunnels,
            announcing: ["172.16.0.0/12", "0.0.0.0/0", "10.65.0.0/16", "169.254.200.0/24"])
        let facts = guest.facts
        let (master, slave) = ("\(kind)102", "\(kind)101")
        #expect(facts["failed"] == nil, "\(facts["failed"] ?? "")")
        // Two tunnels, an SA in each direction of both.
        #expect(facts["states"] == "4")
        #expect(facts["status"] == "2")
        // Exactly the intended prefixes, by the master both ways.
        #expect(facts["learned"] == "172.16.0.0/12")
        #expect(facts["told"] == "10.64.0.0/12")
        #expect(facts["up"] == "\(master) t1")
        #expect(facts["pins"] == "wan0 wan0")
        // A whole transfer by TCP, its segments made to fit.
        #expect(facts["tcp"] == "300000")
        #expect(facts["mss"] == "mss 1360")
        #expect(facts["cut"] == "\(slave) t2")
        #expect(facts["back"] == "\(master) t1")
        #expect(facts["ping"] == "up, cut, back", "through the tunnels, and not when both are cut")
        #expect(facts["gone"]?.contains("Invalid argument") == true, "a blackhole: \(facts["gone"] ?? "")")
        #expect(facts["clear"] == "0")
        #expect(facts["esp"] == "many")
        #expect(facts["left"] == "nothing")
        #expect(facts["listening"] == "works")
        if facts["ping"] != "up, cut, back" { Issue.record("the guest said:\n\(guest.text)") }
    }

    @Test("Without BGP: routes follow the SAs to the slave and back, and to nowhere while there is none")
    func staticFailover() async throws {
        try RoutingTools.emulator.require()
        var connection = connection
        for index in connection.tunnels.indices {
            connection.tunnels[index].localBGP = nil
            connection.tunnels[index].authKey = nil
        }
        let rendered = try await Rendered.render(
            [connection],
            site: siteFile(routes: ["172.16.0.0/12"], more: "wan_interface = \"wan0\"\ndpd_delay = 2\n"),
            device: "strongswan")
        let guest = try await Guest.run(
            connection, rendered, pack: "strongswan", initiator: .device, tunnels: tunnels, announcing: [])
        let facts = guest.facts
        #expect(facts["failed"] == nil, "\(facts["failed"] ?? "")")
        #expect(facts["states"] == "4")
        #expect(facts["status"] == "2")
        #expect(facts["up"] == "xfrm102 t1")
        #expect(facts["pins"] == "wan0 wan0")
        #expect(facts["cut"] == "xfrm101 t2")
        #expect(facts["back"] == "xfrm102 t1")
        #expect(facts["ping"] == "up, cut, back", "through the tunnels, and not when both are cut")
        #expect(facts["gone"]?.contains("Invalid argument") == true, "a blackhole: \(facts["gone"] ?? "")")
        #expect(facts["clear"] == "0")
        #expect(facts["left"] == "nothing")
        #expect(facts["listening"] == "works")
        print("static dual tunnel in the guest: \(facts["seconds"] ?? "?") s")
        if facts["ping"] != "up, cut, back" { Issue.record("the guest said:\n\(guest.text)") }
    }
}
