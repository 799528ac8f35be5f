import CloudAPI
import Findings

extension VPNConnection {
    /// Findings about this connection without its keys.
    ///
    /// Whoever pastes a key into a wrong field sees that field quoted as wrong, in logs and pull requests, too.
    func withholdingKeys(_ findings: [Finding]) -> [Finding] {
        guard !findings.isEmpty else { return [] }
        let shown = keys.filter { !$0.reveal().isEmpty }.map { quoted($0.reveal()) }
        guard !shown.isEmpty else { return findings }
        func withhold(_ text: String) -> String {
            // Most findings quote nothing, and searching takes long.
            guard text.utf8.contains(UInt8(ascii: "\"")) else { return text }
            return shown.reduce(text) { text, key in text.contains(key) ? text.replacing(key, with: "a key") : text }
        }
        return findings.map { finding in
            var finding = finding
            finding.message = withhold(finding.message)
            finding.remedy = finding.remedy.map(withhold)
            return finding
        }
    }
}
