extension SiteFile {
    /// One key of the site file.
    ///
    /// The lists below are the single place from which keys are checked, documented and put in a schema.
    public struct Key: Sendable {
        /// What a key's value must be.
        public enum Kind: Sendable {
            /// Any text.
            case text
            /// `true` or `false`.
            case flag
            /// An IPv4 address.
            case address
            /// A name that can stand bare in every configuration syntax.
            case interfaceName
            /// IPv4 networks, without 0.0.0.0/0.
            case networks
            /// Ids of the cloud.
            case identifiers
            /// A whole number within bounds.
            case number(ClosedRange<Int>)
            /// The first and the last number.
            case numberRange
            /// A file or a variable of the environment that holds a key.
            case secretSource
        }

        /// The key.
        public let name: String
        /// What its value must be.
        public let kind: Kind
        /// What it says, in one sentence.
        public let documentation: String
        /// A value for the commented starter file.
        public let example: String
    }

    /// Keys at the top.
    public static let topKeys: [Key] = [
        Key(
            name: "templates", kind: .text,
            documentation: "Folder of packs that replace or extend the built-in ones, relative to this file.",
            example: "\"templates\""),
        Key(
            name: "fingerprint_key", kind: .text,
            documentation:
                "File with the key that turns secrets into fingerprints, relative to this file. Share it like a CI secret.",
            example: "\"fingerprint.key\""),
        Key(
            name: "waivers", kind: .text, documentation: "File of waivers for lint rules, relative to this file.",
            example: "\"waivers.toml\""),
    ]

    /// Keys of `[defaults]` and of each `[routers.NAME]`.
    public static let routerKeys: [Key] = [
        Key(
            name: "device", kind: .text,
            documentation: "What the router is: a pack, with its version if not the usual.",
            example: "\"strongswan\""),
        Key(
            name: "customer_gateways", kind: .identifiers,
            documentation: "Which customer gateways of the cloud are this router.", example: "[]"),
        Key(
            name: "wan_interface", kind: .interfaceName, documentation: "The interface that faces the Internet.",
            example: "\"eth0\""),
        Key(
            name: "wan_address", kind: .address,
            documentation: "The router's own address on that interface, where a NAT stands before it.",
            example: "\"192.168.1.2\""),
        Key(
            name: "vrf", kind: .interfaceName, documentation: "The VRF that the tunnels belong to.",
            example: "\"CLOUD\""),
        Key(
            name: "advertise", kind: .networks,
            documentation: "Prefixes to announce by BGP; without it RemoteSubnet, if that is not 0.0.0.0/0.",
            example: "[\"10.0.0.0/8\"]"),
        Key(
            name: "routes", kind: .networks,
            documentation:
                "Networks in the cloud, where LocalSubnet is 0.0.0.0/0: for static routes, and to drop what BGP has no route for.",
            example: "[\"172.16.0.0/12\"]"),
        Key(
            name: "router_id", kind: .address, documentation: "The router-id of BGP; without it the outside address.",
            example: "\"198.51.100.10\""),
        Key(
            name: "as_number", kind: .number(1...4_294_967_294),
            documentation:
                "The AS number of the router's BGP process, where customer gateways have others: their sessions show those (local-as).",
            example: "65010"),
        Key(
            name: "tunnel_numbers", kind: .numberRange,
            documentation:
                "First and last number for tunnels: interfaces, marks and sequence numbers derive from them.",
            example: "[101, 999]"),
        // Our own bounds, wide enough for every device; each pack refuses what its device's do not hold (IOS: 10 to
        // 3600 s, VyOS: 2 to 86400 s). More often than every 2 s probes are load, not news.
        Key(
            name: "dpd_delay", kind: .number(2...3600),
            documentation: "Seconds between probes of dead peer detection.", example: "10"),
        Key(
            name: "dpd_timeout", kind: .number(5...86_400),
            documentation: "Seconds without an answer before an IKEv1 peer counts as dead.", example: "30"),
        // RFC 4271, sections 4.2 and 10: a hold time is at least 3 s in 16 bits, and a keepalive a third of it.
        Key(
            name: "bgp_keepalive", kind: .number(1...21_845), documentation: "Seconds between BGP keepalives.",
            example: "10"),
        Key(
            name: "bgp_hold", kind: .number(3...65_535), documentation: "BGP hold time in seconds.", example: "30"),
        // From what every IPv4 host must take (RFC 791, section 3.1) to jumbo frames; the MSS is 40 bytes less (RFC
        // 9293, section 3.7.1).
        Key(
            name: "mtu", kind: .number(576...9000), documentation: "MTU of tunnel interfaces in bytes.",
            example: "1400"),
        Key(
            name: "mss", kind: .number(536...8960), documentation: "TCP MSS of traffic in tunnels, in bytes.",
            example: "1360"),
        Key(
            name: "initiates", kind: .flag,
            documentation: "Whether the router starts negotiating by itself; false leaves it to the cloud.",
            example: "true"),
        Key(
            name: "policy_based", kind: .flag,
            documentation:
                "Whether concrete networks are matched on the outside interface (Cisco: crypto map) where tunnel interfaces could carry them, too.",
            example: "false"),
        Key(
            name: "probes_cloud", kind: .flag,
            documentation:
                "Whether static routes depend on a probe of the cloud, its health check the other way round (Cisco: IP SLA).",
            example: "false"),
    ]

    /// Keys of each `[routers.NAME.connections.ID]`: they hold in the place of the router's.
    public static var connectionKeys: [Key] { routerKeys.filter { ["advertise", "routes"].contains($0.name) } }

    /// Keys of each `[routers.NAME.tunnels.ID]`.
    public static let tunnelKeys: [Key] = [
        Key(
            name: "number", kind: .number(1...2_147_483_646),
            documentation: "The tunnel's number, whatever peerconf.lock says.", example: "101"),
        Key(
            name: "psk", kind: .secretSource,
            documentation: "Where the pre-shared key is, if not in the answer: a file or a variable.",
            example: "{ file = \"keys/tunnel.psk\" }"),
        Key(
            name: "bgp_key", kind: .secretSource, documentation: "Where the BGP key is, if not in the answers.",
            example: "{ environment = \"TUNNEL_BGP_KEY\" }"),
    ]
}
