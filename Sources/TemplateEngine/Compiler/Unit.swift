/// One compiled template file: a flat program and its tables.
///
/// Immutable, so threads can share it.
final class Unit: Sendable {
    let source: SourceText
    let code: [Instruction]
    /// For each instruction the place that an error of it is about.
    let spans: [Span]
    let constants: [Value]
    let paths: [Path]
    let comparisons: [LiteralComparison]
    let members: [Member]
    /// What records are asked for at each member; ``Names/none`` where Python has a method of the name.
    let numbers: [UInt32]
    let sites: [Site]
    let calls: [CallSite]
    let loops: [LoopSite]
    /// The template itself, then its macros.
    let functions: [Function]
    /// Names looked up in the context when the template is entered; they hold the first slots.
    let contextNames: [ContextName]
    /// Keys of dict literals.
    let keyLists: [[Text]]
    /// For each include and import the names visible there.
    let nameLists: [[VisibleName]]
    /// Names of the templates that are included or imported, with the place of the first mention.
    let links: [(name: String, span: Span)]
    /// What an import of this template can see.
    let exports: [String: Int]
    /// Sites of the instructions that look up an element.
    let itemSites: [Int: Int]
    let statements: [Statement]
    /// Where the lines of the source begin.
    let lineStarts: [Int]

    struct ContextName: Sendable {
        let key: NameKey
        let number: UInt32

        init(_ name: String) {
            key = NameKey(name)
            number = Names.number(of: name)
        }
    }

    struct VisibleName: Sendable {
        let number: UInt32
        let slot: Int
        let isOuter: Bool
    }

    init(_ builder: consuming UnitBuilder) {
        source = builder.source
        code = builder.code
        spans = builder.spans
        constants = builder.constants
        paths = builder.paths
        comparisons = builder.comparisons
        members = builder.members
        numbers = builder.members.map { $0.isDictMethod ? Names.none : $0.number }
        sites = builder.sites
        calls = builder.calls
        loops = builder.loops
        functions = builder.functions
        contextNames = builder.contextNames.map(ContextName.init)
        keyLists = builder.keyLists
        nameLists = builder.nameLists
        links = builder.links
        exports = builder.exports
        itemSites = builder.itemSites
        statements = builder.statements
        var starts = [0]
        for (index, byte) in source.bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        lineStarts = starts
    }
}

/// The tables of a unit while they grow.
struct UnitBuilder {
    let source: SourceText
    let statements: [Statement]
    var code: [Instruction] = []
    var spans: [Span] = []
    var constants: [Value] = []
    var paths: [Path] = []
    var comparisons: [LiteralComparison] = []
    var members: [Member] = []
    var sites: [Site] = []
    var calls: [CallSite] = []
    var loops: [LoopSite] = []
    var functions: [Function] = []
    var contextNames: [String] = []
    var keyLists: [[Text]] = []
    var nameLists: [[Unit.VisibleName]] = []
    var links: [(name: String, span: Span)] = []
    var exports: [String: Int] = [:]
    var itemSites: [Int: Int] = [:]

    init(source: SourceText, statements: [Statement]) {
        self.source = source
        self.statements = statements
    }

    /// Adds to a table and returns the index.
    static func add<Element>(_ element: Element, to table: inout [Element]) -> Int {
        table.append(element)
        return table.count - 1
    }
}

/// A template with all that it includes and imports.
struct Program: Sendable {
    let units: [Unit]
    /// For each unit, which unit each of its links is.
    let links: [[Int]]
    let filters: [Filter]
    let rules: OutputRules?
    let limits: Limits
}
