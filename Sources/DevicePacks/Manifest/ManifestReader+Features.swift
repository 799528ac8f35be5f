import Findings
import TOMLKit

extension ManifestReader {
    /// The table `features`: each `true`, `false`, or the names of the rules that stand against it.
    func features(_ table: TOMLTable, rules: [Manifest.Rule]) throws(Finding) -> [Feature: Manifest.Claim] {
        guard let value = table["features"] else { return [:] }
        guard let features = value.table else { throw problem("features must be a table ([features])") }
        let told = Feature.allCases.filter { !$0.isDerived }
        try allow(told.map(\.rawValue), in: features, at: "features.")
        var result: [Feature: Manifest.Claim] = [:]
        for feature in told {
            let key = feature.rawValue
            guard let value = features[key] else { continue }
            if let has = value.bool {
                result[feature] = .plain(has)
                continue
            }
            guard value.array != nil else {
                throw problem("features.\(key) must be true, false or a list of rules' ids")
            }
            let names = try strings(key, in: features, at: "features.")
            for name in names { try check(name, of: key, rules: rules) }
            result[feature] = .rules(names)
        }
        return result
    }

    private func check(_ name: String, of key: String, rules: [Manifest.Rule]) throws(Finding) {
        let named = rules.filter { $0.id == name }
        guard !named.isEmpty else {
            let hint = didYouMean(nearestName(to: name, among: rules.map(\.id)))
            throw problem("features.\(key) names \(name), which is no rule\(hint)")
        }
        guard !named.contains(where: { $0.severity == .note }) else {
            throw problem("features.\(key) names \(name), which neither refuses nor warns")
        }
    }
}
