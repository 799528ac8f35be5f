import PeerModel
import Testing

@Suite("Values of the model are read strictly")
struct ValueTests {
    @Test(
        "An IPv4 address is four decimal octets",
        arguments: [
            ("203.0.113.1", 0xCB00_7101 as UInt32), ("0.0.0.0", 0), ("255.255.255.255", 0xFFFF_FFFF),
        ])
    func addresses(text: String, bits: UInt32) {
        #expect(IPv4Address(text)?.bits == bits)
        #expect(IPv4Address(bits: bits).description == text)
    }

    // Leading zeros are octal to some programs (inet_aton) and decimal to others.
    @Test(
        "What programs read in different ways is no address",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3", "1.2.3.", "a.b.c.d",
            "47.21.XX.XX", "1.2.3.4/24", "::1", "١.2.3.4", "1.2.3.-4", "+1.2.3.4", "0x1.2.3.4",
        ])
    func noAddresses(text: String) { #expect(IPv4Address(text) == nil) }

    @Test(
        "A network is an address and a length; host bits are told",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8", false), ("10.1.2.3/8", "10.0.0.0/8", true),
            ("0.0.0.0/0", "0.0.0.0/0", false), ("192.0.2.7", "192.0.2.7/32", false),
            ("192.0.2.7/32", "192.0.2.7/32", false), ("1.2.3.4/0", "0.0.0.0/0", true),
        ])
    func networks(text: String, network: String, hadHostBits: Bool) throws {
        let parsed = try #require(IPv4Network.parse(text))
        #expect(parsed.network.description == network)
        #expect(parsed.hadHostBits == hadHostBits)
    }

    // swanctl reads 10.0.0.0/33 as /32 without a word (devices.md 3.2).
    @Test(
        "A length beyond 32 or in another form is refused",
        arguments: [
            "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", "/8", "10.0.0.0/255.0.0.0",
        ])
    func noNetworks(text: String) { #expect(IPv4Network.parse(text) == nil) }

    @Test(
        "Netmask and wildcard",
        arguments: [
            ("10.0.0.0/8", "255.0.0.0", "0.255.255.255"), ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            ("192.0.2.1/32", "255.255.255.255", "0.0.0.0"), ("169.254.10.0/30", "255.255.255.252", "0.0.0.3"),
        ])
    func masks(text: String, netmask: String, wildcard: String) throws {
        let network = try #require(IPv4Network.parse(text)?.network)
        #expect(network.netmask.description == netmask)
        #expect(network.wildcard.description == wildcard)
    }

    @Test("The hosts of a /30 are its two middle addresses")
    func hosts() throws {
        let network = try #require(IPv4Network.parse("169.254.10.0/30")?.network)
        let hosts = (0...4).map { IPv4Address(bits: network.address.bits + $0) }.filter(network.isHost)
        #expect(hosts.map(\.description) == ["169.254.10.1", "169.254.10.2"])
    }

    @Test(
        "Networks overlap when one holds the other",
        arguments: [
            ("10.0.0.0/8", "10.1.0.0/16", true), ("10.1.0.0/16", "10.0.0.0/8", true),
            ("10.0.0.0/8", "11.0.0.0/8", false), ("0.0.0.0/0", "192.0.2.1/32", true),
        ])
    func overlaps(a: String, b: String, expected: Bool) throws {
        let first = try #require(IPv4Network.parse(a)?.network)
        let second = try #require(IPv4Network.parse(b)?.network)
        #expect(first.overlaps(second) == expected)
    }

    @Test(
        "AS numbers are plain or dotted (RFC 5396)",
        arguments: [
            ("45104", 45104 as UInt32?), ("4294967295", 4_294_967_295), ("123.456", 123 * 65536 + 456),
            ("0.1", 1), ("0", nil), ("0.0", nil), ("4294967296", nil), ("1.65536", nil), ("", nil), ("+1", nil),
            ("-1", nil), ("1.2.3", nil), ("AS65000", nil),
        ])
    func asNumbers(text: String, value: UInt32?) { #expect(ASNumber(text: text)?.value == value) }

    // api.md 2.4: how the service types its identities.
    @Test(
        "Identities are typed by their text",
        arguments: [
            ("203.0.113.1", Identity.Kind.address, false), ("dc1.example.com", .domainName, false),
            ("ops@example.com", .email, false), ("CN=dc1,O=Example,C=CN", .distinguishedName, false),
            ("@dc1", .email, true), ("a=b", .domainName, true), ("x:y", .domainName, true),
            ("1.2.3.4/24", .domainName, true), ("%any", .domainName, true), ("*", .domainName, true),
            ("0.0.0.0", .address, true), ("300.1.1.1", .domainName, false),
        ])
    func identities(text: String, kind: Identity.Kind, isAmbiguous: Bool) {
        #expect(Identity(text).kind == kind)
        #expect(Identity(text).isAmbiguous == isAmbiguous)
    }

    @Test("aes means 128 bits, and spelling may vary in case")
    func algorithms() {
        #expect(Encryption(apiText: "AES") == .aes128)
        #expect(Encryption(apiText: "aes")?.name == "aes128")
        #expect(Encryption(apiText: "3DES") == .tripleDES)
        #expect(Encryption(apiText: "aes128") == nil, "the API never says aes128")
        #expect(Integrity(apiText: "sha2-256") == nil, "an unknown spelling is told, not guessed")
        #expect(PerfectForwardSecrecy(apiText: "disabled") == .disabled)
        #expect(PerfectForwardSecrecy(apiText: "Group14") == .group(.group14))
        #expect(DHGroup(apiText: "disabled") == nil)
    }
}
