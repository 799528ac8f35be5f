public import Findings

/// Placeholders that stand in documents for what no input told, such as `<<WAN-INTERFACE>>`.
///
/// Those of keys (`<<PSK …>>`, `<<BGP-KEY …>>`) are meant to stand there and are not among them.
public struct OpenPlaceholders: Sendable {
    /// The kinds of placeholders, and what tells their values.
    private static let remedies = [
        "WAN-INTERFACE": "set wan_interface of the router in the site file",
        "CLOUD-ADDRESS": "add the DescribeVpnGateways answer to the inputs",
        "DEVICE-ADDRESS": "add the DescribeCustomerGateways answer to the inputs",
        "VRF-INTERFACE": "name an interface of the VRF whose address the tunnels can borrow",
        "IDENTITY": "set LocalId and RemoteId on the cloud side",
    ]

    private var places: [String: [String]] = [:]

    /// Looks through a device's documents.
    ///
    /// Only the names known here count, since a part of a key may look like another one; and not in comments, where a
    /// name that somebody gave in the cloud may stand.
    public init(in documents: [Document]) {
        for document in documents {
            for name in Self.names(in: document.content, commentMark: Array(document.commentMark.utf8))
            where Self.remedies[name] != nil {
                if places[name]?.last != document.path { places[name, default: []].append(document.path) }
            }
        }
    }

    /// One finding for each kind of placeholder of a device.
    public func findings(device: String, isStrict: Bool) -> [Finding] {
        places.keys.sorted().map { name in
            let files = places[name] ?? []
            let more = files.count > 3 ? " and \(files.count - 3) more" : ""
            return Finding(
                "PC305", isStrict ? .error : .warning,
                "<<\(name)>> is still to be filled in, in \(files.prefix(3).joined(separator: ", "))\(more)",
                at: Place(device: device),
                remedy: Self.remedies[name])
        }
    }

    /// Names of the placeholders in a document's statements, each once: capitals, digits and hyphens between `<<` and
    /// `>>`.
    private static func names(in content: [UInt8], commentMark mark: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        let bytes = content.span
        var index = 0
        // Nearly all documents have no two brackets at all: where the second of two bytes is none, neither byte begins any.
        while index + 1 < bytes.count {
            guard bytes[index + 1] == UInt8(ascii: "<") else {
                index += 2
                continue
            }
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            index += 1
            var end = index + 1
            while end < bytes.count, isOfName(bytes[end]) { end += 1 }
            guard end > index + 1, end + 1 < bytes.count, bytes[end] == UInt8(ascii: ">"),
                bytes[end + 1] == UInt8(ascii: ">"), !isInComment(index, of: content, mark)
            else { continue }
            names.insert(String(decoding: content[(index + 1)..<end], as: UTF8.self))
        }
        return names
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte == 45
    }

    /// Whether the line of a place begins, behind blanks, with what makes it a comment.
    private static func isInComment(_ place: Int, of content: [UInt8], _ mark: [UInt8]) -> Bool {
        let start = content[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return content[start..<place].drop { $0 == 0x20 || $0 == 0x09 }.starts(with: mark)
    }
}
