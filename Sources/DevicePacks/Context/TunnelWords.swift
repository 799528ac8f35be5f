import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// The pack's words for a tunnel's values, and its keys as the pack's syntax can carry them.
struct TunnelWords: Sendable {
    var ikeEncryption = ""
    var ikeIntegrity = ""
    var ikeGroup = ""
    var espEncryption = ""
    var espIntegrity = ""
    /// `nil`: no perfect forward secrecy.
    var espGroup: String?
    var presharedKey: EncodedKey?
    var bgpKey: EncodedKey?
}

/// Looks up words for one tunnel; what can't be expressed becomes a finding.
struct WordFinder {
    let pack: Pack
    let origins: OriginTable
    let connection: Connection
    let device: String
    private(set) var refusals: [Finding] = []

    init(pack: Pack, origins: OriginTable, connection: Connection, device: String) {
        self.pack = pack
        self.origins = origins
        self.connection = connection
        self.device = device
    }

    mutating func words(for tunnel: Tunnel) -> TunnelWords {
        let ike = tunnel.ike.version.value == .ikev1 ? ["ikev1", "ike"] : ["ikev2", "ike"]
        let version = tunnel.ike.version.value.rawValue
        var words = TunnelWords()
        guard pack.vocabulary.hasWords(of: "encryption", in: ike) else {
            refuseVersion(of: tunnel)
            return words
        }
        words.ikeEncryption = word(
            tunnel.ike.encryption.map(\.name), "encryption", ike, "phase-1 encryption (\(version))", tunnel)
        words.ikeIntegrity = word(
            tunnel.ike.integrity.map(\.name), "integrity", ike, "phase-1 authentication (\(version))", tunnel)
        words.ikeGroup = word(tunnel.ike.group.map(\.name), "group", ike, "phase-1 group (\(version))", tunnel)
        words.espEncryption = word(
            tunnel.ipsec.encryption.map(\.name), "encryption", ["esp"], "phase-2 encryption", tunnel)
        words.espIntegrity = word(
            tunnel.ipsec.integrity.map(\.name), "integrity", ["esp"], "phase-2 authentication", tunnel)
        let secrecy = tunnel.ipsec.perfectForwardSecrecy
        if let group = secrecy.value.group {
            words.espGroup = word(
                Located(group.name, at: secrecy.origin), "group", ["esp"], "phase-2 group", tunnel)
        }
        // Keys are tried in every mode, so that what can't be carried shows before it is deployed.
        words.presharedKey = key(tunnel.presharedKey, .presharedKey, tunnel)
        words.bgpKey = tunnel.bgp?.key.flatMap { key($0, .bgpKey, tunnel) }
        checkLimits(tunnel)
        return words
    }

    /// A pack without any words for a version of IKE is told once, not once for each value.
    private mutating func refuseVersion(of tunnel: Tunnel) {
        let version = tunnel.ike.version
        let others = ["ikev1", "ikev2"].filter { !pack.vocabulary.values(of: "encryption", in: [$0, "ike"]).isEmpty }
        let problem = PackProblem.notExpressible(
            value: version.value.rawValue, kind: "IKE version", device: pack.title,
            remedy: "set \(others.joined(separator: " or ")) on the cloud side")
        refusals.append(problem.finding(at: place(version.origin, tunnel)))
    }

    private mutating func checkLimits(_ tunnel: Tunnel) {
        let limits = pack.limits
        let lifetimes = [
            ("phase-1 lifetime", tunnel.ike.lifetime, limits.ikeLifetime),
            ("phase-2 lifetime", tunnel.ipsec.lifetime, limits.espLifetime),
        ]
        for case (let name, let lifetime, let range?) in lifetimes where !range.contains(lifetime.value) {
            let problem = PackProblem.notExpressible(
                value: "\(lifetime.value) s", kind: name, device: pack.title,
                remedy: "set \(range.lowerBound) to \(range.upperBound) seconds on the cloud side")
            refusals.append(problem.finding(at: place(lifetime.origin, tunnel)))
        }
        if let range = limits.tunnelNumber, !range.contains(tunnel.number) {
            let problem = PackProblem.notExpressible(
                value: "\(tunnel.number)", kind: "tunnel number", device: pack.title,
                remedy: "set tunnel_numbers in the site file to numbers from \(range.lowerBound) to \(range.upperBound)"
            )
            refusals.append(problem.finding(at: place(.none, tunnel)))
        }
    }

    private mutating func word(
        _ value: Located<String>, _ kind: String, _ sections: [String], _ name: @autoclosure () -> String,
        _ tunnel: Tunnel
    ) -> String {
        let vocabulary = pack.vocabulary
        if let word = vocabulary.word(for: value.value, kind: kind, in: sections) { return word }
        let possible = vocabulary.values(of: kind, in: sections).joined(separator: ", ")
        let problem = PackProblem.notExpressible(
            value: value.value, kind: name(), device: pack.title,
            remedy: "set one of \(possible) on the cloud side")
        refusals.append(problem.finding(at: place(value.origin, tunnel)))
        return ""
    }

    private mutating func key(_ key: Located<Secret>, _ use: KeyUse, _ tunnel: Tunnel) -> EncodedKey? {
        do throws(FilterFailure) {
            let limit = use == .presharedKey ? pack.limits.presharedKeyLength : pack.limits.bgpKeyLength
            let length = key.value.reveal().unicodeScalars.count
            if let limit, length > limit {
                throw FilterFailure("it has \(length) characters, and \(limit) are the most")
            }
            return try pack.keySyntax.key(key.value.reveal(), use)
        } catch {
            let problem = PackProblem.keyNotCarried(use: use, device: pack.title, reason: error.reason)
            refusals.append(problem.finding(at: place(key.origin, tunnel)))
            return nil
        }
    }

    private func place(_ origin: Origin, _ tunnel: Tunnel) -> Place {
        let id = connection.id.value
        return Place(
            location: origins.location(of: origin), field: origins.field(of: origin), connection: id,
            tunnel: tunnel.id.value == id ? nil : tunnel.id.value, device: device)
    }
}
