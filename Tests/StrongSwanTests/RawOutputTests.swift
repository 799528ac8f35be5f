import TestSupport
import Testing

/// Text captured from swanctl 5.9.8, cut to one child, which got a second network and some traffic.
@Suite("What swanctl --raw prints")
struct RawOutputTests {
    private let connections = """
        list-conn event {turin {local_addrs=[198.51.100.130] remote_addrs=[203.0.113.120] version=IKEv1 \
        reauth_time=0 rekey_time=25920 unique=UNIQUE_NO dpd_delay=10 dpd_timeout=30 local-1 {id=198.51.100.130 \
        class=pre-shared key groups=[] cert_policy=[] certs=[] cacerts=[]} remote-1 {id=203.0.113.120 \
        class=pre-shared key groups=[] cert_policy=[] certs=[] cacerts=[]} children {turin-1-1 {mode=TUNNEL \
        rekey_time=25920 rekey_bytes=0 rekey_packets=0 dpd_action=trap close_action=none \
        local-ts=[192.168.40.0/24] remote-ts=[10.16.0.0/20 10.16.32.0/20]}}}}
        list-conns reply {}

        """

    private let associations = """
        list-sa event {turin {uniqueid=1 version=1 state=ESTABLISHED local-host=198.51.100.130 local-port=4500 \
        local-id=198.51.100.130 remote-host=203.0.113.120 remote-port=4500 remote-id=203.0.113.120 \
        initiator=yes initiator-spi=77da6ede70d924e4 responder-spi=d54fa680c0cf2c74 nat-remote=yes nat-any=yes \
        encr-alg=AES_CBC encr-keysize=256 integ-alg=HMAC_SHA2_256_128 prf-alg=PRF_HMAC_SHA2_256 \
        dh-group=MODP_2048 established=5 rekey-time=25832 child-sas {turin-1-1-5 {name=turin-1-1 uniqueid=5 \
        reqid=1 state=INSTALLED mode=TUNNEL protocol=ESP encap=yes spi-in=7591cde8 spi-out=b1abd0c5 \
        encr-alg=AES_CBC encr-keysize=256 integ-alg=HMAC_SHA2_256_128 dh-group=MODP_2048 bytes-in=116 \
        packets-in=1 bytes-out=0 packets-out=0 rekey-time=23325 life-time=28795 install-time=5 \
        local-ts=[192.168.40.0/24] remote-ts=[10.16.0.0/20]}}}}
        list-sas reply {}

        """

    @Test("Connections: lists, nested sections, values with blanks")
    func readsConnections() throws {
        let output = try RawOutput(connections)
        #expect(output.messages.map(\.label) == ["list-conn event", "list-conns reply"])
        let tree = output.events("list-conn")
        #expect(tree.names == ["turin"])
        #expect(tree.list("turin", "local_addrs") == ["198.51.100.130"])
        #expect(tree.text("turin", "local-1", "class") == "pre-shared key")
        #expect(tree.list("turin", "local-1", "groups") == [])
        #expect(
            tree.list("turin", "children", "turin-1-1", "remote-ts") == ["10.16.0.0/20", "10.16.32.0/20"])
    }

    @Test("Security associations with their children")
    func readsAssociations() throws {
        let found = try RawOutput(associations).events("list-sa").sections.map(SecurityAssociation.init)
        let ike = try #require(found.first)
        #expect(ike.name == "turin")
        #expect(ike.state == "ESTABLISHED")
        #expect(ike.suite == "AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048")
        let child = try #require(ike.children.first)
        #expect(child.name == "turin-1-1")
        #expect(child.number == 5)
        #expect(child.local == ["192.168.40.0/24"])
        #expect(child.suite == "AES_CBC-256/HMAC_SHA2_256_128/MODP_2048")
        #expect(child.bytesIn == 116)
    }

    @Test("Nothing loaded, nothing printed, and text that is something else")
    func readsLittle() throws {
        #expect(try RawOutput("").messages.isEmpty)
        #expect(try RawOutput("list-conns reply {}\n").events("list-conn").names == [])
        #expect(try RawOutput("x event {a= b=1}\n").events("x").text("a") == "")
        #expect(throws: HarnessError.self) { try RawOutput("connecting to 'unix:///x' failed\n") }
        #expect(throws: HarnessError.self) { try RawOutput("x event {a {b=1}\n") }
        #expect(throws: HarnessError.self) { try RawOutput("x event {a=[1 2}\n") }
        #expect(throws: HarnessError.self) { try RawOutput("x event {} more\n") }
    }
}
