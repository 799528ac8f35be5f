import Foundation
import TestSupport

/// The device's router and one router for the cloud of each connection, joined by a line for each tunnel.
///
/// Tunnels are plain lines here: BGP sees an interface with a /30 either way.
struct BGPLab: Sendable {
    let device: Router
    /// Routers by the connections' ids.
    let clouds: [String: Router]
    let connections: [RawConnection]

    /// Prefixes that a cloud announces: its own, and some that no device should believe.
    struct Announcement: Sendable {
        var own: [String]
        var rogue: [String] = []
    }

    /// Gives `body` the lab, and takes it down in every case.
    static func run<Answer: Sendable>(
        _ connections: [RawConnection], announcing: [String: Announcement], cloudKey: String? = nil,
        files: [(name: String, text: String)], _ body: (BGPLab) async throws -> Answer
    ) async throws -> Answer {
        try RoutingTools.routers.require()
        await Gate.labs.enter()
        defer { Task { await Gate.labs.leave() } }
        var spaces: [Namespace] = []
        do {
            let device = try await Namespace(role: "device")
            spaces.append(device)
            var clouds: [String: Namespace] = [:]
            for (index, connection) in connections.enumerated() {
                let space = try await Namespace(role: "cloud\(index + 1)")
                spaces.append(space)
                clouds[connection.id] = space
                for (position, tunnel) in connection.tunnels.enumerated() {
                    try await join(tunnel, named: "t\(index + 1)\(position + 1)", device: device, cloud: space)
                }
            }
            var routers: [String: Router] = [:]
            for connection in connections {
                guard let space = clouds[connection.id] else { continue }
                let router = try await Router(in: space)
                let announcement = announcing[connection.id] ?? Announcement(own: [])
                try await router.load(
                    cloudConfiguration(connection, announcement, key: cloudKey), as: "cloud.conf")
                routers[connection.id] = router
            }
            let lab = BGPLab(device: try await Router(in: device), clouds: routers, connections: connections)
            for file in files { try await lab.device.load(file.text, as: file.name) }
            let answer = try await body(lab)
            for space in spaces { await space.end() }
            return answer
        } catch {
            for space in spaces { await space.end() }
            throw error
        }
    }

    /// Waits until all sessions are up; says which are not.
    func converge(within seconds: Double = 30) async throws {
        let wanted = connections.flatMap(\.tunnels).compactMap(\.localBGP)
        let done = try await polled(within: seconds) { [device] in
            let states = try await device.sessions()
            return wanted.allSatisfy { states[$0] == "Established" } ? true : nil
        }
        guard done != nil else {
            throw HarnessError("sessions: \(try await device.sessions())")
        }
    }

    private static func join(
        _ tunnel: RawTunnel, named name: String, device: Namespace, cloud: Namespace
    ) async throws {
        guard let localBGP = tunnel.localBGP else { return }
        try await Command.check(
            Namespace.ipPath,
            ["link", "add", name, "netns", device.name, "type", "veth", "peer", "name", name, "netns", cloud.name])
        for (space, address) in [(device, tunnel.peerBGP), (cloud, localBGP)] {
            try await space.ip("addr add \(address)/30 dev \(name)")
            try await space.ip("link set \(name) up")
        }
    }

    /// The cloud's router, straight from the API's fields: it believes and tells everything.
    private static func cloudConfiguration(
        _ connection: RawConnection, _ announcement: Announcement, key: String?
    ) -> String {
        let tunnels = connection.tunnels.filter { $0.localBGP != nil }
        let neighbors = tunnels.map { tunnel in
            let password = (key ?? tunnel.authKey).map { " neighbor \(tunnel.peerBGP) password \($0)\n" } ?? ""
            return " neighbor \(tunnel.peerBGP) remote-as \(tunnel.peerASN)\n\(password)"
                + " neighbor \(tunnel.peerBGP) timers 10 30\n neighbor \(tunnel.peerBGP) timers connect 3\n"
        }
        let networks = (announcement.own + announcement.rogue).map { "  network \($0)\n" }
        return """
            router bgp \(tunnels[0].localASN)
             bgp router-id \(tunnels[0].internetIP)
             no bgp ebgp-requires-policy
             no bgp network import-check
            \(neighbors.joined()) address-family ipv4 unicast
            \(networks.joined())  maximum-paths 1
             exit-address-family
            exit

            """
    }
}
