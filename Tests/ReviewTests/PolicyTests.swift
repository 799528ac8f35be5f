import Findings
import Testing

@testable import Review

@Suite("Policies are data that says where it comes from")
struct PolicyTests {
    @Test(
        "Every verdict of the built-in policies names a source, and only read sources are cited",
        arguments: ["rfc", "nist", "bsi", "cnsa"])
    func sources(name: String) throws {
        let policy = try Policy.builtIn(name)
        let verdicts = Array(policy.verdicts.values) + policy.limits.values.map(\.verdict)
        #expect(verdicts.count > 15)
        for verdict in verdicts where verdict.severity != nil {
            let citation = try #require(verdict.citation)
            #expect(citation.words.contains("unverified") == !citation.isVerified)
            #expect(citation.isVerified || citation.clause == nil, "\(citation.title) is cited unread")
        }
    }

    /// What was read, as the policies' own first lines tell; of RFC 9395 the abstract only.
    @Test("Nothing counts as read that nobody read", arguments: ["rfc", "nist", "bsi", "cnsa"])
    func honesty(name: String) throws {
        let policy = try Policy.builtIn(name)
        let citations = (Array(policy.verdicts.values) + policy.limits.values.map(\.verdict)).compactMap(\.citation)
        let read = Set(citations.filter(\.isVerified).map(\.title))
        #expect(
            read.isSubset(of: [
                "RFC 2409", "RFC 7296", "RFC 8221", "RFC 8247", "RFC 8784", "RFC 9206", "RFC 9395", "peerconf",
            ]))
        // What was read has its place named, so that others find it.
        #expect(citations.allSatisfy { !$0.isVerified || $0.clause != nil || $0.title == "peerconf" })
        #expect(citations.allSatisfy { $0.title != "RFC 9395" || $0.clause == "abstract" })
    }

    @Test(
        "What RFC 8247 and RFC 8221 forbid is an error",
        arguments: [
            "ike.encryption.des", "ipsec.encryption.des", "ike.integrity.md5", "ipsec.integrity.md5",
            "ike.group.group1",
            "ipsec.group.group1",
        ])
    func forbidden(path: String) throws {
        let verdict = try Policy.builtIn("rfc").verdicts[path]
        #expect(verdict?.severity == .error)
        #expect(verdict?.citation?.says == "MUST NOT")
    }

    @Test(
        "A finding and its page say unverified of a source that nobody read, and cite the place in one that was read",
        arguments: [("nist", true), ("bsi", true), ("rfc", false)])
    func told(name: String, unread: Bool) throws {
        let findings = World.single.changing(["IkeConfig.IkeEncAlg": "3des"]).findings(policy: try .builtIn(name))
        let notes = findings.filter { $0.rule == "PC103" }.flatMap(\.notes).map(\.message).joined()
        #expect(notes.contains("unverified") == unread)
        #expect(notes.contains("section 2.1") == !unread)
        let page = try RulePage(try #require(RuleCatalogue.rule("PC103"))).text
        #expect(page.contains("unverified") && page.contains("section 2.1"))
    }

    @Test("The best that the cloud offers passes rfc and nist, and can not pass cnsa") func best() throws {
        #expect(World.good.lintRules(policy: try Policy.builtIn("nist")) == [])
        let cnsa = World.good.findings(policy: try Policy.builtIn("cnsa"))
        #expect(cnsa.contains { $0.severity == .error && $0.rule == "PC109" })
    }

    @Test(
        "A slip of the pen in a policy is told, not passed over",
        arguments: [
            ("[ike.encryption]\naes265 = { severity = \"error\" }", "ike.encryption.aes256"),
            ("[ike.encryption]\ndes = { severity = \"fatal\" }", "note, warning, error or off"),
            ("[ike.encryption]\ndes = { severity = \"error\", source = \"x\", verified = true }", "[sources]"),
            ("[rules]\nPC999 = { severity = \"off\" }", "names no rule"), ("[limts]\n", "limits"),
            ("base = \"nsit\"", "nist"), ("[limits]\npsk_bits = { severity = \"error\" }", "must have at_least"),
            ("[limits]\nike_lifetime = { at_least = 9, severity = \"error\" }", "must have at_most"),
            ("[limits]\npsk_bits = { at_least = -1, severity = \"error\" }", "0 or more"),
            ("not toml", "TOML"),
        ])
    func slips(toml: String, hint: String) {
        let error = #expect(throws: Finding.self) { try Policy(toml: toml, file: "p.toml", name: "p.toml") }
        #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
    }

    @Test("A policy without a base that passes over a value in use is told so, once per value; one with a base is not")
    func silence() throws {
        func paths(_ toml: String) throws -> [String] {
            let policy = try Policy(toml: toml, file: "h.toml", name: "h.toml")
            return World.good.findings(policy: policy)
                .filter { $0.rule == "PC199" }.map(\.message)
        }
        let verdict = "[ike.encryption]\naes256 = { severity = \"off\" }\n"
        let told = try paths(verdict)
        #expect(told.contains { $0.contains("ipsec.encryption.aes256") && $0.contains("h.toml") })
        #expect(!told.contains { $0.contains("ike.encryption.aes256") && !$0.contains("ipsec") })
        #expect(Set(told).count == told.count)
        #expect(try paths("base = \"rfc\"\n" + verdict) == [])
        #expect(World.good.findings(policy: try Policy.builtIn("cnsa")).allSatisfy { $0.rule != "PC199" })
    }

    @Test("A house's policy changes severities, and switches rules off") func overrides() throws {
        let policy = try Policy(
            toml: "base = \"rfc\"\n[rules]\nPC152 = { severity = \"off\" }\nPC160 = { severity = \"error\" }",
            file: "h.toml",
            name: "h.toml")
        let findings = World.single.changing(["EnableDpd": "false"]).findings(policy: policy)
        #expect(findings.map(\.rule) == ["PC160"])
        #expect(findings.first?.severity == .error)
    }
}

@Suite("Strength of keys")
struct KeyStrengthTests {
    /// peers.md 3.2: bits per character of an alphabet times length.
    @Test(
        "Random keys have the bits of their alphabet",
        arguments: [
            ("x7k2m9q4w1z8v3b6", 82), ("Rz6kTq9XwN3vGb7H", 95), ("Rz6!Tq9$wN3.Gb7H", 104), ("9f2b7c04d1e86a35", 64),
        ])
    func random(key: String, bits: Int) { #expect(KeyStrength(key).bits == bits) }

    @Test(
        "Patterns count little", arguments: ["Password2024", "qwertyuiop123456", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc"])
    func patterns(key: String) { #expect(KeyStrength(key).bits < 40) }

    @Test("An empty key has no bits") func empty() { #expect(KeyStrength("").bits == 0) }
}

@Suite("Days")
struct CalendarDateTests {
    @Test(
        "Seconds become days",
        arguments: [
            (0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (4_102_444_800, "2100-01-01"), (-1, "1969-12-31"),
        ])
    func seconds(seconds: Int, day: String) { #expect(CalendarDate(secondsSince1970: seconds).description == day) }

    @Test(
        "Days that the calendar lacks are refused",
        arguments: ["2025-02-29", "2024-13-01", "2024-1-1", "tomorrow", "2024-04-31"])
    func refused(text: String) { #expect(CalendarDate(text) == nil) }
}
