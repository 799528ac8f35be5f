import Findings

/// Arguments of filters, tests and methods, brought into the order of their parameters.
extension Compiler {
    /// Puts the arguments on the stack in the order of the parameters, up to the last one given.
    mutating func bind(
        _ arguments: Arguments, to signature: Signature, _ callee: Name, _ site: inout CallSite
    ) throws(SourceFault) {
        let ordered = try order(arguments, signature, callee)
        for value in ordered {
            if let value {
                try compile(value)
            } else {
                emit(.constant(constant(.undefined(.absent))), callee.span)
            }
        }
        site.count += ordered.count
    }

    /// Arguments of a host's filter are complete: defaults are filled in here.
    mutating func bind(
        _ arguments: Arguments, to filter: Filter, _ callee: Name, _ site: inout CallSite
    ) throws(SourceFault) {
        let ordered = try order(arguments, filter.signature, callee)
        for (index, parameter) in filter.parameters.enumerated() {
            if index < ordered.count, let value = ordered[index] {
                try compile(value)
            } else {
                emit(.constant(constant(parameter.fallback ?? .none)), callee.span)
            }
        }
        site.count += filter.parameters.count
    }

    private func order(
        _ arguments: Arguments, _ signature: Signature, _ callee: Name
    ) throws(SourceFault) -> [Expression?] {
        func fault(_ problem: TemplateError.ArgumentProblem, _ span: Span) -> SourceFault {
            SourceFault(.wrongArguments(callee: callee.text, problem: problem), span)
        }
        var ordered: [Expression?] = arguments.positional
        if !signature.isVariadic, ordered.count > signature.parameters.count {
            throw fault(
                .tooMany(allowed: signature.parameters.count),
                arguments.positional[signature.parameters.count].span)
        }
        for (name, value) in arguments.keywords {
            guard signature.takesKeywords else { throw fault(.noKeywords, name.span) }
            guard let index = signature.parameters.firstIndex(of: name.text) else {
                throw fault(
                    .unknownKeyword(
                        name.text, nearest: nearestName(to: name.text, among: signature.parameters)),
                    name.span)
            }
            while ordered.count <= index { ordered.append(nil) }
            guard ordered[index] == nil else { throw fault(.duplicate(name.text), name.span) }
            ordered[index] = value
        }
        for index in 0..<signature.required where index >= ordered.count || ordered[index] == nil {
            throw fault(.missing(signature.parameters[index]), callee.span)
        }
        return ordered
    }
}
