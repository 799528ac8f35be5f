package import Findings

/// An object of a JSON document: the single place that names its members, says what they are, and fills them.
///
/// Document and schema come from the same table, so that neither can know a member that the other lacks.
package struct JSONDescription<Source>: Sendable {
    /// One member of an object; every object has all of its members.
    package struct Member: Sendable {
        let name: String
        let shape: JSONShape
        let documentation: String
        let value: @Sendable (Source) -> JSON

        package init(
            _ name: String, _ shape: JSONShape, _ documentation: String, _ value: @escaping @Sendable (Source) -> JSON
        ) {
            self.name = name
            self.shape = shape
            self.documentation = documentation
            self.value = value
        }

        /// A member that is itself an object, of what `part` takes from the source.
        package init<Part>(
            _ name: String, _ documentation: String, _ description: JSONDescription<Part>,
            of part: @escaping @Sendable (Source) -> Part
        ) {
            self.init(name, description.shape, documentation) { description.json(part($0)) }
        }

        /// A member that is an object or `null`.
        package init<Part>(
            _ name: String, orNull documentation: String, _ description: JSONDescription<Part>,
            of part: @escaping @Sendable (Source) -> Part?
        ) {
            self.init(name, .orNull(description.shape), documentation) { part($0).map(description.json) ?? .null }
        }

        /// A member that is a list of objects.
        package init<Part>(
            _ name: String, each documentation: String, _ description: JSONDescription<Part>,
            of parts: @escaping @Sendable (Source) -> [Part]
        ) {
            self.init(name, .list(description.shape), documentation) { .array(parts($0).map(description.json)) }
        }
    }

    /// The members, in the order in which they are written.
    let members: [Member]

    package init(_ members: [Member]) {
        self.members = members
    }

    /// The object that a source makes.
    package func json(_ source: Source) -> JSON {
        .object(members.map { JSON.Member(name: $0.name, value: $0.value(source)) })
    }

    /// The schema (2020-12) of a document that is one such object.
    package func documentSchema(title: String, _ documentation: String) -> JSON {
        guard case .object(let members) = shape.schema(documentation) else { return .null }
        return .object(
            [
                .init(name: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
                .init(name: "title", value: .string(title)),
            ] + members)
    }

    /// The shape of such an object.
    var shape: JSONShape { .object(members.map { ($0.name, $0.shape, $0.documentation) }) }
}

/// The shape of a JSON value, as far as a schema tells it.
package indirect enum JSONShape: Sendable {
    case text
    /// One of these words.
    case word([String])
    case flag
    /// A whole number within a range.
    case number(ClosedRange<Int>)
    /// An IPv4 address in dotted form.
    case address
    /// An IPv4 network, `192.0.2.0/24`.
    case network
    /// The fixed number of a version.
    case version(Int)
    case list(JSONShape)
    /// An object of any names, whose values all have this shape.
    case named(JSONShape)
    case object([(name: String, shape: JSONShape, documentation: String)])
    /// The shape, or `null`.
    case orNull(JSONShape)

    /// JSON Schema (2020-12) of the shape.
    func schema(_ documentation: String? = nil) -> JSON {
        var members = keywords
        if let documentation { members.insert(.init(name: "description", value: .string(documentation)), at: 0) }
        return .object(members)
    }

    private var keywords: [JSON.Member] {
        func type(_ name: String, _ rest: KeyValuePairs<String, JSON> = [:]) -> [JSON.Member] {
            [.init(name: "type", value: .string(name))] + rest.map { .init(name: $0.key, value: $0.value) }
        }
        switch self {
        case .text: return type("string")
        case .word(let words): return [.init(name: "enum", value: .array(words.map(JSON.string)))]
        case .flag: return type("boolean")
        case .number(let range):
            return type("integer", ["minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)])
        case .address: return type("string", ["format": .string("ipv4")])
        case .network: return type("string", ["pattern": .string(#"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$"#)])
        case .version(let number): return [.init(name: "const", value: .int(number))]
        case .list(let element): return type("array", ["items": element.schema()])
        case .named(let value): return type("object", ["additionalProperties": value.schema()])
        case .object(let members):
            return type(
                "object",
                [
                    "additionalProperties": .bool(false),
                    "required": .array(members.map { .string($0.name) }),
                    "properties": .object(
                        members.map { .init(name: $0.name, value: $0.shape.schema($0.documentation)) }),
                ])
        case .orNull(let shape):
            return [.init(name: "anyOf", value: .array([shape.schema(), .object(["type": .string("null")])]))]
        }
    }
}
