import Foundation
import TestSupport
import Testing

/// What `peerconf devices` claims, feature by feature, against what becomes of an answer that needs the feature.
@Suite("What peerconf devices claims is what render does")
struct DeviceFeatureTests {
    private struct Matrix: Decodable {
        var devices: [Row]
    }

    private struct Row: Decodable {
        var device: String
        var version: String
        var features: [Claim]
        var refusals: [Refusal]
    }

    private struct Claim: Decodable {
        var feature: String
        var support: String
        var rules: [String]
    }

    private struct Refusal: Decodable { var rule: String }

    private static func matrix(_ arguments: String...) async throws -> [Row] {
        let output = try await Peerconf.run(["devices", "--format", "json"] + arguments)
        return try JSONDecoder().decode(Matrix.self, from: Data(output.stdout.utf8)).devices
    }

    @Test("Each feature of each version", arguments: Repository.folders(in: "templates"))
    func claims(device: String) async throws {
        var counts: [String: Int] = [:]
        for row in try await Self.matrix() where row.device == device {
            let has = Set(row.features.filter { $0.support == "yes" }.map(\.feature))
            for claim in row.features {
                let probe = FeatureProbe(
                    claim.feature, ikeVersion: has.contains("ikev2") ? 2 : 1, isRouteBased: has.contains("route_based"))
                let outcome = try await probe.outcome(on: "\(device)@\(row.version)")
                let place: Comment = "\(claim.feature) on \(device)@\(row.version): \(outcome.messages)"
                counts[claim.support, default: 0] += 1
                switch claim.support {
                case "yes":
                    #expect(outcome.errors == [] && outcome.warnings == [], place)
                    for evidence in probe.evidence { #expect(outcome.text.contains(evidence), place) }
                    if let idle = try await probe.idle?.outcome(on: "\(device)@\(row.version)") {
                        #expect(outcome.text != idle.text, place)
                    }
                case "warned":
                    #expect(outcome.errors == [] && outcome.warnings == Set(claim.rules), place)
                    for evidence in probe.evidence { #expect(outcome.text.contains(evidence), place) }
                case "refused":
                    #expect(outcome.text.isEmpty, place)
                    let claimed: Set = claim.rules.isEmpty ? ["PC301"] : Set(claim.rules)
                    #expect(outcome.errors.isSuperset(of: claimed), place)
                    #expect(Set(claim.rules).isSubset(of: row.refusals.map(\.rule)), place)
                case "no" where claim.feature == "removal":
                    #expect(outcome.errors == ["PC309"], place)
                case "no":
                    let idle = try #require(try await probe.idle?.outcome(on: "\(device)@\(row.version)"), place)
                    #expect(outcome.errors == [] && outcome.text == idle.text, place)
                default:
                    Issue.record(place)
                }
            }
        }
        print("\(device): \(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))")
    }

    @Test("A pack that tells nothing is shown as unknown, and lint says what is missing")
    func untold() async throws {
        try await withTemporaryFolder { folder in
            let pack = folder + "/p"
            try FileManager.default.createDirectory(atPath: pack, withIntermediateDirectories: true)
            for name in Repository.files(in: "Tests/CommandTests/Fixtures/packs/sound") {
                var text = try String(
                    contentsOfFile: Repository.path("Tests/CommandTests/Fixtures/packs/sound/\(name)"), encoding: .utf8)
                text = text.replacingOccurrences(of: "vrf = false\n", with: "")
                try text.write(toFile: "\(pack)/\(name)", atomically: false, encoding: .utf8)
            }
            let rows = try await Self.matrix("--templates", folder)
            let row = try #require(rows.first { $0.device == "p" })
            #expect(row.features.filter { $0.support == "unknown" }.map(\.feature) == ["vrf"])
            let lint = try await Peerconf.run(["templates", "lint", "--templates", folder, "p"])
            #expect(lint.status == 0)
            #expect(lint.stderr.contains("note: features does not tell vrf: ") && lint.stderr.contains("[PC327]"))
        }
    }

    @Test("The document is valid by its schema, and one with a further member is not")
    func schema() async throws {
        try await withTemporaryFolder { folder in
            for (name, arguments) in [
                ("schema", ["schema", "devices"]), ("document", ["devices", "--format", "json"]),
            ] {
                let text = try await Peerconf.run(arguments).stdout
                try text.write(toFile: "\(folder)/\(name).json", atomically: false, encoding: .utf8)
            }
            let program = """
                import json, sys, jsonschema
                schema, document = (json.load(open(f"{sys.argv[1]}/{n}.json")) for n in ("schema", "document"))
                jsonschema.Draft202012Validator.check_schema(schema)
                validator = jsonschema.Draft202012Validator(schema)
                validator.validate(document)
                document["devices"][0]["features"][0]["surprise"] = 1
                assert not validator.is_valid(document)
                """
            let check = try await Command.run(Python.path, ["-c", program, folder])
            #expect(check.status == 0, "\(check.stderr)")
        }
    }
}
