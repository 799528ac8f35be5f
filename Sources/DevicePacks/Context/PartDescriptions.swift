import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// An identity, or the address that stands in for one that is not set.
struct IdentitySource: Sendable {
    let identity: Located<Identity>?
    let prefix: String

    init(_ identity: Located<Identity>?, orAddress address: Located<IPv4Address>?, _ prefixes: [String: String]) {
        self.identity = identity ?? address?.map { Identity($0.description) }
        prefix =
            self.identity.map { $0.value.isAmbiguous ? prefixes[$0.value.kind.rawValue] ?? "" : "" } ?? ""
    }
}

let identityDescription = ObjectDescription<IdentitySource>([
    .init("text", .freeText, "The identity as the cloud has it; the address where none is set.") {
        $0.identity.map { .untrusted($0.map(\.text)) } ?? .trusted("<<IDENTITY>>")
    },
    .init("kind", .text, "address, domainName, email or distinguishedName.") {
        .trusted($0.identity?.value.kind.rawValue ?? "address")
    },
    .init("prefix", .text, "What makes its type explicit where the plain text could be misread; often empty.") {
        .trusted($0.prefix)
    },
    .init("is_ascii", .bool, "Whether all its characters are ASCII ones.") {
        .bool($0.identity?.value.text.utf8.allSatisfy { $0 < 0x80 } ?? true)
    },
])

/// A key, or what stands for it.
struct KeySource: Sendable {
    let text: Value
    let isHexadecimal: Bool

    init(_ encoded: EncodedKey?, _ key: Located<Secret>, _ name: String, _ source: TunnelSource) {
        isHexadecimal = encoded?.isHexadecimal ?? false
        if source.secrets == .placeholder {
            let id = source.tunnel.id.value
            let mark = source.fingerprintKey.map { " " + $0.fingerprint(of: key.value, purpose: "\(name) \(id)") } ?? ""
            text = .string("<<\(name) \(id)\(mark)>>", trust: .trusted, origin: key.origin)
        } else {
            text = .string(encoded?.text ?? "", trust: .untrusted, origin: key.origin, isSecret: true)
        }
    }
}

let keyDescription = ObjectDescription<KeySource>([
    .init("text", .freeText, "The key as the device's syntax can carry it, or a placeholder such as <<PSK tun-…>>.") {
        $0.text
    },
    .init("is_hex", .bool, "Whether the text is the hexadecimal form of the key.") { .bool($0.isHexadecimal) },
])

struct BGPSource: Sendable {
    let session: BGPSession
    let tunnel: TunnelSource
}

let bgpDescription = ObjectDescription<BGPSource>([
    .init("network", networkDescription.shape, "The /30 of the tunnel (TunnelCidr).") {
        networkDescription.value($0.session.network)
    },
    .init("cloud_address", .text, "The cloud's address in the tunnel.") { .typed($0.session.cloudAddress) },
    .init("device_address", .text, "The device's address in the tunnel.") { .typed($0.session.deviceAddress) },
    .init("cloud_asn", .text, "The cloud's AS number.") { .typed($0.session.cloudASN) },
    .init("device_asn", .text, "The device's AS number.") { .typed($0.session.deviceASN) },
    .init("is_internal", .bool, "Whether both ends are in one AS.") { .bool($0.session.isInternal) },
    .init("key", .optional(keyDescription.shape), "The TCP MD5 key; none where none is set.") { source in
        source.session.key.map {
            keyDescription.value(KeySource(source.tunnel.words.bgpKey, $0, "BGP-KEY", source.tunnel))
        } ?? .none
    },
    .init("keepalive", .int, "Seconds between keepalives.") {
        .setting($0.tunnel.settings.bgpKeepalive, "bgp_keepalive", $0.tunnel.settings)
    },
    .init("hold", .int, "Hold time in seconds.") {
        .setting($0.tunnel.settings.bgpHold, "bgp_hold", $0.tunnel.settings)
    },
])
