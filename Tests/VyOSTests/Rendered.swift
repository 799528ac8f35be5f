import Foundation
import TestSupport

/// What peerconf wrote for a folder of answers: texts by router and file name.
struct Rendered {
    var routers: [String: [String: String]] = [:]
    var modes: [String: Int] = [:]
    var messages = ""
    var status: Int32 = 0

    static func render(
        _ input: String, release: String, secrets: String = "split", site: SiteFacts? = nil, below folder: String
    ) async throws -> Rendered {
        let output = "\(folder)/out-\(secrets)"
        var arguments = ["render", input, "--device", "vyos@\(release)", "--secrets", secrets, "-o", output]
        if let site {
            try site.toml.write(toFile: folder + "/peerconf.toml", atomically: true, encoding: .utf8)
            arguments += ["--site", folder + "/peerconf.toml"]
        }
        let result = try await Command.run(Peerconf.path, arguments, folder: Repository.root.path, seconds: 300)
        var rendered = Rendered(messages: result.stderr, status: result.status)
        for router in (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? [] {
            let path = "\(output)/\(router)"
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
                rendered.routers[router, default: [:]][name] = try String(
                    contentsOfFile: "\(path)/\(name)", encoding: .utf8)
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
                rendered.modes["\(router)/\(name)"] = attributes[.posixPermissions] as? Int
            }
        }
        rendered.routers = rendered.routers.mapValues(withExamplesInPlace)
        return rendered
    }

    /// Ids of the connections that have a file.
    var connections: Set<String> {
        Set(
            routers.values.flatMap(\.keys).filter { !$0.hasSuffix(".secrets.vyos") }.map {
                $0.replacing(".vyos", with: "")
            })
    }

    /// What somebody who reads the messages puts in for the router's address.
    static let toldByHand = "192.0.2.254"

    /// The texts of a router in the order of pasting, filled in where a message says that something is still missing.
    func filled(_ files: [String: String]) -> [String] {
        let place = "<<DEVICE-ADDRESS>>"
        let marked = messages.split(separator: "\n").filter {
            $0.hasPrefix("warning: \(place) is still to be filled in")
        }
        return files.keys.sorted().compactMap { name in
            guard marked.contains(where: { $0.contains(name) }) else { return files[name] }
            return files[name]?.replacing(place, with: Self.toldByHand)
        }
    }

    /// Errors told of a connection, each with its place.
    func errors(of connection: String) -> [String] {
        let lines = messages.split(separator: "\n").map(String.init)
        return lines.indices.dropLast().filter {
            lines[$0].contains("error: ") && lines[$0 + 1].contains("connection \(connection)")
        }
        .map { lines[$0] + lines[$0 + 1] }
    }
}
