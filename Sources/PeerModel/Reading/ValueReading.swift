import CloudAPI
import Findings

/// Turns the API's texts into typed values; what can't be typed becomes a problem and `nil`.
extension ProblemReport {
    /// The value of a field that must be there; its name is made only where it is missing.
    mutating func required<Value>(
        _ field: Located<Value>?, _ name: @autoclosure () -> String, in parent: Origin
    ) -> Located<Value>? {
        if field == nil { add(ModelProblem.missing(field: name()), at: parent) }
        return field
    }

    /// One of a closed set of values.
    mutating func value<Value: APIValue>(
        _ type: Value.Type = Value.self, _ field: Located<String>?, _ name: @autoclosure () -> String, in parent: Origin
    ) -> Located<Value>? {
        guard let field = required(field, name(), in: parent) else { return nil }
        guard let value = Value(apiText: field.value) else {
            add(
                ModelProblem.unknownValue(
                    kind: Value.kind, value: field.value, known: Value.usable.map(\.rawValue)),
                at: field.origin)
            return nil
        }
        return Located(value, at: field.origin)
    }

    mutating func perfectForwardSecrecy(
        _ field: Located<String>?, _ name: @autoclosure () -> String, in parent: Origin
    ) -> Located<PerfectForwardSecrecy>? {
        guard let field = required(field, name(), in: parent) else { return nil }
        guard let value = PerfectForwardSecrecy(apiText: field.value) else {
            add(
                ModelProblem.unknownValue(
                    kind: "group of perfect forward secrecy", value: field.value,
                    known: PerfectForwardSecrecy.knownValues),
                at: field.origin)
            return nil
        }
        return Located(value, at: field.origin)
    }

    /// Seconds, 1…86400 (api.md 3.1).
    mutating func lifetime(_ field: Located<Int>?, _ name: @autoclosure () -> String, in parent: Origin) -> Located<
        Int
    >? {
        guard let field = required(field, name(), in: parent) else { return nil }
        guard field.value != 0 else {
            add(ModelProblem.lifetimeZero, at: field.origin)
            return nil
        }
        guard (1...86_400).contains(field.value) else {
            add(ModelProblem.lifetimeOutOfRange(field.value), at: field.origin)
            return nil
        }
        return field
    }

    /// An address that may be absent.
    mutating func address(_ field: Located<String>?) -> Located<IPv4Address>? {
        guard let field else { return nil }
        guard let address = IPv4Address(field.value) else {
            add(ModelProblem.notAnAddress(field.value), at: field.origin)
            return nil
        }
        return Located(address, at: field.origin)
    }

    mutating func asNumber(_ field: Located<String>?, _ name: @autoclosure () -> String, in parent: Origin) -> Located<
        ASNumber
    >? {
        guard let field = required(field, name(), in: parent) else { return nil }
        guard let number = ASNumber(text: field.value) else {
            add(ModelProblem.notAnASNumber(field.value), at: field.origin)
            return nil
        }
        return Located(number, at: field.origin)
    }

    /// Networks separated by commas, blanks around them allowed; each once, in the order sent.
    mutating func networks(_ field: Located<String>?, _ name: @autoclosure () -> String, in parent: Origin) -> [Located<
        IPv4Network
    >] {
        guard let field = required(field, name(), in: parent) else { return [] }
        var networks: [Located<IPv4Network>] = []
        for part in field.value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let text = Substring(part).trimmingBlanks
            // An address alone may be a host's or a network's whose length was lost: nobody can tell.
            guard text.utf8.contains(UInt8(ascii: "/")), let parsed = IPv4Network.parse(text) else {
                add(ModelProblem.notANetwork(String(text)), at: field.origin)
                continue
            }
            if parsed.hadHostBits {
                add(ModelProblem.hostBits(text: String(text), network: parsed.network), at: field.origin)
            }
            if !networks.contains(where: { $0.value == parsed.network }) {
                networks.append(Located(parsed.network, at: field.origin))
            }
        }
        return networks
    }

    /// A pre-shared key of 1…100 printable ASCII characters without blanks (api.md 3.2).
    mutating func presharedKey(_ field: Located<Secret>?, _ name: @autoclosure () -> String, in parent: Origin)
        -> Located<Secret>?
    {
        guard let field = required(field, name(), in: parent) else { return nil }
        return key(field, maximumLength: 100)
    }

    /// A key of printable ASCII characters without blanks.
    mutating func key(_ field: Located<Secret>, maximumLength: Int) -> Located<Secret>? {
        let bytes = field.value.reveal().utf8
        if bytes.isEmpty {
            add(ModelProblem.emptyKey, at: field.origin)
        } else if !bytes.allSatisfy({ (0x21...0x7E).contains($0) }) {
            add(ModelProblem.keyNotASCII, at: field.origin)
        } else if bytes.count > maximumLength {
            add(ModelProblem.keyTooLong(bytes.count, most: maximumLength), at: field.origin)
        } else {
            return field
        }
        return nil
    }

    /// An id that can stand in names of files, sections and interfaces.
    mutating func identifier(_ field: Located<String>) -> Located<String>? {
        let bytes = field.value.utf8
        let isUsable =
            (1...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            } && bytes.first != UInt8(ascii: "-")
        guard isUsable else {
            add(ModelProblem.unusableID(field.value), at: field.origin)
            return nil
        }
        return field
    }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    fileprivate var trimmingBlanks: Substring {
        // Most begin and end with a digit, and what is white space is not asked for nothing.
        guard let first = utf8.first, let last = utf8.last, !first.isDigit || !last.isDigit else { return self }
        var rest = self
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
