import CloudAPI
import Findings
import Testing

@Suite("Decoding of values")
struct DecodingTests {
    @Test("numbers and booleans come as such or as texts, in any letters")
    func loose() throws {
        let connection = try #require(
            read(answer("<CreateTime> 1704067200000 </CreateTime><EnableDpd>TRUE</EnableDpd>")).connections
                .first)
        #expect(connection.createTime?.value == 1_704_067_200_000)
        #expect(connection.enableDpd?.value == true)
        let json =
            #"{"VpnConnections": [{"VpnConnectionId": "vco-1", "Name": 42, "EnableDpd": "False", "#
            + #""CreateTime": "7", "IkeConfig": {"IkeLifetime": "86400"}, "VpnBgpConfig": {"PeerAsn": 4294967295}}]}"#
        let other = try #require(read(json).connections.first)
        #expect(other.name?.value == "42")
        #expect(other.enableDpd?.value == false)
        #expect(other.createTime?.value == 7)
        #expect(other.ikeConfig?.ikeLifetime?.value == 86400)
        #expect(other.vpnBgpConfig?.peerAsn?.value == "4294967295")
    }

    @Test("empty, blank and null fields are absent")
    func absent() throws {
        let xml = try #require(
            read(answer("<Name/><Status> \n </Status><IkeConfig/><VpnBgpConfig>\n</VpnBgpConfig>"))
                .connections.first)
        #expect(xml.name == nil)
        #expect(xml.status == nil)
        #expect(xml.ikeConfig == nil)
        #expect(xml.vpnBgpConfig == nil)
        let json = try #require(
            read(
                #"{"VpnConnections": [{"VpnConnectionId": "vco-1", "Name": null, "IkeConfig": {}, "Tag": null, "CreateTime": ""}]}"#
            )
            .connections.first)
        #expect(json.name == nil)
        #expect(json.ikeConfig == nil)
        #expect(json.tags == [])
        #expect(json.createTime == nil)
    }

    @Test("an object whose fields are all empty is absent, as in dual-tunnel answers")
    func emptyObject() throws {
        let connection = try #require(
            read(answer("<IkeConfig><IkeVersion/><Psk/></IkeConfig>")).connections.first)
        #expect(connection.ikeConfig == nil)
    }

    @Test("white space is removed at the ends of a value, not within")
    func trimming() throws {
        let fields = "<Name>\n  two  words\t</Name><IkeConfig><Psk>\n    a b\n  </Psk></IkeConfig>"
        let connection = try #require(read(answer(fields)).connections.first)
        #expect(connection.name?.value == "two  words")
        #expect(connection.ikeConfig?.psk?.value.reveal() == "a b")
    }

    @Test("a certificate keeps its line breaks")
    func certificate() throws {
        let pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
        let connection = try #require(
            read(answer("<RemoteCaCertificate>\(pem)\n</RemoteCaCertificate>")).connections.first)
        #expect(connection.remoteCaCertificate?.value == pem)
    }

    @Test("every value knows its file, line, column and field")
    func origins() throws {
        let set = read(
            "<R/>",
            """
            <R><VpnConnections><VpnConnection>
              <VpnConnectionId>vco-1</VpnConnectionId>
              <IkeConfig>
                <IkeVersion>ikev2</IkeVersion><Psk>x</Psk>
              </IkeConfig>
            </VpnConnection></VpnConnections></R>
            """)
        let ike = try #require(set.connections.first?.ikeConfig)
        let psk = try #require(ike.psk)
        #expect(set.origins.location(of: psk.origin)?.description == "2:4:35")
        #expect(set.origins.field(of: psk.origin) == "IkeConfig.Psk")
        #expect(APIField(rawValue: psk.origin.field) == .ikePsk)
        #expect(set.origins.location(of: ike.origin)?.description == "2:3:3")
        #expect(APIField(rawValue: ike.origin.field) == .ikeConfig)
    }

    @Test("one field name in different objects is different fields")
    func places() throws {
        let set = ResponseSet(reading: [try Fixtures.source("connections.xml", in: "pairs")])
        let (single, dual) = (set.connections[0], set.connections[1])
        func field(_ value: Located<String>?) -> String? {
            value.flatMap { set.origins.field(of: $0.origin) }
        }
        #expect(field(single.status) == "Status")
        #expect(field(single.vcoHealthCheck?.status) == "VcoHealthCheck.Status")
        #expect(field(single.vpnBgpConfig?.status) == "VpnBgpConfig.Status")
        #expect(field(dual.tunnelOptions.first?.status) == "TunnelOptionsSpecification.Status")
        #expect(
            field(dual.tunnelOptions.first?.bgpConfig?.status)
                == "TunnelOptionsSpecification.TunnelBgpConfig.BgpStatus")
        #expect(
            field(dual.tunnelOptions.first?.ikeConfig?.localId)
                == "TunnelOptionsSpecification.TunnelIkeConfig.LocalId")
        #expect(field(single.tags.first?.value) == "Tag.Value")
    }

    @Test("unknown fields are kept apart, an object once, with path and place")
    func unknown() throws {
        let fields =
            "<New><A>1</A><B>2</B></New>\n<IkeConfig><IkeVersion>ikev2</IkeVersion><IkePrf>x</IkePrf></IkeConfig><Psk>x</Psk>"
        let set = read(answer(fields))
        let unknown = try #require(set.connections.first).unknownFields
        #expect(unknown.map(\.value).sorted() == ["IkeConfig.IkePrf", "New", "Psk"])
        let lines = unknown.map { set.origins.location(of: $0.origin)?.line }
        #expect(lines.allSatisfy { $0 == 3 || $0 == 4 })
        #expect(set.findings.isEmpty)
    }

    @Test("a system tag of a VPN gateway is a JSON text and is not read")
    func systemTag() throws {
        let set = ResponseSet(reading: [try Fixtures.source("vpn-gateways.json", in: "pairs")])
        #expect(set.vpnGateways.map { $0.tags.map(\.key.value) } == [["env"], ["env"]])
    }

    @Test("the same field twice with the same value is harmless")
    func twiceTheSame() {
        let set = read(answer("<Name>a</Name><Name> a </Name>"))
        #expect(set.connections.count == 1)
        #expect(set.findings.isEmpty)
    }

    @Test("a downloaded configuration is a type of its own: its Local is the device")
    func downloaded() throws {
        let set = ResponseSet(reading: [try Fixtures.source("download-dual.json", in: "pairs")])
        let config = try #require(set.peerConfigs.first)
        #expect(config.tunnels.map { $0.local?.value } == ["198.51.100.1", "198.51.100.1"])
        #expect(config.tunnels.map { $0.ikeConfig?.localId?.value } == ["198.51.100.1", "198.51.100.1"])
        #expect(config.tunnels.map { $0.ikeConfig?.psk?.value.reveal() } == ["tunnel-1", "tunnel-2"])
        #expect(config.bgpConfigs.map { $0.localAsn?.value } == ["65002"])
    }
}
