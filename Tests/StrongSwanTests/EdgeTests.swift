import TestSupport
import Testing

/// Values at the edge of what strongSwan's own reading can carry.
@Suite("Identities with a # and the shortest lifetimes", .needsCharon)
struct EdgeTests {
    @Test(
        "After a type's prefix a # would begin hexadecimal digits: refused by name",
        arguments: [("LocalId", "203.0.100.2", "cloud"), ("RemoteId", "198.51.100.2", "device")],
        InitiatorTests.packs)
    func hexadecimal(side: (field: String, address: String, name: String), pack: String) async throws {
        for text in ["#a=b", "#x:y"] {
            let page = try InitiatorTests.page([("<\(side.field)>\(side.address)<", "<\(side.field)>\(text)<")])
            let output = try await InitiatorTests.render(page, pack, initiates: true)
            #expect(output.status == 2 && output.stdout.isEmpty, "\(text)")
            #expect(output.stderr.contains("[\(pack)/\(side.name)-identity-hex]"))
            #expect(output.stderr.contains("field IkeConfig.\(side.field)"))
        }
    }

    @Test("Without a prefix it is a name like any other")
    func plainName() async throws {
        let page = try InitiatorTests.page([("<LocalId>203.0.100.2<", "<LocalId>#ab<")])
        let output = try await InitiatorTests.render(page, "strongswan", initiates: true)
        let swanctl = documents(output.stdout).filter { $0.key.contains("swanctl/") }.values.joined()
        let report = try await withCharon { try await $0.load(swanctl) }
        #expect(report.complaints == [])
        #expect(report.secrets.first?.owners.contains("#ab") == true)
    }

    @Test("One second leaves nothing to rekey in; two do", arguments: ["IkeLifetime", "IpsecLifetime"])
    func lifetimes(field: String) async throws {
        let usual = field == "IkeLifetime" ? 86_400 : 3600
        for (seconds, isPossible) in [(1, false), (2, true)] {
            let page = try InitiatorTests.page([("<\(field)>\(usual)<", "<\(field)>\(seconds)<")])
            let output = try await InitiatorTests.render(page, "strongswan", initiates: true)
            #expect(output.stderr.contains("set 2 to 86400 seconds on the cloud side") == !isPossible)
            #expect(output.stdout.contains("rekey_time = 1s") == isPossible)
            #expect(!output.stdout.contains("_time = 0s"))
        }
    }
}
