import TestSupport
import Testing

/// What came of loading a swanctl.conf: what swanctl said, and what it told charon, byte for byte.
struct LoadReport: Sendable {
    /// A connection as charon got it: a `load-conn` message.
    struct Connection: Sendable {
        var name: String
        var settings: ViciTree
        var accepted: Bool

        /// The children by name, in their order.
        var children: [(name: String, content: ViciTree)] { settings.section("children")?.sections ?? [] }
    }

    /// A pre-shared key as charon got it: a `load-shared` message.
    struct Secret: Equatable, Sendable {
        var name: String
        var type: String
        /// The key's bytes.
        var key: [UInt8]
        /// The identities it is bound to, in the file's order.
        var owners: [String]
        var accepted: Bool
    }

    var output: CommandOutput
    var connections: [Connection]
    var secrets: [Secret]

    /// Everything that isn't plain success, in the programs' own words; empty means a clean load.
    ///
    /// swanctl returns 0 for a file with a syntax error, so its status says little: every line that is not
    /// a known success counts as a complaint, and so does a file that loads nothing.
    var complaints: [String]

    init(output: CommandOutput, exchanges: [ViciExchange]) {
        self.output = output
        connections = exchanges.filter { $0.command == "load-conn" }.flatMap { exchange in
            exchange.request.sections.map {
                Connection(name: $0.name, settings: $0.content, accepted: exchange.isSuccess)
            }
        }
        secrets = exchanges.filter { $0.command == "load-shared" }.map { exchange in
            Secret(
                name: exchange.request.text("id") ?? "", type: exchange.request.text("type") ?? "",
                key: exchange.request.bytes("data") ?? [], owners: exchange.request.list("owners") ?? [],
                accepted: exchange.isSuccess)
        }
        complaints = output.stderr.nonEmptyLines + output.stdout.nonEmptyLines.filter { !$0.isSuccess }
        if output.status != 0 { complaints.append("swanctl returned \(output.status)") }
        if connections.isEmpty { complaints.append("no connection was loaded") }
        complaints += connections.filter { !$0.accepted }.map { "charon refused connection \($0.name)" }
        complaints += secrets.filter { !$0.accepted }.map { "charon refused secret \($0.name)" }
    }

    /// A connection by its name.
    func connection(_ name: String) -> Connection? { connections.first { $0.name == name } }
}

extension LoadReport: CustomTestStringConvertible {
    /// Without its content: a failing expectation must not print keys.
    var testDescription: String { "a report of \(connections.count) connections and \(secrets.count) secrets" }
}

extension Charon {
    private static let credentialFolders = [
        "x509", "x509ca", "x509ocsp", "x509aa", "x509ac", "x509crl", "pubkey", "private", "rsa", "ecdsa",
        "bliss", "pkcs8", "pkcs12", "conf.d",
    ]

    /// Loads a configuration with `swanctl --load-all` and reports what was loaded.
    ///
    /// What an earlier call loaded and the new text lacks is unloaded, as on a real device.
    func load(_ swanctlConf: String) async throws -> LoadReport {
        try await load(["swanctl.conf": swanctlConf])
    }

    /// Loads several files: `swanctl.conf` and what it includes, by their paths below swanctl's folder.
    ///
    /// - Parameter comparing: whether to compare what charon lists with what it was told: a list with texts that look
    ///   like its own brackets can't be read.
    func load(_ files: [String: String], comparing: Bool = true) async throws -> LoadReport {
        // Missing folders are complained of, and a clean load shall be silent.
        for folder in Self.credentialFolders { try namespace.makeFolder("swanctl/\(folder)") }
        for (path, text) in files { try namespace.write(text, to: "swanctl/\(path)") }
        let path = "\(namespace.folder)/relay"
        let relay = try ViciRelay(at: path, to: socket)
        defer { relay.stop() }
        let output = try await swanctl(["--load-all"], uri: "unix://\(path)")
        try namespace.remove("relay")
        var report = LoadReport(output: output, exchanges: try relay.exchanges())
        if comparing { report.complaints += report.differences(from: try await connections()) }
        return report
    }
}

extension LoadReport {
    /// Where charon holds other networks or addresses than it was told, as it does without a word of warning
    /// with blanks instead of commas, with host bits and with impossible prefix lengths.
    fileprivate func differences(from held: ViciTree) -> [String] {
        var found: [String] = []
        func compare(_ place: String, _ told: [String]?, _ holds: [String]?) {
            guard let told, told != holds else { return }
            found.append("\(place): told \(told), charon holds \(holds ?? [])")
        }
        for connection in connections where connection.accepted {
            for key in ["local_addrs", "remote_addrs"] {
                compare(
                    "\(connection.name) \(key)", connection.settings.list(key),
                    held.list(connection.name, key))
            }
            for child in connection.children {
                for (key, heldKey) in [("local_ts", "local-ts"), ("remote_ts", "remote-ts")] {
                    compare(
                        "\(child.name) \(key)", child.content.list(key),
                        held.list(connection.name, "children", child.name, heldKey))
                }
            }
        }
        return found
    }
}

extension ViciExchange {
    fileprivate var isSuccess: Bool { response?.text("success") == "yes" }
}

extension String {
    fileprivate var nonEmptyLines: [String] { split(separator: "\n").map(String.init) }

    /// Whether a line of `swanctl --load-all` reports success.
    fileprivate var isSuccess: Bool {
        (hasPrefix("loaded ") && hasSuffix("'"))
            || (hasPrefix("successfully loaded ") && hasSuffix(" unloaded"))
            || self == "no authorities found, 0 unloaded" || self == "no pools found, 0 unloaded"
    }
}
