internal import FieldReader
public import Findings

/// One value of a record as it was sent, whether anybody here needs it or not.
///
/// Comparing two answers by these, nothing that the API says can change unseen.
public struct RawField: Sendable, Hashable {
    /// What tells a value from all others of its record.
    public struct Key: Sendable, Hashable, Comparable {
        /// The path of names, such as `TunnelOptionsSpecification.TunnelIkeConfig.IkeEncAlg`.
        public var path: String
        /// The tunnel it belongs to: its `TunnelId`, or its place in the list where it has none.
        public var tunnel: String?
        /// The tag it belongs to, by the tag's own key.
        public var tag: String?

        /// Names a value.
        public init(path: String, tunnel: String? = nil, tag: String? = nil) {
            self.path = path
            self.tunnel = tunnel
            self.tag = tag
        }

        /// By tunnel, path and tag.
        public static func < (a: Key, b: Key) -> Bool {
            (a.tunnel ?? "", a.path, a.tag ?? "") < (b.tunnel ?? "", b.path, b.tag ?? "")
        }
    }

    /// What the value holds.
    public enum Content: Sendable, Hashable {
        /// Text, white space at its ends removed; numbers and truth values as they were written.
        case text(String)
        /// A key.
        case key(Secret)
        /// The value of a field that is not known here: it could be a key.
        case unknown(Secret)
    }

    /// What tells it from others.
    public var key: Key
    /// What it holds.
    public var content: Content
    /// Where it stands.
    public var origin: Origin
}

extension VPNConnection {
    /// All values of the record; those that configure something where the answer was not kept (``ResponseReader``).
    public var rawFields: [RawField] {
        guard let source = self.source else {
            return configuration.map { value in
                let content = value.text.map(RawField.Content.text) ?? .key(value.key ?? Secret(""))
                return RawField(
                    key: .init(path: value.field.path, tunnel: value.tunnel, tag: nil), content: content,
                    origin: value.origin)
            }
        }
        return source.fields(of: .connection)
    }
}

extension VPNConnection {
    /// Whether two answers that were kept are seen at a glance to say the same, without a masked key.
    ///
    /// `false` means nothing.
    public func plainlyEquals(_ other: VPNConnection) -> Bool {
        guard let source = self.source, let theirs = other.source else { return false }
        return source.field.isInSameRecord(as: theirs.field) && !source.field.recordHas(UInt8(ascii: "*"))
    }
}

extension VPNGateway {
    /// All values of the record; none where the answer was not kept (``ResponseReader``).
    public var rawFields: [RawField] { self.source?.fields(of: .vpnGateway) ?? [] }
}

extension CustomerGateway {
    /// All values of the record; none where the answer was not kept (``ResponseReader``).
    public var rawFields: [RawField] { self.source?.fields(of: .customerGateway) ?? [] }
}
