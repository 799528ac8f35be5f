/// What matters of one tunnel, in no device's words.
struct TunnelFacts: Equatable {
    /// The tunnel's id; the connection's where it has one only.
    var name: String
    var version: Int
    var isAggressive: Bool
    var cloudAddress: String
    /// `nil`: the router takes that of its route.
    var deviceAddress: String?
    var cloudIdentity: IdentityFacts
    var deviceIdentity: IdentityFacts
    /// Cipher, hash, group's number.
    var ike: [String]
    /// The same, without a group where there is no secrecy of its own.
    var esp: [String]
    var ikeLifetime: Int
    var espLifetime: Int
    /// `nil`: nobody asks whether the peer is there.
    var dpd: Probes?
    /// What makes the router begin.
    var start: Start
    /// MTU and MSS of its interface.
    var sizes: [Int]
    var key: [UInt8]
    var children: Set<Child>
    var bgp: Session?
    var routes: Set<Route> = []
    var usesInterface: Bool

    /// At once; with the first packet, which until then goes nowhere; never.
    enum Start { case atOnce, withTraffic, never }

    /// Seconds between probes, and until an IKEv1 peer is dead.
    struct Probes: Hashable {
        var delay: Int
        var timeout: Int?
    }

    struct Child: Hashable {
        var device: Set<String>
        var cloud: Set<String>
    }

    struct Route: Hashable {
        var network: String
        var distance: Int
        var hasBlackhole: Bool
    }

    struct Session: Equatable {
        var deviceAddress: String
        var cloudAddress: String
        var deviceASN: String
        var cloudASN: String
        var key: [UInt8]?
        var announced: Set<String>
        var accepts: [String: Bool]
        var preference: Int?
        var prepended: [String]
        var toldPreference: Int?
        var isMultipath: Bool
        var keepsNextHop: Bool
        /// Seconds between keepalives, and of holding.
        var timers: [Int]
    }

    /// The names of what differs, and values that are no secrets.
    func differences(from expected: TunnelFacts) -> [String] {
        var result: [String] = []
        func compare<Value: Equatable>(_ name: String, _ path: KeyPath<TunnelFacts, Value>) {
            if self[keyPath: path] != expected[keyPath: path] {
                result.append("\(name): \(self[keyPath: path]) instead of \(expected[keyPath: path])")
            }
        }
        compare("version", \.version)
        compare("aggressive", \.isAggressive)
        compare("cloud's address", \.cloudAddress)
        compare("device's address", \.deviceAddress)
        compare("cloud's identity", \.cloudIdentity)
        compare("device's identity", \.deviceIdentity)
        compare("IKE", \.ike)
        compare("ESP", \.esp)
        compare("IKE's lifetime", \.ikeLifetime)
        compare("ESP's lifetime", \.espLifetime)
        compare("DPD", \.dpd)
        compare("what makes it begin", \.start)
        compare("MTU and MSS", \.sizes)
        compare("children", \.children)
        compare("routes", \.routes)
        compare("interface", \.usesInterface)
        if key != expected.key { result.append("key") }
        if bgp?.key != expected.bgp?.key { result.append("BGP key") }
        var (own, other) = (bgp, expected.bgp)
        own?.key = nil
        other?.key = nil
        if own != other {
            result.append("BGP: \(own.map { "\($0)" } ?? "none") instead of \(other.map { "\($0)" } ?? "none")")
        }
        return result
    }
}

/// An identity as it goes over the wire (RFC 7296, 3.5).
struct IdentityFacts: Equatable {
    enum Kind { case address, domainName, email, distinguishedName, keyID, network, anybody }

    var kind: Kind
    var text: String

    /// What the service means by it (api.md 2.4).
    init(sent text: String) {
        self.text = text
        if Constraint.isAddress(text) {
            kind = .address
        } else if text.contains("="), text.contains(",") {
            kind = .distinguishedName
        } else {
            kind = text.contains("@") ? .email : .domainName
        }
    }

    /// What charon inside VyOS reads (strongSwan, identification_create_from_string; devices.md 1.2).
    init(readByCharon written: String) {
        let text = Swanctl.text(written: written)
        if text.hasPrefix("fqdn:") {
            (kind, self.text) = (.domainName, String(text.dropFirst(5)))
        } else if text.hasPrefix("email:") {
            (kind, self.text) = (.email, String(text.dropFirst(6)))
        } else if text.contains("=") {
            let parts = text.split(separator: ",").map { $0.split(separator: "=")[0].trimmingPrefix(" ") }
            (kind, self.text) = (
                parts.allSatisfy { ["C", "O", "OU", "CN"].contains($0) } ? .distinguishedName : .keyID, text
            )
        } else if text.contains("@") {
            kind = text.hasPrefix("@#") ? .keyID : text.hasPrefix("@") && !text.hasPrefix("@@") ? .domainName : .email
            self.text = String(text.trimmingPrefix { $0 == "@" })
        } else if ["", "%any", "0.0.0.0", "*"].contains(text) {
            (kind, self.text) = (.anybody, text)
        } else if text.contains(":") {
            (kind, self.text) = (.keyID, text)
        } else {
            let first = text.split { $0 == "/" || $0 == "-" }.first.map(String.init) ?? ""
            let isRange = first != text && Constraint.isAddress(first)
            (kind, self.text) = (Constraint.isAddress(text) ? .address : isRange ? .network : .domainName, text)
        }
    }
}
