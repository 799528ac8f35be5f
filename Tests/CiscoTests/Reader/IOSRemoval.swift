/// The lines of a router, each with the modes that it stands in, from which `no` takes away.
struct IOSRemoval {
    /// Paths of words: the commands that entered the modes, then the line.
    ///
    /// A mode without lines is not there.
    private(set) var lines: Set<[[Substring]]> = []
    private(set) var faults: [String] = []

    /// What refers to an object: words that stand before its name in some line.
    private static let references: [(object: [Substring], users: [[Substring]])] = [
        (["crypto", "ipsec", "transform-set"], [["set", "transform-set"]]),
        (["crypto", "ipsec", "profile"], [["tunnel", "protection", "ipsec", "profile"]]),
        (
            ["ip", "access-list", "extended"],
            [["tunnel", "protection", "ipsec", "policy", "ipv4"], ["match", "address"]]
        ),
        (["crypto", "ikev2", "profile"], [["set", "ikev2-profile"]]),
        (["crypto", "isakmp", "profile"], [["set", "isakmp-profile"]]),
        (["crypto", "ikev2", "keyring"], [["keyring", "local"]]), (["crypto", "keyring"], [["keyring"]]),
        (["crypto", "ikev2", "proposal"], [["proposal"]]), (["ip", "sla"], [["track", "*", "ip", "sla"]]),
        (["route-map"], [["neighbor", "*", "route-map"]]),
        (["ip", "prefix-list"], [["match", "ip", "address", "prefix-list"]]),
        (["interface"], [["ip", "route", "*", "*"], ["ip", "route", "vrf", "*", "*", "*"]]),
        (["track"], [["ip", "route", "*", "*", "*", "track"], ["ip", "route", "vrf", "*", "*", "*", "*", "track"]]),
    ]

    init(_ files: [String]) { for file in files { apply(file, isRemoval: false) } }

    /// Pastes a text, with the commands that it only suggests, too.
    mutating func apply(_ text: String, isRemoval: Bool = true, withSuggestions: Bool = true) {
        var modes: [(words: [Substring], indent: Int)] = []
        var isSuggesting = false
        for line in text.split(separator: "\n") {
            var line = line
            if line.hasPrefix("!") {
                if line.contains("If nothing else of this router does:"), isRemoval { isSuggesting = true }
                guard isSuggesting, withSuggestions, line.hasPrefix("!   ") else { continue }
                line = line.dropFirst(4)
            }
            let words = line.split(separator: " ")
            guard words.first != "!" else { continue }
            let indent = line.prefix { $0 == " " }.count
            while let last = modes.last, last.indent >= indent { modes.removeLast() }
            let path = modes.map(\.words)
            if words.first == "no" {
                if !isRemoval { faults.append("no in a configuration") }
                remove(path, Array(words.dropFirst()))
            } else if words != ["exit-address-family"] {
                // A line that turns out to enter a mode is no line.
                if let last = path.last { lines.remove(Array(path.dropLast()) + [last]) }
                lines.insert(path + [words])
                modes.append((words, indent))
            }
        }
        // Modes that were entered to take something away; what is empty is not there.
        if isRemoval {
            lines = lines.filter { path in
                let first = path[path.count - 1].prefix(2)
                return ![["router", "bgp"], ["address-family", "ipv4"]].contains(Array(first))
                    && !(first.first == "interface" || path.last?.prefix(3) == ["crypto", "ikev2", "policy"])
            }
        }
        if lines.contains(where: { $0[0].prefix(3) == ["crypto", "ikev2", "policy"] }) {
            for policy in Set(lines.map { $0[0] }) where policy.prefix(3) == ["crypto", "ikev2", "policy"] {
                let hasProposal = lines.contains { $0[0] == policy && $0.count == 2 && $0[1][0] == "proposal" }
                if !hasProposal { faults.append("\(Self.text(policy)) has no proposal") }
            }
        }
    }

    private mutating func remove(_ path: [[Substring]], _ words: [Substring]) {
        let isWhole = words.prefix(2) == ["ip", "route"]
        var gone = lines.filter { line in
            guard line.count > path.count, Array(line.prefix(path.count)) == path else { return false }
            let own = line[path.count]
            return isWhole ? own == words : own.starts(with: words)
        }
        // A neighbor that goes is gone in all address families.
        if words.first == "neighbor", path.count == 1 {
            gone.formUnion(lines.filter { $0.first == path.first && $0.last?.starts(with: words) ?? false })
        }
        if gone.isEmpty { faults.append("not there: no \(Self.text(words))") }
        lines.subtract(gone)
        for (object, users) in Self.references where words.starts(with: object) && words.count == object.count + 1 {
            for user in users {
                let inUse = lines.contains { line in
                    guard let last = line.last, last.count > user.count else { return false }
                    return zip(user, last).allSatisfy { $0 == "*" || $0 == $1 } && last[user.count] == words.last
                }
                if inUse { faults.append("in use still: \(Self.text(words))") }
            }
        }
        // A crypto map on an interface has entries.
        let isMapped = lines.contains { $0.count == 2 && $0[1] == ["crypto", "map", "ALIBABA"] }
        if isMapped, !lines.contains(where: { $0[0].starts(with: ["crypto", "map", "ALIBABA"]) }) {
            faults.append("the interface has a crypto map without entries")
        }
    }

    private static func text(_ words: [Substring]) -> String { words.prefix(5).joined(separator: " ") }
}
