/// A mapping that keeps the order in which its keys were given, as Python's does.
public struct Dict: Sendable {
    fileprivate final class Storage: Sendable {
        let keys: [Text]
        let values: [Value]
        let names: [String]
        let index: NameIndex

        init(keys: [Text], values: [Value]) {
            self.keys = keys
            self.values = values
            names = keys.map(\.string)
            index = NameIndex(names)
        }
    }

    private let storage: Storage

    /// Creates a mapping.
    ///
    /// Of equal keys the last value counts, at the place of the first.
    public init(_ pairs: [(Text, Value)]) {
        let names = pairs.map(\.0.string)
        let index = NameIndex(names)
        var keys: [Text] = []
        var values: [Value] = []
        keys.reserveCapacity(pairs.count)
        values.reserveCapacity(pairs.count)
        var positions: [Int: Int] = [:]
        for (place, pair) in pairs.enumerated() {
            let first = index.slot(of: NameKey(pair.0.string), in: names) ?? place
            if first == place {
                positions[place] = keys.count
                keys.append(pair.0)
                values.append(pair.1)
            } else if let known = positions[first] {
                values[known] = pair.1
            }
        }
        storage = Storage(keys: keys, values: values)
    }

    /// Creates a mapping whose keys are the host's own.
    public init(_ pairs: KeyValuePairs<String, Value>) {
        self.init(pairs.map { (Text.trusted($0.key), $0.value) })
    }

    /// The keys in order.
    public var keys: [Text] { storage.keys }
    /// The values in the order of the keys.
    public var values: [Value] { storage.values }
    /// How many keys there are.
    public var count: Int { storage.keys.count }
    /// The value of a key.
    public subscript(_ key: String) -> Value? {
        storage.index.slot(of: NameKey(key), in: storage.names).map { storage.values[$0] }
    }

    func value(of key: borrowing NameKey) -> Value? {
        guard let slot = storage.index.slot(of: key, in: storage.names) else { return nil }
        return storage.values[slot]
    }

    var names: [String] { storage.names }
}

extension Dict: ExpressibleByDictionaryLiteral {
    /// Creates a mapping whose keys are the host's own.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements.map { (Text.trusted($0.0), $0.1) })
    }
}
