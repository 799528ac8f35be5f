import Foundation
import TestSupport
import Testing

/// `--format json` of all commands that report, against the schema that `schema report` prints, by a validator that we
/// did not write.
@Suite("Reports as JSON")
struct ReportSchemaTests {
    @Test("Reports of lint, diff, check and scan are valid by the schema", .needsPython)
    func reports() async throws {
        try await withTemporaryFolder { folder in
            let schema = try await Peerconf.run(["schema", "report"]).stdout
            try schema.write(toFile: folder + "/schema.json", atomically: false, encoding: .utf8)
            var documents: [String] = []
            for (index, arguments) in try await commands(folder).enumerated() {
                let result = try await Peerconf.run(arguments + ["--format", "json"])
                let path = folder + "/report-\(index).json"
                try result.stdout.write(toFile: path, atomically: false, encoding: .utf8)
                documents.append(path)
            }
            let program = """
                import json, sys, jsonschema
                schema = json.load(open(sys.argv[1]))
                jsonschema.Draft202012Validator.check_schema(schema)
                validator = jsonschema.Draft202012Validator(schema)
                seen = dict.fromkeys(["findings", "plans", "diffs", "waived", "notes"], 0)
                commands = set()
                for path in sys.argv[2:]:
                    document = json.load(open(path))
                    validator.validate(document)
                    commands.add(document["command"])
                    for name in ["findings", "plans", "diffs", "waived"]: seen[name] += len(document[name])
                    seen["notes"] += sum(len(f["notes"]) for f in document["findings"])
                    for finding in document["findings"]:
                        bad = json.loads(json.dumps(document))
                        bad["findings"][0]["place"]["surprise"] = 1
                        assert not validator.is_valid(bad), "an unknown member passes"
                        del bad["findings"][0]["place"]
                        assert not validator.is_valid(bad), "a missing member passes"
                    assert not validator.is_valid(dict(document, version=2)), "another version passes"
                assert commands == {"lint", "diff", "check", "scan"}, commands
                assert all(seen.values()), seen
                """
            let python = try #require(Python.path)
            let check = try await Command.run(python, ["-c", program, folder + "/schema.json"] + documents)
            #expect(check.status == 0, "\(check.stderr)")
        }
    }

    /// Commands whose reports together fill all parts: findings, notes, plans, differences, exceptions.
    private func commands(_ folder: String) async throws -> [[String]] {
        var commands: [[String]] = []
        for sample in Repository.folders(in: "samples") { commands.append(["lint", "samples/\(sample)"]) }
        for difference in Repository.folders(in: "Tests/ReviewTests/Fixtures/diff") {
            let base = "Tests/ReviewTests/Fixtures/diff/\(difference)"
            let end = Repository.files(in: base).contains("old.xml") ? ".xml" : ""
            commands.append(["diff", "\(base)/old\(end)", "\(base)/new\(end)"])
        }
        let waivers = """
            [[waivers]]
            rule = "PC152"
            connection = "vco-bp1pgqg11h4uu6fjddszz"
            owner = "network team"
            reason = "second line ordered"
            expires = 2099-06-30
            """
        try waivers.write(toFile: folder + "/waivers.toml", atomically: false, encoding: .utf8)
        commands.append(["lint", "samples/single-ikev2-policy", "--waivers", folder + "/waivers.toml"])
        let output = ["samples/single-ikev2-policy", "--device", "strongswan", "-o", folder + "/routers"]
        _ = try await Peerconf.run(["render"] + output)
        let file = folder + "/routers/cgw-bp1s5pm030sbkgh8ye7m4/swanctl/vco-bp1pgqg11h4uu6fjddszz.conf"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("aes256", with: "aes128").write(toFile: file, atomically: false, encoding: .utf8)
        commands.append(["render"] + output + ["--check", "--diff"])
        commands.append(["scan", "samples/single-ikev2-policy"])
        return commands
    }
}
