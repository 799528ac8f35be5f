/// A JSON value to be written: objects keep the order in which they were made.
public enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object, in this order.
    case object([Member])

    /// One name and value of an object.
    public struct Member: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSON

        /// Pairs a name and a value.
        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// An object of names and values, in this order.
    public static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// A string, or `null`.
    public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// The text, indented by two blanks, with a line break at its end (RFC 8259).
    public var text: String {
        var result = ""
        write(into: &result, indentation: "")
        return result + "\n"
    }

    private func write(into result: inout String, indentation: String) {
        let inner = indentation + "  "
        switch self {
        case .null: result += "null"
        case .bool(let value): result += value ? "true" : "false"
        case .int(let value): result += String(value)
        case .string(let value): Self.writeString(value, into: &result)
        case .array([]): result += "[]"
        case .object([]): result += "{}"
        case .array(let values):
            result += "[\n"
            for (index, value) in values.enumerated() {
                result += inner
                value.write(into: &result, indentation: inner)
                result += index == values.count - 1 ? "\n" : ",\n"
            }
            result += indentation + "]"
        case .object(let members):
            result += "{\n"
            for (index, member) in members.enumerated() {
                result += inner
                Self.writeString(member.name, into: &result)
                result += ": "
                member.value.write(into: &result, indentation: inner)
                result += index == members.count - 1 ? "\n" : ",\n"
            }
            result += indentation + "}"
        }
    }

    private static func writeString(_ text: String, into result: inout String) {
        result += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        result += "\""
    }
}
