/// Where templates come from and what they can use.
///
/// Immutable: threads can share it.
public struct Environment: Sendable {
    /// Gives the bytes of a template, or `nil` where there is none of that name.
    ///
    /// It is all that templates can reach of the outside.
    public typealias Loader = @Sendable (String) -> [UInt8]?

    private let loader: Loader
    private let filters: [Filter]
    private let rules: OutputRules?
    private let limits: Limits
    private let templateNames: [String]

    /// Creates an environment.
    ///
    /// - Parameters:
    ///   - loader: gives the source of a template by name.
    ///   - filters: the host's own filters. Those named like one of Jinja2's are left out: no template shall
    ///     mean something else here than there.
    ///   - rules: what values may look like where they are printed; without them values are not checked.
    ///   - limits: what a template may use.
    ///   - templateNames: names that the loader knows, for hints.
    public init(
        loader: @escaping Loader = { _ in nil }, filters: [Filter] = [], rules: OutputRules? = nil,
        limits: Limits = Limits(), templateNames: [String] = []
    ) {
        self.loader = loader
        self.filters = filters.filter {
            BuiltinFilter.byName[$0.name] == nil && !PythonNames.otherFilters.contains($0.name)
        }
        self.rules = rules
        self.limits = limits
        self.templateNames = templateNames
    }

    /// Compiles a template and all that it includes and imports.
    public func template(named name: String) throws(TemplateError) -> Template {
        try Linker(
            loader: loader, host: Compiler.HostNames(filters, rules), rules: rules, limits: limits,
            templateNames: templateNames
        ).template(named: name, source: nil)
    }

    /// Compiles a template given as text; what it includes and imports comes from the loader.
    public func template(source: String, named name: String = "template") throws(TemplateError) -> Template {
        try Linker(
            loader: loader, host: Compiler.HostNames(filters, rules), rules: rules, limits: limits,
            templateNames: templateNames
        ).template(named: name, source: Array(source.utf8))
    }
}
