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
            let mark = Array(document.commentMark.utf8)
            let statements = document.content.split(separator: UInt8(ascii: "\n"))
                .filter { !$0.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: mark) }
            for name in Set(statements.flatMap(Self.names)) where Self.remedies[name] != nil {
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

    /// Names of the placeholders in a text: capitals, digits and hyphens between `<<` and `>>`.
    private static func names(in content: ArraySlice<UInt8>) -> [String] {
        var names: [String] = []
        var index = content.startIndex
        let open = UInt8(ascii: "<")
        let close = UInt8(ascii: ">")
        while let start = content[index...].firstIndex(of: open) {
            index = start + 1
            guard index < content.endIndex, content[index] == open else { continue }
            let rest = content[(index + 1)...]
            let name = rest.prefix { ($0 >= 65 && $0 <= 90) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
            let after = rest.dropFirst(name.count).prefix(2)
            guard !name.isEmpty, after.count == 2, after.allSatisfy({ $0 == close }) else { continue }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }
}
