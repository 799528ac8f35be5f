import CloudAPI
import Findings
import Testing

/// XML and JSON of one answer say the same, in every shape (api.md 1.1, 1.2, 4.2, 7.1).
@Suite("Formats and shapes")
struct FormatTests {
    @Test("XML and JSON of one answer give the same values", arguments: pairs)
    func formats(name: String) throws {
        let xml = ResponseSet(reading: [try Fixtures.source(name + ".xml", in: "pairs")])
        let json = ResponseSet(reading: [try Fixtures.source(name + ".json", in: "pairs")])
        let expected = contents(json)
        #expect(contents(xml) == expected)
        #expect(xml.findings.allSatisfy { $0.severity < .error })
        #expect(json.findings.allSatisfy { $0.severity < .error })
        #expect(name == "no-connections" || !expected.isEmpty)
    }

    @Test("no field of these answers is unknown", arguments: pairs)
    func known(name: String) throws {
        let set = ResponseSet(reading: [try Fixtures.source(name + ".xml", in: "pairs")])
        let unknown =
            set.connections.flatMap(\.unknownFields) + set.vpnGateways.flatMap(\.unknownFields)
            + set.customerGateways.flatMap(\.unknownFields) + set.peerConfigs.flatMap(\.unknownFields)
        #expect(unknown.map(\.value) == [])
    }

    @Test(
        "the documented shapes give the same connections as the real ones",
        arguments: ["connections-documented.xml", "connections-documented.json", "connections-pager.json"])
    func shapes(name: String) throws {
        let real = ResponseSet(reading: [try Fixtures.source("connections.xml", in: "pairs")])
        let other = ResponseSet(reading: [try Fixtures.source(name, in: "pairs")])
        #expect(values(other.connections) == values(real.connections))
        #expect(other.connections.count == 2)
    }

    @Test("each answer is recognised by its content alone", arguments: pairs, ["xml", "json"])
    func operations(name: String, format: String) throws {
        let operation: APIOperation =
            switch name {
            case let name where name.hasPrefix("connection-singular"): .describeVpnConnection
            case "vpn-gateways": .describeVpnGateways
            case "vpn-gateway-singular": .describeVpnGateway
            case "customer-gateways": .describeCustomerGateways
            case "customer-gateway-singular": .describeCustomerGateway
            case let name where name.hasPrefix("download"): .downloadVpnConnectionConfig
            default: .describeVpnConnections
            }
        let set = ResponseSet(reading: [try Fixtures.source("\(name).\(format)", in: "pairs")])
        #expect(set.documents.first?.operation == operation)
        #expect(set.documents.first?.isRefused == false)
    }

    @Test("the root's name does not matter")
    func roots() {
        for root in [
            "DescribeVpnConnectionsResponse", "DescribeVpnConnections", "describeVpnConnectionsResponse", "X",
        ] {
            let item = "<VpnConnection><VpnConnectionId>vco-1</VpnConnectionId></VpnConnection>"
            let set = read("<\(root)><VpnConnections>\(item)</VpnConnections></\(root)>")
            #expect(set.connections.count == 1, "\(root)")
            #expect(set.findings.isEmpty)
        }
    }

    private static let pairs = Fixtures.names(in: "pairs").filter { $0.hasSuffix(".xml") }.map {
        String($0.dropLast(4))
    }

    private func contents(_ set: ResponseSet) -> [String] {
        values(set.connections, path: "connections") + values(set.vpnGateways, path: "vpnGateways")
            + values(set.customerGateways, path: "customerGateways")
            + values(set.peerConfigs, path: "peerConfigs")
    }
}
