import Foundation
import TestSupport
import Testing

/// Nothing of a charon may stay behind, and several must not meet.
@Suite("Coming and going of charons", .needsCharon)
struct CleanupTests {
    private struct Stop: Error {
        var name: String
    }

    /// What still exists of a namespace's two places.
    private func traces(of name: String) -> [String] {
        ["/run/netns/\(name)", "/tmp/\(name)"].filter { FileManager.default.fileExists(atPath: $0) }
    }

    @Test("Gone after use")
    func afterUse() async throws {
        let name = try await withCharon { charon in
            #expect(traces(of: charon.namespace.name).count == 2)
            return charon.namespace.name
        }
        #expect(traces(of: name) == [])
    }

    @Test("Gone after an error")
    func afterError() async throws {
        var name = ""
        do {
            try await withCharon { charon in throw Stop(name: charon.namespace.name) }
        } catch let stop as Stop {
            name = stop.name
        }
        #expect(name.hasPrefix("pc-"))
        #expect(traces(of: name) == [])
    }

    @Test("Six at once, each with its own connections")
    func sixAtOnce() async throws {
        let found = try await withThrowingTaskGroup(of: [String].self) { group in
            for number in 1...6 {
                group.addTask {
                    try await withCharon { charon in
                        let report = try await charon.load("connections {\n only-\(number) {\n }\n}\n")
                        #expect(report.complaints == [])
                        return try await charon.connections().names
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(found == Set((1...6).map { "only-\($0)" }))
    }
}
