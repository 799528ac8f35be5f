public import TemplateEngine

/// One rendered file.
public struct Document: Sendable {
    /// Path below the device's output folder, made of ids and the manifest's names; never of free text.
    public var path: String
    /// The content: UTF-8, lines ended by `\n`.
    public var content: [UInt8]
    /// Whether it holds a key: such a file gets mode 0600.
    public var holdsSecrets: Bool
    /// Whether it is a file for keys, whatever stands in their place now.
    public var isForSecrets: Bool
    /// What begins a comment line in its syntax.
    public var commentMark: String
    /// Where its lines came from, if that was asked for.
    public var sourceMap: SourceMap?
}

/// What becomes of keys in the output.
public enum SecretsMode: String, Sendable, CaseIterable {
    /// A marked placeholder that names the tunnel stands for each key: everything may be committed.
    case placeholder
    /// Keys stand in files of their own; the others are the same as with `placeholder`.
    case split
    /// Keys stand where the device wants them; every file that has one is secret.
    case inline
}
