/// One form of a command, as vendors' references write it: words, and in angle brackets what stands for others.
///
/// `<1-10000>` a number in a range, `<name>` a name of an object, `<ip>`, `<mask>` a netmask, `<wild>` an inverted
/// one, `<prefix>` CIDR notation, `<word>` anything without blanks, `<id>` the same
/// where the keyword `domain` could stand too, `<line>` the rest.
struct Pattern {
    let words: [Substring]

    init(_ text: String) { words = text.split(separator: " ") }

    /// The values in the places of angle brackets; `nil` where the line has not this form.
    func match(_ line: [Substring]) -> [String]? {
        var values: [String] = []
        for (index, word) in words.enumerated() {
            if word == "<line>" {
                guard index < line.count else { return nil }
                return values + [line[index...].joined(separator: " ")]
            }
            guard index < line.count else { return nil }
            let given = line[index]
            if word.first == "<" {
                guard Self.holds(word.dropFirst().dropLast(), given) else { return nil }
                values.append(String(given))
            } else if word != given {
                return nil
            }
        }
        return line.count == words.count ? values : nil
    }

    private static func holds(_ kind: Substring, _ value: Substring) -> Bool {
        switch kind {
        case "word": return true
        // What abbreviates the keyword `domain` is taken for it.
        case "id": return !"domain".hasPrefix(value.lowercased())
        case "name":
            return value.utf8.count <= 63 && (value.first?.isLetter ?? false)
                && value.utf8.allSatisfy {
                    ("a"..."z").has($0) || ("A"..."Z").has($0) || ("0"..."9").has($0) || $0 == 45 || $0 == 95
                }
        case "ip": return bits(value) != nil
        case "mask":
            guard let bits = bits(value) else { return false }
            return (~bits &+ 1) & ~bits == 0
        case "wild":
            guard let bits = bits(value) else { return false }
            return (bits &+ 1) & bits == 0
        case "prefix":
            let parts = value.split(separator: "/")
            guard parts.count == 2, let address = bits(parts[0]), let length = Int(parts[1]), (0...32).contains(length)
            else { return false }
            return length == 0 ? address == 0 : address & (UInt32.max >> UInt32(length)) == 0 || length == 32
        case "len": return Int(value).map { (0...32).contains($0) && String($0) == value } ?? false
        case "hex": return value.utf8.count % 2 == 0 && value.allSatisfy(\.isHexDigit)
        default:
            let bounds = kind.split(separator: "-").compactMap { UInt64($0) }
            guard bounds.count == 2, let number = UInt64(value), String(number) == value else { return false }
            return (bounds[0]...bounds[1]).contains(number)
        }
    }

    /// An address as a number.
    static func bits(_ text: some StringProtocol) -> UInt32? {
        guard isIPv4(String(text)) else { return nil }
        return text.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) }
    }
}

extension ClosedRange<Character> {
    fileprivate func has(_ byte: UInt8) -> Bool { contains(Character(UnicodeScalar(byte))) }
}

/// `10.0.0.0/8` of an address and a netmask.
func network(_ address: String, netmask: String) -> String {
    let ones = (Pattern.bits(netmask) ?? 0).nonzeroBitCount
    return "\(address)/\(ones)"
}

/// `10.0.0.0/8` of an address and an inverted netmask.
func network(_ address: String, wildcard: String) -> String {
    let zeros = (Pattern.bits(wildcard) ?? 0).nonzeroBitCount
    return "\(address)/\(32 - zeros)"
}
