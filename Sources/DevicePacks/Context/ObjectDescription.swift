public import TemplateEngine

/// One object of the data model that templates see: the single place that names its fields, describes them
/// for people, types them for the static check, and fills them.
public struct ObjectDescription<Source>: Sendable {
    /// One field of an object.
    public struct Field: Sendable {
        /// The name in templates.
        public let name: String
        /// The shape of its value.
        public let schema: Schema
        /// What it is, in one or two sentences.
        public let documentation: String
        let value: @Sendable (Source) -> Value

        init(
            _ name: String, _ schema: Schema, _ documentation: String,
            _ value: @escaping @Sendable (Source) -> Value
        ) {
            self.name = name
            self.schema = schema
            self.documentation = documentation
            self.value = value
        }
    }

    /// The fields, in the order in which they are documented.
    public let fields: [Field]
    private let shape: Shape

    init(_ fields: [Field]) {
        self.fields = fields
        shape = Shape(fields.map(\.name))
    }

    /// The shape for the static check of templates.
    public var schema: Schema { .record(fields.map { ($0.name, $0.schema) }) }

    func record(_ source: Source) -> Record { Record(shape, fields.map { $0.value(source) }) }

    func value(_ source: Source) -> Value { .record(record(source)) }
}
