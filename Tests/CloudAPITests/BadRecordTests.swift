import CloudAPI
import Findings
import Testing

/// One wrong record is reported and left out; the others go on.
@Suite("Wrong records")
struct BadRecordTests {
    @Test(
        "each mistake is told with its field",
        arguments: [
            ("<IkeConfig><IkeLifetime>86400.0</IkeLifetime></IkeConfig>", "PC054", "IkeConfig.IkeLifetime"),
            ("<IkeConfig><IkeLifetime>1e3</IkeLifetime></IkeConfig>", "PC054", "IkeConfig.IkeLifetime"),
            ("<CreateTime>9223372036854775808</CreateTime>", "PC054", "CreateTime"),
            ("<CreateTime>+1</CreateTime>", "PC054", "CreateTime"),
            ("<CreateTime>1 000</CreateTime>", "PC054", "CreateTime"),
            ("<CreateTime>１２</CreateTime>", "PC054", "CreateTime"),
            ("<EnableDpd>yes</EnableDpd>", "PC055", "EnableDpd"),
            ("<EnableDpd>1</EnableDpd>", "PC055", "EnableDpd"),
            ("<Name><First>a</First></Name>", "PC056", "Name"),
            ("<IkeConfig>ikev2</IkeConfig>", "PC056", "IkeConfig"),
            ("<Tag>env</Tag>", "PC056", "Tag"),
            ("<Tag><Tag><Value>x</Value></Tag></Tag>", "PC053", "Tag.Key"),
            ("<Name>a</Name><Name>b</Name>", "PC057", "Name"),
            ("<IkeConfig><Psk>a</Psk></IkeConfig><IkeConfig><Psk>a</Psk></IkeConfig>", "PC057", "IkeConfig"),
            (
                "<TunnelOptionsSpecification><TunnelOptions><TunnelIndex>one</TunnelIndex></TunnelOptions></TunnelOptionsSpecification>",
                "PC054", "TunnelOptionsSpecification.TunnelIndex"
            ),
        ])
    func mistakes(fields: String, rule: String, field: String) throws {
        let set = read(answer(fields))
        #expect(set.connections.isEmpty)
        #expect(set.documents.first?.leftOutCount == 1)
        #expect(set.documents.first?.isRefused == false)
        let finding = try #require(set.findings.first)
        #expect(set.findings.count == 1)
        #expect(finding.rule.rawValue == rule)
        #expect(finding.place.field == field)
        #expect(finding.place.location?.line == 3)
        #expect(finding.place.connection == "vco-1")
        #expect(finding.message.contains(field))
    }

    @Test("a connection without id is left out, its neighbours are not")
    func missingID() throws {
        let set = read(
            """
            <R><VpnConnections><VpnConnection><VpnConnectionId>vco-1</VpnConnectionId></VpnConnection>
            <VpnConnection><Name>nameless</Name></VpnConnection>
            <VpnConnection/>
            <VpnConnection><VpnConnectionId>vco-4</VpnConnectionId></VpnConnection></VpnConnections></R>
            """)
        #expect(set.connections.map(\.vpnConnectionId.value) == ["vco-1", "vco-4"])
        #expect(set.findings.map(\.rule) == ["PC053", "PC053"])
        #expect(set.findings.map { $0.place.location?.line } == [2, 3])
        #expect(set.documents.first?.recordCount == 4)
        #expect(set.documents.first?.leftOutCount == 2)
    }

    @Test("all mistakes of a record are told at once")
    func all() {
        let set = read(
            answer("<CreateTime>x</CreateTime><EnableDpd>y</EnableDpd><Name>a</Name><Name>b</Name>"))
        #expect(set.findings.map(\.rule.rawValue).sorted() == ["PC054", "PC055", "PC057"])
    }

    @Test("items that are no objects are left out")
    func oddItems() {
        let set = read(#"{"VpnConnections": [1, null, {"VpnConnectionId": "vco-1"}, []]}"#)
        #expect(set.connections.count == 1)
        #expect(set.findings.map(\.rule) == ["PC053", "PC053", "PC053"])
    }

    @Test("a broken document takes its good records with it, those of other documents stay")
    func brokenDocument() {
        let good = answer("")
        let set = read(String(good.dropLast(4)), good)
        #expect(set.connections.count == 1)
        #expect(set.documents.map(\.isRefused) == [true, false])
        #expect(set.findings.map(\.rule) == ["PC015"])
    }

    @Test("a wrong page number is told; the records count")
    func wrongPage() {
        let set = read(#"{"PageNumber": "one", "VpnConnections": [{"VpnConnectionId": "vco-1"}]}"#)
        #expect(set.connections.count == 1)
        #expect(set.findings.map(\.rule) == ["PC054"])
    }

    @Test("no finding and no dump holds a key")
    func secrecy() {
        let fields =
            "<IkeConfig><Psk>hunter2</Psk><Psk>hunter3</Psk></IkeConfig><VpnBgpConfig><AuthKey><x>hunter4</x></AuthKey></VpnBgpConfig>"
        let set = read(answer(fields))
        #expect(set.findings.count == 2)
        #expect(!set.findings.map(printed).joined().contains("hunter"))
        var text = ""
        dump(read(answer("<IkeConfig><Psk>hunter2</Psk></IkeConfig>")), to: &text)
        #expect(!text.contains("hunter"))
    }
}
