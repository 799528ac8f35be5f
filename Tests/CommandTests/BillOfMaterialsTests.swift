import Foundation
import TestSupport
import Testing

/// `.ci/sbom` tells what a release is made of, in a form that scanners read.
@Suite("The bill of materials")
struct BillOfMaterialsTests {
    @Test("It is valid by CycloneDX's own schema, names all there is, and is the same each time", .needs(Python.path))
    func valid() async throws {
        let first = try await Command.check(Python.path, [Repository.path(".ci/sbom")]).stdout
        let again = try await Command.check(Python.path, [Repository.path(".ci/sbom")]).stdout
        #expect(first == again)
        try await withTemporaryFolder { folder in
            let path = folder + "/bom.json"
            try first.write(toFile: path, atomically: false, encoding: .utf8)
            let program = """
                import json, pathlib, sys, jsonschema, referencing
                folder, path = map(pathlib.Path, sys.argv[1:])
                registry = referencing.Registry()
                for file in folder.glob("*.json"):
                    schema = json.loads(file.read_text())
                    resource = referencing.Resource.from_contents(schema)
                    registry = registry.with_resources([(schema["$id"], resource), (file.name, resource)])
                schema = json.loads((folder / "bom-1.5.schema.json").read_text())
                validator = jsonschema.Draft7Validator(schema, registry=registry)
                document = json.loads(path.read_text())
                validator.validate(document)
                for member, value in [("components", [{"name": "x"}]), ("specVersion", 1), ("surprise", 1)]:
                    assert not validator.is_valid(dict(document, **{member: value})), member
                licence = {"license": {"id": "No-Such-Licence"}}
                document["components"][0]["licenses"] = [licence]
                assert not validator.is_valid(document), "licences are not looked at"
                """
            try await Command.check(
                Python.path, ["-c", program, Repository.path("Tests/CommandTests/Fixtures/cyclonedx"), path])
        }
        // What the manifest demands, read without the script's help.
        let manifest = try String(contentsOfFile: Repository.path("Package.swift"), encoding: .utf8)
        let demanded = manifest.matches(of: /url: "([^"]+)", exact: "([^"]+)"/)
        #expect(demanded.count == manifest.matches(of: /\.package\(/).count, "a dependency is not pinned")
        #expect(demanded.count >= 2)
        let readme = try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
        for match in demanded {
            #expect(first.contains("pkg:swift/\(match.1.dropFirst("https://".count))@\(match.2)"))
            #expect(readme.contains("](\(match.1)) |"), "\(match.1) has no line in the README")
        }
        #expect(first.contains(#""name": "libxml2""#) && first.contains(#""name": "toml++""#))
    }
}
