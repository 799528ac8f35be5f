/// A compiled template.
///
/// Immutable: threads can render it at the same time.
public struct Template: Sendable {
    let program: Program

    /// The name under which it was compiled.
    public var name: String { program.units[0].source.name }

    /// Renders with a context and appends to a buffer.
    ///
    /// - Parameters:
    ///   - context: a dict or record of the variables.
    ///   - output: where the bytes go; as before if the rendering fails.
    /// - Throws: where and why the template can not be rendered with this context.
    public func render(_ context: Value, into output: inout [UInt8]) throws(TemplateError) {
        _ = try render(context, into: &output, recorder: nil)
    }

    /// Renders with a context, appends to a buffer, and tells where each line came from.
    ///
    /// - Parameters:
    ///   - context: a dict or record of the variables.
    ///   - output: where the bytes go; as before if the rendering fails.
    /// - Returns: for each line the places in the templates and the values printed on it.
    /// - Throws: where and why the template can not be rendered with this context.
    public func renderWithSourceMap(
        _ context: Value, into output: inout [UInt8]
    ) throws(TemplateError) -> SourceMap {
        let start = output.count
        let recorder = try render(context, into: &output, recorder: Recorder(program, start: start))
        return SourceMap(recorder: recorder, lineStarts: recorder?.lineStarts(of: output) ?? [])
    }

    private func render(
        _ context: Value, into output: inout [UInt8], recorder: Recorder?
    ) throws(TemplateError) -> Recorder? {
        let start = output.count
        // The buffer moves into the machine and back, so that it is never copied.
        var machine = Machine(program, context: context)
        swap(&machine.output, &output)
        machine.outputLimit = start + program.limits.outputBytes
        machine.recorder = recorder
        machine.isRecording = recorder != nil
        do throws(Fault) {
            try machine.render()
        } catch {
            swap(&machine.output, &output)
            output.removeLast(output.count - start)
            throw error.located(in: program)
        }
        swap(&machine.output, &output)
        return machine.recorder
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
    /// The error as a caller gets it.
    ///
    /// All faults of code are located when they leave it.
    func located(in program: Program) -> TemplateError {
        switch cause {
        case .located(let error): error
        case .kind(let kind): program.units[0].source.error(kind, at: Span(0, 0))
        case .undefined:
            program.units[0].source.error(.undefinedVariable("", nearest: nil), at: Span(0, 0))
        }
    }
}
