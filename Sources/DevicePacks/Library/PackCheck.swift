public import Findings
import PeerModel
import TemplateEngine

/// Proves a pack against the data model without any data: what `peerconf templates lint` tells.
public struct PackCheck: Sendable {
    private let pack: Pack

    /// Prepares the check of a pack for one version.
    public init(_ pack: Pack) { self.pack = pack }

    /// Everything that would fail, or can't be expressed: unknown names, wrong arguments, words for values that
    /// the model does not have, and as notes the values that have no word and the features that are not told.
    public func findings() -> [Finding] {
        templateFindings() + vocabularyFindings() + featureFindings()
    }

    /// What `peerconf devices` could not tell of the pack.
    private func featureFindings() -> [Finding] {
        let silent = Feature.allCases.filter { pack.manifest.support(of: $0, in: pack.version) == .unknown }
        guard !silent.isEmpty else { return [] }
        let names = silent.map(\.rawValue).joined(separator: ", ")
        return [finding("PC327", .note, "features does not tell \(names): peerconf devices shows them as unknown")]
    }

    private func templateFindings() -> [Finding] {
        var findings: [Finding] = []
        for rule in pack.manifest.documents {
            do throws(TemplateError) {
                let template = try pack.template(of: rule)
                for error in template.check(against: DataModel.shape(of: rule.scope).schema)
                where !findings.contains(error.finding()) {
                    findings.append(error.finding())
                }
            } catch {
                findings.append(error.finding())
            }
        }
        return findings + pack.rules.flatMap { $0.mistakes.map { $0.finding() } }
    }

    private func vocabularyFindings() -> [Finding] {
        let known: [String: [String]] = [
            "encryption": Encryption.allCases.map(\.name), "integrity": Integrity.allCases.map(\.name),
            "group": DHGroup.allCases.map(\.name),
        ]
        var findings: [Finding] = []
        for version in ["ikev1", "ikev2"] where pack.vocabulary.values(of: "encryption", in: [version, "ike"]).isEmpty {
            findings.append(
                finding("PC324", .note, "vocabulary has no words for \(version): connections with it are refused"))
        }
        for kind in ["encryption", "integrity", "group"] where pack.vocabulary.values(of: kind, in: ["esp"]).isEmpty {
            findings.append(
                finding("PC324", .note, "vocabulary.esp.\(kind) has no words: connections are refused for it"))
        }
        for (section, kinds) in pack.vocabulary.words.sorted(by: { $0.key < $1.key }) {
            for (kind, words) in kinds.sorted(by: { $0.key < $1.key }) {
                let values = known[kind] ?? []
                for value in words.keys.sorted() where !values.contains(value) {
                    let hint = didYouMean(nearestName(to: value, among: values))
                    findings.append(
                        finding(
                            "PC323", .error,
                            "vocabulary.\(section).\(kind) has a word for \(value), which no answer has\(hint)"))
                }
                // SM4 and SM3 are of ShangMi gateways, which no pack renders.
                let missing = values.filter { words[$0] == nil && $0 != "sm4" && $0 != "sm3" }
                if !missing.isEmpty {
                    findings.append(
                        finding(
                            "PC324", .note,
                            "vocabulary.\(section).\(kind) has no word for \(missing.joined(separator: ", ")): connections with it are refused"
                        ))
                }
            }
        }
        return findings
    }

    private func finding(_ rule: RuleID, _ severity: Severity, _ message: String) -> Finding {
        let name = pack.manifest.name
        return Finding(
            rule, severity, message,
            at: Place(location: SourceLocation(file: "templates:\(name)/\(name).toml", line: 1), device: pack.reference)
        )
    }
}
