/// A vici message: named values, lists and sections in their order, values as the bytes they are.
struct ViciTree: Equatable, Sendable {
    /// What a name in a section stands for.
    enum Value: Equatable, Sendable {
        case bytes([UInt8])
        case list([[UInt8]])
        case section(ViciTree)
    }

    /// One name with its value.
    struct Entry: Equatable, Sendable {
        var name: String
        var value: Value
    }

    var entries: [Entry] = []

    /// The names in this section, in their order.
    var names: [String] { entries.map(\.name) }

    /// The subsections of this section, in their order.
    var sections: [(name: String, content: ViciTree)] {
        entries.compactMap { entry in
            if case .section(let content) = entry.value { (entry.name, content) } else { nil }
        }
    }

    /// The value at the end of a path of names; the first one where a name occurs twice.
    subscript(_ path: [String]) -> Value? {
        guard let entry = entries.first(where: { $0.name == path.first }) else { return nil }
        if path.count == 1 { return entry.value }
        guard case .section(let content) = entry.value else { return nil }
        return content[Array(path.dropFirst())]
    }

    /// The bytes of a value, exactly.
    func bytes(_ path: String...) -> [UInt8]? {
        if case .bytes(let bytes) = self[path] { bytes } else { nil }
    }

    /// A value as text; bytes that are not UTF-8 are replaced, so compare keys by `bytes`.
    func text(_ path: String...) -> String? {
        if case .bytes(let bytes) = self[path] { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    /// A list's items as text.
    func list(_ path: String...) -> [String]? {
        guard case .list(let items) = self[path] else { return nil }
        return items.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A subsection.
    func section(_ path: String...) -> ViciTree? {
        if case .section(let content) = self[path] { content } else { nil }
    }
}

extension ViciTree: CustomStringConvertible {
    /// The message in the notation of `swanctl --raw`, for messages of failed tests.
    var description: String {
        let parts = entries.map { entry in
            switch entry.value {
            case .bytes(let bytes): "\(entry.name)=\(String(decoding: bytes, as: UTF8.self))"
            case .list(let items):
                "\(entry.name)=[\(items.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))]"
            case .section(let content): "\(entry.name) \(content)"
            }
        }
        return "{\(parts.joined(separator: " "))}"
    }
}
