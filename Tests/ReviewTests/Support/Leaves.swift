import Foundation

/// Answers with one value changed, for each value in turn: made from the text itself, by nothing but its form.
enum Leaves {
    /// One answer with one value changed.
    struct Mutation {
        var name: String
        var document: String
    }

    /// What tells of the call, and not of what was asked for.
    private static let ofTheCall: Set<String> = ["PageNumber", "PageSize", "TotalCount", "RequestId"]
    /// Fields that hold fields: where one is empty, a text in it would be an error.
    private static let objects: Set<String> = [
        "Tag", "Tags", "IkeConfig", "IpsecConfig", "VcoHealthCheck", "VpnBgpConfig", "TunnelOptionsSpecification",
        "TunnelIkeConfig", "TunnelIpsecConfig", "TunnelBgpConfig", "VpnConnections", "VpnGateways", "CustomerGateways",
        "ReservationData",
    ]
    private static let numbers: Set<String> = [
        "IkeLifetime", "IpsecLifetime", "CreateTime", "Interval", "Retry", "TunnelIndex", "EndTime",
    ]
    private static let flags: Set<String> = [
        "EffectImmediately", "EnableDpd", "EnableNatTraversal", "EnableTunnelsBgp", "EnableBgp", "Enable",
        "CrossAccountAuthorized",
    ]

    /// All answers that differ from this one in a single value.
    static func mutations(of document: String, isJSON: Bool) -> [Mutation] {
        let pattern = isJSON ? #""(\w+)"\s*:\s*("(?:[^"\\]|\\.)*"|[0-9]+|true|false)"# : #"<(\w+)>([^<]*)</\1>"#
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
        let text = document as NSString
        return expression.matches(in: document, range: NSRange(location: 0, length: text.length)).compactMap { match in
            let name = text.substring(with: match.range(at: 1))
            let old = text.substring(with: match.range(at: 2))
            let value = isJSON && old.hasPrefix("\"") ? String(old.dropFirst().dropLast()) : old
            guard !ofTheCall.contains(name), !(objects.contains(name) && value.isEmpty) else { return nil }
            var new = changed(name, value)
            if isJSON, old.hasPrefix("\"") { new = "\"\(new)\"" }
            return Mutation(name: name, document: text.replacingCharacters(in: match.range(at: 2), with: new))
        }
    }

    /// All answers that lack a single value of this one.
    ///
    /// Ids and keys of tags stay: without them nobody knows whose values they are. So do items of plain lists, which
    /// are known by their place.
    static func removals(of document: String) -> [Mutation] {
        guard let expression = try? NSRegularExpression(pattern: #"<(\w+)>([^<]+)</\1>"#) else { return [] }
        let text = document as NSString
        let ids: Set<String> = ["VpnConnectionId", "TunnelId", "Key", "Value", "EniInstanceId"]
        let matches = expression.matches(in: document, range: NSRange(location: 0, length: text.length))
        return matches.compactMap { match in
            let name = text.substring(with: match.range(at: 1))
            let before = text.substring(to: match.range.location)
            let isWhole = text.substring(with: match.range(at: 2)).allSatisfy(\.isWhitespace)
            let ofGateway = ["VpnGatewayId", "CustomerGatewayId"].contains(name) && before.hasSuffix("Gateway>")
            guard !ofTheCall.contains(name), !ids.contains(name), !ofGateway, !isWhole else { return nil }
            return Mutation(name: name, document: text.replacingCharacters(in: match.range, with: ""))
        }
    }

    private static func changed(_ name: String, _ value: String) -> String {
        if flags.contains(name) || ["true", "false"].contains(value) {
            return value.lowercased() == "true" ? "false" : "true"
        }
        if let number = Int(value) { return String(number + 1) }
        if numbers.contains(name) { return "7" }
        // A key that is masked can't be seen to change, unless it is no longer masked.
        return value.contains("****") ? "Unmasked9" : value + "x"
    }
}
