/// `tojson`, byte for byte as Python's `json.dumps` with sorted keys, then safe for HTML as Jinja2 makes it.
extension Machine {
    mutating func json(_ value: Value, indent: Value?) throws(Fault) -> Text {
        var width: Int?
        switch indent {
        case nil, .some(.none): break
        case .int(let number, _): width = number
        case .undefined(let undefined): throw Fault(undefined)
        case .some: throw Fault(.refused(.other("`tojson` with such an indent")))
        }
        if let width, width < 0 || width > 64 {
            throw Fault(.refused(.other("`tojson` with such an indent")))
        }
        var provenance = Provenance()
        value.addParts(to: &provenance)
        var string = ""
        try write(value, to: &string, width, level: 0)
        try spend(bytes: string.utf8.count)
        return provenance.unmarkedText(string)
    }

    private mutating func write(
        _ value: Value, to string: inout String, _ indent: Int?, level: Int
    ) throws(Fault) {
        try spend(1)
        guard level < 100 else { throw Fault(.limit(.nesting(100))) }
        switch value {
        case .none: string += "null"
        case .bool(let flag): string += flag ? "true" : "false"
        case .int(let number, _): string += String(number)
        case .text(let text):
            try spend(text.string.utf8.count >> 2)
            write(text.string, to: &string)
        case .list(let list): try write(list, to: &string, indent, level)
        case .sequence(let sequence) where sequence.isTuple:
            try write(sequence.elements, to: &string, indent, level)
        case .dict, .record:
            guard let mapping = value.mapping, mapping.count > 0 else {
                string += "{}"
                return
            }
            let pairs = zip(mapping.keys, mapping.values).sorted {
                TemplateEngine.precedes($0.0.string, $1.0.string)
            }
            string += "{"
            for (index, (key, value)) in pairs.enumerated() {
                separate(index, &string, indent, level + 1)
                write(key.string, to: &string)
                string += ": "
                try write(value, to: &string, indent, level: level + 1)
            }
            close(&string, indent, level)
            string += "}"
        case .undefined(let undefined): throw Fault(undefined)
        case .sequence, .handle: throw Fault(.wrongType(operation: "tojson", found: value.typeName))
        }
    }

    private mutating func write(
        _ list: [Value], to string: inout String, _ indent: Int?, _ level: Int
    ) throws(Fault) {
        guard !list.isEmpty else {
            string += "[]"
            return
        }
        string += "["
        for (index, value) in list.enumerated() {
            separate(index, &string, indent, level + 1)
            try write(value, to: &string, indent, level: level + 1)
        }
        close(&string, indent, level)
        string += "]"
    }

    private func separate(_ index: Int, _ string: inout String, _ indent: Int?, _ level: Int) {
        if index > 0 { string += indent == nil ? ", " : "," }
        if let indent { string += "\n" + String(repeating: " ", count: indent * level) }
    }

    private func close(_ string: inout String, _ indent: Int?, _ level: Int) {
        if let indent { string += "\n" + String(repeating: " ", count: indent * level) }
    }

    private func write(_ text: String, to string: inout String) {
        string += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": string += "\\\""
            case "\\": string += "\\\\"
            case "\n": string += "\\n"
            case "\r": string += "\\r"
            case "\t": string += "\\t"
            case "\u{8}": string += "\\b"
            case "\u{C}": string += "\\f"
            case "<", ">", "&", "'": string += escape(UInt16(scalar.value))
            case " "..."~": string.unicodeScalars.append(scalar)
            default: for unit in String(scalar).utf16 { string += escape(unit) }
            }
        }
        string += "\""
    }

    private func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
