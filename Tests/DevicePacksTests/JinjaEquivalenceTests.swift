import CloudAPI
import FieldReader
import Findings
import Foundation
import PeerModel
import TemplateEngine
import TestSupport
import Testing

@testable import DevicePacks

/// Our packs are Jinja2: real Jinja2 renders them to the same bytes.
@Suite("Packs render alike under real Jinja2")
struct JinjaEquivalenceTests {
    /// Packs whose quoting the Python script has a filter for.
    private static let packs = PackLibrary.builtIn.names.filter { name in
        ((try? PackLibrary.builtIn.manifest(name))?.quoting).map { ["swanctl", "vyos"].contains($0) } ?? false
    }

    @Test("Every sample, with each way of handling keys", arguments: packs, SecretsMode.allCases)
    func samples(name: String, secrets: SecretsMode) async throws {
        let pack = try PackLibrary.builtIn.pack(name)
        var jobs: [JSON] = []
        var expected: [String] = []
        for (connection, device) in try Self.connections() {
            let source = pack.testSource(connection, device, secrets)
            // Any other connections will do for those that stay.
            let others = try Self.connections().filter { $0.0.id.value != connection.id.value }.prefix(3)
            let removal = RemovalSource(
                connection: source, remaining: others.map { pack.testSource($0.0, $0.1, secrets) })
            for rule in pack.manifest.documents
            where rule.scope != .device && rule.quoting == pack.manifest.quoting {
                let context =
                    rule.scope == .removal ? removalContext.value(removal) : connectionContext.value(source)
                let template = try pack.template(of: rule)
                var bytes: [UInt8] = []
                try template.render(context, into: &bytes)
                expected.append(String(decoding: bytes, as: UTF8.self))
                jobs.append(
                    .object([
                        "folder": .string(Repository.path("templates/\(name)")), "template": .string(rule.template),
                        "quoting": .string(pack.manifest.quoting), "context": Self.json(context),
                    ]))
            }
        }
        #expect(jobs.count > 10)
        let lines = jobs.map { $0.text.replacing("\n", with: " ") }.joined(separator: "\n")
        let script = Repository.path("Tests/DevicePacksTests/Fixtures/render_packs.py")
        let output = try await Command.run(Python.path, [script], input: lines, seconds: 60)
        #expect(output.status == 0, "\(output.stderr)")
        let rendered = try output.stdout.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed) as? String ?? ""
        }
        // Compared by a truth value: with --secrets inline the texts hold keys.
        #expect(rendered.count == expected.count)
        for (own, jinja) in zip(expected, rendered) { #expect((own == jinja) == true) }
    }

    private static func connections() throws -> [(Connection, Device)] {
        var result: [(Connection, Device)] = []
        for sample in Repository.folders(in: "samples") {
            let files = Repository.files(in: "samples/\(sample)").filter { $0.hasSuffix("xml") || $0.hasSuffix("json") }
            var set = ResponseSet()
            for file in files { set.add(file: Repository.path("samples/\(sample)/\(file)")) }
            var fleet = Fleet(
                connections: set.connections,
                gateways: GatewayDirectory(vpnGateways: set.vpnGateways, customerGateways: set.customerGateways),
                origins: set.origins)
            try fleet.numberByID()
            result += fleet.devices.flatMap { device in device.connections.map { ($0, device) } }
        }
        return result
    }

    /// A context as JSON.
    private static func json(_ value: Value) -> JSON {
        switch value {
        case .none: .null
        case .bool(let flag): .bool(flag)
        case .int(let number, _): .int(number)
        case .text(let text): .string(text.string)
        case .list(let values): .array(values.map(json))
        case .record(let record):
            .object(record.shape.names.map { JSON.Member(name: $0, value: json(record[$0] ?? .none)) })
        default: .null
        }
    }
}

extension Pack {
    fileprivate func testSource(_ connection: Connection, _ device: Device, _ secrets: SecretsMode) -> ConnectionSource
    {
        source(
            for: connection, on: device, RenderingOptions(secrets: secrets), .cloudAPI(), DeviceValues(of: device)
        ).0
    }
}
