import CloudAPI
import Findings
import PeerModel
import TemplateEngine

/// How the model's values become values of templates.
///
/// What was typed (an address, a number, a word of a vocabulary) is trusted: its text was made here. Free
/// text stays untrusted until a template quotes it or makes a remark of it.
extension Value {
    /// Text as it came from outside.
    static func untrusted(_ text: Located<String>) -> Value {
        .string(text.value, trust: .untrusted, origin: text.origin)
    }

    static func untrusted(_ text: Located<String>?) -> Value { text.map(untrusted) ?? .none }

    /// The text of a typed value.
    static func typed(_ value: Located<some CustomStringConvertible>) -> Value {
        .string(value.value.description, trust: .trusted, origin: value.origin)
    }

    static func typed(_ value: Located<some CustomStringConvertible>?) -> Value {
        guard let value else { return .none }
        return typed(value)
    }

    static func number(_ value: Located<Int>) -> Value { .int(value.value, origin: value.origin) }

    /// A number that the site file or its default says.
    static func setting(_ number: Int, _ key: String, _ settings: RouterSettings) -> Value {
        .int(number, origin: settings.origin(of: key))
    }

    /// A text of the site file, where it has one.
    static func setting(_ text: String?, _ key: String, _ settings: RouterSettings) -> Value? {
        text.map { .string($0, trust: .untrusted, origin: settings.origin(of: key)) }
    }

    /// A word of the pack's vocabulary, which came from the field at `origin`.
    static func word(_ word: String, _ origin: Origin) -> Value {
        .string(word, trust: .trusted, origin: origin)
    }
}

/// An IPv4 network in the notations that devices want.
let networkDescription = ObjectDescription<Located<IPv4Network>>([
    .init("cidr", .text, "CIDR notation: 10.0.0.0/8.") { .typed($0) },
    .init("address", .text, "The first address: 10.0.0.0.") { .typed($0.map(\.address)) },
    .init("length", .int, "The prefix length: 8.") { .int($0.value.prefixLength, origin: $0.origin) },
    .init("netmask", .text, "The netmask: 255.0.0.0.") { .word(netmasks[$0.value.prefixLength], $0.origin) },
    .init("wildcard", .text, "The inverted netmask: 0.255.255.255.") {
        .word(wildcards[$0.value.prefixLength], $0.origin)
    },
])

// There are 33 of each, however many networks.
private let masks = (0...32).compactMap { IPv4Network(around: IPv4Address(bits: 0), prefixLength: $0) }
private let netmasks = masks.map(\.netmask.description)
private let wildcards = masks.map(\.wildcard.description)

extension Value {
    static func networks(_ networks: [Located<IPv4Network>]) -> Value {
        .list(networks.map { networkDescription.value($0) })
    }
}
