public import Findings
public import PeerModel
import TemplateEngine

/// What the fields of the data model hold for one connection: an example for people who write templates.
public struct ModelExample: Sendable {
    /// What the pack can't express of the connection; templates are not rendered then.
    public let refusals: [Finding]
    private let record: Record

    /// Fills the fields as for rendering, with placeholders for keys.
    public init(_ connection: Connection, on device: Device, pack: Pack, origins: OriginTable) {
        let source: ConnectionSource
        (source, refusals) = pack.source(
            for: connection, on: device, RenderingOptions(), origins, DeviceValues(of: device))
        record = connectionContext.record(source)
    }

    /// The values of a field, as a template would write them: one for each element of the lists on the way to it.
    ///
    /// - Parameter path: names of fields, such as `["tunnels", "cloud", "address"]`.
    public func values(of path: [String]) -> [String] {
        var values: [Value] = [.record(record)]
        for name in path {
            values = values.flatMap(Self.elements).compactMap { value in
                guard case .record(let record) = value else { return nil }
                return record[name]
            }
        }
        return values.map(Self.literal)
    }

    private static func elements(_ value: Value) -> [Value] {
        if case .list(let elements) = value { elements } else { [value] }
    }

    private static func literal(_ value: Value) -> String {
        switch value {
        case .text(let text): text.isSecret ? "<secret>" : quoted(text.string)
        case .int(let number, _): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .list(let elements): "[\(elements.map(literal).joined(separator: ", "))]"
        case .record: "…"
        default: "none"
        }
    }
}
