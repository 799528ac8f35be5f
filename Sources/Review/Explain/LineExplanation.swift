public import Findings
public import TemplateEngine

/// Where the parts of one line of output come from: template, API field, response, site file, lock.
public struct LineExplanation: Sendable {
    /// What the explanation needs to know of the line.
    public struct Line: Sendable {
        /// The file and line, as the user named them.
        public var location: SourceLocation
        /// The bytes of the line as rendered, without its line break.
        public var content: [UInt8]
        /// What the renderer noted.
        public var source: SourceMap.Line
        /// The pack's name.
        public var pack: String

        /// Puts a line together.
        public init(location: SourceLocation, content: [UInt8], source: SourceMap.Line, pack: String) {
            self.location = location
            self.content = content
            self.source = source
            self.pack = pack
        }
    }

    private let line: Line
    private let origins: OriginTable

    /// Prepares an explanation.
    ///
    /// - Parameters:
    ///   - line: the line, with the values in it.
    ///   - origins: the table whose numbers the values carry.
    public init(_ line: Line, origins: OriginTable) {
        self.line = line
        self.origins = origins
    }

    /// The explanation for people.
    public var text: String {
        var lines = ["\(line.location)", "", shownLine, ""]
        let values = line.source.values.filter(saysSomething)
        let texts = values.map(shownText)
        let width = min(texts.map(\.count).max() ?? 0, 32)
        for (value, text) in zip(values, texts) {
            let chain = chain(value)
            let gap = String(repeating: " ", count: max(0, width - text.count))
            lines.append("  \(text)\(gap)  \(chain[0])")
            lines += chain.dropFirst().map { "  \(String(repeating: " ", count: width))  \($0)" }
        }
        if values.isEmpty {
            lines.append("  No value of the inputs stands on this line: it is the template's own text.")
        }
        lines += ["", "Written by \(frames)."]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether a value left anything on the line, or came from somewhere; an alternative that was not taken did neither.
    private func saysSomething(_ value: SourceMap.Printed) -> Bool {
        value.isSecret || value.columns?.isEmpty == false || value.origins.contains { place($0) != nil }
    }

    /// The line, with secrets covered.
    private var shownLine: String {
        guard !line.source.values.contains(where: \.isSecret) else { return "    (the line holds a key)" }
        return "    " + String(decoding: line.content, as: UTF8.self)
    }

    private func shownText(_ value: SourceMap.Printed) -> String {
        if value.isSecret { return "<secret>" }
        guard let columns = value.columns, columns.upperBound <= line.content.count else { return "…" }
        let text = String(decoding: line.content[columns], as: UTF8.self)
        return text.isEmpty ? "(nothing)" : text
    }

    /// A value's way here, one step a line.
    private func chain(_ value: SourceMap.Printed) -> [String] {
        let expression = "{{ \(value.expression) }}"
        let places = value.origins.compactMap(place)
        guard !places.isEmpty else {
            return [expression, "from no input: a default, or worked out by the pack from what it was told"]
        }
        return [expression] + places
    }

    /// Field, side and place of one value; `nil` for what came from no file.
    private func place(_ origin: Origin) -> String? {
        guard let location = origins.location(of: origin) else { return nil }
        guard let field = origins.field(of: origin) else { return "\(location)" }
        let side = side(field).map { " (\($0))" } ?? ""
        return "\(field)\(side), \(location)"
    }

    /// Whose value a field of the API holds: its words *Local* and *Remote* are the cloud's, those of
    /// `DownloadVpnConnectionConfig` the device's.
    private func side(_ field: String) -> String? {
        let isDeviceView = field.hasPrefix("VpnConnectionConfig.")
        let name = field.split(separator: ".").last ?? ""
        if name.hasPrefix("Local") { return isDeviceView ? "the device's" : "the cloud's" }
        if name.hasPrefix("Remote") || name.hasPrefix("Peer") { return isDeviceView ? "the cloud's" : "the device's" }
        return nil
    }

    private var frames: String {
        let frames = line.source.frames.reversed().map { "\($0.template), line \($0.line)" }
        guard let first = frames.first else { return "the pack \(line.pack)" }
        let callers = frames.dropFirst().map { ", called from \($0)" }.joined()
        return "the pack \(line.pack): \(first)\(callers)"
    }
}
