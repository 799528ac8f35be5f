public import TemplateEngine

/// One rendered file.
public struct Document: Sendable {
    /// Path below the device's output folder, made of ids and the manifest's names; never of free text.
    public var path: String
    /// The content: UTF-8, lines ended by `\n`.
    public var content: [UInt8]
    /// Whether it holds a key: such a file gets mode 0600.
    public var holdsSecrets: Bool
    /// Whether it shows the form of a file for keys, with placeholders in their place: its name says so, by
    /// ``exampleSuffix``.
    public var isForSecrets: Bool
    /// The connection whose file it is; `nil` for a file of the whole device.
    public var connection: String?
    /// What begins a comment line in its syntax.
    public var commentMark: String
    /// Where its lines came from, if that was asked for.
    public var sourceMap: SourceMap?
}

extension Document {
    /// Whether there is nothing in it: then there is no such file.
    var isBlank: Bool { content.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") } }

    /// What ends the name of a file that has placeholders where a file for keys has them.
    ///
    /// The two never share a name: what keeps keys out of version control must not keep the placeholders out, and
    /// a file that was committed with placeholders must not get keys in it.
    public static let exampleSuffix = ".example"
}

/// What becomes of keys in the output.
public enum SecretsMode: String, Sendable, CaseIterable {
    /// A marked placeholder that names the tunnel stands for each key: everything may be committed.
    case placeholder
    /// The same files as with `placeholder`, and beside them files of their own for the keys.
    case split
    /// Keys stand where the device wants them; every file that has one is secret.
    case inline
}
