import TestSupport
import Testing

@Suite("Cisco and H3C: no text of an answer adds, ends or changes a command")
struct InjectionTests {
    @Test("IOS: every field with every hostile text", arguments: versions)
    func cisco(version: String) async throws {
        let complaints = try await InjectionTrial.all(
            "cisco-ios@\(version)", reader: 9 + (versions.firstIndex(of: version) ?? 0)
        ) { trial in
            trial.changed.flatMap { router, hostile, harmless in
                let found = IOSConfiguration(Self.pasted(router, hostile), version: version)
                let expected = IOSConfiguration(Self.pasted(router, harmless), version: version)
                return trial.differences(Self.statements(found), Self.statements(expected))
                    + Set(found.problems).subtracting(expected.problems).sorted()
            }
        }
        #expect(complaints == [])
    }

    @Test("Comware: every field with every hostile text")
    func comware() async throws {
        let complaints = try await InjectionTrial.all("h3c-comware", reader: 12) { trial in
            trial.changed.flatMap { router, hostile, harmless in
                let found = ComwareConfiguration(Self.pasted(router, hostile))
                let expected = ComwareConfiguration(Self.pasted(router, harmless))
                return trial.differences(Self.statements(found), Self.statements(expected))
                    + Set(found.problems).subtracting(expected.problems).sorted()
            }
        }
        #expect(complaints == [])
    }

    private static func pasted(_ router: String, _ documents: [String: String]) -> [String] {
        let files = documents.map { ($0.key.split(separator: "/").last.map(String.init) ?? "", $0.value) }
        let names = Dictionary(files) { $1 }
        let all = Router(name: router, files: names).pasted()
        return names["shared.ios"] == nil ? names.keys.sorted().compactMap { names[$0] } : all
    }

    private static func statements(_ configuration: IOSConfiguration) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for object in configuration.objects {
            let place = ([object.kind] + object.key).joined(separator: " ")
            result[place] = object.values["form"]?.map { $0.joined(separator: " ") } ?? []
            for (attribute, lines) in object.lines { result["\(place) / \(attribute)"] = lines }
        }
        return result
    }

    private static func statements(_ configuration: ComwareConfiguration) -> [String: [String]] {
        let views = configuration.views.map { ($0.key.joined(separator: " / "), $0.value) }
        return Dictionary(uniqueKeysWithValues: views)
    }
}
