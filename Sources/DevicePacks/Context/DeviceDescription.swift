import CloudAPI
import Findings
import PeerModel
import TemplateEngine

let deviceDescription = ObjectDescription<Device>([
    .init("name", .text, "Its name: the folder of its files.") {
        .string($0.name, trust: .untrusted)
    },
    .init("wan_interface", .text, "The interface that faces the Internet, or the placeholder <<WAN-INTERFACE>>.") {
        .setting($0.settings.wanInterface, "wan_interface", $0.settings) ?? .trusted("<<WAN-INTERFACE>>")
    },
    .init("vrf", .optional(.text), "The VRF that the tunnels belong to.") {
        .setting($0.settings.vrf, "vrf", $0.settings) ?? .none
    },
    .init("router_id", .optional(.text), "The router-id of BGP: the site file's, else the outside address.") { device in
        let outside = device.connections.lazy.flatMap { $0.tunnels }.compactMap { $0.device.address }.first
        return (device.settings.routerID.map { Located($0, at: device.settings.origin(of: "router_id")) } ?? outside)
            .map { .typed($0) } ?? .none
    },
    .init(
        "as_numbers", .list(of: .text),
        "The AS numbers that the cloud has for it, each once, sorted: usually one or none."
    ) { device in
        let numbers = Set(device.connections.flatMap { $0.tunnels }.compactMap { $0.bgp?.deviceASN.value.value })
        return .list(numbers.sorted().map { .trusted(String($0)) })
    },
    .init(
        "as_number", .optional(.text),
        "The AS number of its BGP process: the site file's, else that of its sessions; none where they have several or there are none."
    ) { device in
        if let told = device.settings.asNumber {
            return .string(String(told), trust: .trusted, origin: device.settings.origin(of: "as_number"))
        }
        let numbers = device.connections.flatMap { $0.tunnels }.compactMap { $0.bgp?.deviceASN }
        guard let first = numbers.first, numbers.allSatisfy({ $0.value == first.value }) else { return .none }
        return .word(String(first.value.value), first.origin)
    },
    .init(
        "repeated_cloud_addresses", .list(of: .text),
        "Addresses of the cloud to which more than one of its tunnels goes."
    ) { device in
        let addresses = device.connections.flatMap { $0.tunnels }.compactMap { $0.cloud.address?.value }
            .sorted()
        let repeated = Set(zip(addresses, addresses.dropFirst()).filter { $0.0 == $0.1 }.map(\.0))
        return .list(repeated.sorted().map { .trusted($0.description) })
    },
    .init(
        "contested_identities", .list(of: .text),
        "Pairs of identities, the cloud's and the device's with a blank between, that tunnels with different keys share."
    ) { device in
        let all = device.connections.flatMap { $0.tunnels }
        guard all.haveSeveralKeys else { return .list([]) }
        let tunnels = Dictionary(grouping: all) { tunnel in
            let cloud = tunnel.cloud.identity?.value.text ?? tunnel.cloud.address?.value.description ?? ""
            let own = tunnel.device.identity?.value.text ?? tunnel.device.address?.value.description ?? ""
            return cloud + " " + own
        }
        let contested = tunnels.filter { $0.value.haveSeveralKeys }
        return .list(contested.keys.sorted().map { .string($0, trust: .untrusted) })
    },
    .init(
        "contested_by_addresses", .list(of: .text),
        "Ids of tunnels whose two identities are both among the identities and addresses of one with another key, sorted."
    ) { .list($0.tunnelsContestedByAddresses.map { .string($0, trust: .untrusted) }) },
    .init(
        "ambiguous_tunnels", .list(of: .text),
        "Ids of tunnels that the cloud's identity and the device's own address do not tell from another of the same IKE version; sorted."
    ) { .list($0.ambiguousTunnels.map { .string($0, trust: .untrusted) }) },
    .init(
        "bypassed_tunnels", .list(of: .text),
        "Ids of tunnels with networks on both sides that overlap one behind the device, which holds the cloud's and lies in another connection's network behind the cloud; sorted."
    ) { .list($0.bypassedTunnels.map { .string($0, trust: .untrusted) }) },
    .init("mtu", .int, "MTU of tunnel interfaces in bytes.") { .setting($0.settings.mtu, "mtu", $0.settings) },
    .init("mss", .int, "TCP MSS of traffic in tunnels, in bytes.") { .setting($0.settings.mss, "mss", $0.settings) },
    .init("initiates", .bool, "Whether the device starts negotiating by itself.") { .bool($0.settings.initiates) },
    .init(
        "policy_based", .bool,
        "Whether concrete networks shall be matched on the outside interface although tunnel interfaces could carry them."
    ) { .bool($0.settings.policyBased) },
    .init("probes_cloud", .bool, "Whether static routes shall depend on a probe of the cloud's health check address.") {
        .bool($0.settings.probesCloud)
    },
])
