import TestSupport

/// The internet between two namespaces: one pair of virtual interfaces.
enum Line {
    /// Joins two namespaces, gives each side its addresses, and sends everything else to the other side.
    static func join(
        _ cloud: Namespace, _ cloudSide: Side, _ device: Namespace, _ deviceSide: Side
    ) async throws {
        let pair = "link add wan netns \(cloud.name) type veth peer name wan netns \(device.name)"
        try await Command.check(Tools.ip, pair.split(separator: " ").map(String.init))
        for (space, side, other) in [(cloud, cloudSide, deviceSide), (device, deviceSide, cloudSide)] {
            guard let own = side.addresses.first else { throw HarnessError("a side without an address") }
            var commands = side.addresses.map { "addr add \($0)/32 dev wan" }
            commands += side.hosts.map { "addr add \($0)/32 dev lo" } + ["link set wan up"]
            for address in other.addresses {
                commands.append("route add \(address)/32 dev wan src \(own)")
                // User-space ESP routes any-to-any into its tunnel. It makes an exception for one peer only, and
                // the second tunnel's IKE packets would go astray.
                commands.append("rule add to \(address)/32 lookup main pref 100")
            }
            try await space.ipBatch(commands)
        }
    }
}
