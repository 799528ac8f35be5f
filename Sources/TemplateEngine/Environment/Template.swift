/// A compiled template. Immutable: threads can render it at the same time.
public struct Template: Sendable {
    let program: Program

    /// The name under which it was compiled.
    public var name: String { program.units[0].source.name }

    /// Renders with a context and appends to a buffer.
    ///
    /// - Parameters:
    ///   - context: a dict or record of the variables.
    ///   - output: where the bytes go; as before if the rendering fails.
    public func render(_ context: Value, into output: inout [UInt8]) throws(TemplateError) {
        let start = output.count
        var machine = Machine(program, context: context, output: output)
        output = []
        do throws(Fault) {
            try machine.render()
        } catch {
            output = machine.output
            output.removeLast(output.count - start)
            throw error.located(in: program)
        }
        output = machine.output
    }

    /// Renders with a record of the variables and appends to a buffer.
    public func render(_ context: Record, into output: inout [UInt8]) throws(TemplateError) {
        try render(.record(context), into: &output)
    }

    /// Renders with a context.
    public func render(_ context: Value) throws(TemplateError) -> String {
        var output: [UInt8] = []
        try render(context, into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

extension Fault {
    /// The error as a caller gets it. All faults of code are located when they leave it.
    func located(in program: Program) -> TemplateError {
        switch cause {
        case .located(let error): error
        case .kind(let kind): program.units[0].source.error(kind, at: Span(0, 0))
        case .undefined:
            program.units[0].source.error(.undefinedVariable("", nearest: nil), at: Span(0, 0))
        }
    }
}
