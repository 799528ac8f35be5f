import Findings
import Foundation
import TestSupport
import Testing

@testable import Review

@Suite("Every rule has a page, and every page a rule")
struct RuleCatalogueTests {
    /// Names of rules in quotes, in all sources but the pages and policies themselves.
    private static let inSources: Set<String> = {
        var names = Set<String>()
        let folder = Repository.root.appendingPathComponent("Sources")
        for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
        where path.hasSuffix(".swift") {
            let text = (try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)) ?? ""
            for match in text.matches(of: #/"(PC[0-9]{3})"/#) { names.insert(String(match.1)) }
        }
        return names
    }()

    @Test("Rules of the sources") func completeness() {
        let pages = Set(RuleCatalogue.rules.map(\.id.rawValue))
        // Rules about values, and about changes of fields, stand in data alone.
        let aboutValues = Set(RuleCatalogue.rules.filter { $0.value != nil || !$0.fields.isEmpty }.map(\.id.rawValue))
        #expect(Self.inSources.subtracting(pages).sorted() == [], "rules without a page in Sources/Review/Rules/pages")
        #expect(pages.subtracting(Self.inSources).subtracting(aboutValues).sorted() == [], "pages without a rule")
        #expect(pages.count > 200)
    }

    @Test("No page was passed over for a missing part") func pagesAreWhole() {
        var headings = 0
        for file in Repository.files(in: "Sources/Review/Rules/pages") {
            let text = try? String(
                contentsOfFile: Repository.path("Sources/Review/Rules/pages/\(file)"), encoding: .utf8)
            headings += (text ?? "").matches(of: #/(?m)^\[PC[0-9]{3}\]$/#).count
        }
        #expect(RuleCatalogue.rules.count == headings)
    }

    @Test("Rules of lint have an example, and a severity unless a policy gives it")
    func lintPages() {
        for rule in RuleCatalogue.rules where rule.stage == "lint" {
            #expect(rule.before != nil && rule.after != nil, "\(rule.id.rawValue)")
            let number = Int(rule.id.rawValue.dropFirst(2)) ?? 0
            guard number < 190 else { continue }
            let sources = [rule.severity != nil, rule.value != nil, rule.limit != nil].filter(\.self)
            #expect(sources.count == 1, "\(rule.id.rawValue)")
            if let limit = rule.limit { #expect(Policy.limitNames.contains(limit)) }
        }
    }

    @Test("A page that cites a document names the place in it, or says unverified") func clauses() {
        let citing = RuleCatalogue.rules.filter { $0.clause != nil }
        #expect(citing.count >= 7)
        for rule in citing {
            for source in rule.clause?.split(separator: ";") ?? [] {
                #expect(source.contains("section") || source.contains("unverified"), "\(rule.id.rawValue): \(source)")
            }
        }
    }

    @Test("Every value that a device can be given has exactly one rule") func values() {
        let expected = ["ike", "ipsec"].flatMap { phase in
            ["des", "3des", "aes128", "aes192", "aes256"].map { "\(phase).encryption.\($0)" }
                + ["md5", "sha1", "sha256", "sha384", "sha512"].map { "\(phase).integrity.\($0)" }
                + ["group1", "group2", "group5", "group14"].map { "\(phase).group.\($0)" }
        }
        let others = ["ipsec.group.disabled", "ike.version.ikev1", "ike.mode.aggressive", "ike.authentication.psk"]
        #expect(RuleCatalogue.rules.compactMap(\.value).sorted() == (expected + others).sorted())
    }

    @Test("peerconf explain prints a page, offline") func explains() async throws {
        let page = try await Peerconf.run(["explain", "PC237"])
        #expect(page.status == 0)
        #expect(page.stdout.contains("Identities look crossed") && page.stdout.contains("Remedy"))
        let unknown = try await Peerconf.run(["explain", "PC23"])
        #expect(unknown.status == 2 && unknown.stdout.isEmpty && unknown.stderr.contains("PC198"))
        let list = try await Peerconf.run(["explain"])
        #expect(list.stdout.split(separator: "\n").count == RuleCatalogue.rules.count)
    }
}
