import CloudAPI
import FieldReader
import Findings
import PeerModel

/// The site file, and the keys that it names, read from disk.
struct Site {
    var file = SiteFile()
    var presharedKeys: [String: Secret] = [:]
    var bgpKeys: [String: Secret] = [:]
    /// What is wrong with keys that are named but not there, by the tunnel's id.
    var missingKeys: [String: [MissingKey]] = [:]
    /// What is doubtful about files that it names.
    var findings: [Finding] = []
    /// Where the site's packs are.
    var templatesPath: String?
    /// Where the fingerprint key is.
    var fingerprintKeyPath: String?
    /// Where the waivers are.
    var waiversPath: String?

    /// Nothing known.
    init() {}

    /// Reads a site file and all keys it names.
    init(path: String) throws(Finding) {
        let text = try Self.text(path)
        file = try SiteFile(toml: text, file: path)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        templatesPath = file.templates.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        fingerprintKeyPath = file.fingerprintKey.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        waiversPath = file.waivers.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        for (name, router) in file.routers.sorted(by: { $0.key < $1.key }) {
            for (id, tunnel) in router.tunnels.sorted(by: { $0.key < $1.key }) {
                let key = "routers.\(name).tunnels.\(id)"
                for (name, source) in [("psk", tunnel.presharedKey), ("bgp_key", tunnel.bgpKey)] {
                    guard let source else { continue }
                    if case .file(let file) = source {
                        noteMode(
                            of: file.hasPrefix("/") ? file : folder + file, path, "\(key).\(name)",
                            line: tunnel.line(of: name))
                    }
                    do throws(Finding) {
                        let secret = try Self.secret(
                            source, folder, path, "\(key).\(name)", line: tunnel.line(of: name))
                        if name == "psk" { presharedKeys[id] = secret } else { bgpKeys[id] = secret }
                    } catch {
                        missingKeys[id, default: []].append(MissingKey(isBGP: name == "bgp_key", finding: error))
                    }
                }
            }
        }
    }

    /// Keys, each with the place of the site file that names it.
    func located(_ keys: [String: Secret], key name: String) -> [String: Located<Secret>] {
        Dictionary(
            uniqueKeysWithValues: keys.map { ($0.key, Located($0.value, at: file.origin(of: name, tunnel: $0.key))) })
    }

    /// A key file that others may read is no place for a key.
    private mutating func noteMode(of file: String, _ site: String, _ key: String, line: Int) {
        guard let mode = try? InputFolder.mode(of: file), mode & 0o077 != 0 else { return }
        findings.append(
            Finding(
                "PC614", .note, "\(file) holds a key, and others than its owner may read it",
                at: Place(location: SourceLocation(file: site, line: line), field: key), remedy: "chmod 600 \(file)"))
    }

    private static func text(_ path: String) throws(Finding) -> String {
        do throws(FileProblem) {
            return String(decoding: try WholeFile.read(path), as: UTF8.self)
        } catch {
            throw error.finding
        }
    }

    private static func secret(
        _ source: SecretSource, _ folder: String, _ site: String, _ key: String, line: Int
    ) throws(Finding) -> Secret {
        var content: String
        let origin: String
        switch source {
        case .file(let path):
            origin = path.hasPrefix("/") ? path : folder + path
            content = try text(origin)
            // The line break that every editor puts at the end of a file is not part of the key.
            if content.last == "\n" || content.last == "\r\n" { content.removeLast() }
        case .environment(let name):
            origin = "the environment variable \(name)"
            content = environmentVariable(name) ?? ""
        }
        guard !content.isEmpty else {
            throw Finding(
                "PC608", .error, "\(origin) holds no key",
                at: Place(location: SourceLocation(file: site, line: line), field: key),
                remedy: "put the key there, and nothing else")
        }
        return Secret(content)
    }
}
