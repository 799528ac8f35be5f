import Findings

/// What can be wrong with the site file.
///
/// The key's path tells the place, and its line where it can be found again.
enum SiteProblem {
    case syntax(String, line: Int, column: Int)
    case unknownKey(String, nearest: String?)
    case wrongKind(String, expected: String)
    case network(String, String, String)
    case outOfRange(String, ClosedRange<Int>)
    case gatewayTwice(String, routers: [String])
    case holdNotAboveKeepalive(String)
    case routerName(String)
    case timeoutNotAboveDelay(String)
    case segmentTooLarge(String, mtu: Int)

    func finding(file: String, lines: TOMLKeyLines) -> Finding {
        func make(_ rule: RuleID, _ message: String, _ field: String, _ remedy: String?) -> Finding {
            Finding(
                rule, .error, message,
                at: Place(
                    location: SourceLocation(file: file, line: lines.line(of: field) ?? 1), field: shown(field)),
                remedy: remedy)
        }

        return switch self {
        case .syntax(let reason, let line, let column):
            Finding(
                "PC601", .error, "the site file is not TOML: \(reason)",
                at: Place(location: SourceLocation(file: file, line: line, column: column)),
                remedy: "see https://toml.io for the format")
        case .unknownKey(let path, let nearest):
            make(
                "PC602", "there is no key \(shown(path))" + didYouMean(nearest), path,
                "peerconf site schema lists all keys")
        case .wrongKind(let path, let expected):
            make("PC603", "\(shown(path)) must be \(expected)", path, nil)
        case .network(let path, let text, let reason):
            make("PC603", "\(shown(path)): \(shown(text)) \(reason)", path, nil)
        case .outOfRange(let path, let range):
            make(
                "PC604", "\(shown(path)) must lie between \(range.lowerBound) and \(range.upperBound)", path, nil)
        case .gatewayTwice(let gateway, let routers):
            make(
                "PC605", "customer gateway \(shown(gateway)) belongs to \(routers.joined(separator: " and "))",
                "routers.\(routers[0]).customer_gateways", "name it with one router only")
        case .holdNotAboveKeepalive(let path):
            make("PC606", "\(path)bgp_hold must be above bgp_keepalive", path + "bgp_hold", nil)
        case .timeoutNotAboveDelay(let path):
            make("PC606", "\(path)dpd_timeout must be above dpd_delay", path + "dpd_timeout", nil)
        case .segmentTooLarge(let path, let mtu):
            make(
                "PC606", "\(path)mss must be at most \(mtu - 40), the MTU of \(mtu) less 40", path + "mss",
                "leave mss out: it follows the mtu")
        case .routerName(let name):
            make(
                "PC607", "the router's name \"\(shown(name))\" can't be a folder's name", "routers",
                "use letters, digits, dots, hyphens and underscores")
        }
    }
}
