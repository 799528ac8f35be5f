import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An answer as Foundation reads it: nothing of this project's reading takes part.
final class RawAnswer: NSObject, XMLParserDelegate {
    let name: String
    private(set) var text = ""
    private(set) var children: [RawAnswer] = []
    private var open: [RawAnswer] = []

    init(_ name: String, text: String = "", children: [RawAnswer] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    static func read(_ path: String) throws -> RawAnswer {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        if path.hasSuffix(".json") {
            let children = try JSONDecoder().decode(Member.self, from: data).answers("")
            return children.first ?? RawAnswer("")
        }
        let root = RawAnswer("")
        root.open = [root]
        let parser = XMLParser(data: data)
        parser.delegate = root
        _ = parser.parse()
        return root
    }

    /// The text of a field, without blanks around it; `nil` where there is none.
    subscript(_ name: String) -> String? {
        let text = child(name)?.text.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return text.isEmpty ? nil : text
    }

    func child(_ name: String) -> RawAnswer? { children.first { $0.name == name } }

    /// All elements of a name that have fields, however deep.
    func all(_ name: String) -> [RawAnswer] {
        children.flatMap {
            $0.name == name && $0.children.contains { !$0.name.isEmpty } && $0.child(name) == nil ? [$0] : $0.all(name)
        }
    }

    private enum Member: Decodable {
        case text(String)
        case list([Member])
        case object([String: Member])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let object = try? container.decode([String: Member].self) {
                self = .object(object)
            } else if let list = try? container.decode([Member].self) {
                self = .list(list)
            } else if let flag = try? container.decode(Bool.self) {
                self = .text("\(flag)")
            } else if let number = try? container.decode(Int.self) {
                self = .text("\(number)")
            } else {
                self = .text((try? container.decode(String.self)) ?? "")
            }
        }

        func answers(_ name: String) -> [RawAnswer] {
            switch self {
            case .text(let text): [RawAnswer(name, text: text)]
            case .list(let list): list.flatMap { $0.answers(name) }
            case .object(let fields):
                [RawAnswer(name, children: fields.keys.sorted().flatMap { fields[$0]?.answers($0) ?? [] })]
            }
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) { open.append(RawAnswer(name)) }

    func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let element = open.removeLast()
        open.last?.children.append(element)
    }
}
