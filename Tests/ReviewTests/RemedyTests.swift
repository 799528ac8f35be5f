import Findings
import Testing

@testable import Review

/// Whoever does what a remedy says must not be told off for it by the next run with the same policy.
@Suite("Remedies agree with the policy in force")
struct RemedyTests {
    /// What the cloud takes (api.md 3.1), by the names of the fields.
    private static let offered: [String: [String]] = [
        "IkeEncAlg": ["aes", "aes192", "aes256", "des", "3des"],
        "IpsecEncAlg": ["aes", "aes192", "aes256", "des", "3des"],
        "IkeAuthAlg": ["md5", "sha1", "sha256", "sha384", "sha512"],
        "IpsecAuthAlg": ["md5", "sha1", "sha256", "sha384", "sha512"],
        "IkePfs": ["group1", "group2", "group5", "group14"],
        "IpsecPfs": ["disabled", "group1", "group2", "group5", "group14"],
        "IkeVersion": ["ikev1", "ikev2"], "IkeMode": ["main", "aggressive"],
    ]

    /// The policies that come with the program, and houses' own that twist them.
    private static let policies: [String] =
        Policy.builtInNames + [
            "base = \"cnsa\"\n[ike.encryption]\naes192 = { severity = \"off\" }\n[ipsec.group]\ngroup5 = { severity = \"off\" }",
            "base = \"bsi\"\n[rules]\nPC127 = { severity = \"error\" }\nPC113 = { severity = \"off\" }",
            "base = \"rfc\"\n[limits]\nike_lifetime = { at_most = 1800, severity = \"error\" }\n"
                + "ipsec_lifetime = { at_most = 1200, severity = \"error\" }\npsk_bits = { at_least = 350, severity = \"error\" }",
            "base = \"nist\"\n[limits]\nike_lifetime = { at_most = 600, severity = \"error\" }\n"
                + "ipsec_lifetime_short = { at_least = 90000, severity = \"error\" }\n"
                + "psk_bits = { at_least = 460, severity = \"error\" }",
            "[ike.encryption]\naes192 = { severity = \"note\" }\n[ike.group]\ngroup14 = { severity = \"off\" }\n"
                + "[ipsec.integrity]\nsha512 = { severity = \"off\" }\nmd5 = { severity = \"warning\" }",
            "base = \"rfc\"\n[ike.group]\ngroup14 = { severity = \"warning\" }\n[ipsec.group]\n"
                + "group14 = { severity = \"note\" }\n[ipsec.encryption]\naes256 = { severity = \"error\" }",
        ]

    private static func policy(_ text: String) throws -> Policy {
        Policy.builtInNames.contains(text)
            ? try .builtIn(text) : try Policy(toml: text, file: "house.toml", name: "house.toml")
    }

    /// Every value that the cloud offers in every field, and all that the examples of the rules have.
    private static let worlds: [World] =
        offered.keys.sorted().flatMap { field in
            (offered[field] ?? []).map { value in
                let older = field == "IkeMode" ? ["IkeConfig.IkeVersion": "ikev1"] : [:]
                return World.single.changing(["\(path(field)).\(field)": value].merging(older) { _, new in new })
            }
        }
        + ["86400", "1", "0", "100", "7200"].flatMap { seconds in
            ["IkeLifetime", "IpsecLifetime"].map { World.single.changing(["\(path($0)).\($0)": seconds]) }
        } + LintRuleTests.examples.map(\.world)

    private static func path(_ field: String) -> String { field.hasPrefix("Ike") ? "IkeConfig" : "IpsecConfig" }

    @Test("Whoever follows a remedy has less against him than before", arguments: policies)
    func following(text: String) throws {
        var judge = Judge(policy: try Self.policy(text))
        var followed = 0
        for world in Self.worlds {
            for finding in judge.findings(world) where finding.rule.rawValue.hasPrefix("PC1") {
                let remedy = finding.remedy ?? ""
                for match in remedy.matches(of: #/use ([a-z0-9, ]+) in (I\w+)/#) {
                    let values = match.1.replacing(" or ", with: ", ").split(separator: ", ")
                    for value in values.map({ String($0) }) {
                        judge.checkValue(value, String(match.2), finding, world)
                        followed += 1
                    }
                }
                for match in remedy.matches(of: #/set (I\w+Lifetime) to (?:(\d+) to )?(\d+) seconds/#) {
                    for value in [match.2, match.3].compactMap({ $0.map { String($0) } }) {
                        judge.checkLifetime(value, String(match.1), finding, world)
                        followed += 1
                    }
                }
                if let match = remedy.firstMatch(of: #/accepts no \w+ that the cloud offers in (\w+)/#) {
                    judge.checkException(String(match.1), finding, world)
                    followed += 1
                }
            }
        }
        #expect(followed > 20)
    }

    /// A policy, and what it found in each answer.
    private struct Judge {
        let policy: Policy
        private var known: [[String]: [Finding]] = [:]

        init(policy: Policy) { self.policy = policy }

