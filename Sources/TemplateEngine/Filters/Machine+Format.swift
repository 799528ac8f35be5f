/// `format` and `%`: the part of printf that Python and everybody agree on.
extension Machine {
    private struct Specification {
        var isLeft = false
        var isZeroPadded = false
        var sign: UInt8?
        var isAlternate = false
        var width = 0
        var conversion: UInt8 = 0
    }

    mutating func formatted(_ format: Text, _ arguments: [Value]) throws(Fault) -> Text {
        let bytes = Array(format.string.utf8)
        try spend(bytes: bytes.count)
        var provenance = Provenance(format)
        var result: [UInt8] = []
        var next = 0
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += 1
            let specification = try specification(bytes, &index)
            if specification.conversion == UInt8(ascii: "%") {
                result.append(UInt8(ascii: "%"))
                continue
            }
            guard next < arguments.count else {
                throw Fault(.wrongType(operation: "format", found: "fewer arguments than places"))
            }
            let part = try formatted(arguments[next], specification)
            provenance.add(part)
            next += 1
            try spend(bytes: result.count + specification.width)
            let blanks = repeatElement(UInt8(ascii: " "), count: max(0, specification.width - part.scalarCount))
            if !specification.isLeft { result.append(contentsOf: blanks) }
            result.append(contentsOf: part.string.utf8)
            if specification.isLeft { result.append(contentsOf: blanks) }
        }
        guard next == arguments.count else {
            throw Fault(.wrongType(operation: "format", found: "more arguments than places"))
        }
        return provenance.text(String(decoding: result, as: UTF8.self))
    }

    private func specification(_ bytes: [UInt8], _ index: inout Int) throws(Fault) -> Specification {
        var result = Specification()
        flags: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "-"): result.isLeft = true
            case UInt8(ascii: "0"): result.isZeroPadded = true
            case UInt8(ascii: "+"): result.sign = UInt8(ascii: "+")
            case UInt8(ascii: " "): result.sign = result.sign ?? UInt8(ascii: " ")
            case UInt8(ascii: "#"): result.isAlternate = true
            default: break flags
            }
            index += 1
        }
        while index < bytes.count, bytes[index].isDigit, result.width < 100_000 {
            result.width = result.width * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        guard index < bytes.count else { throw Fault(.badValue("the format ends inside a `%`")) }
        result.conversion = bytes[index]
        index += 1
        if result.conversion == UInt8(ascii: "%") {
            guard bytes[index - 2] == UInt8(ascii: "%") else {
                throw Fault(.refused(.other("this conversion in `format`")))
            }
        } else if !"sdixXo".utf8.contains(result.conversion) {
            throw Fault(.refused(.other("this conversion in `format`")))
        }
        return result
    }

    private func formatted(_ value: Value, _ specification: Specification) throws(Fault) -> Text {
        if specification.conversion == UInt8(ascii: "s") { return try text(value, allowsPython: false) }
        if case .undefined(let undefined) = value { throw Fault(undefined) }
        guard let number = value.number else {
            throw Fault(.wrongType(operation: "format", found: value.typeName))
        }
        var digits: String
        switch specification.conversion {
        case UInt8(ascii: "x"): digits = String(number.magnitude, radix: 16)
        case UInt8(ascii: "X"): digits = String(number.magnitude, radix: 16, uppercase: true)
        case UInt8(ascii: "o"): digits = String(number.magnitude, radix: 8)
        default: digits = String(number.magnitude)
        }
        var sign = number < 0 ? "-" : specification.sign.map { String(Unicode.Scalar($0)) } ?? ""
        if specification.isAlternate, !"di".utf8.contains(specification.conversion) {
            sign += "0" + String(Unicode.Scalar(specification.conversion))
        }
        if specification.isZeroPadded, !specification.isLeft {
            let missing = specification.width - sign.utf8.count - digits.utf8.count
            digits = String(repeating: "0", count: max(0, missing)) + digits
        }
        return .trusted(sign + digits)
    }
}
