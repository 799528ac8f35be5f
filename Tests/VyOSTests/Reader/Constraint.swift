import Foundation
import Synchronization

/// Whether values are such as a release takes: its regular expressions, and its validators in our own words.
enum Constraint {
    static func holds(_ value: String, for node: ReleaseTree.Node, at path: [String]) -> Bool {
        // vyatta-cfg's validate_value: in every value of every release.
        guard !value.contains("'"), !value.contains("\""), !value.contains("\n") else { return false }
        if let choices = node.x, !choices.isEmpty {
            return choices.contains { choice($0.list ?? [], value) }
        }
        return (node.y ?? []).allSatisfy { check($0.list ?? [], value, path) }
    }

    /// `["r", EXPRESSION]` or `["v", VALIDATOR, ARGUMENTS]`.
    private static func choice(_ constraint: [JSONValue], _ value: String) -> Bool {
        switch constraint.first?.text {
        case "r": matches(constraint[1].text ?? "", value)
        case "v": validator(constraint[1].text ?? "", constraint.count > 2 ? constraint[2].text ?? "" : "", value)
        case "g": (constraint[1].list ?? []).allSatisfy { choice($0.list ?? [], value) }
        default: false
        }
    }

    private static func check(_ constraint: [JSONValue], _ value: String, _ path: [String]) -> Bool {
        switch constraint.first?.text {
        case "in": constraint[1].list?.contains { $0.text == value } ?? false
        // Templates anchor their patterns themselves.
        case "re", "r": found(constraint[1].text ?? "", value)
        case "nre": !found(constraint[1].text ?? "", value)
        case "rg":
            Int(value).map { ((constraint[1].number ?? 0)...(constraint[2].number ?? .max)).contains($0) } ?? false
        case "len": value.utf8.count <= constraint[2].number ?? 0
        case "ty": type(constraint[1].text ?? "", value)
        case "v": validator(constraint[1].text ?? "", constraint.count > 2 ? constraint[2].text ?? "" : "", value)
        case "any": (constraint[1].list ?? []).contains { choice($0.list ?? [], value) }
        case "?": expression(value, path)
        default: false
        }
    }

    /// Checks that the fixtures only name: their expressions, read in vyatta-cfg-vpn and vyatta-cfg-quagga.
    private static func expression(_ value: String, _ path: [String]) -> Bool {
        switch path.last {
        case "dh-group": Int(value).map { [1, 2, 5].contains($0) || (14...32).contains($0) } ?? false
        case "holdtime": Int(value).map { $0 == 0 || (4...65_535).contains($0) } ?? false
        case "remote-as": Int(value).map { (1...4_294_967_294).contains($0) } ?? false
        case "as-path-prepend": value.split(separator: " ").allSatisfy { Int($0).map { $0 > 0 } ?? false }
        case "neighbor", "peer": isAddress(value)
        case "address": isHost(value)
        default: true
        }
    }

    private static func type(_ name: String, _ value: String) -> Bool {
        name.split(separator: ",").contains { name in
            switch name {
            case "u32": UInt32(value) != nil
            case "ipv4": isAddress(value)
            case "ipv4net": isHost(value)
            case "txt": true
            default: false
            }
        }
    }

    private static func validator(_ name: String, _ arguments: String, _ value: String) -> Bool {
        switch name {
        case "numeric":
            guard let number = Int(value) else { return false }
            let bounds = arguments.replacing("--range ", with: "").split(separator: "-").compactMap { Int($0) }
            return bounds.count != 2 || (bounds[0]...bounds[1]).contains(number)
        case "ipv4-address", "ip-address": return isAddress(value)
        case "ipv4-prefix", "ip-prefix": return isNetwork(value)
        case "ip-host": return isHost(value)
        case "ipaddrcheck":
            return arguments.contains("--is-any-single") ? isAddress(value) : isHost(value)
        case "fqdn": return matches("([A-Za-z0-9-]+\\.)+[A-Za-z]{2,}", value)
        case "vrf-name": return matches("(?!lo$|bond|br|dum|eth|lan|tun|vti|ppp|wg|[0-9])[^ ]{1,15}", value)
        case "as-number-list":
            return value.split(separator: " ").allSatisfy { Int($0).map { (1...4_294_967_294).contains($0) } ?? false }
        case "ip-protocol": return ["udp", "tcp", "esp"].contains(value)
        case "port-multi": return value.split(separator: ",").allSatisfy { UInt16($0) != nil }
        // Existence of interfaces, IPv6, ranges, exclusions: nothing that is rendered.
        default: return false
        }
    }

    private static func matches(_ expression: String, _ value: String) -> Bool {
        found("^(?:\(expression))$", value)
    }

    /// Answers of regular expressions, which are asked the same things a thousand times.
    private static let known = Mutex<[String: Bool]>([:])

    private static func found(_ expression: String, _ value: String) -> Bool {
        let question = expression + "\n" + value
        if let answer = known.withLock({ $0[question] }) { return answer }
        let answer = value.range(of: portable(expression), options: .regularExpression) != nil
        known.withLock { $0[question] = answer }
        return answer
    }

    private static func portable(_ expression: String) -> String {
        expression.replacing("[[:print:]]", with: "[\\x20-\\x7E]").replacing("[[:graph:]]", with: "[\\x21-\\x7E]")
            .replacing("[[:ascii:]]", with: "[\\x00-\\x7F]")
    }

    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0).map { "\($0)" } == String($0) }
    }

    /// An address with a length, host bits or not.
    static func isHost(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && isAddress(String(parts[0])) && Int(parts[1]).map { (0...32).contains($0) } ?? false
    }

    /// A network: no host bits.
    static func isNetwork(_ text: String) -> Bool {
        guard isHost(text) else { return false }
        let network = Network(text)
        return network.first & network.mask == network.first
    }
}

/// An IPv4 network as two numbers.
struct Network: Hashable {
    var first: UInt32
    var length: Int

    init(_ text: String) {
        let parts = text.split(separator: "/")
        first = parts[0].split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) }
        length = parts.count > 1 ? Int(parts[1]) ?? 32 : 32
    }

    var mask: UInt32 { length == 0 ? 0 : ~0 << UInt32(32 - length) }

    /// Whether the other one lies wholly inside.
    func holds(_ other: Network) -> Bool { length <= other.length && other.first & mask == first }
}
