import Findings

extension Compiler {
    // MARK: Filters and tests

    mutating func compileFilter(
        _ operand: Expression, _ name: Name, _ arguments: Arguments, _ expression: Expression,
        isPrinted: Bool
    ) throws(SourceFault) {
        try compile(operand)
        var site = CallSite(name: name.text)
        switch try filter(named: name) {
        case .hostFilter(let index):
            try bind(arguments, to: host.filters[index], name, &site)
            emit(.hostFilter(index: Int32(index), call: add(site)), expression.span)
        case .filter(let filter):
            switch filter {
            case .map, .select, .reject, .selectattr, .rejectattr:
                try bindApplying(filter, arguments, name, &site)
            case .tojson where !isPrinted:
                // Jinja2's result is HTML-safe markup, which escapes what is added to it.
                throw SourceFault(
                    .unsupported(.syntax("`tojson` anywhere but last in `{{ … }}`")), name.span)
            default: try bind(arguments, to: filter.signature, name, &site)
            }
            emit(.filter(filter, call: add(site)), expression.span)
        case .test: break
        }
    }

    mutating func compileTest(
        _ operand: Expression, _ name: Name, _ arguments: Arguments
    ) throws(SourceFault) {
        try compile(operand)
        let test = try test(named: name)
        var site = CallSite(name: name.text)
        try bind(arguments, to: test.signature, name, &site)
        emit(.test(test, call: add(site)), operand.span.to(name.span))
    }

    mutating func add(_ site: CallSite) -> Int32 { Int32(UnitBuilder.add(site, to: &builder.calls)) }

    private func filter(named name: Name) throws(SourceFault) -> CallSite.Inner {
        if let index = host.index[name.text] { return .hostFilter(index) }
        if let filter = BuiltinFilter.byName[name.text] {
            if filter == .quoted ? host.hasQuoted : filter == .remark ? host.hasRemark : true {
                return .filter(filter)
            }
        }
        if PythonNames.otherFilters.contains(name.text) {
            throw SourceFault(.unsupported(.filter(name.text)), name.span)
        }
        let known = host.filterNames
        throw SourceFault(
            .unknownFilter(name.text, nearest: nearestName(to: name.text, among: known)), name.span)
    }

    private func test(named name: Name) throws(SourceFault) -> BuiltinTest {
        if let test = BuiltinTest.byName[name.text] { return test }
        if PythonNames.otherTests.contains(name.text) {
            throw SourceFault(.unsupported(.test(name.text)), name.span)
        }
        let known = BuiltinTest.allCases.map(\.rawValue)
        throw SourceFault(
            .unknownTest(name.text, nearest: nearestName(to: name.text, among: known)), name.span)
    }

    /// `map`, `select` and their kin: the filter or test that they apply is named by their first argument,
    /// and its arguments follow.
    mutating func bindApplying(
        _ filter: BuiltinFilter, _ arguments: Arguments, _ name: Name, _ site: inout CallSite
    ) throws(SourceFault) {
        var rest = arguments
        if filter == .map, arguments.positional.isEmpty {
            if !arguments.keywords.contains(where: { $0.name.text == "attribute" }) {
                throw SourceFault(
                    .wrongArguments(callee: name.text, problem: .missing("the name of a filter")), name.span)
            }
            try bind(arguments, to: filter.signature, name, &site)
            site.attribute = literalPath(arguments.keywords.first { $0.name.text == "attribute" }?.value)
            return
        }
        if filter == .selectattr || filter == .rejectattr {
            guard let attribute = rest.positional.first else {
                throw SourceFault(
                    .wrongArguments(callee: name.text, problem: .missing("the name of an attribute")),
                    name.span)
            }
            rest.positional.removeFirst()
            try compile(attribute)
            site.attribute = literalPath(attribute)
            site.count = 1
        }
        guard let applied = rest.positional.first else {
            if let keyword = rest.keywords.first {
                throw SourceFault(
                    .wrongArguments(callee: name.text, problem: .noKeywords), keyword.name.span)
            }
            return
        }
        guard case .string(let appliedName) = applied.kind else {
            throw SourceFault(
                .unsupported(.syntax("the name of a filter or test that is not a literal string")),
                applied.span)
        }
        rest.positional.removeFirst()
        let inner = Name(text: appliedName, span: applied.span)
        var innerSite = CallSite(name: appliedName)
        if filter == .map {
            let found = try self.filter(named: inner)
            switch found {
            case .filter(.map), .filter(.select), .filter(.reject), .filter(.selectattr),
                .filter(.rejectattr), .filter(.tojson):
                throw SourceFault(.unsupported(.syntax("`\(appliedName)` inside `map`")), applied.span)
            case .filter(let builtin): try bind(rest, to: builtin.signature, inner, &innerSite)
            case .hostFilter(let index): try bind(rest, to: host.filters[index], inner, &innerSite)
            case .test: break
            }
            site.inner = found
        } else {
            let found = try test(named: inner)
            try bind(rest, to: found.signature, inner, &innerSite)
            site.inner = .test(found)
        }
        site.count += innerSite.count
    }

