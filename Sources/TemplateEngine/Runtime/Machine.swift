import Findings

/// Executes a program: one rendering.
///
/// The machine is a struct that is passed on as `inout`, so that its arrays are changed in place without any
/// check at run time; nothing of it is shared.
struct Machine {
    let program: Program
    /// What untrusted text may hold, if that is checked.
    let bareWord: BareWord?
    /// What was rendered so far, behind what the buffer held before.
    var output: [UInt8] = []
    /// How long the output may become.
    var outputLimit: Int
    /// Operands of the instruction at work.
    var stack: [Value] = []
    /// The variables of all templates and macros entered, each in a stretch of its own.
    var slots: [Value] = []
    var loops: [LoopState] = []
    /// Contexts: the rendering's own first, then those of includes.
    var scopes: [Scope]
    /// Templates entered, for macros that outlive the entry.
    var instances: [Instance] = []
    /// Templates imported without context: once in a rendering, as Jinja2 keeps them.
    var modules: [Int: Int] = [:]
    var namespaces: [[(name: String, value: Value)]] = []
    var stepsLeft: Int
    var depth = 0
    /// Whether the loop that ended last had an element, for `else`.
    var wasVisited = false
    /// How many secrets were printed: tells whether a macro's text holds one.
    var secretsPrinted = 0
    var recorder: Recorder?
    /// Whether there is a recorder: quicker to ask.
    var isRecording = false

    /// Where names come from that a template does not set itself.
    struct Scope {
        /// Index of the scope around; -1 for the outermost.
        let parent: Int
        /// What an include passes on.
        let names: [(number: UInt32, value: Value)]
        /// The context, in the outermost scope.
        let context: Value
    }

    /// A template that was entered: its slots and its context.
    struct Instance {
        let unit: Int
        let base: Int
        let scope: Int
    }

    /// What the code at work sees.
    struct Frame {
        let unit: Int
        /// First slot of the function.
        let base: Int
        /// First slot of the template that the function is in.
        let rootBase: Int
        let instance: Int
        /// First loop of the function.
        let loopBase: Int
    }

    /// A `for` at work.
    struct LoopState {
        let elements: [Value]
        let site: Int
        /// Index of the element at work in `elements`.
        var position = -1
        /// How many elements passed the inline `if` up to this one.
        var visited = 0
        /// The next elements that pass, as far as somebody has asked already.
        var ahead: ArraySlice<Int> = []
        /// Whether `ahead` holds all of them.
        var isComplete = false
        /// How many pass in all, if somebody already asked.
        var length: Int?
        let hasTest: Bool
    }

    init(_ program: Program, context: Value) {
        self.program = program
        bareWord = program.rules?.bareWord
        outputLimit = program.limits.outputBytes
        scopes = [Scope(parent: -1, names: [], context: context)]
        stepsLeft = program.limits.steps
        stack.reserveCapacity(32)
        slots.reserveCapacity(64)
    }

    /// Renders the program's first template.
    mutating func render() throws(Fault) { _ = try enter(unit: 0, scope: 0) }

    /// Runs a template with fresh variables and returns its instance.
    @discardableResult
    mutating func enter(unit index: Int, scope: Int) throws(Fault) -> Int {
        let unit = program.units[index]
        let base = slots.count
        let root = unit.functions[0]
        slots.append(
            contentsOf: repeatElement(.undefined(.unset), count: root.slotCount - unit.contextNames.count))
        for index in unit.contextNames.indices { slots.append(resolve(unit.contextNames[index], in: scope)) }
        let instance = instances.count
        instances.append(Instance(unit: index, base: base, scope: scope))
        try run(
            Frame(unit: index, base: base, rootBase: base, instance: instance, loopBase: loops.count),
            from: root.entry)
        return instance
    }

    /// What a name means in a context: an include's names, the context, Jinja2's globals.
    private func resolve(_ name: borrowing Unit.ContextName, in start: Int) -> Value {
        var index = start
        while index >= 0 {
            let scope = scopes[index]
            for entry in scope.names where entry.number == name.number { return entry.value }
            switch scope.context {
            case .record(let record):
                if let slot = record.shape.slot(of: name.number) { return record.values[slot] }
            case .dict(let dict):
                if let value = dict.value(of: name.key) { return value }
            default: break
            }
            index = scope.parent
        }
        switch name.key.name {
        case "range": return .handle(Handle(.rangeFunction))
        case "namespace": return .handle(Handle(.namespaceFunction))
        default: return .undefined(.unset)
        }
    }

    /// Counts work that one instruction does on many things.
    @inline(__always)
    mutating func spend(_ steps: Int) throws(Fault) {
        stepsLeft -= steps
        if stepsLeft < 0 { throw Fault(.limit(.steps(program.limits.steps))) }
    }

    /// Counts the making of a text.
    mutating func spend(bytes: Int) throws(Fault) {
        guard bytes <= program.limits.textBytes else {
            throw Fault(.limit(.textBytes(program.limits.textBytes)))
        }
        try spend(bytes >> 4)
    }

    /// Counts the making of a list.
    mutating func spend(elements: Int) throws(Fault) {
        guard elements <= program.limits.elements else {
            throw Fault(.limit(.elements(program.limits.elements)))
        }
        try spend(elements)
    }

    @inline(__always)
    mutating func pop() -> Value { stack.popLast() ?? .none }

    /// Takes values off the stack one by one: they are few, and to cut off a stretch costs more.
    @inline(__always)
    mutating func drop(_ count: Int) { for _ in 0..<count { stack.removeLast() } }
}
