import CloudAPI
import Findings
import Testing

/// Pages of one query belong together (api.md 4.2): one of many is worth a warning.
@Suite("Pages")
struct PageTests {
    private func page(_ number: Int, of size: Int, total: Int, holding count: Int) -> String {
        let items = (0..<count).map { #"{"VpnConnectionId": "vco-\#(number)-\#($0)"}"# }.joined(
            separator: ",")
        return
            #"{"PageNumber": \#(number), "PageSize": \#(size), "TotalCount": \#(total), "VpnConnections": [\#(items)]}"#
    }

    private func warnings(_ set: ResponseSet) -> [String] {
        set.findings.map { "\($0.rule.rawValue) \($0.message)" }
    }

    @Test("all pages, in any order, give no finding")
    func complete() {
        let set = read(
            page(3, of: 2, total: 5, holding: 1), page(1, of: 2, total: 5, holding: 2),
            page(2, of: 2, total: 5, holding: 2))
        #expect(warnings(set) == [])
        #expect(set.connections.count == 5)
    }

    @Test("missing pages are named")
    func missing() {
        let set = read(page(2, of: 2, total: 7, holding: 2))
        #expect(
            warnings(set) == [
                "PC059 DescribeVpnConnections: 2 of 7 records were given; missing: page 1, 3, 4"
            ])
        #expect(set.findings.first?.severity == .warning)
        #expect(set.findings.first?.place.field == "TotalCount")
    }

    @Test("a page twice does not make up for a missing one")
    func twice() {
        let set = read(page(1, of: 2, total: 4, holding: 2), page(1, of: 2, total: 4, holding: 2))
        #expect(warnings(set) == ["PC059 DescribeVpnConnections: 2 of 4 records were given; missing: page 2"])
    }

    @Test("a page with too few records is not whole")
    func short() {
        let set = read(page(1, of: 10, total: 2, holding: 1))
        #expect(warnings(set) == ["PC060 the page holds 1 record where its numbers say 2"])
    }

    @Test("a total without page numbers is compared with what is there")
    func unnumbered() {
        #expect(
            warnings(read(#"{"TotalCount": 2, "VpnConnections": [{"VpnConnectionId": "vco-1"}]}"#)).count == 1
        )
        #expect(
            warnings(read(#"{"TotalCount": 1, "VpnConnections": [{"VpnConnectionId": "vco-1"}]}"#)).isEmpty)
        #expect(warnings(read(#"{"VpnConnections": [{"VpnConnectionId": "vco-1"}]}"#)).isEmpty)
    }

    @Test("an empty answer is complete")
    func empty() {
        #expect(warnings(read(page(1, of: 10, total: 0, holding: 0))).isEmpty)
    }

    @Test("numbers without sense do no harm")
    func hostile() {
        for (number, size, total) in [
            (0, 0, 0), (-1, -1, -1), (1, 1, Int.max), (Int.max, 1, 5), (1, Int.max, Int.max),
        ] {
            _ = read(page(number, of: size, total: total, holding: 1))
        }
        let set = read(page(1, of: 1, total: .max, holding: 1))
        #expect(
            warnings(set).first?.hasSuffix("page 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and \(Int.max - 11) more")
                == true)
    }
}
