import TestSupport

/// An IKE SA as `swanctl --list-sas --raw` shows it.
struct SecurityAssociation: Sendable {
    /// A child SA below it.
    struct Child: Sendable {
        var name: String
        var state: String
        /// Grows with every rekeying.
        var number: Int
        var details: ViciTree

        /// The networks on charon's own side, and on the other.
        var local: [String] { details.list("local-ts") ?? [] }
        var remote: [String] { details.list("remote-ts") ?? [] }
        /// What was agreed, as in a proposal: `AES_CBC-256/HMAC_SHA2_256_128/MODP_2048`.
        ///
        /// IKEv2's first child never has a DH group; it shows with the first rekeying.
        var suite: String { details.suite(["integ-alg", "dh-group"]) }
        /// Bytes that came out of the tunnel. (User-space ESP does not count what went in.)
        var bytesIn: Int { Int(details.text("bytes-in") ?? "") ?? 0 }
    }

    var name: String
    var state: String
    var number: Int
    var details: ViciTree
    var children: [Child]

    /// What was agreed: `AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048`.
    var suite: String { details.suite(["integ-alg", "prf-alg", "dh-group"]) }

    init(name: String, details: ViciTree) {
        self.name = name
        self.details = details
        state = details.text("state") ?? ""
        number = Int(details.text("uniqueid") ?? "") ?? 0
        children = (details.section("child-sas")?.sections ?? []).map { _, child in
            Child(
                name: child.text("name") ?? "", state: child.text("state") ?? "",
                number: Int(child.text("uniqueid") ?? "") ?? 0, details: child)
        }
    }
}

extension ViciTree {
    fileprivate func suite(_ rest: [String]) -> String {
        let cipher = [text("encr-alg"), text("encr-keysize")].compactMap(\.self).joined(separator: "-")
        return ([cipher] + rest.compactMap { text($0) }).joined(separator: "/")
    }
}

extension Charon {
    /// All IKE SAs with their children, old ones on their way out included.
    func securityAssociations() async throws -> [SecurityAssociation] {
        let output = try await swanctl(["--list-sas", "--raw"])
        guard output.status == 0 else { throw HarnessError("list-sas: \(output.stderr)") }
        return try RawOutput(output.stdout).events("list-sa").sections.map(SecurityAssociation.init)
    }

    /// The newest installed child of each name, in the order of the names.
    func installedChildren() async throws -> [SecurityAssociation.Child] {
        let all = try await securityAssociations().flatMap(\.children).filter { $0.state == "INSTALLED" }
        let newest = Dictionary(all.map { ($0.name, $0) }) { $0.number > $1.number ? $0 : $1 }
        return newest.values.sorted { $0.name < $1.name }
    }

    /// The connections charon holds, as `swanctl --list-conns` tells them.
    func connections() async throws -> ViciTree {
        let output = try await swanctl(["--list-conns", "--raw"])
        guard output.status == 0 else { throw HarnessError("list-conns: \(output.stderr)") }
        return try RawOutput(output.stdout).events("list-conn")
    }
}
