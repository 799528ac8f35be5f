import TestSupport
import Testing

@Suite("Comware: what is weak is told")
struct ComwareRemarkTests {
    @Test(
        "Weak algorithms are warned of, by phase",
        arguments: [
            ("IkeEncAlg", "des"), ("IkeEncAlg", "3des"), ("IkeAuthAlg", "md5"), ("IkePfs", "group1"),
            ("IkePfs", "group2"), ("IkePfs", "group5"), ("IpsecEncAlg", "des"), ("IpsecEncAlg", "3des"),
            ("IpsecAuthAlg", "md5"),
        ])
    func weakAlgorithms(change: (field: String, value: String)) async throws {
        let plain = AnswerNode.page(
            [
                CiscoKeyTests().connection(
                    0, ike: "ikev1", psk: "Plain1", bgpKey: nil, networks: ("10.1.0.0/16", "172.16.0.0/16"))
            ], total: 1
        ).xmlDocument()
        let page = plain.replacing(try Regex("<\(change.field)>[^<]*<"), with: "<\(change.field)>\(change.value)<")
        let isFirst = change.field.hasPrefix("Ike")
        for (text, isWeak) in [(page, true), (plain, false)] {
            let fleet = try await withTemporaryFolder { folder in
                try await RenderedFleet.render(["a.xml": text], device: "h3c-comware", folder: folder)
            }
            let file = fleet.contents.first { $0.key.hasSuffix("/vco-k0.comware") }?.value
            #expect(fleet.messages.contains("[h3c-comware/weak-ike]") == (isWeak && isFirst), "\(fleet.messages)")
            #expect(fleet.messages.contains("[h3c-comware/weak-esp]") == (isWeak && !isFirst))
            #expect(file?.contains("\n#   Weak by today's measure: phase \(isFirst ? 1 : 2), ") == isWeak)
        }
    }
}
