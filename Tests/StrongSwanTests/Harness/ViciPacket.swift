import TestSupport

/// What client and daemon send each other over a vici socket, one length-prefixed piece each.
///
/// Format: strongSwan's `src/libcharon/plugins/vici/README.md`.
enum ViciPacket: Equatable, Sendable {
    case request(String, ViciTree)
    case response(ViciTree)
    case commandUnknown
    case register(String)
    case unregister(String)
    case eventConfirmed
    case eventUnknown
    case event(String, ViciTree)

    /// Reads a packet without its length prefix.
    init(_ bytes: [UInt8]) throws {
        var reader = ViciReader(bytes: bytes[...])
        switch try reader.byte() {
        case 0: self = .request(try reader.name(), try reader.tree())
        case 1: self = .response(try reader.tree())
        case 2: self = .commandUnknown
        case 3: self = .register(try reader.name())
        case 4: self = .unregister(try reader.name())
        case 5: self = .eventConfirmed
        case 6: self = .eventUnknown
        case 7: self = .event(try reader.name(), try reader.tree())
        case let other: throw HarnessError("vici packet of unknown type \(other)")
        }
    }
}

/// Takes vici's elements off a piece of bytes.
struct ViciReader {
    var bytes: ArraySlice<UInt8>

    /// One byte.
    mutating func byte() throws -> UInt8 {
        guard let byte = bytes.popFirst() else { throw HarnessError("vici message ends early") }
        return byte
    }

    /// A name: one byte of length, then ASCII.
    mutating func name() throws -> String {
        String(decoding: try take(Int(try byte())), as: UTF8.self)
    }

    /// A value: two bytes of length, big end first, then any bytes.
    mutating func value() throws -> [UInt8] {
        let length = Int(try byte()) << 8 | Int(try byte())
        return Array(try take(length))
    }

    /// Everything to the end of the bytes as one message.
    mutating func tree() throws -> ViciTree {
        let tree = try section(nested: false)
        guard bytes.isEmpty else { throw HarnessError("vici message closes a section it never opened") }
        return tree
    }

    private mutating func section(nested: Bool) throws -> ViciTree {
        var tree = ViciTree()
        while !bytes.isEmpty {
            switch try byte() {
            case 1: tree.entries.append(.init(name: try name(), value: .section(try section(nested: true))))
            case 2 where nested: return tree
            case 3: tree.entries.append(.init(name: try name(), value: .bytes(try value())))
            case 4: tree.entries.append(.init(name: try name(), value: .list(try list())))
            case let other: throw HarnessError("vici element \(other) out of place")
            }
        }
        guard !nested else { throw HarnessError("vici section without an end") }
        return tree
    }

    private mutating func list() throws -> [[UInt8]] {
        var items: [[UInt8]] = []
        while true {
            switch try byte() {
            case 5: items.append(try value())
            case 6: return items
            case let other: throw HarnessError("vici element \(other) inside a list")
            }
        }
    }

    private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard bytes.count >= count else { throw HarnessError("vici message ends early") }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }
}
