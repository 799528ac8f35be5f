/// Names that belong together, directly or through others; each set is called by its smallest name.
struct DisjointSets {
    private var parents: [String: String] = [:]

    mutating func add(_ name: String) {
        if parents[name] == nil { parents[name] = name }
    }

    mutating func unite(_ a: String, _ b: String) {
        add(a)
        add(b)
        let (rootA, rootB) = (representative(of: a), representative(of: b))
        guard rootA != rootB else { return }
        parents[max(rootA, rootB)] = min(rootA, rootB)
    }

    /// The smallest name of the set that holds `name`; a name never added stands alone.
    mutating func representative(of name: String) -> String {
        var root = name
        while let parent = parents[root], parent != root { root = parent }
        // Path compression: later look-ups are one step.
        var current = name
        while let parent = parents[current], parent != root {
            parents[current] = root
            current = parent
        }
        return root
    }
}
