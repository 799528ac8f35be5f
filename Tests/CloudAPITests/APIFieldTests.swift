import CloudAPI
import Findings
import TestSupport
import Testing

@Suite("Fields of the API")
struct APIFieldTests {
    @Test("raw values are the first field numbers of the table")
    func numbers() {
        let origins = OriginTable.cloudAPI()
        for field in APIField.allCases {
            let origin = Origin(file: 0, line: 1, column: 1, field: field.rawValue)
            #expect(origins.field(of: origin) == field.path)
        }
    }

    @Test("paths are unique")
    func unique() {
        let paths = APIField.allCases.map(\.path)
        #expect(Set(paths).count == paths.count)
    }

    @Test("paths are written as the API writes its names")
    func spelling() {
        #expect(APIField.vpnConnectionId.path == "VpnConnectionId")
        #expect(APIField.tunnelPsk.path == "TunnelOptionsSpecification.TunnelIkeConfig.Psk")
        #expect(APIField.customerGatewayIpAddress.path == "CustomerGateway.IpAddress")
        #expect(APIField.peerTunnelLocalId.path == "VpnConnectionConfig.TunnelsConfig.IkeConfig.LocalId")
    }

    @Test("every field that says something of a connection is tried with hostile texts")
    func hostile() {
        let tried = HostileFleet.paths
        let forgotten = APIField.allCases.map(\.path).filter { path in
            !tried.contains(path) && !tried.contains { $0.hasPrefix(path + ".") }
        }
        // What pages and refusals say stands in no document.
        let pages: Set = ["PageNumber", "PageSize", "TotalCount", "RequestId", "VpnAttachments"]
        #expect(forgotten.filter { !pages.contains($0) && !$0.hasPrefix("Error.") } == [])
    }

    @Test("a reader goes on with the table of an earlier one")
    func tables() throws {
        let first = read("<R/>")
        var second = ResponseSet(origins: first.origins)
        second.add(try Fixtures.source("connections.xml", in: "pairs"))
        let id = try #require(second.connections.first).vpnConnectionId
        #expect(id.origin.file == 2)
        #expect(second.origins.location(of: id.origin)?.file == "connections.xml")
    }
}
