import TestSupport
import Testing

@Suite("VyOS: no text of an answer adds, ends or changes a command")
struct InjectionTests {
    @Test("Every field with every hostile text", arguments: releases)
    func texts(release: String) async throws {
        let complaints = try await InjectionTrial.all(
            "vyos@\(release)", reader: 6 + (releases.firstIndex(of: release) ?? 0)
        ) { trial in
            trial.changed.flatMap { router, hostile, harmless in
                let (found, foundFaults) = Self.read(hostile, release)
                let (expected, expectedFaults) = Self.read(harmless, release)
                return trial.differences(found, expected) + Set(foundFaults).subtracting(expectedFaults).sorted()
            }
        }
        #expect(complaints == [])
    }

    private static func read(
        _ documents: [String: String], _ release: String
    ) -> (values: [String: [String]], faults: [String]) {
        let texts = documents.keys.sorted().compactMap { documents[$0] }
        let configuration = VyOSConfiguration(texts, release: release)
        let values = configuration.values.map { ($0.key.joined(separator: " "), $0.value) }
        return (Dictionary(uniqueKeysWithValues: values), configuration.faults)
    }
}
