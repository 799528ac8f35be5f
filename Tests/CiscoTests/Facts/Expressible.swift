/// Why a release of IOS can't hold a tunnel, by devices.md and Cisco's models; empty where it can.
///
/// Written from the facts alone: what is refused without a reason here, or rendered in spite of one, is a mistake.
func reasonsAgainst(
    _ facts: TunnelFacts, version: String, isDual: Bool, isPolicyBased: Bool = false, isBehindNAT: Bool,
    natTraversal: Bool, networks: [String], asNumbers: Set<String>
) -> Set<String> {
    var reasons: Set<String> = []
    let weak: Set<String> = version == "17.11" ? ["des", "3des", "md5", "group1", "group2", "group5"] : []
    let words = facts.ikeProposal.split(separator: "-") + facts.espProposal.split(separator: "-")
    if words.contains(where: { weak.contains(String($0)) }) { reasons.insert("weak algorithm") }
    if words.contains("sm4") || words.contains("sm3") { reasons.insert("ShangMi") }
    if !((facts.ikeVersion == 1 ? 60 : 120)...86_400).contains(facts.ikeLifetime) { reasons.insert("phase-1 lifetime") }
    if !(120...86_400).contains(facts.espLifetime) { reasons.insert("phase-2 lifetime") }
    if !isTypable(facts.presharedKey), facts.ikeVersion == 1 || version == "15.x" { reasons.insert("key") }
    if let key = facts.bgp?.key, !isTypable(key) || key.count > 25 { reasons.insert("BGP key") }
    let isAny = facts.selectors == ["0.0.0.0/0>0.0.0.0/0"]
    if !isAny, networks.contains("0.0.0.0/0") { reasons.insert("one-sided any") }
    if isDual, !isAny, version == "15.x" || isPolicyBased { reasons.insert("two policies") }
    for identity in [facts.cloudIdentity, facts.deviceIdentity] {
        let text = String(identity.drop { $0 != ":" }.dropFirst())
        if identity.hasPrefix("dn:") { reasons.insert("distinguished name") }
        if !isTypable(text) { reasons.insert("identity") }
        if identity == facts.cloudIdentity, "domain".hasPrefix(text.lowercased()) { reasons.insert("keyword") }
    }
    if facts.ikeVersion == 1, facts.deviceIdentity.hasPrefix("address:"), !facts.deviceAddress.isEmpty,
        facts.deviceIdentity != "address:" + facts.deviceAddress
    {
        reasons.insert("IKEv1 sends the interface's address")
    }
    if isBehindNAT, !natTraversal { reasons.insert("NAT") }
    if facts.bgp != nil, asNumbers.count > 1 { reasons.insert("AS numbers") }
    return reasons
}

/// Why the Comware pack must refuse a tunnel: what no manual of H3C or HPE was found to show, and what they forbid.
func reasonsAgainstComware(
    _ facts: TunnelFacts, isDual: Bool, isBehindNAT: Bool, natTraversal: Bool, networks: [String]
) -> Set<String> {
    var reasons: Set<String> = []
    if facts.ikeVersion == 2 { reasons.insert("IKEv2") }
    if isDual || facts.bgp != nil || facts.selectors == ["0.0.0.0/0>0.0.0.0/0"] { reasons.insert("tunnel interface") }
    if networks.contains("0.0.0.0/0") { reasons.insert("any") }
    let group = facts.espProposal.split(separator: "-").last ?? ""
    if group != "none", group != "group14" { reasons.insert("PFS group") }
    if !(3600...86_400).contains(facts.ikeLifetime) { reasons.insert("phase-1 lifetime") }
    if !(180...86_400).contains(facts.espLifetime) { reasons.insert("phase-2 lifetime") }
    for text in [facts.presharedKey] + [facts.cloudIdentity, facts.deviceIdentity].map(text(of:)) {
        if !isTypable(text) || text.contains(where: { "\"'\\".contains($0) }) { reasons.insert("word") }
    }
    if facts.cloudIdentity.hasPrefix("dn:") || facts.deviceIdentity.hasPrefix("dn:") { reasons.insert("name") }
    if facts.deviceIdentity.hasPrefix("address:"), !facts.deviceAddress.isEmpty,
        facts.deviceIdentity != "address:" + facts.deviceAddress
    {
        reasons.insert("another address than the interface's")
    }
    if isBehindNAT, !natTraversal { reasons.insert("NAT") }
    return reasons
}

/// An identity without its kind.
private func text(of identity: String) -> String { String(identity.drop { $0 != ":" }.dropFirst()) }

/// Whether a text can be typed as one word: printable ASCII without blank and question mark.
func isTypable(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }
}
