import CloudAPI
import DevicePacks
import FieldReader
import Findings
import Foundation
import PeerModel
import Review
import TemplateEngine
import TestSupport
import Testing

/// The examples on the modules' landing pages: they stand here too, compile, and do what the pages say.
@Suite("The modules' documentation")
struct DocumentationTests {
    private static let modules = [
        "Findings", "FieldReader", "CloudAPI", "PeerModel", "TemplateEngine", "DevicePacks", "Review",
    ]

    private static let answer = Array(
        ((try? String(
            contentsOfFile: Repository.path("samples/single-ikev2-policy/response.xml"), encoding: .utf8)) ?? "").utf8)

    @Test("Each library has a page, whose example stands in this file", arguments: modules)
    func examples(module: String) throws {
        let page = try String(
            contentsOfFile: Repository.path("Sources/\(module)/Documentation.docc/\(module).md"), encoding: .utf8)
        #expect(page.hasPrefix("# ``\(module)``\n"))
        let blocks = page.components(separatedBy: "```swift\n").dropFirst()
        #expect(!blocks.isEmpty)
        let here = try Self.lines(String(contentsOfFile: #filePath, encoding: .utf8))
        for block in blocks {
            let example = Self.lines(block.components(separatedBy: "```\n")[0])
            let found = here.indices.contains { here[$0...].starts(with: example) }
            #expect(found, "\(example)")
        }
    }

    /// Lines without their margins.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test("Findings") func findings() {
        let finding = Finding(
            "PC126", .warning, "phase 2 uses group5 (1536 bits)",
            at: Place(
                location: SourceLocation(file: "cloud/connections.xml", line: 85, column: 13),
                field: "IpsecConfig.IpsecPfs"),
            remedy: "use group14 on both sides")
        let hint = nearestName(to: "strongswam", among: ["cisco-ios", "strongswan", "vyos"])
        #expect(TextReport().text(finding).hasPrefix("cloud/connections.xml:85:13: warning: phase 2 uses group5"))
        #expect(hint == "strongswan")
    }

    @Test("FieldReader") func fieldReader() throws {
        let source = ByteSource(Array("<Answer><Name>leipzig</Name></Answer>".utf8), name: "answer.xml")
        let tree = try RecordReader().readWhole(source)
        for field in tree.root.children { print(field.name, field.text, field.line, field.column) }
        #expect(tree.root.children.map(\.text) == ["leipzig"])
    }

    @Test("CloudAPI, PeerModel, DevicePacks and Review, one after another") func stages() throws {
        let answer = Self.answer
        let answers = ResponseSet(reading: [ByteSource(answer, name: "connections.xml")])
        for connection in answers.connections { print(connection.vpnConnectionId.value) }
        for finding in answers.findings { print(finding.message) }
        #expect(answers.connections.count == 1 && answers.findings == [])

        let gateways = GatewayDirectory(
            vpnGateways: answers.vpnGateways, customerGateways: answers.customerGateways)
        var fleet = Fleet(connections: answers.connections, gateways: gateways, origins: answers.origins)
        try fleet.numberByID()
        for connection in fleet.connections {
            for tunnel in connection.tunnels { print(tunnel.id.value, tunnel.ike.encryption.value) }
        }
        #expect(fleet.connections.map(\.tunnels.count) == [1])

        let pack = try PackLibrary.builtIn.pack("vyos@1.4")
        for device in fleet.devices {
            let rendering = try pack.render(device, origins: answers.origins)
            for document in rendering.documents { print(device.name, document.path) }
        }
        let documents = try fleet.devices.flatMap { try pack.render($0, origins: answers.origins).documents }
        #expect(documents.contains { $0.path == "vco-bp1pgqg11h4uu6fjddszz.vyos" })

        let policy = try Policy.builtIn("rfc")
        let findings = Lint.findings(fleet, policy: policy, origins: answers.origins)
        print(TextReport().text(findings))
        #expect(findings.allSatisfy { !$0.message.isEmpty })
    }

    @Test("TemplateEngine") func templateEngine() throws {
        let environment = Environment()
        let template = try environment.template(source: "peer {{ peer }}\n", named: "peer.j2")
        let text = try template.render(.dict(Dict([(Text("peer"), "203.0.113.1")])))
        #expect(text == "peer 203.0.113.1\n")
    }

    @Test("It builds without a warning, by the toolchain's docc") func builds() async throws {
        let docc = try await Command.run("/usr/bin/env", ["which", "docc", "swift-symbolgraph-extract"])
        try #require(docc.status == 0, "the toolchain has no docc")
        try await withTemporaryFolder { folder in
            let modules = URL(fileURLWithPath: Peerconf.path).deletingLastPathComponent().path + "/Modules"
            let output = try await Command.run(
                Repository.path(".ci/docs"), [folder], environment: ["MODULES": modules])
            #expect(output.status == 0, "\(output.stdout)\(output.stderr)")
            for module in Self.modules {
                let index = "\(folder)/\(module).doccarchive/data/documentation/\(module.lowercased()).json"
                #expect(FileManager.default.fileExists(atPath: index), "\(module)")
            }
        }
    }
}
