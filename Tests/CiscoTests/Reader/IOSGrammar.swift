/// The commands of IOS that a site-to-site tunnel may need, mode by mode.
///
/// Written from Cisco's IOS command references and Cisco-IOS-XE-crypto.yang, -tunnel, -bgp and -native of 17.15;
/// whatever is not here is no command as far as these tests go.
struct IOSGrammar {
    /// A mode: the command that enters it, and its own commands.
    ///
    /// `*` marks those that may stand several times.
    struct Mode {
        let kind: String
        let header: Pattern
        let commands: [(attribute: String, isMany: Bool, pattern: Pattern)]
        let modes: [Mode]

        init(_ kind: String, _ header: String, _ commands: [(String, [String])], modes: [Mode] = []) {
            self.kind = kind
            self.header = Pattern(header)
            self.commands = commands.flatMap { name, forms in
                forms.map { (name.replacing("*", with: ""), name.hasSuffix("*"), Pattern($0)) }
            }
            self.modes = modes
        }
    }

    let modes: [Mode]
    /// Commands of the global mode that enter no other.
    let commands: [(attribute: String, pattern: Pattern)]

    init(version: String) {
        let isOld = version == "15.x"
        let takesWeak = version != "17.11"
        func weak(_ words: [String]) -> [String] { takesWeak ? words : [] }
        let lifetimes: [(String, [String])] = [
            ("kilobytes", ["set security-association lifetime kilobytes disable"]),
            ("seconds", ["set security-association lifetime seconds <120-2592000>"]),
            ("transform", ["set transform-set <name>"]),
            ("pfs", (["group14"] + weak(["group1", "group2", "group5"])).map { "set pfs \($0)" }),
            ("ikev2", ["set ikev2-profile <name>"]), ("isakmp", ["set isakmp-profile <name>"]),
        ]
        let ciphers = ["esp-aes", "esp-aes 192", "esp-aes 256"] + weak(["esp-des", "esp-3des"])
        let hashes =
            ["esp-sha-hmac", "esp-sha256-hmac", "esp-sha384-hmac", "esp-sha512-hmac"] + weak(["esp-md5-hmac"])
        let neighbor: [(String, [String])] = [
            ("remote-as*", ["neighbor <ip> remote-as <1-4294967295>"]),
            ("local-as*", ["neighbor <ip> local-as <1-4294967295> no-prepend replace-as"]),
            ("neighbor-description*", ["neighbor <ip> description <line>"]),
            ("password*", ["neighbor <ip> password 0 <word>"]),
            ("timers*", ["neighbor <ip> timers <0-65535> <0-65535>"]),
        ]
        let family: [(String, [String])] = [
            ("network*", ["network <ip> mask <mask>"]), ("activate*", ["neighbor <ip> activate"]),
            ("route-map*", ["neighbor <ip> route-map <name> in", "neighbor <ip> route-map <name> out"]),
            ("next-hop-self*", ["neighbor <ip> next-hop-self"]),
            ("maximum-paths", ["maximum-paths <1-32>", "maximum-paths ibgp <1-32>"]),
        ]
        var modes = [
            Mode(
                "isakmp policy", "crypto isakmp policy <1-10000>",
                [
                    (
                        "encryption",
                        (["aes", "aes 192", "aes 256"] + weak(["des", "3des"])).map { "encryption \($0)" }
                    ),
                    ("hash", (["sha", "sha256", "sha384", "sha512"] + weak(["md5"])).map { "hash \($0)" }),
                    ("authentication", ["authentication pre-share"]),
                    ("group", (["14"] + weak(["1", "2", "5"])).map { "group \($0)" }),
                    ("lifetime", ["lifetime <60-86400>"]),
                ]),
            Mode(
                "keyring", "crypto keyring <name>",
                [
                    ("local", ["local-address <word>"]),
                    ("key*", ["pre-shared-key address <ip> key 0 <word>"]),
                ]),
            Mode(
                "isakmp profile", "crypto isakmp profile <name>",
                [
                    ("keyring", ["keyring <name>"]), ("vrf", ["vrf <name>"]),
                    ("self", ["self-identity address", "self-identity fqdn <word>", "self-identity user-fqdn <word>"]),
                    (
                        "match",
                        [
                            "match identity address <ip> 255.255.255.255", "match identity host <id>",
                            "match identity user <id>",
                        ]
                    ),
                    ("keepalive", ["keepalive <10-3600> retry <2-60>"]), ("mode", ["initiate mode aggressive"]),
                    ("local", ["local-address <word>"]),
                ]),
            Mode(
                "ikev2 proposal", "crypto ikev2 proposal <name>",
                [
                    (
                        "encryption",
                        (["aes-cbc-128", "aes-cbc-192", "aes-cbc-256"] + weak(["des", "3des"])).map {
                            "encryption \($0)"
                        }
                    ),
                    ("integrity", (["sha1", "sha256", "sha384", "sha512"] + weak(["md5"])).map { "integrity \($0)" }),
                    ("group", (["14"] + weak(["1", "2", "5"])).map { "group \($0)" }),
                ]),
            Mode(
                "ikev2 policy", "crypto ikev2 policy <name>",
                [("local", ["match address local <ip>"]), ("proposal*", ["proposal <name>"])]),
            Mode(
                "ikev2 keyring", "crypto ikev2 keyring <name>", [],
                modes: [
                    Mode(
                        "peer", "peer <name>",
                        [
                            ("address", ["address <ip>"]),
                            ("identity", ["identity address <ip>", "identity fqdn <id>", "identity email <id>"]),
                            ("key", ["pre-shared-key 0 <word>"]),
                            ("hex", isOld ? [] : ["pre-shared-key hex <hex>"]),
                        ])
                ]),
            Mode(
                "ikev2 profile", "crypto ikev2 profile <name>",
                [
                    ("ivrf", ["ivrf <name>"]),
                    ("local", ["match address local <ip>", "match address local interface <word>"]),
                    (
                        "match",
                        [
                            "match identity remote address <ip> 255.255.255.255", "match identity remote fqdn <id>",
                            "match identity remote email <id>",
                        ]
                    ),
                    (
                        "self",
                        ["identity local address <ip>", "identity local fqdn <word>", "identity local email <word>"]
                    ),
                    ("remote-auth", ["authentication remote pre-share"]),
                    ("local-auth", ["authentication local pre-share"]), ("keyring", ["keyring local <name>"]),
                    ("lifetime", ["lifetime <120-86400>"]), ("dpd", ["dpd <10-3600> <2-60> periodic"]),
                ]),
            Mode(
                "ipsec profile", "crypto ipsec profile <name>",
                lifetimes + [
                    ("replay", ["set security-association replay window-size 1024"]),
                    ("responder", isOld ? [] : ["responder-only"]),
                ]),
            Mode(
                "map", "crypto map <name> <1-65535> ipsec-isakmp",
                lifetimes + [
                    ("description", ["description <line>"]), ("peer", ["set peer <ip>"]),
                    ("acl", ["match address <name>"]),
                ]),
            Mode(
                "acl", "ip access-list extended <name>",
                [("permit*", ["permit ip <ip> <wild> <ip> <wild>"]), ("deny*", ["deny ip <ip> <wild> <ip> <wild>"])]),
            Mode(
                "interface", "interface <word>",
                [
                    ("description", ["description <line>"]), ("vrf", ["vrf forwarding <name>"]),
                    ("address", ["ip address <ip> <mask>"]), ("unnumbered", ["ip unnumbered <word>"]),
                    ("mtu", ["ip mtu <68-9976>"]), ("mss", ["ip tcp adjust-mss <500-1460>"]),
                    ("source", ["tunnel source <word>"]), ("destination", ["tunnel destination <ip>"]),
                    ("mode", ["tunnel mode ipsec ipv4"]),
                    ("policy", isOld ? [] : ["tunnel protection ipsec policy ipv4 <name>"]),
                    ("profile", ["tunnel protection ipsec profile <name>"]), ("map", ["crypto map <name>"]),
                ]),
            Mode(
                "route-map", "route-map <name> permit <0-65535>",
                [
                    ("prefixes", ["match ip address prefix-list <name>"]),
                    ("preference", ["set local-preference <0-4294967295>"]),
                    ("prepend", ["set as-path prepend <line>"]),
                ]),
            Mode(
                "bgp", "router bgp <1-4294967295>", neighbor + [("end", ["exit-address-family"])],
                modes: [
                    Mode("family", "address-family ipv4", family),
                    Mode("vrf family", "address-family ipv4 vrf <name>", family + neighbor),
                ]),
        ]
        modes.append(
            Mode(
                "sla", "ip sla <1-2147483647>", [],
                modes: [
                    Mode(
                        "echo", "icmp-echo <ip> source-ip <ip>",
                        [("vrf", ["vrf <name>"]), ("frequency", ["frequency <1-604800>"])])
                ]))
        modes += ciphers.flatMap { cipher in
            hashes.map {
                Mode(
                    "transform \(cipher) \($0)", "crypto ipsec transform-set <name> \(cipher) \($0)",
                    [("mode", ["mode tunnel"])])
            }
        }
        self.modes = modes
        commands = [
            ("route", "ip route <ip> <mask> <word>"), ("route", "ip route <ip> <mask> <word> <1-255>"),
            ("vrf route", "ip route vrf <name> <ip> <mask> <word>"),
            ("vrf route", "ip route vrf <name> <ip> <mask> <word> <1-255>"),
            ("tracked route", "ip route <ip> <mask> <word> track <1-1000>"),
            ("vrf tracked route", "ip route vrf <name> <ip> <mask> <word> track <1-1000>"),
            ("schedule", "ip sla schedule <1-2147483647> life forever start-time now"),
            ("track", "track <1-1000> ip sla <1-2147483647> reachability"),
            ("permit", "ip prefix-list <name> seq <1-4294967294> permit <prefix>"),
            ("permit", "ip prefix-list <name> seq <1-4294967294> permit <prefix> le <1-32>"),
            ("deny", "ip prefix-list <name> seq <1-4294967294> deny <prefix>"),
            ("deny", "ip prefix-list <name> seq <1-4294967294> deny <prefix> le <1-32>"),
        ].map { ($0.0, Pattern($0.1)) }
    }
}
