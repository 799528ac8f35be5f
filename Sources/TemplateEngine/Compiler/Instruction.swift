/// One step of a compiled template.
///
/// Operands are indices into the tables of the ``Unit``, so that an instruction holds no reference and
/// copying one costs nothing.
enum Instruction: Sendable {
    // Output
    /// Literal text: a range of the source.
    case text(start: Int32, end: Int32)
    /// Prints what is on top of the stack.
    case print
    /// Prints a variable or a member of one, without a way over the stack.
    case printPath(Int32)

    // Values
    case constant(Int32)
    case load(path: Int32)
    /// A macro of this template, bound to the variables it was entered with.
    case macro(Int32)
    case store(slot: Int32)
    /// What a name holds when its scope is entered.
    case copy(path: Int32, slot: Int32)
    case clear(slot: Int32)
    case attribute(member: Int32)
    case item
    case slice(hasFrom: Bool, hasTo: Bool)
    case list(count: Int32)
    case tuple(count: Int32)
    case dict(keys: Int32)
    case setAttribute(namespace: Int32, name: Int32)
    case checkNamespace(path: Int32)

    // Operators
    case negate
    case plus
    case not
    case binary(BinaryOperator)
    case concat(count: Int32)
    case compare(CompareOperator)
    /// A comparison with another one behind it: leaves `false` and jumps, or leaves the right side.
    case compareChain(CompareOperator, target: Int32)

    // Control
    case jump(Int32)
    case jumpIfFalse(Int32)
    case jumpUnlessPath(path: Int32, target: Int32)
    /// `path == constant` or `!=`, as most conditions are: jumps if it does not hold.
    case jumpUnlessSame(Int32, target: Int32)
    /// `and`: keeps a false operand and jumps, drops a true one.
    case jumpIfFalseKeeping(Int32)
    case jumpIfTrueKeeping(Int32)
    /// Jumps over the default of a parameter that was given.
    case jumpIfSet(slot: Int32, target: Int32)
    case undefinedCondition
    case end

    // Loops
    case beginLoop(loop: Int32)
    /// Takes the next element or ends the loop.
    case nextElement(loop: Int32, exit: Int32)
    case endLoop
    /// Jumps if the loop that just ended had no element.
    case jumpIfVisited(target: Int32)
    case loopAttribute(LoopAttribute, depth: Int32)

    // Calls
    case filter(BuiltinFilter, call: Int32)
    case hostFilter(index: Int32, call: Int32)
    case test(BuiltinTest, call: Int32)
    case method(BuiltinMethod, call: Int32)
    case call(Int32)
    /// A call whose result is printed at once: a macro writes to the output itself.
    case printCall(Int32)
    /// `a.b(…)` where `b` is no known method: `a` must be an imported template.
    case callMember(call: Int32)
    case include(link: Int32, names: Int32)
    case importing(link: Int32, names: Int32, withContext: Bool)
    /// Takes one name out of the imported template on top of the stack.
    case export(name: Int32)
    case drop
}

enum LoopAttribute: UInt8, Sendable {
    case index, index0, first, last, length
}

/// A variable and the members to go through from it.
struct Path: Sendable {
    let slot: Int
    /// Whether the slot is the template's although the code is a macro's.
    let isOuter: Bool
    /// Where the variable is named.
    let site: Int
    /// The members, in the unit's table.
    let members: Range<Int32>
    /// The whole path as written, for source maps.
    let span: Span
}

/// The comparison of a path with a literal.
struct LiteralComparison: Sendable {
    let path: Int32
    let literal: Value
    /// Whether it is `==`.
    let isEquality: Bool
}

/// A member's name, with what Python has under that name.
struct Member: Sendable {
    let key: NameKey
    /// The name's number in ``Names``.
    let number: UInt32
    let site: Int
    let isDictMethod: Bool
    let isPythonAttribute: Bool
}

/// A place where something may turn out to be missing, and the words for it.
struct Site: Sendable {
    /// The name of the variable, member, argument or export.
    let name: String
    /// The expression up to the place.
    let span: Span
    /// The part that is missing.
    let focus: Span
}

/// How the arguments of a call lie on the stack.
struct CallSite: Sendable {
    /// Positional ones; for filters, tests and methods in the order of their parameters.
    var count = 0
    /// Keywords of the arguments that follow the positional ones.
    var keywords: [String] = []
    /// What is called, for messages.
    var name = ""
    /// The filter or test that `map`, `select` and their kin apply.
    var inner: Inner?
    /// The attribute that `map`, `selectattr` and `rejectattr` go by, where the template names it.
    var attribute: AttributePath?
    /// All arguments, keywords included.
    var total: Int { count + keywords.count }
    /// The member called, where the object is an imported template.
    var member: Int?

    enum Inner: Sendable {
        case filter(BuiltinFilter)
        case hostFilter(Int)
        case test(BuiltinTest)
    }
}

/// A loop's targets and how to test its elements.
struct LoopSite: Sendable {
    var targets: [Int] = []
    var unpacks = false
    /// Targets of the inline `if`, which has a scope of its own, and where its code starts.
    var testTargets: [Int] = []
    var testEntry: Int?
    /// What is iterated, as written.
    var span = Span(0, 0)
}

/// A template's own code, or a macro's.
struct Function: Sendable {
    var name = ""
    /// Where a macro's name stands; of several with one name each has its own.
    var place: Span?
    var entry = 0
    var slotCount = 0
    var parameters: [String] = []
    /// For each parameter, the site that explains its absence.
    var parameterSites: [Int] = []
    /// How many of them have no default.
    var requiredCount = 0
}
