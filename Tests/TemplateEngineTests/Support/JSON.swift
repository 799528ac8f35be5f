import TemplateEngine

/// Reads JSON into values of the engine, keeping the order of keys.
///
/// Texts come in untrusted, as from outside.
struct JSON {
    private let bytes: [UInt8]
    private var index = 0

    struct Failure: Error { let offset: Int }

    static func value(_ text: String) throws(Failure) -> Value {
        var reader = JSON(bytes: Array(text.utf8))
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == reader.bytes.count else { throw Failure(offset: reader.index) }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let expected = Array(text.description.utf8)
        guard bytes.count - index >= expected.count, Array(bytes[index..<index + expected.count]) == expected
        else { return false }
        index += expected.count
        return true
    }

    private mutating func value() throws(Failure) -> Value {
        skipSpace()
        guard index < bytes.count else { throw Failure(offset: index) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        default: break
        }
        if skip("true") { return true }
        if skip("false") { return false }
        if skip("null") { return .none }
        let start = index
        while index < bytes.count, "+-0123456789.eE".utf8.contains(bytes[index]) { index += 1 }
        guard let number = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
            throw Failure(offset: start)
        }
        return .int(number)
    }

    private mutating func array() throws(Failure) -> Value {
        index += 1
        var items: [Value] = []
        skipSpace()
        if skip("]") { return .list([]) }
        while true {
            items.append(try value())
            skipSpace()
            if skip("]") { return .list(items) }
            guard skip(",") else { throw Failure(offset: index) }
        }
    }

    private mutating func object() throws(Failure) -> Value {
        index += 1
        var pairs: [(Text, Value)] = []
        skipSpace()
        if skip("}") { return .dict(Dict(pairs)) }
        while true {
            skipSpace()
            let key = try string()
            skipSpace()
            guard skip(":") else { throw Failure(offset: index) }
            pairs.append((Text(key), try value()))
            skipSpace()
            if skip("}") { return .dict(Dict(pairs)) }
            guard skip(",") else { throw Failure(offset: index) }
        }
    }

    private mutating func string() throws(Failure) -> String {
        guard skip("\"") else { throw Failure(offset: index) }
        var units: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] == UInt8(ascii: "\\") else {
                units.append(bytes[index])
                index += 1
                continue
            }
            guard index + 1 < bytes.count else { throw Failure(offset: index) }
            let letter = bytes[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"):
                var code = try hex()
                if code >= 0xD800, code < 0xDC00, skip("\\u") {
                    code = 0x10000 + (code - 0xD800) << 10 + (try hex() - 0xDC00)
                }
                guard let scalar = Unicode.Scalar(code) else { throw Failure(offset: index) }
                units.append(contentsOf: String(scalar).utf8)
            default: units.append(letter)
            }
        }
        guard skip("\"") else { throw Failure(offset: index) }
        return String(decoding: units, as: UTF8.self)
    }

    private mutating func hex() throws(Failure) -> UInt32 {
        let end = min(index + 4, bytes.count)
        guard let code = UInt32(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16) else {
            throw Failure(offset: index)
        }
        index = end
        return code
    }
}
