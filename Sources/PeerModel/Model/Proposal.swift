import Findings

extension IKEParameters {
    /// The proposal in strongSwan's notation, such as `aes256-sha256-modp2048`: short, and known to all.
    public var proposal: String {
        "\(encryption.value.name)-\(integrity.value.name)-modp\(group.value.bits)"
    }
}

extension IPsecParameters {
    /// The proposal in strongSwan's notation; without a group where perfect forward secrecy is off.
    public var proposal: String {
        let group = perfectForwardSecrecy.value.group.map { "-modp\($0.bits)" } ?? ""
        return "\(encryption.value.name)-\(integrity.value.name)\(group)"
    }
}
