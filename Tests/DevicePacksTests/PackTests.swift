import BuiltInPacks
import DevicePacks
import Findings
import Foundation
import TestSupport
import Testing

@Suite("Built-in packs")
struct PackTests {
    private static let packs = PackLibrary.builtIn.names

    @Test("Every file of templates/ is embedded as it stands there, and no other")
    func tableIsTheFolder() throws {
        var onDisk: [String: [UInt8]] = [:]
        for pack in Repository.folders(in: "templates") {
            for file in Repository.files(in: "templates/\(pack)") {
                let path = "\(pack)/\(file)"
                onDisk[path] = Array(try Data(contentsOf: URL(fileURLWithPath: Repository.path("templates/\(path)"))))
            }
        }
        let embedded = Dictionary(
            BuiltInPacks.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        #expect(Set(embedded.keys) == Set(onDisk.keys))
        for (path, bytes) in onDisk { #expect(embedded[path] == bytes, "\(path)") }
    }

    @Test("Each pack is proved against the data model, in every version", arguments: packs)
    func lintsClean(name: String) throws {
        for version in try PackLibrary.builtIn.manifest(name).versions {
            let findings = PackCheck(try PackLibrary.builtIn.pack("\(name)@\(version)")).findings()
            #expect(findings.filter { $0.severity != .note } == [])
        }
    }

    @Test("An unknown pack or version is told with the nearest one")
    func unknown() {
        let pack = #expect(throws: Finding.self) { try PackLibrary.builtIn.pack("strongswam") }
        #expect(pack?.message.contains("did you mean strongswan?") == true)
        let version = #expect(throws: Finding.self) { try PackLibrary.builtIn.pack("strongswan@4.2") }
        #expect(version?.rule == "PC321")
        for (asked, covering) in [
            ("cisco-ios@17.15", "17.11"), ("cisco-ios@16.9", "15.x"), ("cisco-ios@17.9", "16.12"), ("vyos@2.0", "1.5"),
        ] {
            let finding = #expect(throws: Finding.self) { try PackLibrary.builtIn.pack(asked) }
            #expect(finding?.remedy?.hasPrefix("take \(covering), ") == true, "\(asked)")
        }
        for asked in ["vyos@1.2", "vyos@rolling"] {
            let finding = #expect(throws: Finding.self) { try PackLibrary.builtIn.pack(asked) }
            #expect(finding?.remedy == "known are 1.3, 1.4, 1.5", "\(asked)")
        }
    }

    @Test(
        "A manifest's mistakes are told",
        arguments: [
            ("title = 3", "title must be a text"), ("x = 1", "unknown key x"),
            ("title = \"a\"\ntitel = \"b\"", "unknown key titel"),
            ("title = [", "TOML"),
        ])
    func manifests(toml: String, message: String) {
        let library = PackLibrary(files: ["p/p.toml": Array(toml.utf8)])
        let finding = #expect(throws: Finding.self) { try library.pack("p") }
        #expect(finding?.rule == "PC322")
        #expect(finding?.message.contains(message) == true || message == "TOML")
    }
}