    private func literalPath(_ attribute: Expression?) -> AttributePath? {
        guard case .string(let name)? = attribute?.kind else { return nil }
        return AttributePath(literal: name)
    }

    // MARK: Calls

    mutating func compileCall(
        _ callee: Expression, _ arguments: Arguments, _ expression: Expression, isPrinted: Bool
    ) throws(SourceFault) {
        switch callee.kind {
        case .name(let name):
            guard name != "loop" else {
                throw SourceFault(.unsupported(.syntax("`loop(…)`")), callee.span)
            }
            try compile(callee)
            let site = try compileArguments(arguments, CallSite(name: name))
            emit(isPrinted ? .printCall(site) : .call(site), expression.span)
        case .attribute(let object, let name):
            try compileMethod(object, name, callee, arguments, expression)
        default:
            throw SourceFault(.unsupported(.syntax("a call of the result of an expression")), callee.span)
        }
    }

    /// Arguments as given: positional ones, then keywords with their names in the call site.
    private mutating func compileArguments(
        _ arguments: Arguments, _ start: CallSite
    ) throws(SourceFault) -> Int32 {
        var site = start
        for argument in arguments.all { try compile(argument) }
        site.count = arguments.positional.count
        site.keywords = arguments.keywords.map(\.name.text)
        return add(site)
    }

    private mutating func compileMethod(
        _ object: Expression, _ name: String, _ callee: Expression, _ arguments: Arguments,
        _ expression: Expression
    ) throws(SourceFault) {
        let imported: Bool
        if case .name(let base) = object.kind {
            imported = importedNames.contains(base)
        } else {
            imported = false
        }
        if case .name("loop") = object.kind {
            throw SourceFault(.unsupported(.syntax("`loop.\(name)(…)`")), callee.focus)
        }
        if !imported, let method = BuiltinMethod.byName[name] {
            try compile(object)
            var site = CallSite(name: name)
            try bind(arguments, to: method.signature, Name(text: name, span: callee.focus), &site)
            site.member = UnitBuilder.add(member(name, in: callee), to: &builder.members)
            emit(.method(method, call: add(site)), expression.span)
            return
        }
        var isName = false
        if case .name = object.kind { isName = true }
        if !imported {
            if PythonNames.otherAttributes.contains(name) || PythonNames.dictMethods.contains(name) {
                throw SourceFault(.unsupported(.method(name)), callee.focus)
            }
            if !isName {
                let known = BuiltinMethod.allCases.map(\.rawValue)
                throw SourceFault(
                    .unknownMethod(name, nearest: nearestName(to: name, among: known)), callee.focus)
            }
        }
        try compile(object)
        let member = UnitBuilder.add(member(name, in: callee), to: &builder.members)
        let site = try compileArguments(arguments, CallSite(name: name, member: member))
        emit(.callMember(call: site), expression.span)
    }
}

extension Compiler.HostNames {
    init(_ filters: [Filter], _ rules: OutputRules?) {
        self.init(
            filters: filters,
            index: Dictionary(filters.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 }),
            hasQuoted: rules?.quoted != nil, hasRemark: rules?.remark != nil)
    }

    /// Every filter that a template can use.
    var filterNames: [String] {
        BuiltinFilter.allCases.filter { $0 == .quoted ? hasQuoted : $0 == .remark ? hasRemark : true }
            .map(\.rawValue) + filters.map(\.name)
    }
}
