public import Findings
public import PeerModel
import TemplateEngine

/// What a pack made of a device.
public struct Rendering: Sendable {
    /// The files, in the order of the connections and of the manifest.
    public var documents: [Document] = []
    /// Refusals and template errors.
    public var findings: [Finding] = []
    /// Ids of connections that were left out; each has a finding.
    public var leftOut: [String] = []
}

/// How a device is rendered.
public struct RenderingOptions: Sendable {
    /// What becomes of keys.
    public var secrets: SecretsMode
    /// Turns keys into fingerprints, which placeholders then carry; without it they carry none.
    public var fingerprintKey: FingerprintKey?
    /// Whether documents carry source maps.
    public var keepsSourceMaps = false

    /// Creates options.
    public init(secrets: SecretsMode = .placeholder, fingerprintKey: FingerprintKey? = nil) {
        self.secrets = secrets
        self.fingerprintKey = fingerprintKey
    }
}

extension Pack {
    /// Renders the files of a device.
    ///
    /// A connection that the device can't express, or on which a template fails, is left out whole and told.
    ///
    /// - Throws: a `Finding` when a template of the pack can't be compiled.
    public func render(
        _ device: Device, options: RenderingOptions = RenderingOptions(), origins: OriginTable
    ) throws(Finding) -> Rendering {
        let templates = try compiledTemplates(options, origins: origins) { $0.scope != .removal }
        var rendering = Rendering()
        // What each connection's documents were rendered from: kept only where one of the whole device needs them all.
        var rendered: [Forms] = []
        let needsRendered = templates.contains { $0.0.scope == .device }
        let shared = DeviceValues(of: device)
        var buffer: [UInt8] = []
        for connection in device.connections {
            let (source, refusals) = source(for: connection, on: device, options, origins, shared)
            var forms = Forms(options) { masked in
                connectionContext.record(masked ? ConnectionSource(masking: source) : source)
            }
            let ruled = refusals.isEmpty ? ruleFindings(source, forms.context(masked: true)) : []
            rendering.findings += refusals + ruled
            guard refusals.isEmpty, !ruled.contains(where: { $0.severity == .error }) else {
                rendering.leftOut.append(connection.id.value)
                continue
            }
            do throws(TemplateError) {
                let id = connection.id.value
                var documents: [Document] = []
                for (rule, template) in templates where rule.scope == .connection {
                    let path = rule.path(for: id)
                    documents += try self.documents(
                        rule, template, &forms, path: path, connection: id, options, &buffer)
                }
                rendering.documents += documents
                if needsRendered { rendered.append(forms) }
            } catch {
                rendering.findings.append(finding(error, device, connection.id.value, origins))
                rendering.leftOut.append(connection.id.value)
            }
        }
        guard !rendered.isEmpty else { return rendering }
        var forms = Forms(options) { masked in
            deviceContext.record(
                DeviceSource(
                    connections: rendered.indices.map { rendered[$0].context(masked: masked) }, device: shared.value,
                    pack: self, secrets: masked ? .placeholder : options.secrets))
        }
        for (rule, template) in templates where rule.scope == .device {
            do throws(TemplateError) {
                rendering.documents += try documents(
                    rule, template, &forms, path: rule.path, connection: nil, options, &buffer)
            } catch {
                rendering.findings.append(finding(error, device, nil, origins))
            }
        }
        return rendering
    }

    /// Compiles all that a rendering needs, so that no template stops it halfway.
    ///
    /// - Throws: a `Finding` when a template of the pack can't be compiled.
    public func prepare(_ options: RenderingOptions, origins: OriginTable) throws(Finding) {
        _ = try compiledTemplates(options, origins: origins) { $0.scope != .removal }
    }

    /// The context of a document, with keys and with placeholders; each is made when it is first needed.
    private struct Forms {
        private let make: (_ masked: Bool) -> Record
        private let isMasked: Bool
        private var plain: Record?
        private var masked: Record?

        init(_ options: RenderingOptions, _ make: @escaping (_ masked: Bool) -> Record) {
            self.make = make
            isMasked = options.secrets == .placeholder
        }

        mutating func context(masked wantsMasked: Bool) -> Record {
            // In placeholder mode the plain one has no keys either.
            guard wantsMasked, !isMasked else {
                let record = plain ?? make(false)
                plain = record
                return record
            }
            let record = masked ?? make(true)
            masked = record
            return record
        }
    }

