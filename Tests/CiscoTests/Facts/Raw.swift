import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An answer as Foundation reads it: names, texts, order; nothing of this project has touched it.
struct Raw {
    var name: String
    var text = ""
    var children: [Raw] = []

    /// The text of a field, if it has one.
    subscript(_ name: String) -> String? {
        child(name).map(\.text).flatMap { $0.isEmpty ? nil : $0 }
    }

    func child(_ name: String) -> Raw? { children.first { $0.name == name } }

    /// Every element of a name, however deep.
    func all(_ name: String) -> [Raw] {
        children.flatMap { $0.name == name ? [$0] : $0.all(name) }
    }

    /// Reads an XML or JSON document.
    static func read(_ data: Data) -> Raw? {
        let first = data.first { $0 > 0x20 && $0 < 0x80 }
        if first == UInt8(ascii: "{") {
            return (try? JSONDecoder().decode(JSONValue.self, from: data))?.raw(named: "").first
        }
        let reader = XMLTree()
        let parser = XMLParser(data: data)
        parser.delegate = reader
        return parser.parse() ? reader.stack.first : nil
    }
}

/// Any JSON, in the shape of XML: an array is its elements, one after another.
private enum JSONValue: Decodable {
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let object = try? container.decode([String: JSONValue].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else if let flag = try? container.decode(Bool.self) {
            self = .text(flag ? "true" : "false")
        } else if let number = try? container.decode(Int.self) {
            self = .text(String(number))
        } else {
            self = .text((try? container.decode(String.self)) ?? "")
        }
    }

    func raw(named name: String) -> [Raw] {
        switch self {
        case .text(let text): [Raw(name: name, text: text)]
        case .list(let list): list.flatMap { $0.raw(named: name) }
        case .object(let object):
            [Raw(name: name, children: object.keys.sorted().flatMap { object[$0]?.raw(named: $0) ?? [] })]
        }
    }
}

private final class XMLTree: NSObject, XMLParserDelegate {
    var stack = [Raw(name: "")]

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        stack.append(Raw(name: name))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { stack[stack.count - 1].text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        var element = stack.removeLast()
        if !element.children.isEmpty { element.text = "" }
        stack[stack.count - 1].children.append(element)
    }
}
