import Foundation
import FoundationXML

/// A raw answer as nested dictionaries, read by Foundation alone: nothing of this project's reading takes part.
indirect enum RawAnswer {
    case text(String)
    case object([String: [RawAnswer]])

    /// Reads an XML or JSON file.
    static func read(_ path: String) throws -> RawAnswer {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        if path.hasSuffix(".json") { return convert(try JSONSerialization.jsonObject(with: data)) }
        let builder = Builder()
        let parser = XMLParser(data: data)
        parser.delegate = builder
        _ = parser.parse()
        return builder.root
    }

    /// The text at a path; `nil` where there is none or only blanks.
    func text(_ path: String...) -> String? {
        var current = self
        for name in path {
            guard case .object(let fields) = current, let first = fields[name]?.first else { return nil }
            current = first
        }
        guard case .text(let text) = current else { return nil }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The object under a name.
    func object(_ name: String) -> RawAnswer? {
        guard case .object(let fields) = self, case .object? = fields[name]?.first else { return nil }
        return fields[name]?.first
    }

    /// The items of a wrapped list, such as `VpnConnections/VpnConnection`.
    func items(_ list: String, _ item: String) -> [RawAnswer] {
        guard case .object(let fields) = self else { return [] }
        return (fields[list] ?? []).flatMap { wrapper -> [RawAnswer] in
            guard case .object(let inner) = wrapper else { return [] }
            return inner[item] ?? []
        }
    }

    private static func convert(_ value: Any) -> RawAnswer {
        switch value {
        case let fields as [String: Any]:
            .object(
                fields.mapValues { value in (value as? [Any])?.map(convert) ?? [convert(value)] })
        case let flag as Bool where "\(flag)" == "\(value)": .text(flag ? "true" : "false")
        default: .text("\(value)")
        }
    }

    private final class Builder: NSObject, XMLParserDelegate {
        private var stack: [(name: String, text: String, fields: [String: [RawAnswer]])] = []
        private(set) var root = RawAnswer.object([:])

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { stack.append((name, "", [:])) }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if !stack.isEmpty { stack[stack.count - 1].text += text }
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            guard let element = stack.popLast() else { return }
            let node = element.fields.isEmpty ? RawAnswer.text(element.text) : .object(element.fields)
            if stack.isEmpty { root = node } else { stack[stack.count - 1].fields[name, default: []].append(node) }
        }
    }
}
