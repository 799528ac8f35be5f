import Foundation
import TestSupport
import Testing

/// Runs that are killed, disturbed or out of room: a reader of the output folder never sees half of anything.
@Suite("Output that is interrupted")
struct InterruptionTests {
    private static let render = ["render", "samples/fleet-two-pages", "--device", "strongswan"]

    @Test("Killed at any moment, every file is the old one or the new one; the next run clears up")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            try "[defaults]\nmtu = 1300\ndpd_delay = 17\n".write(
                toFile: folder + "/site.toml", atomically: false, encoding: .utf8)
            let variants = [[], ["--site", folder + "/site.toml"]]
            var complete: [[String: String]] = []
            for (number, variant) in variants.enumerated() {
                _ = try await Peerconf.run(Self.render + variant + ["-o", "\(folder)/whole-\(number)"])
                complete.append(try Self.contents(of: "\(folder)/whole-\(number)"))
            }
            #expect(complete[0] != complete[1])
            var random = SplitMix64(state: 8)
            var killed = 0
            for round in 0..<40 {
                let delay = Double(random.next() % 60 + 1) / 1000
                let arguments = ["-s", "KILL", "\(delay)", Peerconf.path] + Self.render + variants[round % 2]
                let output = try await Command.run(
                    "/usr/bin/timeout", arguments + ["-o", folder + "/out"], folder: Repository.root.path, atOnce: true)
                // timeout(1) is killed by its own signal, and the one around it with it.
                if [9, 137].contains(output.status) { killed += 1 }
                for (path, text) in try Self.contents(of: folder + "/out") {
                    #expect(complete.contains { $0[path] == text }, "round \(round): \(path) is neither")
                }
            }
            #expect(killed > 0, "nothing was ever killed")
            _ = try await Peerconf.run(Self.render + ["-o", folder + "/out"])
            #expect(try Self.contents(of: folder + "/out") == complete[0])
            #expect(try Self.temporaryFiles(below: folder + "/out") == [])
        }
    }

    /// Those that strongSwan can express.
    private func rendered(_ connections: [AnswerNode], _ gateways: AnswerNode) async throws -> [AnswerNode] {
        let page = AnswerNode.page(connections, size: connections.count, total: connections.count)
        return try await withTemporaryFolder { folder in
            try page.json.write(toFile: folder + "/all.json", atomically: false, encoding: .utf8)
            try AnswerNode.object([("CustomerGateways", gateways)]).json.write(
                toFile: folder + "/gateways.json", atomically: false, encoding: .utf8)
            let output = try await Peerconf.run(["render", folder, "--device", "strongswan"])
            return connections.filter { connection in
                let id = connection.json.firstMatch(of: /"VpnConnectionId":"([^"]+)"/)?.output.1 ?? "none"
                return output.stdout.contains("/swanctl/\(id).conf <==")
            }
        }
    }

    @Test("Runs at the same time give out no number twice: one is first, the others say so")
    func together() async throws {
        var generator = AnswerGenerator(seed: 4)
        let drawn = (0..<24).map { generator.connection($0) }
        let gateways = generator.customerGateways(Array(0..<24))
        try await withTemporaryFolder { folder in
            let connections = try await Array(rendered(drawn, gateways).prefix(8))
            try #require(connections.count == 8)
            for (number, connection) in connections.enumerated() {
                try AnswerNode.page([connection], total: 1).xmlDocument().write(
                    toFile: "\(folder)/\(number).xml", atomically: false, encoding: .utf8)
            }
            try AnswerNode.object([("CustomerGateways", gateways)]).json.write(
                toFile: folder + "/gateways.json", atomically: false, encoding: .utf8)
            // All on one router, so that they compete for numbers.
            let names = gateways.json.matches(of: /cgw-[0-9A-Za-z]+/).map { "\"\($0.output)\"" }
            try "[routers.core]\ncustomer_gateways = [\(names.joined(separator: ", "))]\n".write(
                toFile: folder + "/site.toml", atomically: false, encoding: .utf8)
            let arguments = { @Sendable (number: Int) in
                [
                    "render", "\(folder)/\(number).xml", "\(folder)/gateways.json", "--device", "strongswan",
                    "--site", folder + "/site.toml", "-o", folder + "/out",
                ]
            }
            let messages = try await withThrowingTaskGroup(of: CommandOutput.self) { group in
                for number in 0..<8 { group.addTask { try await Peerconf.run(arguments(number)) } }
                return try await group.reduce(into: [CommandOutput]()) { $0.append($1) }
            }
            for output in messages where output.status == 2 { #expect(output.stderr.contains("[PC086]")) }
            #expect(messages.contains { $0.status != 2 })
            for number in 0..<8 { #expect(try await Peerconf.run(arguments(number)).status != 2) }
            let lock = try String(contentsOfFile: folder + "/out/peerconf.lock", encoding: .utf8)
            let lines = lock.split(separator: "\n").filter { $0.contains("=") }
            let tunnels = Set(
                connections.flatMap { $0.json.matches(of: /"TunnelId":"([^"]+)"/).map { "\($0.output.1)" } })
            #expect(tunnels.allSatisfy { tunnel in lines.count { $0.hasSuffix("\"\(tunnel)\"") } == 1 })
            #expect(Set(lines.compactMap { $0.split(separator: " ").first }).count == lines.count)
        }
    }

    @Test(
        "A full disk and a read-only file system are told, and nothing is lost",
        .needs("/usr/bin/unshare", asRoot: true))
    func noRoom() async throws {
        try await withTemporaryFolder { folder in
            let script = """
                set -e
                mkdir -p \(folder)/small
                mount -t tmpfs -o size=24k none \(folder)/small
                mkdir \(folder)/small/out
                echo kept > \(folder)/small/out/mine
                set +e
                \(Peerconf.path) \(Self.render.joined(separator: " ")) -o \(folder)/small/out
                echo "status $?"
                cat \(folder)/small/out/mine
                mount -o remount,ro,size=1m \(folder)/small
                \(Peerconf.path) \(Self.render.joined(separator: " ")) -o \(folder)/small/out
                echo "status $?"
                """
            let output = try await Command.run(
                "/usr/bin/unshare", ["-m", "/bin/sh", "-c", script], folder: Repository.root.path)
            #expect(output.stdout == "status 2\nkept\nstatus 2\n", "\(output.stderr)")
            #expect(output.stderr.contains("the disk is full"))
            #expect(output.stderr.contains("the file system is read-only"))
        }
    }

    private static func contents(of folder: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init()
        where !path.contains("/.") && !path.hasPrefix(".") {
            if let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) { result[path] = text }
        }
        return result
    }

    private static func temporaryFiles(below folder: String) throws -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []).filter {
            $0.contains(".peerconf-")
        }
    }
}
