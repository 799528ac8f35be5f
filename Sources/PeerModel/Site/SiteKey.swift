/// One key of the site file: the single list from which keys are checked, documented and put in a schema.
struct SiteKey: Sendable {
    enum Kind: Sendable {
        case text
        case flag
        case address
        case interfaceName
        case networks
        case identifiers
        case number(ClosedRange<Int>)
        case numberRange
        case secretSource
    }

    let name: String
    let kind: Kind
    let documentation: String
    /// A value for the commented starter file.
    let example: String

    /// Keys at the top.
    static let top: [SiteKey] = [
        SiteKey(
            name: "templates", kind: .text,
            documentation: "Folder of packs that replace or extend the built-in ones, relative to this file.",
            example: "\"templates\""),
        SiteKey(
            name: "fingerprint_key", kind: .text,
            documentation:
                "File with the key that turns secrets into fingerprints, relative to this file. Share it like a CI secret.",
            example: "\"fingerprint.key\""),
        SiteKey(
            name: "waivers", kind: .text, documentation: "File of waivers for lint rules, relative to this file.",
            example: "\"waivers.toml\""),
    ]

    /// Keys of `[defaults]` and of each `[routers.NAME]`.
    static let router: [SiteKey] = [
        SiteKey(
            name: "device", kind: .text, documentation: "What the router is: a pack, with its version if not the usual.",
            example: "\"strongswan\""),
        SiteKey(
            name: "customer_gateways", kind: .identifiers,
            documentation: "Which customer gateways of the cloud are this router.", example: "[]"),
        SiteKey(
            name: "wan_interface", kind: .interfaceName, documentation: "The interface that faces the Internet.",
            example: "\"eth0\""),
        SiteKey(
            name: "wan_address", kind: .address,
            documentation: "The router's own address on that interface, where a NAT stands before it.",
            example: "\"192.168.1.2\""),
        SiteKey(
            name: "vrf", kind: .interfaceName, documentation: "The VRF that the tunnels belong to.",
            example: "\"CLOUD\""),
        SiteKey(
            name: "advertise", kind: .networks,
            documentation: "Prefixes to announce by BGP; without it RemoteSubnet, if that is not 0.0.0.0/0.",
            example: "[\"10.0.0.0/8\"]"),
        SiteKey(
            name: "routes", kind: .networks,
            documentation: "Destinations in the cloud for static routes, where LocalSubnet is 0.0.0.0/0.",
            example: "[\"172.16.0.0/12\"]"),
        SiteKey(
            name: "router_id", kind: .address, documentation: "The router-id of BGP; without it the outside address.",
            example: "\"198.51.100.10\""),
        SiteKey(
            name: "tunnel_numbers", kind: .numberRange,
            documentation: "First and last number for tunnels: interfaces, marks and sequence numbers derive from them.",
            example: "[101, 999]"),
        SiteKey(
            name: "dpd_delay", kind: .number(2...3600),
            documentation: "Seconds between probes of dead peer detection.", example: "10"),
        SiteKey(
            name: "dpd_timeout", kind: .number(5...86_400),
            documentation: "Seconds without an answer before an IKEv1 peer counts as dead.", example: "30"),
        SiteKey(
            name: "bgp_keepalive", kind: .number(1...21_845), documentation: "Seconds between BGP keepalives.",
            example: "10"),
        SiteKey(
            name: "bgp_hold", kind: .number(3...65_535), documentation: "BGP hold time in seconds.", example: "30"),
        SiteKey(
            name: "mtu", kind: .number(576...9000), documentation: "MTU of tunnel interfaces in bytes.",
            example: "1400"),
        SiteKey(
            name: "mss", kind: .number(536...8960), documentation: "TCP MSS of traffic in tunnels, in bytes.",
            example: "1360"),
        SiteKey(
            name: "initiates", kind: .flag,
            documentation: "Whether the router starts negotiating by itself; false leaves it to the cloud.",
            example: "true"),
    ]

    /// Keys of each `[routers.NAME.tunnels.ID]`.
    static let tunnel: [SiteKey] = [
        SiteKey(
            name: "number", kind: .number(1...2_147_483_646),
            documentation: "The tunnel's number, whatever peerconf.lock says.", example: "101"),
        SiteKey(
            name: "psk", kind: .secretSource,
            documentation: "Where the pre-shared key is, if not in the answer: a file or a variable.",
            example: "{ file = \"keys/tunnel.psk\" }"),
        SiteKey(
            name: "bgp_key", kind: .secretSource, documentation: "Where the BGP key is, if not in the answers.",
            example: "{ environment = \"TUNNEL_BGP_KEY\" }"),
    ]
}
