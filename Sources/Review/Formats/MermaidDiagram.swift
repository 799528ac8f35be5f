import Findings

/// Devices, tunnels and gateways as a Mermaid flow chart; those with warnings or errors are marked.
struct MermaidDiagram {
    /// More tunnels than this can't be told apart in a comment, and services refuse large diagrams.
    static let limit = 40

    private let report: Report

    init(_ report: Report) { self.report = report }

    /// The block, with its fences; `nil` where there is nothing to draw.
    var text: String? {
        var worst = report.marks
        let linksByConnection = Dictionary(grouping: report.topology.links, by: \.connection)
        for finding in report.findings where finding.severity > .note {
            guard let connection = finding.place.connection else { continue }
            for link in linksByConnection[connection] ?? [] {
                guard finding.place.tunnel == nil || finding.place.tunnel == link.tunnel else { continue }
                worst[link.tunnel] = max(worst[link.tunnel] ?? .note, finding.severity)
            }
        }
        let links = report.topology.links.enumerated().sorted { a, b in
            let (left, right) = (worst[a.element.tunnel] ?? .note, worst[b.element.tunnel] ?? .note)
            return left == right ? a.offset < b.offset : left > right
        }.map(\.element)
        guard !links.isEmpty else { return nil }
        let shown = Array(links.prefix(Self.limit))
        var text = "```mermaid\nflowchart LR\n" + chart(shown, worst) + "```\n"
        if links.count > shown.count { text += "\n\(links.count - shown.count) more tunnels are not drawn.\n" }
        return text
    }

    private func chart(_ links: [Topology.Link], _ worst: [String: Severity]) -> String {
        var names: [String: String] = [:]
        var text = ""
        var marked: [Severity: [String]] = [:]
        func node(_ kind: String, _ label: String, _ open: String, _ close: String) -> String {
            if let name = names[kind + label] { return name }
            let name = "\(kind)\(names.count + 1)"
            names[kind + label] = name
            text += "  \(name)\(open)\"\(Self.label(label))\"\(close)\n"
            return name
        }
        for link in links {
            let device = node("device", link.device, "[", "]")
            let gateway = node("gateway", link.gateway, "([", "])")
            let role = link.role == "only" ? "" : " \(link.role)"
            let tunnel = node("tunnel", link.tunnel + role, "{{", "}}")
            text += "  \(device) --- \(tunnel) --- \(gateway)\n"
            if let severity = worst[link.tunnel] { marked[severity, default: []].append(tunnel) }
        }
        let styles: [(Severity, String)] = [
            (.error, "fill:#ffd7d5,stroke:#cf222e,color:#000"), (.warning, "fill:#fff8c5,stroke:#9a6700,color:#000"),
        ]
        for (severity, style) in styles {
            guard let nodes = marked[severity] else { continue }
            text += "  classDef \(severity.rawValue) \(style)\n"
            text += "  class \(nodes.joined(separator: ",")) \(severity.rawValue)\n"
        }
        return text
    }

    /// Text within the quotes of a label.
    private static func label(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(60).map { scalar -> String in
                switch scalar {
                case "\"": "#quot;"
                case "#": "#35;"
                case "<": "#lt;"
                case ">": "#gt;"
                case "`": "'"
                default: scalar.isInvisible ? " " : String(scalar)
                }
            }.joined())
    }
}