        mutating func findings(_ world: World) -> [Finding] {
            let documents = world.documents
            if let findings = known[documents] { return findings }
            let findings = world.findings(policy: policy)
            known[documents] = findings
            return findings
        }

        /// Objections of the same tunnel to a field, after it has another value.
        private mutating func left(_ field: String, _ value: String, _ finding: Finding, _ world: World) -> [Finding] {
            findings(changing(world, field, value, like: finding)).filter { other in
                other.place.connection == finding.place.connection && other.place.tunnel == finding.place.tunnel
                    && other.place.field?.hasSuffix("." + field) == true
            }
        }

        mutating func checkValue(_ value: String, _ field: String, _ finding: Finding, _ world: World) {
            let remedy = finding.remedy ?? ""
            #expect(RemedyTests.offered[field]?.contains(value) == true, "\(remedy)")
            for other in left(field, value, finding, world) {
                #expect(other.rule != finding.rule && other.severity < .error && other.rule != "PC199", "\(remedy)")
                // A policy that accepts only the weaker value in one phase contradicts itself: the rules that compare the
                // phases then have the last word.
                let compares = other.rule == "PC137" || other.rule == "PC138"
                let mayCompare = compares && !Policy.builtInNames.contains(policy.name)
                #expect(remedy.contains("objects to that too") || mayCompare, "\(finding.message): \(remedy)")
            }
        }

        mutating func checkLifetime(_ value: String, _ field: String, _ finding: Finding, _ world: World) {
            #expect((1...86_400).contains(Int(value) ?? 0))
            let bounds: Set<RuleID> = ["PC133", "PC134", "PC135", "PC136"]
            let left = left(field, value, finding, world).filter { bounds.contains($0.rule) }
            #expect(left.map(\.message) == [], "\(finding.remedy ?? "")")
        }

        mutating func checkException(_ field: String, _ finding: Finding, _ world: World) {
            // What a policy without a base has no word on is told at one tunnel only.
            guard policy.acceptsSilently else { return }
            for value in RemedyTests.offered[field] ?? [] where value != "disabled" {
                let isNoBetter = left(field, value, finding, world).contains {
                    $0.severity == .error || $0.severity >= finding.severity || $0.rule == "PC199"
                        || $0.rule == finding.rule
                }
                #expect(isNoBetter, "\(value) in \(field) instead: \(finding.message)")
            }
        }

        /// The same answers with one field of a finding's tunnel changed.
        private func changing(_ world: World, _ field: String, _ value: String, like finding: Finding) -> World {
            let tunnels = world.sites[0].tunnels
            guard !tunnels.isEmpty else {
                let site = world.sites.firstIndex { $0.fields["VpnConnectionId"] == finding.place.connection } ?? 0
                return world.changing(["\(path(field)).\(field)": value], site: site)
            }
            let position = tunnels.firstIndex { $0["TunnelId"] == finding.place.tunnel } ?? 0
            return world.changing(tunnels: [position: ["Tunnel\(path(field)).\(field)": value]])
        }
    }

    @Test("A key that a remedy names has the bits that the policy asks for", arguments: policies)
    func keys(text: String) throws {
        let policy = try Self.policy(text)
        let weak = World.single.changing(["IkeConfig.Psk": "h4Tz"])
        let remedy = try #require(
            weak.findings(policy: policy).first { $0.rule == "PC141" || $0.rule == "PC151" }?.remedy
                ?? (policy.limits["psk_bits"] == nil ? "openssl rand -hex 32 a random key of 32" : nil))
        var generator = Seeded(state: 7)
        guard let bytes = remedy.firstMatch(of: #/openssl rand -hex (\d+)/#).flatMap({ Int($0.1) }) else {
            #expect(remedy.contains("100 characters"))
            return
        }
        let characters = remedy.firstMatch(of: #/random key of (\d+)/#).flatMap { Int($0.1) } ?? 0
        #expect(bytes * 2 <= 100 && (32...100).contains(characters))
        let wanted = ["psk_bits", "psk_bits_low"].compactMap { policy.limits[$0] }
        for _ in 0..<1500 {
            let keys = [
                generator.key("0123456789abcdef", bytes * 2),
                generator.key("0123456789abcdefghijklmnopqrstuvwxyz", characters),
            ]
            for strength in keys.map(KeyStrength.init) {
                #expect(wanted.allSatisfy { $0.broken(by: strength.bits) == nil }, "\(strength.bits) bits: \(remedy)")
                #expect(!strength.isMostlyPatterns && !strength.isRepetitive)
            }
        }
    }

    @Test("A page tells what to do under each policy that objects") func pages() throws {
        let page = try RulePage(try #require(RuleCatalogue.rule("PC123"))).text
        #expect(page.contains("fix: use group14 in IkePfs") && page.contains("fix: take an exception"))
        let lifetime = try RulePage(try #require(RuleCatalogue.rule("PC134"))).text
        #expect(lifetime.contains("3600 to 28800 seconds") && lifetime.contains("3600 to 14400 seconds"))
    }
}

/// Numbers that are the same on every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func key(_ alphabet: String, _ count: Int) -> String {
        let letters = Array(alphabet)
        return String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &self)] })
    }
}
