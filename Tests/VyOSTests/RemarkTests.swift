import Foundation
import TestSupport
import Testing

@Suite("VyOS: what the files and messages tell beside the commands")
struct VyOSRemarkTests {
    @Test(
        "Nothing between the networks of a policy leaves before its first SA, and the file says how",
        arguments: releases)
    func traps(release: String) async throws {
        let rendered = try await render("samples/single-ikev2-policy", release)
        let text = rendered.text
        #expect(text.contains("connection-type 'respond'") && !text.contains("'initiate'"))
        #expect(text.contains("# connection-type respond sets traps: the first packet from here negotiates"))
        let interface = try await render("samples/route-based-static", release)
        #expect(interface.text.contains("connection-type 'initiate'") && !interface.text.contains("sets traps"))
    }

    @Test(
        "Weak algorithms are warned of, by phase",
        arguments: [
            ("IkeEncAlg", "3des"), ("IkeAuthAlg", "md5"), ("IkePfs", "group1"), ("IkePfs", "group2"),
            ("IkePfs", "group5"), ("IpsecEncAlg", "3des"), ("IpsecAuthAlg", "md5"), ("IpsecPfs", "group1"),
            ("IpsecPfs", "group2"), ("IpsecPfs", "group5"),
        ], releases)
    func weakAlgorithms(change: (field: String, value: String), release: String) async throws {
        let weak = try await render("samples/single-ikev2-policy", release) { page in
            page.replacing(
                try Regex("<\(change.field)>[^<]*<"), with: "<\(change.field)>\(change.value)<")
        }
        let isFirst = change.field.hasPrefix("Ike")
        #expect(weak.status == 1)
        #expect(weak.messages.contains("[vyos/weak-ike]") == isFirst)
        #expect(weak.messages.contains("[vyos/weak-esp]") == !isFirst)
        #expect(weak.text.contains("# Weak by today's measure: \(isFirst ? "ike" : "esp") "))
        let strong = try await render("samples/single-ikev2-policy", release)
        #expect(!strong.messages.contains("[vyos/weak-") && !strong.text.contains("Weak"))
    }

    @Test("The firewall lets BGP in from the neighbor", arguments: releases)
    func firewall(release: String) async throws {
        let rendered = try await render("samples/dual-bgp-vpn-gateway", release)
        let lines = rendered.text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("# set firewall ") && $0.hasSuffix("destination port '179'") }.count == 2)
        let still = try await render("samples/route-based-static", release)
        #expect(!still.text.contains("'179'"))
    }

    @Test("Inside one AS local preference decides from the cloud, too; outside the path does", arguments: releases)
    func preference(release: String) async throws {
        for isInternal in [true, false] {
            let rendered = try await render("samples/dual-bgp-vpn-gateway", release) { page in
                let asn = page.firstMatch(of: /<LocalAsn>(\d+)</).map { String($0.1) } ?? ""
                return isInternal ? page.replacing(/<PeerAsn>\d+</, with: "<PeerAsn>\(asn)<") : page
            }
            #expect(rendered.text.contains("from the cloud local preference too") == isInternal)
            #expect(rendered.text.contains("from the cloud the AS path: the slave's is longer") == !isInternal)
            #expect(rendered.text.contains(" prepend") != isInternal || release == "1.3")
        }
    }

    private struct Output {
        var text: String
        var messages: String
        var status: Int32
    }

    private func render(
        _ sample: String, _ release: String, _ change: (String) throws -> String = { $0 }
    ) async throws -> Output {
        try await withTemporaryFolder { folder in
            let input = folder + "/in"
            try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
            for name in Repository.files(in: sample) where name.hasSuffix(".xml") {
                let page = try String(contentsOfFile: Repository.path("\(sample)/\(name)"), encoding: .utf8)
                try change(page).write(toFile: "\(input)/\(name)", atomically: true, encoding: .utf8)
            }
            let site = SiteFacts(advertise: ["10.0.0.0/8"], routes: ["172.16.0.0/12"])
            let rendered = try await Rendered.render(input, release: release, site: site, below: folder)
            let text = rendered.routers.values.flatMap { $0.filter { !$0.key.hasSuffix(".secrets.vyos") }.values }
            return Output(text: text.joined(), messages: rendered.messages, status: rendered.status)
        }
    }
}
