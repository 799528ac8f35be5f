import Foundation
import TestSupport
import Testing

@Suite("strongSwan: no text of an answer adds, ends or changes a setting", .needsCharon, .needsStarter)
struct InjectionTests {
    static let versions = ["5.9", "6.0"]

    @Test("swanctl.conf in charon: every field with every hostile text", arguments: versions.indices)
    func swanctl(index: Int) async throws {
        let complaints = try await InjectionTrial.all("strongswan@\(Self.versions[index])", reader: index) { trial in
            let changed = trial.changed
            guard !changed.isEmpty else { return [] }
            let found = try await Self.load(changed.map(\.hostile))
            let expected = try await Self.load(changed.map(\.harmless))
            let keys = zip(found.secrets, expected.secrets).filter { found, expected in
                found.key != Array(trial.put(String(decoding: expected.key, as: UTF8.self)).utf8)
            }
            return trial.differences(Self.statements(found), Self.statements(expected), isExact: true)
                + Set(found.complaints).subtracting(expected.complaints).sorted()
                + keys.map { "the key of \($0.0.name) arrives as another" }
        }
        #expect(complaints == [])
    }

    @Test("ipsec.conf in charon: every field with every hostile text")
    func legacy() async throws {
        let complaints = try await InjectionTrial.all("strongswan-legacy", reader: 2) { trial in
            let changed = trial.changed
            guard !changed.isEmpty else { return [] }
            let found = try await Self.start(changed.map(\.hostile))
            let expected = try await Self.start(changed.map(\.harmless))
            return trial.differences(Self.statements(found), Self.statements(expected), isExact: true)
                + Set(found.complaints).subtracting(expected.complaints).sorted()
        }
        #expect(complaints == [])
    }

    private static func load(_ routers: [[String: String]]) async throws -> LoadReport {
        let documents = routers.flatMap { files in
            files.keys.sorted().filter { $0.contains("/swanctl/") }.compactMap { files[$0] }
        }
        return try await withCharon {
            try await $0.load(["swanctl.conf": documents.joined(separator: "\n")], comparing: false)
        }
    }

    private static func start(_ routers: [[String: String]]) async throws -> LegacyLoad {
        await Gate.charons.enter()
        defer { Task { await Gate.charons.leave() } }
        let documents = Dictionary(routers.flatMap { $0 }) { $1 }
        let conns = documents.filter { $0.key.hasSuffix(".ipsec.conf") }.values.joined()
            .split(separator: "\n").count { $0.hasPrefix("conn ") }
        let namespace = try await Namespace(role: "hostile")
        do {
            let path = try LegacyLoad.install(documents, in: namespace)
            let charon = try await Charon(in: namespace, esp: .kernel, ipsecConf: path)
            let load = try await LegacyLoad.read(charon, conns: conns, listing: false)
            await namespace.end()
            return load
        } catch {
            await namespace.end()
            throw error
        }
    }

    private static func statements(_ report: LoadReport) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for connection in report.connections { add(connection.settings, connection.name, to: &result) }
        for secret in report.secrets {
            result["secret \(secret.name)"] =
                [secret.type, String(decoding: secret.key, as: UTF8.self)] + secret.owners.map(identity)
        }
        return result
    }

    private static func statements(_ load: LegacyLoad) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for (conn, settings) in load.received {
            for (name, value) in settings { result["\(conn) \(name)"] = [identity(value)] }
        }
        // charon's log quotes some owners and not others.
        func bare(_ text: String) -> String { text.filter { !"\"'".contains($0) } }
        let keys = Dictionary(load.keys.map { (bare($0.key), $0.value) }) { $1 }
        for (conn, settings) in load.received {
            let owners = bare("\(settings["leftid"] ?? "") \(settings["rightid"] ?? "")")
            result["\(conn) key"] = [keys[owners].map { String(decoding: $0, as: UTF8.self) } ?? "none"]
        }
        result["keys"] = ["\(load.keys.count)"]
        return result
    }

    /// An identity that charon might read otherwise has its type before it, which its text does not have.
    private static func identity(_ text: String) -> String {
        text.hasPrefix("fqdn:") ? String(text.dropFirst("fqdn:".count)) : text
    }

    private static func add(_ tree: ViciTree, _ place: String, to result: inout [String: [String]]) {
        for entry in tree.entries {
            let name = "\(place)/\(entry.name)"
            switch entry.value {
            case .bytes(let bytes): result[name] = [identity(String(decoding: bytes, as: UTF8.self))]
            case .list(let items): result[name] = items.map { String(decoding: $0, as: UTF8.self) }
            case .section(let content): add(content, name, to: &result)
            }
        }
    }
}
