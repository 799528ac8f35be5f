/// Names that Python and Jinja2 have taken.
enum PythonNames {
    /// `d.items` finds the method before the key.
    static let dictMethods: Set<String> = [
        "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update",
        "values",
    ]

    /// Attributes of strings, lists, tuples, numbers, ranges, views and generators.
    static let otherAttributes: Set<String> = [
        "append", "as_integer_ratio", "bit_count", "bit_length", "capitalize", "casefold", "center", "clear",
        "close", "conjugate", "copy", "count", "denominator", "encode", "endswith", "expandtabs", "extend",
        "find", "format", "format_map", "from_bytes", "gi_code", "gi_frame", "gi_running", "gi_suspended",
        "gi_yieldfrom", "imag", "index", "insert", "is_integer", "isalnum", "isalpha", "isascii",
        "isdecimal", "isdigit", "isdisjoint", "isidentifier", "islower", "isnumeric", "isprintable",
        "isspace", "istitle", "isupper", "items", "join", "ljust", "lower", "lstrip", "maketrans", "mapping",
        "numerator", "partition", "pop", "real", "remove", "removeprefix", "removesuffix", "replace",
        "reverse", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "send", "sort", "split",
        "splitlines", "start", "startswith", "step", "stop", "strip", "swapcase", "throw", "title",
        "to_bytes", "translate", "upper", "zfill",
    ]

    /// Filters of Jinja2 outside the subset.
    ///
    /// Hosts can't take these names, either.
    static let otherFilters: Set<String> = [
        "attr", "batch", "center", "e", "escape", "filesizeformat", "float", "forceescape", "pprint",
        "random", "round", "safe", "slice", "striptags", "title", "truncate", "urlencode", "urlize",
        "wordcount", "wordwrap", "xmlattr",
    ]

    /// Tests of Jinja2 outside the subset.
    static let otherTests: Set<String> = [
        "callable", "divisibleby", "escaped", "even", "filter", "float", "lower", "odd", "test", "upper",
    ]
}
