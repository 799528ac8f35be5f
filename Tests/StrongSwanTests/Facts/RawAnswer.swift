import Foundation
import FoundationXML

/// A raw answer as nested dictionaries, read by Foundation alone: nothing of this project's reading takes part.
indirect enum RawAnswer {
    case text(String)
    case object([String: [RawAnswer]])

    /// Reads an XML or JSON file.
    static func read(_ path: String) throws -> RawAnswer {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        if path.hasSuffix(".json") { return try JSONDecoder().decode(JSON.self, from: data).answer }
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

    /// JSON as it stands: true is not 1, as it would be for Foundation's older reader.
    private enum JSON: Decodable {
        case text(String)
        case object([String: JSON])
        case list([JSON])

        init(from decoder: any Decoder) throws {
            if let fields = try? decoder.singleValueContainer().decode([String: JSON].self) {
                self = .object(fields)
            } else if let items = try? decoder.singleValueContainer().decode([JSON].self) {
                self = .list(items)
            } else {
                let value = try decoder.singleValueContainer()
                if let flag = try? value.decode(Bool.self) {
                    self = .text(flag ? "true" : "false")
                } else if let number = try? value.decode(Int.self) {
                    self = .text(String(number))
                } else {
                    self = .text(value.decodeNil() ? "" : try value.decode(String.self))
                }
            }
        }

        var answer: RawAnswer {
            switch self {
            case .text(let text): .text(text)
            case .list(let items): .object(["": items.map(\.answer)])
            case .object(let fields):
                .object(
                    fields.mapValues { value in
                        if case .list(let items) = value { items.map(\.answer) } else { [value.answer] }
                    })
            }
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
