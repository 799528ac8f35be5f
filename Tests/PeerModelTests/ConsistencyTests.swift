import CloudAPI
import FieldReader
import Findings
import PeerModel
import Testing

/// Answers with one thing wrong, and the rule that must tell it (facts: api.md 2, 3 and 8).
@Suite("Contradictions in the data are told, never repaired")
struct ConsistencyTests {
    /// A sound single-tunnel connection with BGP.
    private static let single: [String: String] = [
        "VpnConnectionId": "vco-bp1aaaaaaaaaaaaaaaaaa", "State": "active", "CustomerGatewayId": "cgw-1",
        "VpnGatewayId": "vpn-1", "LocalSubnet": "192.168.0.0/16", "RemoteSubnet": "10.0.0.0/8",
        "IkeConfig.IkeVersion": "ikev2", "IkeConfig.IkeMode": "main", "IkeConfig.IkeEncAlg": "aes256",
        "IkeConfig.IkeAuthAlg": "sha256", "IkeConfig.IkePfs": "group14", "IkeConfig.IkeLifetime": "86400",
        "IkeConfig.LocalId": "203.0.113.1", "IkeConfig.RemoteId": "198.51.100.1", "IkeConfig.Psk": "aGoodKey123456789",
        "IpsecConfig.IpsecEncAlg": "aes256", "IpsecConfig.IpsecAuthAlg": "sha256", "IpsecConfig.IpsecPfs": "group14",
        "IpsecConfig.IpsecLifetime": "3600",
    ]

    private static let bgp: [String: String] = [
        "LocalSubnet": "0.0.0.0/0", "RemoteSubnet": "0.0.0.0/0", "VpnBgpConfig.TunnelCidr": "169.254.10.0/30",
        "VpnBgpConfig.LocalBgpIp": "169.254.10.1", "VpnBgpConfig.PeerBgpIp": "169.254.10.2",
        "VpnBgpConfig.LocalAsn": "45104", "VpnBgpConfig.PeerAsn": "65010",
    ]

    @Test("Sound connections have nothing to tell")
    func soundness() {
        #expect(Self.rules([:]) == [])
        #expect(Self.rules(Self.bgp) == [])
    }

    /// A name as the device's identity says less than an address: what is taken for granted then is told (PC281).
    @Test(
        "One change, one finding",
        arguments: [
            (["IkeConfig.LocalId": "198.51.100.1", "IkeConfig.RemoteId": "203.0.113.1"], "PC237"),
            (["IkeConfig.LocalId": "leftId-not-exist"], "PC235"), (["IkeConfig.LocalId": ""], "PC235"),
            (["IkeConfig.RemoteId": ""], "PC236"), (["IkeConfig.RemoteId": "@branch"], "PC238 PC281"),
            (["IkeConfig.LocalId": "198.51.100.1", "IkeConfig.RemoteId": "198.51.100.1"], "PC275"),
            (["LocalSubnet": "192.168.1.7/16"], "PC210"), (["LocalSubnet": "0.0.0.0/0"], "PC263"),
            (["RemoteSubnet": "192.168.4.0/24"], "PC260"), (["RemoteSubnet": "100.65.0.0/16"], "PC262"),
            (["RemoteSubnet": "100.0.0.0/8"], "PC262"),
            (["IkeConfig.IkeVersion": "ikev1", "LocalSubnet": "192.168.0.0/24,192.168.1.0/24"], "PC264"),
            (["IkeConfig.IkeMode": "aggressive"], "PC270"), (["IpsecConfig.IpsecLifetime": "86400"], "PC271"),
            (["IkeConfig.IkeLifetime": "0"], "PC209"), (["IpsecConfig.IpsecLifetime": "0"], "PC209"),
            (["IpsecConfig.IpsecLifetime": "90000"], "PC208"),
            (["IkeConfig.IkeVersion": "ikev1", "IkeConfig.RemoteId": "dc1.example.com"], "PC272 PC281"),
            (
                [
                    "VcoHealthCheck.Enable": "true", "VcoHealthCheck.Sip": "192.168.0.5",
                    "VcoHealthCheck.Dip": "172.16.0.1",
                ], "PC265"
            ),
            (["IkeConfig.IkeEncAlg": "aes-256-gcm"], "PC202"), (["IkeConfig.IkeAuthAlg": "sha2"], "PC202"),
            (["IkeConfig.IkeVersion": ""], "PC201"), (["IkeConfig.Psk": ""], "PC201"),
            (["IkeConfig.Psk": "abc****"], "PC205"), (["IkeConfig.RemoteId": "139.17.XX.XX"], "PC205"),
            (["IkeConfig.Psk": "schl\u{FC}ssel12345"], "PC213"), (["LocalSubnet": "192.168.0.0/33"], "PC204"),
            (["State": "deleted"], "PC223"), (["State": "Upgrading"], "PC224"), (["State": "financialLocked"], "PC225"),
            (["IkeConfig.IkeEncAlg": "sm4"], "PC220"), (["VpnConnectionId": "vco/../../etc"], "PC207"),
        ])
    func single(changes: [String: String], rules: String) {
        #expect(Self.rules(changes) == rules.split(separator: " ").map(String.init))
    }

