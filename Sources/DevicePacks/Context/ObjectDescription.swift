public import TemplateEngine

/// One object of the data model that templates see: the single place that names its fields, describes them
/// for people, types them for the static check, and fills them.
public struct ObjectDescription<Source>: Sendable {
    /// One field of an object.
    public struct Field: Sendable {
        /// The name in templates.
        public let name: String
        /// The shape of its value.
        public let shape: FieldShape
        /// What it is, in one or two sentences.
        public let documentation: String
        let value: @Sendable (Source) -> Value

        init(
            _ name: String, _ shape: FieldShape, _ documentation: String,
            _ value: @escaping @Sendable (Source) -> Value
        ) {
            self.name = name
            self.shape = shape
            self.documentation = documentation
            self.value = value
        }
    }

    /// The fields, in the order in which they are documented.
    public let fields: [Field]
    private let recordShape: Shape
    // Without their words: a field is large, and records are many.
    private let values: [@Sendable (Source) -> Value]

    init(_ fields: [Field]) {
        self.fields = fields
        recordShape = Shape(fields.map(\.name))
        values = fields.map(\.value)
    }

    /// The shape of such an object.
    public var shape: FieldShape {
        FieldShape(
            schema: .record(fields.map { ($0.name, $0.shape.schema) }), label: "object",
            fields: fields.map { FieldDocumentation(name: $0.name, text: $0.documentation, shape: $0.shape) })
    }

    func record(_ source: Source) -> Record { Record(recordShape, values.map { $0(source) }) }

    func value(_ source: Source) -> Value { .record(record(source)) }
}

/// The shape of a value: for the static check of templates, and for people.
public struct FieldShape: Sendable {
    /// What the static check knows of it.
    public let schema: Schema
    /// The shape in a word or two.
    public let label: String
    /// The fields of an object, or of a list's elements.
    public let fields: [FieldDocumentation]

    init(schema: Schema, label: String, fields: [FieldDocumentation] = []) {
        self.schema = schema
        self.label = label
        self.fields = fields
    }

    /// A text.
    public static let text = FieldShape(schema: .text, label: "text")
    /// A text from outside that may hold anything, so that a template must quote it or make a remark of it.
    public static let freeText = FieldShape(schema: .freeText, label: "text")
    /// A whole number.
    public static let int = FieldShape(schema: .int, label: "number")
    /// `true` or `false`.
    public static let bool = FieldShape(schema: .bool, label: "true or false")

    /// A value of this shape, or `none`.
    public static func optional(_ shape: FieldShape) -> FieldShape {
        FieldShape(schema: .optional(shape.schema), label: shape.label + " or none", fields: shape.fields)
    }

    /// A list of values of this shape.
    public static func list(of shape: FieldShape) -> FieldShape {
        FieldShape(schema: .list(of: shape.schema), label: "list of \(shape.label)s", fields: shape.fields)
    }
}

/// A field of the data model for people.
public struct FieldDocumentation: Sendable {
    /// The name in templates.
    public let name: String
    /// What it is.
    public let text: String
    /// The shape of its value.
    public let shape: FieldShape
}

/// The data model that templates see.
public enum DataModel {
    /// What a template of scope `connection` sees.
    public static var connection: FieldShape { connectionContext.shape }
    /// What a template of scope `device` sees.
    public static var device: FieldShape { deviceContext.shape }
    /// What a template of scope `removal` sees.
    public static var removal: FieldShape { removalContext.shape }

    /// What a template of a scope sees.
    public static func shape(of scope: Manifest.Scope) -> FieldShape {
        switch scope {
        case .connection: connection
        case .device: device
        case .removal: removal
        }
    }
}