    /// The files of one document: none when its template prints nothing but blank lines; two where keys stand in a
    /// file of their own, since the one with placeholders is written beside it.
    private func documents(
        _ rule: Manifest.DocumentRule, _ template: Template, _ forms: inout Forms, path: String, connection: String?,
        _ options: RenderingOptions, _ buffer: inout [UInt8]
    ) throws(TemplateError) -> [Document] {
        var result: [Document] = []
        if options.secrets != .placeholder || !rule.isForSecrets {
            result.append(try document(rule, template, forms.context(masked: false), path, options, &buffer))
        }
        if options.secrets != .inline, rule.isForSecrets {
            var example = try document(
                rule, template, forms.context(masked: true), path + Document.exampleSuffix, options, &buffer)
            example.holdsSecrets = false
            example.isForSecrets = true
            result.append(example)
        }
        return result.compactMap { document in
            guard !document.isBlank else { return nil }
            var document = document
            document.connection = connection
            return document
        }
    }

    /// One file.
    ///
    /// - Parameter buffer: where it grows; documents of one size after another need no new memory for that, and
    ///   what each keeps is no larger than it.
    func document(
        _ rule: Manifest.DocumentRule, _ template: Template, _ context: Record, _ path: String,
        _ options: RenderingOptions, _ buffer: inout [UInt8]
    ) throws(TemplateError) -> Document {
        buffer.removeAll(keepingCapacity: true)
        var sourceMap: SourceMap?
        if options.keepsSourceMaps {
            sourceMap = try template.renderWithSourceMap(.record(context), into: &buffer)
        } else {
            try template.render(context, into: &buffer)
        }
        var content: [UInt8] = []
        content.reserveCapacity(buffer.count)
        content.append(contentsOf: buffer)
        return Document(
            path: path, content: content, holdsSecrets: holdsSecrets(rule, options.secrets), isForSecrets: false,
            commentMark: manifest.commentMark, sourceMap: sourceMap)
    }

    func finding(
        _ error: TemplateError, _ device: Device, _ connection: String?, _ origins: OriginTable
    ) -> Finding {
        var finding = error.finding(origins: origins)
        finding.place.connection = connection
        finding.place.device = device.name
        return finding
    }

    func compiledTemplates(
        _ options: RenderingOptions, origins: OriginTable, where isWanted: (Manifest.DocumentRule) -> Bool
    ) throws(Finding) -> [(Manifest.DocumentRule, Template)] {
        var result: [(Manifest.DocumentRule, Template)] = []
        for rule in manifest.documents where isWanted(rule) {
            if options.secrets == .inline, rule.isForSecrets, !rule.isOnlyPlaceOfSecrets { continue }
            do throws(TemplateError) {
                result.append((rule, try template(of: rule)))
            } catch {
                throw error.finding(origins: origins)
            }
        }
        return result
    }

    private func holdsSecrets(_ rule: Manifest.DocumentRule, _ mode: SecretsMode) -> Bool {
        switch mode {
        case .placeholder: false
        case .split: rule.isForSecrets
        case .inline: true
        }
    }

    /// What the manifest's rules say of a connection.
    ///
    /// - Parameter context: the connection's, without keys: rules print values.
    func ruleFindings(_ source: ConnectionSource, _ context: Record) -> [Finding] {
        guard !rules.isEmpty else { return [] }
        let id = source.connection.id.value
        var findings: [Finding] = []
        if conditions.mayHold(.record(context), aboutTunnels: false) {
            let place = Place(connection: id, device: source.device.name)
            for rule in rules where !rule.isAboutTunnels {
                findings += rule.finding(.record(context), at: place).map { [$0] } ?? []
            }
        }
        guard case .list(let tunnels)? = context["tunnels"] else { return findings }
        for (tunnel, value) in zip(source.tunnels, tunnels) {
            let context = ruleContext.value(RuleSource(context: context, tunnel: value))
            guard conditions.mayHold(context, aboutTunnels: true) else { continue }
            let tunnelID = tunnel.tunnel.id.value
            let place = Place(connection: id, tunnel: tunnelID == id ? nil : tunnelID, device: source.device.name)
            for rule in rules where rule.isAboutTunnels {
                findings += rule.finding(context, at: place).map { [$0] } ?? []
            }
        }
        return findings
    }

    func source(
        for connection: Connection, on device: Device, _ options: RenderingOptions, _ origins: OriginTable,
        _ shared: DeviceValues
    ) -> (ConnectionSource, refusals: [Finding]) {
        var finder = WordFinder(pack: self, origins: origins, connection: connection, device: device.name)
        let tunnels = connection.tunnels.map { tunnel in
            TunnelSource(
                tunnel, of: connection, on: device, finder.words(for: tunnel), options,
                identityPrefixes: vocabulary.identityPrefixes,
                cloudIsRouted: tunnel.cloud.address.map { shared.ends.leads(to: $0.value) } ?? false)
        }
        return (
            ConnectionSource(
                connection, tunnels, on: device, self, options.secrets,
                sameEndsAs: shared.ends.others(than: connection), deviceValue: shared.value),
            finder.refusals
        )
    }
}
