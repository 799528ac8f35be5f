import Foundation
import TestSupport

/// What peerconf made of some connections, read back from its output folder.
struct Rendered: Sendable {
    /// Contents by path below the device's folder.
    var files: [String: String]
    /// Everything said on standard error.
    var messages: String
    var status: Int32

    /// Renders with numbers from a fresh lock file, hence 101, 102 … in the order of the tunnels' ids.
    static func render(
        _ connections: [RawConnection], site: String = "", secrets: String = "split", device: String = "strongswan"
    ) async throws -> Rendered {
        try await withTemporaryFolder { folder in
            let answers = [
                "connections.json": try RawConnection.answer(connections),
                "gateways.json": try RawConnection.gateways(connections),
                "peerconf.toml": site,
            ]
            for (name, text) in answers {
                try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
            }
            let output = try await Peerconf.run(
                [
                    "render", "connections.json", "gateways.json", "--site", "peerconf.toml", "--device", device,
                    "--secrets", secrets, "-o", "out",
                ], folder: folder)
            var files: [String: String] = [:]
            let contents = FileManager.default.enumerator(atPath: folder + "/out")
            while let path = contents?.nextObject() as? String {
                let steps = path.split(separator: "/", maxSplits: 1)
                guard steps.count == 2, let data = FileManager.default.contents(atPath: "\(folder)/out/\(path)") else {
                    continue
                }
                files[String(steps[1])] = String(decoding: data, as: UTF8.self)
            }
            return Rendered(files: withExamplesInPlace(files), messages: output.stderr, status: output.status)
        }
    }

    /// A file that must be there.
    func file(_ path: String) throws -> String {
        guard let text = files[path] else {
            throw HarnessError("no \(path) among \(files.keys.sorted())\n\(messages)")
        }
        return text
    }
}

/// A site file for the tests' one router.
func siteFile(advertise: [String] = [], routes: [String] = [], more: String = "") -> String {
    func list(_ name: String, _ values: [String]) -> String {
        values.isEmpty ? "" : "\(name) = [\(values.map { "\"\($0)\"" }.joined(separator: ", "))]\n"
    }
    return """
        [routers.edge1]
        customer_gateways = ["cgw-routing1", "cgw-routing2"]
        \(list("advertise", advertise))\(list("routes", routes))\(more)

        """
}
