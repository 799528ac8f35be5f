/// Where a variable lives: a slot of the function it is used in, or of the template around a macro.
struct Reference: Hashable {
    let slot: Int
    /// The function that the slot belongs to: 0 is the template itself.
    let function: Int
}

/// The slots that a function needs; grows while its scopes are analysed.
final class SlotCounter {
    let function: Int
    private(set) var count = 0

    init(function: Int) { self.function = function }

    func next() -> Reference {
        defer { count += 1 }
        return Reference(slot: count, function: function)
    }
}

/// Which names a scope knows and what they hold when it is entered.
///
/// This follows Jinja2's own analysis (`idtracking.py`) step by step, since its result can be seen: whether a
/// name read in a loop is the outer one, the context's or nothing depends on where it is first stored and
/// read in the text.
struct Symbols {
    enum Load {
        case parameter
        /// From the context.
        case resolve(String)
        /// The value that the name has outside.
        case alias(Reference)
        case undefined
    }

    /// The names of one scope; copies made for the branches of an `if` share it, so that a name has the
    /// same slot in all of them.
    private final class Slots {
        let counter: SlotCounter
        var byName: [String: Reference] = [:]

        init(_ counter: SlotCounter) { self.counter = counter }

        func reference(_ name: String) -> Reference {
            if let known = byName[name] { return known }
            let new = counter.next()
            byName[name] = new
            return new
        }
    }

    /// The scope around, as it is when this one is analysed; boxed, as a struct can't hold itself.
    private final class Parent {
        let symbols: Symbols
        init(_ symbols: Symbols) { self.symbols = symbols }
    }

    private let slots: Slots
    private let parent: Parent?
    private(set) var references: [String: Reference] = [:]
    private(set) var loads: [(reference: Reference, name: String, load: Load)] = []
    private(set) var stores: Set<String> = []

    init(parent: Symbols?, counter: SlotCounter) {
        slots = Slots(counter)
        self.parent = parent.map(Parent.init)
    }

    func find(_ name: String) -> Reference? { references[name] ?? parent?.symbols.find(name) }

    private mutating func define(_ name: String, _ load: Load) -> Reference {
        let reference = slots.reference(name)
        references[name] = reference
        setLoad(reference, name, load)
        return reference
    }

    private mutating func setLoad(_ reference: Reference, _ name: String, _ load: Load) {
        if let known = loads.firstIndex(where: { $0.reference == reference }) {
            loads[known].load = load
        } else {
            loads.append((reference, name, load))
        }
    }

    mutating func load(_ name: String) {
        if find(name) == nil { _ = define(name, .resolve(name)) }
    }

    mutating func store(_ name: String) {
        stores.insert(name)
        guard references[name] == nil else { return }
        if let outer = parent?.symbols.find(name) {
            _ = define(name, .alias(outer))
        } else {
            _ = define(name, .undefined)
        }
    }

    @discardableResult
    mutating func declareParameter(_ name: String) -> Reference {
        stores.insert(name)
        return define(name, .parameter)
    }

    /// Takes in what the branches of an `if` store: a name that only some of them store holds what it held
    /// outside, or the context's value.
    mutating func merge(_ branches: [Symbols]) {
        let new = branches.reduce(into: Set<String>()) { $0.formUnion($1.stores) }.subtracting(stores)
        for branch in branches {
            references.merge(branch.references) { $1 }
            for entry in branch.loads { setLoad(entry.reference, entry.name, entry.load) }
            stores.formUnion(branch.stores)
        }
        for name in new.sorted() {
            guard let reference = find(name) else { continue }
            if let outer = parent?.symbols.find(name) {
                setLoad(reference, name, .alias(outer))
            } else {
                setLoad(reference, name, .resolve(name))
            }
        }
    }

    /// Every name stored in this scope or one around it: what an included template sees beside the context.
    var visibleStores: [(name: String, reference: Reference)] {
        var result: [(String, Reference)] = []
        var seen: Set<String> = []
        var scope: Symbols? = self
        while let symbols = scope {
            for name in symbols.stores.sorted() where seen.insert(name).inserted {
                if let reference = find(name) { result.append((name, reference)) }
            }
            scope = symbols.parent?.symbols
        }
        return result
    }
}

extension Symbols {
    /// Points names that are only read, and that no scope around knows, straight at the context.
    mutating func bindToContext(_ contextReference: (String) -> Reference) {
        loads.removeAll { entry in
            guard case .resolve(let name) = entry.load, !stores.contains(name),
                references[name] == entry.reference
            else { return false }
            references[name] = contextReference(name)
            return true
        }
    }
}
