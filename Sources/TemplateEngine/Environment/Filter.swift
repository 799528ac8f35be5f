/// A filter of the host: what Jinja2 has no name for, such as address arithmetic.
public struct Filter: Sendable {
    /// A parameter beside the value that the filter is applied to.
    public struct Parameter: Sendable {
        let name: String
        let fallback: Value?

        /// A parameter that must be given.
        public static func required(_ name: String) -> Parameter { Parameter(name: name, fallback: nil) }

        /// A parameter that has a default.
        public static func optional(_ name: String, default fallback: Value) -> Parameter {
            Parameter(name: name, fallback: fallback)
        }
    }

    /// What the filter does: takes the value and all arguments in the order of the parameters.
    public typealias Body = @Sendable (Value, [Value]) throws(FilterFailure) -> Value

    /// The name in templates.
    public let name: String
    /// The parameters in order.
    public let parameters: [Parameter]
    /// What it gives, for the static check.
    public let result: Schema
    let body: Body
    let signature: Signature

    /// Creates a filter.
    ///
    /// - Parameters:
    ///   - name: the name in templates; names that Jinja2 has are refused by ``Environment``.
    ///   - parameters: its parameters, required ones first.
    ///   - result: what it gives, for the static check.
    ///   - body: what it does. A result made from untrusted text is untrusted, whatever the body says.
    public init(
        _ name: String, _ parameters: [Parameter] = [], result: Schema = .any, _ body: @escaping Body
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.body = body
        signature = Signature(
            parameters.map(\.name), required: parameters.prefix { $0.fallback == nil }.count)
    }
}

/// Why a filter of the host could not do its work.
public struct FilterFailure: Error, Sendable, Hashable {
    /// In words that go on from "filter `x`: ", without the value, which may be a secret.
    public let reason: String

    /// Creates a failure.
    public init(_ reason: String) { self.reason = reason }
}
