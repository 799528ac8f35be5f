import Foundation
import TestSupport

/// The files that peerconf wrote for one router.
struct Router {
    var name: String
    /// Contents by file name.
    var files: [String: String]

    /// In the order in which they are to be pasted: what is shared, connections, keys.
    func pasted(only connections: [String]? = nil) -> [String] {
        let names = files.keys.sorted().filter { name in
            connections?.contains { name.hasPrefix($0 + ".") } ?? (name != "shared.ios")
        }
        let main = names.filter { !$0.hasSuffix(".secrets.ios") }
        let keys = names.filter { $0.hasSuffix(".secrets.ios") }
        return (["shared.ios"] + main + keys).compactMap { files[$0] }
    }
}

/// What peerconf made of a set of answers.
struct RenderedFleet {
    var routers: [String: Router] = [:]
    var messages = ""
    var status: Int32 = 0

    /// All contents by path.
    var contents: [String: String] {
        var result: [String: String] = [:]
        for (name, router) in routers { for (file, text) in router.files { result[name + "/" + file] = text } }
        return result
    }

    /// The routers on which a connection was rendered.
    func routers(of connection: String, suffix: String = ".ios") -> [Router] {
        routers.values.filter { $0.files[connection + suffix] != nil }
    }

    /// The errors told of a connection.
    func told(of connection: String) -> [String] {
        let lines = messages.split(separator: "\n").map(String.init)
        return lines.indices.filter { lines[$0].contains("connection \(connection)") && $0 > 0 }.map { lines[$0 - 1] }
            .filter { $0.contains("error: ") }
    }

    /// Renders answers (contents by file name) with a pack.
    static func render(
        _ answers: [String: String], device: String, secrets: String = "inline", site: String = "", folder: String
    ) async throws -> RenderedFleet {
        let input = folder + "/in"
        let output = folder + "/out"
        try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
        for (name, text) in answers { try text.write(toFile: "\(input)/\(name)", atomically: false, encoding: .utf8) }
        try site.write(toFile: folder + "/peerconf.toml", atomically: false, encoding: .utf8)
        return try await render(
            [input], device: device, secrets: secrets, site: folder + "/peerconf.toml", output: output)
    }

    /// Renders files and folders with a pack.
    static func render(
        _ inputs: [String], device: String, secrets: String, site: String? = nil, output: String
    ) async throws -> RenderedFleet {
        let arguments =
            ["render"] + inputs + ["--device", device, "--secrets", secrets, "-o", output]
            + (site.map { ["--site", $0] } ?? [])
        let result = try await Command.run(Peerconf.path, arguments, folder: Repository.root.path, seconds: 300)
        var fleet = RenderedFleet(messages: result.stderr, status: result.status)
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? [] {
            let path = output + "/" + folder
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { continue }
            var router = Router(name: folder, files: [:])
            for name in names { router.files[name] = try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
            router.files = withExamplesInPlace(router.files)
            fleet.routers[folder] = router
        }
        return fleet
    }
}
