/// A piece of an answer, to be written as XML or JSON.
public indirect enum AnswerNode: Sendable {
    /// A string.
    case text(String)
    /// A number.
    case number(Int)
    /// A truth value.
    case flag(Bool)
    /// Fields in this order.
    case object([(String, AnswerNode)])
    /// A list with the name of its items, wrapped as the service does.
    case list(String, [AnswerNode])

    /// As XML, on one line as the service sends it.
    public var xml: String {
        switch self {
        case .text(let text): Self.escaped(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .object(let fields): fields.map { "<\($0.0)>\($0.1.xml)</\($0.0)>" }.joined()
        case .list(let item, let nodes): nodes.map { "<\(item)>\($0.xml)</\(item)>" }.joined()
        }
    }

    /// As JSON.
    public var json: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .object(let fields): "{" + fields.map { "\(Self.quoted($0.0)):\($0.1.json)" }.joined(separator: ",") + "}"
        case .list(let item, let nodes): "{\(Self.quoted(item)):[" + nodes.map(\.json).joined(separator: ",") + "]}"
        }
    }

    /// A whole answer: one page of connections.
    public static func page(_ connections: [AnswerNode], number: Int = 1, size: Int = 50, total: Int) -> AnswerNode {
        .object([
            ("PageNumber", .number(number)), ("PageSize", .number(size)), ("TotalCount", .number(total)),
            ("RequestId", .text("00000000-0000-0000-0000-000000000000")),
            ("VpnConnections", .list("VpnConnection", connections)),
        ])
    }

    /// As a whole XML document.
    public func xmlDocument(root: String = "DescribeVpnConnectionsResponse") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root)>\(xml)</\(root)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func quoted(_ text: String) -> String {
        let parts = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"" + parts.joined() + "\""
    }
}
