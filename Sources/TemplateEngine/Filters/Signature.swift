/// What a filter, test or method takes beside the value it is applied to.
struct Signature: Sendable {
    /// Names of the parameters in order.
    let parameters: [String]
    /// How many of them must be given.
    let required: Int
    /// Whether any number of further arguments may follow.
    let isVariadic: Bool
    /// Whether the parameters can be given by name.
    let takesKeywords: Bool

    init(
        _ parameters: [String] = [], required: Int = 0, isVariadic: Bool = false, takesKeywords: Bool = true
    ) {
        self.parameters = parameters
        self.required = required
        self.isVariadic = isVariadic
        self.takesKeywords = takesKeywords
    }
}

/// The filters of the subset.
///
/// The raw value is the name.
enum BuiltinFilter: String, CaseIterable, Sendable {
    case `default`, d, join, replace, length, count, int, string, upper, lower, trim, indent, list, first
    case last, sort, unique, map, selectattr, rejectattr, dictsort, items
    case capitalize, min, max, groupby, select, reject, reverse, sum, abs, format, tojson
    case quoted, remark

    var signature: Signature {
        switch self {
        case .default, .d: Signature(["default_value", "boolean"])
        case .join: Signature(["d", "attribute"])
        case .replace: Signature(["old", "new", "count"], required: 2)
        case .length, .count, .string, .upper, .lower, .list, .first, .last, .items, .capitalize, .reverse,
            .abs, .quoted, .remark:
            Signature()
        case .int: Signature(["default", "base"])
        case .trim: Signature(["chars"])
        case .indent: Signature(["width", "first", "blank"])
        case .sort: Signature(["reverse", "case_sensitive", "attribute"])
        case .unique, .min, .max: Signature(["case_sensitive", "attribute"])
        case .dictsort: Signature(["case_sensitive", "by", "reverse"])
        case .groupby: Signature(["attribute", "default", "case_sensitive"], required: 1)
        case .sum: Signature(["attribute", "start"])
        case .format: Signature(isVariadic: true, takesKeywords: false)
        case .tojson: Signature(["indent"])
        // These look at their arguments themselves.
        case .map: Signature(["attribute", "default"])
        case .selectattr, .rejectattr, .select, .reject: Signature(isVariadic: true, takesKeywords: false)
        }
    }

    static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

/// The tests of the subset.
///
/// The raw value is the name.
enum BuiltinTest: String, CaseIterable, Sendable {
    case defined, undefined, none, string, number, mapping, `true`, `false`, `in`, boolean, integer
    case sequence, iterable, sameas
    case eq, equalto, equal = "==", ne, notEqual = "!="
    case lt, lessthan, less = "<", le, lessOrEqual = "<=", gt, greaterthan, greater = ">", ge
    case greaterOrEqual = ">="

    /// Whether the test takes an argument.
    var signature: Signature {
        switch self {
        case .defined, .undefined, .none, .string, .number, .mapping, .true, .false, .boolean, .integer,
            .sequence, .iterable:
            Signature()
        case .in: Signature(["seq"], required: 1)
        case .sameas: Signature(["other"], required: 1)
        default: Signature(["b"], required: 1, takesKeywords: false)
        }
    }

    /// The comparison that the test is, if it is one.
    var comparison: CompareOperator? {
        switch self {
        case .eq, .equalto, .equal: .equal
        case .ne, .notEqual: .notEqual
        case .lt, .lessthan, .less: .less
        case .le, .lessOrEqual: .lessOrEqual
        case .gt, .greaterthan, .greater: .greater
        case .ge, .greaterOrEqual: .greaterOrEqual
        case .in: .in
        default: nil
        }
    }

    static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

/// The methods of the subset: those of Python that change nothing.
///
/// The raw value is the name.
enum BuiltinMethod: String, CaseIterable, Sendable {
    case items, keys, values, get
    case split, join, replace, startswith, endswith, strip, lstrip, rstrip, upper, lower

    var signature: Signature {
        switch self {
        case .items, .keys, .values, .upper, .lower: Signature(takesKeywords: false)
        case .get: Signature(["key", "default"], required: 1, takesKeywords: false)
        case .split: Signature(["sep", "maxsplit"])
        case .join: Signature(["iterable"], required: 1, takesKeywords: false)
        case .replace: Signature(["old", "new", "count"], required: 2, takesKeywords: false)
        case .startswith, .endswith: Signature(["prefix"], required: 1, takesKeywords: false)
        case .strip, .lstrip, .rstrip: Signature(["chars"], takesKeywords: false)
        }
    }

    /// Whether it is a method of mappings; the others are methods of strings.
    var isOfMapping: Bool {
        switch self {
        case .items, .keys, .values, .get: true
        default: false
        }
    }

    static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}
