public import Findings
public import PeerModel
import TemplateEngine

extension Pack {
    /// Renders what takes connections off a device again, one after another, and the files that must then be put in
    /// place anew.
    ///
    /// Each removal counts on those before it: what only they shared is gone with the last of them. There is no key
    /// in any of it.
    ///
    /// - Throws: a `Finding` when a template of the pack can't be compiled.
    public func renderRemoval(
        of ids: Set<String>, from device: Device, keepsSourceMaps: Bool = false, origins: OriginTable
    ) throws(Finding) -> Rendering {
        var options = RenderingOptions()
        options.keepsSourceMaps = keepsSourceMaps
        let wanted = device.connections.filter { ids.contains($0.id.value) }
        var rendering = Rendering()
        guard !wanted.isEmpty else { return rendering }
        let templates = try compiledTemplates(options, origins: origins) {
            $0.scope != .device || $0.isWhole && !$0.isForSecrets
        }
        guard templates.contains(where: { rule, _ in rule.scope == .removal }) else {
            for connection in wanted {
                rendering.findings.append(
                    PackProblem.noRemoval(title).finding(
                        at: Place(connection: connection.id.value, device: device.name)))
                rendering.leftOut.append(connection.id.value)
            }
            return rendering
        }
        var remaining: [ConnectionSource] = []
        let shared = DeviceValues(of: device)
        for connection in device.connections {
            let (source, refusals) = source(for: connection, on: device, options, origins, shared)
            var errors = (refusals + (refusals.isEmpty ? ruleFindings(source, connectionContext.record(source)) : []))
                .filter { $0.severity == .error }
            // What fails in a template of its own has no files, and so nothing on the device.
            if errors.isEmpty { errors += failure(of: source, templates, options, origins).map { [$0] } ?? [] }
            if errors.isEmpty {
                remaining.append(source)
            } else {
                // Those of connections that stay are told in one word: `leftOut`.
                if ids.contains(connection.id.value) { rendering.findings += errors }
                rendering.leftOut.append(connection.id.value)
            }
        }
        var buffer: [UInt8] = []
        for connection in wanted {
            let id = connection.id.value
            guard let index = remaining.firstIndex(where: { $0.connection.id.value == id }) else { continue }
            let source = RemovalSource(connection: remaining.remove(at: index), remaining: remaining)
            do throws(TemplateError) {
                for (rule, template) in templates where rule.scope == .removal {
                    var document = try document(
                        rule, template, removalContext.record(source), rule.path(for: id), options, &buffer)
                    document.connection = id
                    rendering.documents.append(document)
                }
            } catch {
                rendering.findings.append(finding(error, device, id, origins))
                rendering.leftOut.append(id)
            }
        }
        guard !rendering.documents.isEmpty else { return rendering }
        // As the next rendering will have it: its router-id, for one, may have been an address of what goes.
        var kept = device
        kept.connections.removeAll { ids.contains($0.id.value) }
        let context = deviceContext.record(
            DeviceSource(
                connections: remaining.map { connectionContext.record($0) }, device: DeviceValues(of: kept).value,
                pack: self,
                secrets: .placeholder))
        for (rule, template) in templates where rule.scope == .device {
            do throws(TemplateError) {
                let document = try document(rule, template, context, rule.path, options, &buffer)
                if !document.isBlank { rendering.documents.append(document) }
            } catch {
                rendering.findings.append(finding(error, device, nil, origins))
            }
        }
        return rendering
    }

    /// Why the files of a connection can't be rendered.
    private func failure(
        of source: ConnectionSource, _ templates: [(Manifest.DocumentRule, Template)], _ options: RenderingOptions,
        _ origins: OriginTable
    ) -> Finding? {
        let context = connectionContext.record(source)
        var buffer: [UInt8] = []
        for (rule, template) in templates where rule.scope == .connection {
            do throws(TemplateError) {
                _ = try document(rule, template, context, rule.path, options, &buffer)
            } catch {
                return finding(error, source.device, source.connection.id.value, origins)
            }
        }
        return nil
    }
}