    @Test(
        "BGP: one change, one finding",
        arguments: [
            (["VpnBgpConfig.LocalBgpIp": "169.254.10.5"], "PC242"),
            (["VpnBgpConfig.LocalBgpIp": "169.254.10.0"], "PC242"),
            (["VpnBgpConfig.LocalBgpIp": "169.254.10.2"], "PC243"),
            (
                [
                    "VpnBgpConfig.TunnelCidr": "10.9.0.0/30", "VpnBgpConfig.LocalBgpIp": "10.9.0.1",
                    "VpnBgpConfig.PeerBgpIp": "10.9.0.2",
                ], "PC244"
            ),
            (
                [
                    "VpnBgpConfig.TunnelCidr": "169.254.6.0/30", "VpnBgpConfig.LocalBgpIp": "169.254.6.1",
                    "VpnBgpConfig.PeerBgpIp": "169.254.6.2",
                ], "PC245"
            ),
            (["VpnBgpConfig.PeerAsn": "65011"], "PC247"), (["VpnBgpConfig.PeerAsn": "0"], "PC206"),
            (["VpnBgpConfig.LocalAsn": "65010"], "PC249"), (["VpnBgpConfig.LocalAsn": "0.45104"], ""),
            (["LocalSubnet": "192.168.0.0/16"], "PC241 PC263"),
        ])
    func bgp(changes: [String: String], rules: String) {
        let answer = Self.bgp.merging(changes) { _, new in new }
        #expect(Self.rules(answer).sorted() == rules.split(separator: " ").map(String.init).sorted())
    }

    @Test("45104 belongs to the cloud")
    func reservedNumber() {
        let changes = ["VpnBgpConfig.PeerAsn": "45104", "VpnBgpConfig.LocalAsn": "65009"]
        #expect(Self.rules(Self.bgp.merging(changes) { _, new in new }, gatewayASN: nil) == ["PC248"])
    }

    @Test("One key on two connections is told once, at the first")
    func sharedKeys() {
        let second = [
            "VpnConnectionId": "vco-bp1bbbbbbbbbbbbbbbbbb", "LocalSubnet": "172.16.0.0/16",
            "RemoteSubnet": "10.0.0.0/8", "IkeConfig.RemoteId": "other.example.com",
        ]
        let findings = Self.findings([[:], second])
        #expect(findings.map(\.rule) == ["PC273", "PC281"])
        #expect(findings.first?.message.contains("vco-bp1bbbbbbbbbbbbbbbbbb") == true)
        #expect(!findings.contains { $0.message.contains("aGoodKey") })
    }

    @Test("Two connections of one device that claim one network")
    func overlappingConnections() {
        let second = [
            "VpnConnectionId": "vco-bp1bbbbbbbbbbbbbbbbbb", "LocalSubnet": "192.168.4.0/24",
        ]
        #expect(Self.findings([[:], second]).map(\.rule) == ["PC261"])
    }

    @Test("Connections between the same peers share phase 1: one key is right, two are told")
    func phaseOne() {
        let second = [
            "VpnConnectionId": "vco-bp1bbbbbbbbbbbbbbbbbb", "LocalSubnet": "172.16.0.0/16",
            "RemoteSubnet": "10.0.0.0/8",
        ]
        #expect(Self.findings([[:], second]).isEmpty)
        let changes = [("IkeConfig.Psk", "anotherKey123456789"), ("IkeConfig.IkeEncAlg", "3des")]
        for (field, value) in changes {
            let findings = Self.findings([[:], second.merging([field: value]) { _, new in new }])
            #expect(findings.map(\.rule) == ["PC277"])
            #expect(!findings.contains { $0.message.contains("Key123") })
        }
    }

    private static func rules(_ changes: [String: String], gatewayASN: String? = "65010") -> [String] {
        findings([changes], gatewayASN: gatewayASN).map(\.rule.rawValue)
    }

    /// Findings about connections that differ from the sound one as told.
    private static func findings(_ connections: [[String: String]], gatewayASN: String? = "65010") -> [Finding] {
        let items = connections.map { changes in
            "<VpnConnection>\(xml(single.merging(changes) { _, new in new }))</VpnConnection>"
        }
        let answers = [
            """
            <DescribeVpnConnectionsResponse><TotalCount>\(items.count)</TotalCount><PageNumber>1</PageNumber>\
            <PageSize>50</PageSize><VpnConnections>\(items.joined())</VpnConnections></DescribeVpnConnectionsResponse>
            """,
            """
            <DescribeVpnGatewaysResponse><VpnGateways><VpnGateway><VpnGatewayId>vpn-1</VpnGatewayId>\
            <InternetIp>203.0.113.1</InternetIp></VpnGateway></VpnGateways></DescribeVpnGatewaysResponse>
            """,
            """
            <DescribeCustomerGatewaysResponse><CustomerGateways><CustomerGateway>\
            <CustomerGatewayId>cgw-1</CustomerGatewayId><IpAddress>198.51.100.1</IpAddress>\
            \(gatewayASN.map { "<Asn>\($0)</Asn>" } ?? "")\
            </CustomerGateway></CustomerGateways></DescribeCustomerGatewaysResponse>
            """,
        ]
        let set = ResponseSet(
            reading: answers.enumerated().map { ByteSource(Array($0.element.utf8), name: "\($0.offset).xml") })
        let fleet = Fleet(
            connections: set.connections,
            gateways: GatewayDirectory(vpnGateways: set.vpnGateways, customerGateways: set.customerGateways),
            origins: set.origins)
        return set.findings + fleet.findings
    }

    private static func xml(_ fields: [String: String]) -> String {
        var text = ""
        var objects: [String: String] = [:]
        for (path, value) in fields.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: ".").map(String.init)
            let escaped = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            if parts.count == 1 {
                text += "<\(path)>\(escaped)</\(path)>"
            } else {
                objects[parts[0], default: ""] += "<\(parts[1])>\(escaped)</\(parts[1])>"
            }
        }
        return text + objects.sorted { $0.key < $1.key }.map { "<\($0.key)>\($0.value)</\($0.key)>" }.joined()
    }
}
