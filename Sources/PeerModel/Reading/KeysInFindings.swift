import CloudAPI
import Findings

extension VPNConnection {
    /// Its pre-shared keys and BGP keys.
    private var keys: [Secret] {
        func keys(_ ike: IkeConfig?, _ bgp: BgpConfig?) -> [Secret] {
            [ike?.psk, bgp?.authKey].compactMap { $0?.value }
        }
        return keys(self.ikeConfig, self.vpnBgpConfig) + self.tunnelOptions.flatMap { keys($0.ikeConfig, $0.bgpConfig) }
    }

    /// Findings about this connection without its keys.
    ///
    /// Whoever pastes a key into a wrong field sees that field quoted as wrong, in logs and pull requests, too.
    func withholdingKeys(_ findings: [Finding]) -> [Finding] {
        guard !findings.isEmpty else { return [] }
        let shown = keys.filter { !$0.reveal().isEmpty }.map { quoted($0.reveal()) }
        guard !shown.isEmpty else { return findings }
        func withhold(_ text: String) -> String {
            shown.reduce(text) { text, key in text.contains(key) ? text.replacing(key, with: "a key") : text }
        }
        return findings.map { finding in
            var finding = finding
            finding.message = withhold(finding.message)
            finding.remedy = finding.remedy.map(withhold)
            return finding
        }
    }
}
