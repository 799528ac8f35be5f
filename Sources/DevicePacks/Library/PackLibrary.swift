import BuiltInPacks
public import Findings
public import TemplateEngine

/// A pack chosen for a version of its device, ready to render.
///
/// A class, since all that is rendered refers to it.
public final class Pack: Sendable {
    /// What it says of itself.
    public let manifest: Manifest
    /// The version rendered for.
    public let version: String
    /// The device's words in this version.
    public let vocabulary: Vocabulary
    /// What the device can hold in this version.
    public let limits: Manifest.Limits
    let syntax: DeviceSyntax
    /// How this version holds keys: usually as `syntax` says.
    let keySyntax: DeviceSyntax
    let environments: [String: Environment]
    let rules: [PackRule]
    /// The rules' conditions as one template for each of the two kinds.
    let conditions: PackConditions
    private let compiled = CompiledTemplates()

    init(
        _ manifest: Manifest, version: String, syntax: DeviceSyntax, keySyntax: DeviceSyntax,
        environments: [String: Environment], rules: [PackRule]
    ) {
        let override = manifest.overrides[version] ?? Manifest.VersionOverride()
        self.manifest = manifest
        self.version = version
        vocabulary = manifest.vocabulary.overridden(by: override.vocabulary)
        limits = manifest.limits.overridden(by: override.limits)
        self.syntax = syntax
        self.keySyntax = keySyntax
        self.environments = environments
        self.rules = rules
        conditions = PackConditions(rules)
    }

    /// `name@version`, as on the command line.
    public var reference: String { "\(manifest.name)@\(version)" }
    /// What its templates may print bare, quote and make remarks of.
    public var outputRules: OutputRules { syntax.rules }
    /// The device and version for people.
    public var title: String { "\(manifest.title) \(version)" }

    /// Compiles the template of a document under the rules of the document's own syntax.
    func template(of rule: Manifest.DocumentRule) throws(TemplateError) -> Template {
        try compiled.template("\(rule.quoting) \(rule.template)") { () throws(TemplateError) in
            try (environments[rule.quoting] ?? Environment(rules: syntax.rules)).template(named: rule.template)
        }
    }
}

/// All packs that can be used.
public struct PackLibrary: Sendable {
    /// Files by path: `<pack>/<file>`.
    private let files: [String: [UInt8]]

    /// The packs that come with the program.
    public static let builtIn = PackLibrary(
        files: Dictionary(BuiltInPacks.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first }))

    /// Packs made of files, by paths of the form `<pack>/<file>`.
    public init(files: [String: [UInt8]]) { self.files = files }

    /// These packs, with files of `other` added or in place of those of the same path.
    public func overlaid(with other: [String: [UInt8]]) -> PackLibrary {
        PackLibrary(files: files.merging(other) { _, new in new })
    }

    /// The files of a pack by name, sorted.
    public func files(of pack: String) -> [(name: String, content: [UInt8])] {
        let folder = pack + "/"
        return files.filter { $0.key.hasPrefix(folder) }.map { (String($0.key.dropFirst(folder.count)), $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// Names of all packs, sorted.
    public var names: [String] {
        files.keys.compactMap { path in
            // Most files are templates, and every start asks for the names.
            guard path.hasSuffix(".toml") else { return nil }
            let steps = path.split(separator: "/")
            return steps.count == 2 && steps[1] == "\(steps[0]).toml" ? String(steps[0]) : nil
        }.sorted()
    }

    /// What a pack says of itself.
    ///
    /// - Throws: a `Finding` when there is no such pack or its manifest can't be used.
    public func manifest(_ name: String) throws(Finding) -> Manifest {
        let path = "\(name)/\(name).toml"
        guard let bytes = files[path] else {
            throw PackProblem.unknownPack(name, known: names).finding()
        }
        return try Manifest(name: name, toml: String(decoding: bytes, as: UTF8.self), file: "templates:" + path)
    }

    /// The pack that a reference such as `vyos` or `vyos@1.3` names.
    ///
    /// - Throws: a `Finding` when there is no such pack or version.
    public func pack(_ reference: String) throws(Finding) -> Pack {
        let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let manifest = try manifest(parts[0])
        let version = parts.count == 2 ? parts[1] : manifest.defaultVersion
        guard manifest.versions.contains(version), let syntax = DeviceSyntax.all[manifest.quoting] else {
            throw PackProblem.unknownVersion(version, pack: parts[0], known: manifest.versions).finding()
        }
        let files = files
        let folder = parts[0] + "/"
        let names = files.keys.filter { $0.hasPrefix(folder) && $0.hasSuffix(".j2") }
            .map { String($0.dropFirst(folder.count)) }.sorted()
        var environments: [String: Environment] = [:]
        for case let syntax? in Set(manifest.documents.map(\.quoting)).map({ DeviceSyntax.all[$0] }) {
            // A name with a slash is a template of another pack: what several devices have in common.
            environments[syntax.name] = Environment(
                loader: { files[$0.contains("/") ? $0 : folder + $0] }, rules: syntax.rules, templateNames: names)
        }
        let keySyntax = manifest.overrides[version]?.keyQuoting.flatMap { DeviceSyntax.all[$0] } ?? syntax
        return Pack(
            manifest, version: version, syntax: syntax, keySyntax: keySyntax, environments: environments,
            rules: try PackRule.compile(manifest, version: version))
    }
}
